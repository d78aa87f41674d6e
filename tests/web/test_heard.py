"""What the line did not understand: kept for staff for some days where the operator asks for it, and nowhere else."""

from dataclasses import replace
from threading import Event

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from caller import Caller
from ivr.cli import main
from ivr.phone.played import TwimlPhone
from ivr.phone.twiml import TwimlCall
from ivr.script.folders import sample
from ivr.store.rows import DAY, Heard
from ivr.store.tables import metadata, not_understood
from ivr.store.where import StoreAwayError, location, open_journal
from ivr.web import create_app
from ivr.web.app import LIBRARY, WRITER
from ivr.web.settings import NOT_UNDERSTOOD_DAYS, Settings, SettingsError, from_environment
from ivr.web.spool import waiting_bytes
from ivr.web.writer import Writer
from signed import PUBLIC_URL, TOKEN, signed_post

SAID = "the purple elephant Kowalski dances on my roof in 07102"
SHOWN = "… on my … in …"


@pytest.fixture
def call(store_address, tmp_path, script, monkeypatch):
    """Makes a server that keeps such words for so many days, and a call to it; ends them both."""
    monkeypatch.setattr("ivr.web.app.read", lambda _: script)

    def make(days, *said):
        where = location({"IVR_STORE": store_address})
        settings = Settings((TOKEN,), PUBLIC_URL, sample(), store=where, cache=tmp_path / "cache", look_every=0)
        app = create_app(replace(settings, not_understood_days=days))
        caller = Caller(TwimlPhone(TwimlCall(signed_post(app), f"{PUBLIC_URL}/voice")))
        for words in said:
            caller.say(words)
        app.extensions[WRITER].flush()
        app.extensions[WRITER].close()
        app.extensions[LIBRARY].close()

    return make


def kept(journal):
    with journal.reading() as connection:
        rows = connection.execute(select(not_understood).order_by(not_understood.c.day, not_understood.c.words))
        return [tuple(row) for row in rows]


def everything(journal):
    with journal.reading() as connection:
        return str([connection.execute(select(table)).all() for table in metadata.sorted_tables])


def test_by_default_nothing_is_kept_anywhere(call, journal):
    call(Settings((TOKEN,), PUBLIC_URL, sample()).not_understood_days, SAID)

    assert "input_not_matched" in everything(journal)
    assert not [word for word in ("elephant", "roof", "Kowalski", "…", " my ") if word in everything(journal)]


def test_what_was_not_understood_is_kept_by_day_and_place_without_what_is_personal(call, journal):
    call(7, SAID, SAID)
    [(_, language, node, words, times)] = kept(journal)

    assert (language, node, words, times) == ("en-US", "main menu", SHOWN, 2)
    assert not [word for word in ("elephant", "kowalski", "07102") if word in everything(journal).casefold()]
    assert {column.name for column in not_understood.columns} == {"day", "language", "node", "words", "times"}


@pytest.mark.parametrize("said", ["billing", "chest pain and fax number", "Kowalski 07102"])
def test_what_was_understood_or_is_danger_or_has_no_word_of_the_line_is_not_kept(call, journal, said):
    call(7, said)

    assert kept(journal) == []


def test_what_was_asked_back_is_kept(call, journal):
    call(7, "I got a Kowalski thing about money from you")
    found = everything(journal)

    assert "input_asked" in found
    assert "input_not_matched" not in found
    assert [words for _, _, _, words, _ in kept(journal)] == ["… got … thing about money from you"]


# --- its days ------------------------------------------------------------------------------------

TODAY = 20_000
"""A day, counted from 1970."""


@pytest.mark.parametrize(("days", "left"), [(0, []), (1, [0]), (3, [0, 1, 2])])
def test_it_goes_with_its_last_day_and_at_once_where_it_is_not_wanted_any_more(
    journal, store_address, tmp_path, monkeypatch, days, left
):
    monkeypatch.setattr("ivr.web.writer.time.time_ns", lambda: (TODAY * DAY + DAY // 2) * 1_000_000)
    journal.hear([Heard(TODAY - ago, "en-US", "main menu", "my knee") for ago in range(5)])
    swept = Swept(open_journal(location({"IVR_STORE": store_address})))
    writer = Writer(lambda: swept, tmp_path, 400, heard_days=days).start()
    assert swept.done.wait(10)
    writer.close()

    assert sorted(TODAY - day for day, *_ in kept(journal)) == left


def test_purging_the_journal_takes_it_too(journal):
    journal.hear([Heard(day, "en-US", "main menu", "my knee") for day in (1, 2, 3)])
    journal.purge(3 * DAY)

    assert [day for day, *_ in kept(journal)] == [3]


class Swept:
    """A journal that tells when it has forgotten."""

    def __init__(self, journal):
        self.journal, self.done = journal, Event()

    def __getattr__(self, name):
        return getattr(self.journal, name)

    def forget_heard(self, before):
        self.journal.forget_heard(before)
        self.done.set()


class Away:
    """A store that is away."""

    def __getattr__(self, _):
        def away(*_, **__):
            raise StoreAwayError("The store does not answer.")

        return away

    def close(self):
        pass


def test_while_the_store_is_away_it_never_waits_on_the_disk(tmp_path):
    writer = Writer(Away, tmp_path, 400, heard_days=7).start()
    writer.put(Heard(TODAY, "en-US", "main menu", "my knee"))
    writer.flush()
    writer.close()

    assert waiting_bytes(tmp_path) == 0


# --- settings and the list -----------------------------------------------------------------------


@pytest.mark.parametrize(("given", "days"), [("", 0), ("0", 0), (" 1 ", 1), ("30", 30)])
def test_the_setting_is_a_number_of_days(given, days):
    assert from_environment(environment(given)).not_understood_days == days


@pytest.mark.parametrize("given", ["31", "-1", "yes", "1.5", "٣"])
def test_more_than_thirty_days_or_no_number_is_a_mistake(given):
    with pytest.raises(SettingsError, match=f"{NOT_UNDERSTOOD_DAYS} is .* from 1 to 30, or 0 for not at all"):
        from_environment(environment(given))


def environment(days):
    return {"TWILIO_AUTH_TOKEN": TOKEN, "IVR_PUBLIC_URL": PUBLIC_URL, NOT_UNDERSTOOD_DAYS: days}


def listed(*options):
    return CliRunner().invoke(main, ["report", "--not-understood", *options])


def test_staff_read_it_as_a_list(journal, store_address, monkeypatch):
    monkeypatch.setenv("IVR_STORE", store_address)
    journal.prepare()
    assert "Nothing is kept" in listed().output

    day = 20_760  # the third of November 2026
    journal.hear(
        [Heard(day, "en-US", "main menu", "my … knee")] * 2 + [Heard(day + 1, "en-US", "main menu", "my … knee")]
    )
    journal.hear([Heard(day, "es-US", "gone", "mi rodilla"), Heard(day - 9, "en-US", "fax", "too early")])
    done = listed("--since", "2026-11-02", "--until", "2026-11-06")

    assert done.exit_code == 0
    assert [line.split(maxsplit=1) for line in done.output.splitlines()[2:5]] == [
        ["times", "place      language  words"],
        ["3", "Main menu  en-US     my … knee"],
        ["1", "gone       es-US     mi rodilla"],
    ]
    assert "`also said`" in done.output


@pytest.mark.parametrize("option", [("--format", "json"), ("--demo",)])
def test_the_list_is_for_the_terminal_and_of_real_callers(option):
    done = listed(*option)

    assert done.exit_code == 2
    assert "Leave out --format and --demo" in done.output
