"""What callers wanted: the figures of a journal that was counted by hand, and the forms in which they are shown."""

import json
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

from ivr.check.asked import read_counts
from ivr.cli import main
from ivr.dialog import events as facts
from ivr.report import terminal
from ivr.report.figures import Transfers, gather, median
from ivr.report.period import Period
from ivr.report.sections import MOST_ROWS, _shortened, sections
from ivr.script.model import Menu
from ivr.store.questions import Seconds
from ivr.store.rows import DAY, Told, Visit, rows
from ivr.store.where import location, open_journal

ZONE = ZoneInfo("America/New_York")
WEEK = Period(date(2026, 10, 31), date(2026, 11, 6), ZONE)
"""Summer time ends in it."""


def at(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp() * 1000)


class Calls:
    """Writes down calls turn by turn, as a server would tell them."""

    def __init__(self):
        self.told = []

    def call(self, name, began, *turns, over=None):
        """Each turn: seconds since the beginning, language, place, and what happened."""
        for number, (seconds, language, place, *happened) in enumerate(turns, start=1):
            moment = at(began) + seconds * 1000
            self.told += rows(Told(name, moment, "voice", "v1", number, language, place, tuple(happened)))
        if over is not None:
            end = (facts.CallOver("completed", over),)
            self.told += rows(Told(name, at(began) + over * 1000, "voice", "", 0, "", "", end))


EN, ES = "en-US", "es-US"


def go(to, mode="keypad", at="main menu"):
    return (facts.InputMatched(at, f"go.{to}", mode), facts.NodeEntered(to))


def ring(node="billing", number="billing"):
    return facts.TransferStarted(node, number)


def ended(outcome, seconds=0, node="billing"):
    return facts.TransferEnded(node, outcome, None, seconds)


def a_week():
    """Seven calls, each worth a line of the tables below."""
    calls = Calls()
    start = (0, EN, "main menu", facts.CallStarted(EN))
    calls.call("talks", "2026-11-02T09:05", start, (12, EN, "billing", *go("billing"), ring()),
               (90, EN, "billing", ended("talked", 60)), over=95)  # fmt: skip
    calls.call(
        "hangs up while talking", "2026-11-02T09:50", start, (20, EN, "billing", *go("billing"), ring()), over=200
    )
    calls.call("busy, and gives up", "2026-11-02T14:00", start, (15, EN, "billing", *go("billing", "speech"), ring()),
               (40, EN, "billing", ended("busy")), over=60)  # fmt: skip
    calls.call("is not understood, and leaves", "2026-11-03T23:59", start,
               (30, EN, "main menu", facts.InputNotMatched("main menu", "speech", 1)),
               (50, EN, "main menu", facts.InputMissing("main menu", 1)), over=70)  # fmt: skip
    calls.call("Spanish, asked back, goodbye", "2026-11-04T00:01", start,
               (10, ES, "main menu", facts.InputMatched("main menu", "command.language", "keypad"), facts.LanguageChanged(ES)),
               (25, ES, "main menu", facts.InputAsked("main menu", "go.fax", "speech", "learnt words")),
               (33, ES, "fax", facts.InputMatched("main menu", "command.yes", "speech"), facts.NodeEntered("fax")),
               (60, ES, "fax", facts.InputMatched("fax", "command.goodbye", "speech"), facts.CallEnded("fax")), over=66)  # fmt: skip
    calls.call("the list, and back", "2026-11-01T01:30", start,
               (9, EN, "conditions", *go("conditions")),
               (20, EN, "conditions", facts.InputMatched("conditions", "item.sciatica", "speech")),
               (30, EN, "conditions", facts.InputMatched("conditions", "unlisted.conditions", "speech")),
               (44, EN, "conditions", facts.EmergencyHeard("conditions")),
               (60, EN, "main menu", facts.InputMatched("conditions", "command.back", "keypad"), facts.NodeEntered("main menu")), over=61)  # fmt: skip
    calls.call("calls off", "2026-11-06T12:00", start, (11, EN, "reception", facts.InputMatched("main menu", "command.person", "keypad"),
               facts.NodeEntered("reception"), ring("reception", "main")),
               (13, EN, "main menu", facts.InputMatched("reception", "command.back", "keypad"), facts.TransferCalledOff("reception")))  # fmt: skip
    calls.call("before the week", "2026-10-30T23:59", start, over=5)
    calls.call("after the week", "2026-11-07T00:00", start, over=5)
    return calls.told


VISITS = [
    Visit(at("2026-11-02T09:05") // DAY, "a"), Visit(at("2026-11-03T23:59") // DAY, "a"),
    Visit(at("2026-11-02T09:50") // DAY, "b"), Visit(at("2026-10-20T09:50") // DAY, "c"),
]  # fmt: skip


@pytest.fixture
def figures(journal, script):
    journal.keep(a_week()[::-1], VISITS)
    return gather(journal, script, WEEK)


# --- counted by hand -----------------------------------------------------------------------------


def test_the_figures_are_those_that_were_counted_by_hand(figures):
    assert figures.calls == 7
    assert figures.callers == (2, 1)
    assert figures.endings == {"informed": 3, "connecting": 1, "goodbye": 1, "nothing": 1, "talked": 1}
    assert figures.languages == {EN: 6, ES: 1}
    assert figures.modes == {"keypad": 3, "both": 2, "speech": 2}
    assert figures.places == {"billing": 3, "conditions": 1, "fax": 1, "main menu": 1, "reception": 1}
    assert figures.left_at == {"main menu": (3, 1), "billing": (1, 0)}
    assert figures.tries == {"main menu": {"speech": 1, "silence": 1, "asked": 1}}
    assert figures.asked_back == {("main menu", "go.fax"): 1}
    assert figures.asked_of_lists == {("", "unlisted"): 1, ("sciatica", "item"): 1}
    assert figures.commands == {"back": 2, "goodbye": 1, "language": 1, "person": 1, "yes": 1}
    assert figures.emergencies == 1
    assert figures.transfers == {
        "billing": Transfers(started=3, talked=1, left=1, called_off=0, failed={"busy": 1}),
        "reception": Transfers(started=1, talked=0, left=0, called_off=1, failed={}),
    }


def test_days_and_hours_are_those_of_the_line(figures):
    by_day = {day.day: calls for day, calls in figures.by_day.items()}

    assert by_day == {31: 0, 1: 1, 2: 3, 3: 1, 4: 1, 5: 0, 6: 1}
    assert {hour: calls for hour, calls in enumerate(figures.by_hour) if calls} == {
        0: 1,
        1: 1,
        9: 2,
        12: 1,
        14: 1,
        23: 1,
    }


def test_how_long_calls_took_and_until_callers_came_to_something(figures):
    assert [tuple(found) for found in figures.lengths] == [(60, 1), (61, 1), (66, 1), (70, 1), (95, 1), (200, 1)]
    assert [tuple(found) for found in figures.waits] == [(9, 1), (11, 1), (12, 1), (15, 1), (20, 1), (33, 1)]
    assert median(figures.waits) == 12
    assert median([]) is None
    assert median([Seconds(5, 99), Seconds(9, 1)]) == 5


def test_an_empty_journal_makes_an_empty_report(journal, script):
    figures = gather(journal, script, WEEK)

    assert figures.calls == 0
    assert figures.callers is None
    told = sections(figures, script)
    assert [section.key for section in told] == ["days", "hours"]
    assert "No calls and no texts in this time." in terminal.show(figures, told)
    assert len(terminal.show(figures, told).splitlines()) == 3


# --- shown ---------------------------------------------------------------------------------------


def test_places_are_called_as_callers_hear_them(figures, script):
    told = {section.key: section for section in sections(figures, script)}

    assert told["places"].rows[0] == ("Billing", 3)
    assert ("Sciatica (on the list)", 1) in told["lists"].rows
    assert told["asked"].rows == (("Fax number, at Main menu", 1),)
    assert told["transfers"].columns[-1] == "busy"
    assert told["transfers"].rows[0] == ("Billing", 3, 1, 1, 0, 1)


def test_a_long_table_ends_with_the_sum_of_what_is_left_out():
    shown = _shortened(tuple((f"place {n}", n, 1) for n in range(100)))

    assert len(shown) == MOST_ROWS
    assert shown[-1] == ("81 others", sum(range(19, 100)), 81)


def ivr(*args):
    done = CliRunner().invoke(main, args)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture(scope="module")
def demo():
    """The demo in each of its forms."""
    return {form: ivr("report", "--demo", "--format", form) for form in ("text", "json", "html")}


def test_the_demo_is_the_same_every_time(demo):
    assert ivr("report", "--demo", "--format", "json") == demo["json"]


def test_all_forms_tell_the_same_numbers(demo):
    tables = json.loads(demo["json"])
    names = {key for key, value in tables.items() if isinstance(value, list)}

    assert names >= {"days", "hours", "endings", "places", "waits", "left", "transfers", "tries", "asked", "lists"}
    for key in names:
        for row in tables[key]:
            first, *counts = map(str, row.values())
            assert any(f"<td>{counts[0]}</td>" in line and first in line for line in demo["html"].splitlines()), row
            assert any(first[:40] in line and counts[0] in line for line in demo["text"].splitlines()), row


def test_the_demo_shows_every_section(demo, script):
    keys = {key for key, value in json.loads(demo["json"]).items() if isinstance(value, list)}
    assert keys == {"days", "hours", "endings", "places", "waits", "left", "transfers", "tries", "asked", "lists", "commands", "modes", "languages"}  # fmt: skip


def test_a_terminal_of_a_hundred_columns_is_wide_enough(demo):
    assert max(map(len, demo["text"].splitlines())) <= 100


def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing(demo):
    assert "<script" not in demo["html"]
    assert "http://" not in demo["html"].replace('xmlns="http://www.w3.org', "")
    assert "https://" not in demo["html"]


# --- the commands --------------------------------------------------------------------------------


def test_without_a_journal_it_says_how_to_get_one():
    done = CliRunner().invoke(main, ["report"])

    assert done.exit_code == 1
    assert "`ivr report --demo` shows what a report looks like." in done.output


def test_a_report_of_some_days(journal, store_address, monkeypatch):
    monkeypatch.setenv("IVR_STORE", store_address)
    journal.keep(a_week(), VISITS)
    told = json.loads(ivr("report", "--since", "2026-11-02", "--until", "2026-11-03", "--format", "json"))

    assert told["summary"]["calls"] == "4"
    assert [row["day"] for row in told["days"]] == ["Mon 02 Nov", "Tue 03 Nov"]


def test_the_checker_reads_how_often_each_choice_was_taken(journal, store_address, monkeypatch, tmp_path, script):
    """What was asked back, taken elsewhere, or is no choice of the menu does not count."""
    monkeypatch.setenv("IVR_STORE", store_address)
    calls = Calls()
    calls.call(
        "from afar", "2026-11-02T10:00", (0, EN, "billing", *go("billing"), *go("fax", at="billing"), *go("gone"))
    )
    text = Told("a text", at("2026-11-02T09:00"), "text", "v1", 1, EN, "fax", go("fax"))
    journal.keep([*a_week(), *calls.told, *rows(text)], VISITS)
    asked = tmp_path / "asked.json"
    asked.write_text(ivr("report", "--since", "2026-10-31", "--until", "2026-11-06", "--format", "asked"))
    counts = read_counts(asked, script)

    assert list(counts["main menu"]) == [option.target for option in script.nodes["main menu"].options]
    assert {target: times for target, times in counts["main menu"].items() if times} == {"billing": 4, "conditions": 1}
    assert not sum(counts["about us"].values())


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("2026-11-03", "2026-11-02", "Write an earlier --since or a later --until."),
        ("yesterday", "2026-11-02", "'yesterday' is no day. Write it like 2026-11-01."),
        ("2026-11-01", "2026-02-30", "'2026-02-30' is no day."),
    ],
)
def test_days_that_make_no_sense_are_told(since, until, told):
    done = CliRunner().invoke(main, ["report", "--demo", "--since", since, "--until", until])

    assert done.exit_code != 0
    assert told in done.output


def test_purge_forgets_what_is_older_by_the_clock_of_the_line(journal, store_address, monkeypatch, script):
    monkeypatch.setenv("IVR_STORE", store_address)
    journal.keep(a_week(), VISITS)
    before = len([row for row in a_week() if row.at < at("2026-11-02T00:00")])

    assert ivr("purge", "--before", "2026-11-02") == f"{before} events from before 2026-11-02 deleted.\n"
    assert gather(journal, script, WEEK).calls == 6
    monkeypatch.setenv("IVR_KEEP_DAYS", "100000")
    assert "Write a number of days" in CliRunner().invoke(main, ["purge"]).output


def test_only_menus_lead_on(script):
    """`got` means: came to any other place."""
    assert [name for name, node in script.nodes.items() if isinstance(node, Menu)] == [
        "main menu",
        "treatment",
        "about us",
    ]


def test_texts_are_counted_apart_from_calls(store_address, script):
    """A STOP is noted, and whoever texts makes no call of it."""
    text = Told("a text", at("2026-11-02T09:00"), "text", "v1", 1, EN, "billing",
                (facts.TextsStarted(EN), facts.InputMatched("main menu", "go.billing", "keypad"),
                 facts.NumberGiven("billing", "billing")))  # fmt: skip
    stop = Told("another", at("2026-11-02T09:01"), "text", "v1", 0, EN, "main menu", (facts.KeywordReceived("STOP"),))
    journal = open_journal(location({"IVR_STORE": store_address}))
    journal.keep([*rows(text), *rows(stop)], [])
    found = gather(journal, script, WEEK)
    journal.close()

    assert found.texts == {"input_matched": 1, "keyword_received": 1, "number_given": 1, "texts_started": 1}
    assert (found.calls, found.places, found.commands) == (0, {}, {})
