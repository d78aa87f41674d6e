"""Hours and notices on the web: the clock of the line, decided once a call, and what is said today while it lasts."""

from datetime import timedelta

import pytest

from caller import Caller
from ivr.script.folders import contents, texts
from ivr.script.notices import FILE, Notice
from ivr.script.reader import read_files
from ivr.store.records import Act, Version
from ivr.store.where import location, open_store
from ivr.web import moment
from ivr.web.followed import STATUS
from ivr.web.published import AWAY
from ivr.web.shelf import Shelf
from texter import WebTexter
from timed import OFFICE, at, line
from web.lines import GREETING, Server, across, edit, publish, script_folder

NOON, NIGHT = at("2026-11-23T12:00"), at("2026-11-23T18:00")
CLOSED = "They are closed now."
SNOW, NIEVE = "We are closed today because of snow.", "Hoy estamos cerrados por la nieve."
ACT = Act("ann", NOON)


class Clock:
    """The time of day, which a test moves."""

    def __init__(self, at_first):
        self.time = at_first

    def __call__(self):
        return self.time


@pytest.fixture
def clock():
    return Clock(NOON)


@pytest.fixture
def folder(tmp_path):
    made = script_folder(tmp_path / "line")
    edit(made, "number: 973-940-3166\n    hours: unknown", f"number: 973-940-3166\n    hours: {OFFICE}", "line.yaml")
    return made


@pytest.fixture
def server(store_address, tmp_path, folder, clock):
    """One more server on the same store and the same disk, with the same clock."""
    started = []

    def another(**settings):
        where = {"store": location({"IVR_STORE": store_address}), "script": folder}
        started.append(Server(tmp_path / "disk", clock=clock, **(where | settings)))
        return started[-1]

    yield another
    for one in started:
        one.library.close()


def version(folder):
    files = contents(folder)
    script = read_files("line", files)
    return Version.of(script, texts(files, script.languages))


# --- hours ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("time", "closed"), [(NOON, False), (NIGHT, True)])
def test_the_clock_decides_who_is_closed(server, clock, time, closed):
    clock.time = time

    assert (CLOSED in server().call().press("0")) == closed


def test_open_or_closed_is_decided_once(server, clock):
    one = server()
    clock.time = at("2026-11-23T16:59")
    begun = one.call()
    clock.time = at("2026-11-23T17:01")

    assert CLOSED not in begun.press("0")
    assert CLOSED in one.call().press("0")


def test_a_call_that_began_closed_stays_so_when_it_opens(server, clock):
    one = server()
    clock.time = at("2026-11-23T08:29")
    begun = one.call()
    clock.time = at("2026-11-23T08:31")

    assert "They open today at half past eight in the morning." in begun.press("0")


def test_what_was_decided_survives_publishing_in_mid_call(server, store, folder, clock):
    publish(store, version(folder))
    clock.time = NIGHT
    one = server()
    begun = Caller(across([one, one, one]))
    edit(folder, OFFICE, "unknown", "line.yaml")
    publish(store, version(folder))
    one.look()

    assert CLOSED in begun.press("0")
    assert CLOSED not in one.call().press("0")


def test_a_machine_that_knows_no_time_zones_turns_nobody_away(monkeypatch, caplog):
    def unknown(*_):
        raise KeyError("No time zone found")

    monkeypatch.setattr("ivr.web.moment.closed_at", unknown)

    assert moment.arrived(line(), (), NIGHT).closed == ()
    assert "the hours of" in caplog.text


def test_the_clock_knows_its_zone():
    assert moment.now().utcoffset() == timedelta(0)


# --- notices in the store ------------------------------------------------------------------------


@pytest.mark.parametrize("published", [True, False])
def test_a_notice_is_heard_after_the_next_look_and_ends_by_itself(server, store, folder, clock, published):
    if published:
        publish(store, version(folder))
    one = server()
    store.give_notice(Notice(NIGHT, "en-US", SNOW, closed=True), ACT)
    assert SNOW not in one.call().text
    begun = one.look().call()
    assert f"nueve uno uno. {SNOW} Hoy estamos cerrados. Para español" in begun.text
    clock.time = NIGHT

    assert SNOW not in one.call().text
    assert SNOW not in begun.press("#")


def test_a_notice_stands_on_the_page_and_begins_a_text_while_it_lasts(server, store, clock):
    one = server()
    store.give_notice(Notice(NIGHT, "en-US", SNOW, closed=True), ACT)
    one.look()
    page = lambda path="/": one.app.test_client().get(path).text  # noqa: E731
    assert SNOW in page()
    assert "Hoy estamos cerrados." in page("/es")
    assert SNOW in WebTexter(one.app).send("hi")
    clock.time = NIGHT

    assert SNOW not in page() + WebTexter(one.app).send("hi")
    assert CLOSED in WebTexter(one.app).send("0")


def test_a_notice_that_is_taken_back_is_heard_no_more(server, store):
    store.give_notice(Notice(NIGHT, closed=True), ACT)
    one = server()
    assert "We are closed today. Hoy estamos cerrados." in one.call().text
    store.clear_notices()

    assert "We are closed today." not in one.look().call().text


def test_while_the_store_is_away_the_last_known_notice_lasts_until_its_end(postgres, tmp_path, folder, clock):
    where = location({"IVR_STORE": postgres.new_database()})
    store = open_store(where)
    publish(store, version(folder))
    store.give_notice(Notice(NIGHT, "en-US", SNOW), ACT)
    running = Server(tmp_path / "disk", store=where, clock=clock)
    store.close()
    postgres.stop()
    try:
        again = Server(tmp_path / "disk", store=where, clock=clock)  # a restart without the store
        for server in (running.look(), again):
            clock.time = NOON
            assert server.health["problems"] == [AWAY]
            assert SNOW in server.call().text
            clock.time = NIGHT
            assert SNOW not in server.call().text
    finally:
        postgres.start()


@pytest.mark.parametrize("spoilt", ["", "[", "[[1]]", '[["2026", "en-US", "", true]]x', '{"a": 1}'])
def test_a_disk_that_holds_nonsense_holds_no_notices(tmp_path, spoilt):
    shelf = Shelf(tmp_path, "here")
    shelf.keep_notices([Notice(NIGHT, "en-US", SNOW)])
    assert shelf.notices() == (Notice(NIGHT, "en-US", SNOW),)
    next(tmp_path.glob("*/notices")).write_text(spoilt)

    assert shelf.notices() == ()


# --- notices beside the files --------------------------------------------------------------------


def write(folder, text):
    (folder / FILE).write_text(text, encoding="utf-8")


@pytest.mark.parametrize("followed", [True, False])
def test_a_notice_beside_the_files_is_heard_where_the_folder_is_spoken(server, folder, followed):
    one = server(follow=folder) if followed else server()
    assert SNOW not in one.call().text
    version_before = one.version
    write(folder, f"until: 2026-11-23T18:00\nen-US: {SNOW}\nes-US: {NIEVE}\n")
    assert f"{SNOW} {NIEVE} Para español" in one.look().call().text
    assert one.version == version_before
    (folder / FILE).unlink()

    assert SNOW not in one.look().call().text


@pytest.mark.parametrize("followed", [True, False])
def test_an_unsound_notice_is_told_and_the_one_before_it_lasts(server, folder, followed, clock):
    write(folder, f"until: 2026-11-23T18:00\nen-US: {SNOW}\n")
    one = server(follow=folder) if followed else server()
    write(folder, "until: 2026-11-23T18:00\nen-US: We open at 9.\n")

    assert SNOW in one.look().call().text
    assert "notice.yaml:2:1: a voice may read digits in any way" in "".join(one.health["problems"])
    if followed:
        status = (folder / STATUS).read_text(encoding="utf-8")
        assert "Callers hear what stands in this folder" in status
        assert (
            "Callers do not hear the notice that was saved last, until this is mended:\n\n- notice.yaml:2:1:" in status
        )
    clock.time = NIGHT
    assert SNOW not in one.call().text


def test_a_notice_of_the_store_comes_before_that_of_the_folder(server, store, folder):
    write(folder, f"until: 2026-11-23T18:00\nen-US: Beside the files.\nes-US: {NIEVE}\n")
    store.give_notice(Notice(NIGHT, "en-US", SNOW), ACT)

    assert f"{SNOW} {NIEVE}" in server().call().text


def test_where_a_published_version_is_spoken_the_folder_says_nothing(server, store, folder):
    write(folder, f"until: 2026-11-23T18:00\nen-US: {SNOW}\n")
    publish(store, version(folder))

    assert SNOW not in server().call().text


def test_a_notice_lasts_beside_files_that_are_being_spoilt(server, folder):
    write(folder, f"until: 2026-11-23T18:00\nen-US: {SNOW}\n")
    one = server(follow=folder)
    edit(folder, "start: main menu", "start: nowhere", "line.yaml")

    assert SNOW in one.look().call().text
    assert GREETING in one.call().text


def test_an_error_while_looking_keeps_what_is_said_today(server, store, monkeypatch):
    store.give_notice(Notice(NIGHT, "en-US", SNOW), ACT)
    one = server()
    monkeypatch.setattr(one.library, "_source", replace_look(one.library._source))

    assert SNOW in one.look().call().text


def replace_look(source):
    class Broken:
        fetch, close = source.fetch, source.close

        def look(self):
            raise RuntimeError("a bug")

    return Broken()
