"""Servers follow the store: what is published reaches new calls, a call hears one version, and nothing takes a line down."""

import re
from threading import Event

import pytest
from sqlalchemy import text

import cut
from caller import Caller
from ivr.script.folders import sample
from ivr.script.problems import ScriptError
from ivr.store.database import transaction
from ivr.store.records import Act, Version
from ivr.store.where import location, open_store
from ivr.web import create_app
from ivr.web.library import Library, Unchanging, keep_looking
from ivr.web.published import AWAY, EMPTY, NOTHING
from ivr.web.settings import Settings
from signed import PUBLIC_URL, TOKEN
from web.lines import GREETING, SORRY, Server, across, edit, greeted, publish

ONE, TWO = greeted(1), greeted(2)


@pytest.fixture
def server(store_address, tmp_path):
    """Starts one more server on the same store; each has a disk of its own unless it is given one."""
    started = []

    def another(cache="", **settings):
        disk = tmp_path / (cache or f"disk{len(started)}")
        started.append(Server(disk, store=location({"IVR_STORE": store_address}), **settings))
        return started[-1]

    yield another
    for one in started:
        one.library.close()


# --- what is live --------------------------------------------------------------------------------


def test_before_anything_was_published_the_folder_is_spoken(server):
    one = server()

    assert GREETING in one.call().text
    assert (one.health["source"], one.health["problems"]) == ("folder", [NOTHING])


def test_what_is_published_is_heard_by_new_calls_after_the_next_look(server, store):
    one = server()
    publish(store, ONE)
    assert GREETING in one.call().text

    assert "Line number 1." in one.look().call().text
    assert (one.version, one.health["source"], one.health["problems"]) == (ONE.digest, "store", [])


def test_undo_is_followed_too(server, store):
    publish(store, ONE)
    made = publish(store, TWO)
    one = server()
    store.undo(Act("bob", made.at), over=made.number)

    assert "Line number 1." in one.look().call().text


def test_a_call_goes_on_with_the_version_on_which_it_began_whichever_server_answers(server, store):
    publish(store, ONE)
    early, late = server(), server()
    publish(store, TWO)
    early.look()

    caller = Caller(across([early, late]))  # begins on two, of which `late` has not heard
    assert "Line number 2." in caller.text
    assert "About our center 2." in caller.press("3")
    assert late.version == ONE.digest

    caller = Caller(across([late, early]))  # begins on one, which is no longer live
    assert "About our center 1." in caller.press("3")
    assert "Billing 1." in caller.say("my bill")


def test_a_server_that_started_later_answers_a_call_on_an_older_version(server, store):
    publish(store, ONE)
    caller = Caller(across([server(), Fresh(server, store)]))

    assert "About our center 1." in caller.press("3")


class Fresh:
    """A server that starts only when it is asked, after another version was published."""

    def __init__(self, server, store):
        self._server, self._store = server, store

    @property
    def app(self):
        publish(self._store, TWO)
        return self._server().app


def test_a_call_on_a_version_that_nobody_has_goes_on_at_its_place_in_its_language_with_a_word_about_it(
    server, store, tmp_path
):
    """The other server belongs to another store, as after a move to a new one."""
    publish(store, ONE)
    other_store = open_store(location({"IVR_STORE": str(tmp_path / "other")}))
    publish(other_store, TWO)
    other = Server(tmp_path / "other disk", store=other_store.where)

    caller = Caller(across([server(), server(), server(), other]))
    caller.press("83")
    assert caller.press("1").startswith("Esta línea acaba de cambiar. Sobre nuestro centro.")
    other.library.close()
    other_store.close()


def test_a_version_is_fetched_once_and_then_at_hand(server, store, monkeypatch):
    publish(store, ONE)
    early, late = server(), server()
    publish(store, TWO)
    early.look()
    fetches = []
    real = late.library._source.fetch
    monkeypatch.setattr(late.library._source, "fetch", lambda version: fetches.append(version) or real(version))

    for _ in range(3):
        Caller(across([early, late])).press("33")
    assert fetches == [TWO.digest]


def test_a_version_that_nobody_has_costs_one_question_between_two_looks(server, store, monkeypatch):
    publish(store, ONE)
    one = server()
    asked = []
    monkeypatch.setattr(one.library._source, "fetch", asked.append)

    assert [one.library.edition("gone").script.version for _ in range(5)] == [ONE.digest] * 5
    assert asked == ["gone"]
    one.look().library.edition("gone")
    assert asked == ["gone"] * 2


def test_a_store_that_hangs_holds_a_request_only_so_long(server, store, monkeypatch):
    publish(store, ONE)
    one = server(longest_fetch=0.01)
    monkeypatch.setattr(one.library._source, "fetch", lambda _: Event().wait(5))

    assert one.library.edition("gone").script.version == ONE.digest


# --- the store is away ---------------------------------------------------------------------------


def test_the_store_goes_away_and_comes_back(postgres, tmp_path):
    where = location({"IVR_STORE": postgres.new_database()})
    store = open_store(where)
    publish(store, ONE)
    one = Server(tmp_path / "disk", store=where)
    postgres.stop()
    try:
        caller = one.look().call()
        assert "About our center 1." in caller.press("3")
        assert one.health["problems"] == [AWAY]
        assert one.version == ONE.digest

        anew = Server(tmp_path / "disk", store=where)  # a restart without the store: what this disk kept
        assert "Line number 1." in anew.call().text
        assert (anew.health["source"], anew.health["problems"]) == ("disk", [AWAY])

        own = cut.folder(tmp_path / "own")
        edit(own, GREETING, "Our own folder.")
        elsewhere = Server(tmp_path / "another disk", store=where, script=own)
        assert "Our own folder." in elsewhere.call().text
        assert elsewhere.health["source"] == "folder"

        nowhere = Server(tmp_path / "a third disk", store=where)  # the sample is not this operator's line
        assert "nine one one" in nowhere.call().text
        assert nowhere.app.test_client().get("/health").status_code == 503
    finally:
        postgres.start()
    publish(store, TWO)
    for server in (one, anew, elsewhere, nowhere):
        assert "Line number 2." in server.look().call().text
        assert (server.health["source"], server.health["problems"]) == ("store", [])
        server.library.close()
    store.close()


def test_a_store_that_was_emptied_does_not_take_the_line_down(server, store):
    publish(store, ONE)
    one = server("disk")
    with transaction(store._engine, writes=True) as connection:
        connection.execute(text("DELETE FROM publications"))
        connection.execute(text("DELETE FROM versions"))

    for serving in (one.look(), server("disk")):
        assert "Line number 1." in serving.call().text
        assert serving.health["problems"] == [EMPTY]


def test_a_disk_that_cannot_be_written_does_no_harm(server, store, tmp_path):
    publish(store, ONE)
    (tmp_path / "file").touch()

    assert "Line number 1." in server("file/below").call().text


@pytest.mark.parametrize("spoilt", ["", "{", "[]", "{}", '{"digest": 1}'])
def test_a_spoilt_file_on_the_disk_is_fetched_again(server, store, tmp_path, spoilt):
    publish(store, ONE)
    server("disk")
    for file in (tmp_path / "disk").glob("*/*.json"):
        file.write_text(spoilt)

    assert "Line number 1." in server("disk").call().text


# --- a program that reads more strictly than the one that published -----------------------------


def unreadable(digest):
    return Version(digest, "line", {"line.yaml": "start: here"})


def test_a_live_version_that_cannot_be_read_any_more_leaves_the_last_one_speaking(server, store):
    publish(store, ONE)
    running = server()
    publish(store, unreadable("bad1"))

    for serving in (running.look(), server()):
        assert "Line number 1." in serving.call().text
        assert serving.health["problems"][0].startswith("Version bad1 is live, but this program cannot read it")
        assert serving.health["problems"][0].endswith("One before it is spoken.")
    publish(store, TWO)
    assert "Line number 2." in running.look().call().text


def test_a_version_of_an_older_program_speaks_on_with_the_words_that_came_later(server, store):
    files = {name: re.sub("  we changed: .*\n", "", text) for name, text in ONE.files.items()}
    publish(store, Version("older1", ONE.name, files))
    one = server()

    assert "Line number 1." in one.call().text
    assert one.version == "older1"
    assert one.health["problems"][0].startswith("Version older1 was published for an older program. These came later")


def test_where_no_version_can_be_read_the_operators_folder_speaks(server, store, tmp_path):
    publish(store, unreadable("bad1"))
    own = cut.folder(tmp_path / "own")

    serving, silent = server(script=own), server()
    assert GREETING in serving.call().text
    assert serving.health["problems"][0].endswith("The folder of the line is spoken.")
    assert silent.health["status"] == "no script"
    assert silent.health["problems"][0].endswith("Nothing else can be spoken in its place.")


def test_a_version_keeps_its_name_however_it_would_be_named_today(server, store):
    publish(store, Version("anothername1", ONE.name, ONE.files))
    caller = server().call()

    assert "About our center 1." in caller.press("3")
    assert server().version == "anothername1"


# --- a hundred calls -----------------------------------------------------------------------------


def test_each_of_a_hundred_calls_hears_one_version_while_others_are_published(server, store):
    """Two servers, turn about; a publication after every tenth call that began, and looks at odd moments."""
    publish(store, ONE)
    servers = [server(), server()]
    callers = []
    for number in range(100):
        callers.append(Caller(across(servers if number % 2 else servers[::-1])))
        if number % 10 == 5:
            publish(store, greeted(number))
        if number % 7 == 3:
            servers[number % 2].look()
    began = [caller.text.split("Line number ")[1].split(".")[0] for caller in callers]
    assert len(set(began)) > 5

    for caller, number in zip(callers, began, strict=True):
        for heard in (caller.press("3"), caller.say("services"), caller.press("*"), caller.say("my bill")):
            assert SORRY not in heard
            assert "has just changed" not in heard
        assert f"Billing {number}." in caller.text


# --- without a store, all is as it was -----------------------------------------------------------


def test_without_a_store_the_folder_is_read_once_and_no_file_is_made(tmp_path):
    where = location({"XDG_STATE_HOME": str(tmp_path)})
    app = create_app(Settings((TOKEN,), PUBLIC_URL, sample(), store=where, cache=tmp_path / "c", look_every=0))

    assert app.test_client().get("/health").json["problems"] == []
    assert app.test_client().get("/health").json["source"] == "folder"
    assert not any(tmp_path.iterdir())


def test_the_first_publication_on_a_machine_is_followed_by_a_server_that_runs(tmp_path):
    where = location({"XDG_STATE_HOME": str(tmp_path)})
    one = Server(tmp_path / "c", store=where)
    store = open_store(where)
    publish(store, ONE)

    assert "Line number 1." in one.look().call().text
    one.library.close()
    store.close()


def test_without_a_store_an_unsound_folder_is_refused_at_the_start(tmp_path):
    own = cut.folder(tmp_path / "own")
    edit(own, "start: main menu", "start: nowhere", "line.yaml")
    where = location({"XDG_STATE_HOME": str(tmp_path)})

    with pytest.raises(ScriptError):
        create_app(Settings((TOKEN,), PUBLIC_URL, own, store=where, cache=tmp_path / "c", look_every=0))


def test_a_look_that_fails_leaves_everything_as_it_was(server, store, monkeypatch):
    publish(store, ONE)
    one = server()
    monkeypatch.setattr(one.library._source, "look", lambda: 1 / 0)

    assert "Line number 1." in one.look().call().text
    assert "could not look" in one.health["problems"][0]


def test_the_age_of_the_last_look_is_told(script):
    now = [100.0]
    library = Library(Unchanging(script), clock=lambda: now[0])
    now[0] = 103.26

    assert library.health()["looked_seconds_ago"] == 3.3


def test_a_server_looks_by_itself_every_two_seconds(server, store):
    publish(store, ONE)
    one = server()
    publish(store, TWO)
    waited = []

    def wait(seconds):
        waited.append(seconds)
        return len(waited) == 3

    keep_looking(one.library, wait=wait).join()
    assert waited == [2.0] * 3
    assert "Line number 2." in one.call().text
