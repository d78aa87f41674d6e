"""Waivers: only with a reason, only of what may be waived, and listed in each report."""

import pytest

from altered import altered, check, says, wired, worded
from ivr.check.registry import every_rule
from ivr.check.run import run
from ivr.script.problems import ScriptError

REASON = '"Our callers know these words by heart."'
ADVERT = says("Your call is important to us.")
SIXTH = wired("      5: billing\n", "      5: billing\n      6: reception\n")


def judged(rule, *changes):
    return run(altered(*changes), [every_rule()[rule]], walking=False)


def waived_in_line(rule, node="main menu"):
    return wired(f"  {node}:\n    menu:", f"  {node}:\n    waive: {{{rule}: {REASON}}}\n    menu:")


def test_a_waiver_beside_a_thing_sets_its_finding_aside():
    report = judged("MENU-01", SIXTH, waived_in_line("MENU-01"))

    assert not report.findings
    waiver, excused = report.waived[-1] if report.waived[-1][1] else report.waived[0]
    assert waiver.reason.startswith("Our callers")
    assert len(excused) == 1


def test_a_waiver_among_sentences_can_name_one_of_them():
    waive = worded("sentences:\n", f"sentences:\n  waive:\n    OPT-08: {{greeting: {REASON}}}\n")
    other = worded("sentences:\n", f"sentences:\n  waive:\n    OPT-08: {{goodbye: {REASON}}}\n")

    assert not judged("OPT-08", ADVERT, waive).findings
    assert judged("OPT-08", ADVERT, other).findings


def test_a_waiver_excuses_nothing_else():
    assert judged("MENU-01", SIXTH, waived_in_line("MENU-04")).findings
    assert judged("MENU-01", SIXTH, waived_in_line("MENU-01", "treatment")).findings


def test_what_is_waived_in_the_wiring_is_waived_in_every_language():
    long = worded(
        "  main menu:\n    label: Main menu\n", f"  main menu:\n    label: Main menu\n    intro: {'word ' * 45}\n"
    )

    assert judged("MENU-14", long).findings
    assert not judged("MENU-14", long, waived_in_line("MENU-14")).findings


def test_an_error_is_never_waived():
    short = wired("waits: [10, 20, 30]", "waits: [5, 20, 35]")
    waive = wired("start: main menu", f"start: main menu\nwaive: {{TIME-01: {REASON}}}\n")

    assert judged("TIME-01", short, waive).findings


def test_what_protects_life_is_never_waived():
    wordy = worded("say: If this is an emergency, hang", "say: If this is an emergency of any kind at all, hang")
    waive = worded("emergency:\n", f"emergency:\n  waive: {{EMG-05: {REASON}}}\n")

    assert judged("EMG-05", wordy, waive).findings
    assert [finding.what for finding in check("WAIVE-01", waive)] == [
        "EMG-05 protects life or a way out, and is never waived"
    ]


def test_a_waiver_of_no_rule_is_pointed_out():
    assert "there is no rule MENU-77" in check("WAIVE-01", waived_in_line("MENU-77"))[0].what


def test_a_waiver_that_is_none_is_shown_where_it_stands():
    waive = worded("emergency:\n", f"emergency:\n  waive: {{EMG-05: {REASON}}}\n")
    (found,) = check("WAIVE-01", waive)
    (waiver,) = (waiver for waiver in altered(waive).waivers if waiver.rule == "EMG-05")

    assert found.place == waiver.place


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("waive: {MENU-01: no}", "without a reason"),
        ('waive: {MENU-01: ""}', "without a reason"),
        ("waive: {six keys: Our callers know them by heart}", "not the id of a rule"),
        ("waive: MENU-01", "does not say which rule"),
        ("waive: {}", "does not say which rule"),
    ],
)
def test_the_reader_refuses_a_waiver_without_a_rule_or_a_reason(written, problem):
    with pytest.raises(ScriptError, match=problem):
        altered(wired("  main menu:\n    menu:", f"  main menu:\n    {written}\n    menu:"))


def test_a_waiver_changes_nothing_that_callers_hear():
    plain, waived = altered(), altered(waived_in_line("MENU-01"))

    assert waived.nodes == plain.nodes
    assert waived.words == plain.words
