"""How a report looks, for people and for programs, and what the command line makes of it."""

import json
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from altered import altered, says, wired, worded, written
from ivr.check.finding import Finding, Severity
from ivr.check.registry import every_rule
from ivr.check.report import People, all_rules, as_github, as_json, manual
from ivr.check.run import Report, run, unreadable
from ivr.cli import main
from ivr.phone.rehearsal import parse
from ivr.script.model import Place
from ivr.script.problems import Problem, ScriptError

HERE = Path("line")
RULES = list(every_rule().values())


def finding(severity=Severity.WARNING, **changes):
    given = {
        "rule": "MENU-01",
        "place": Place("line.yaml", 3, 5),
        "what": "six choices, 100% more",
        "mend": "Take one out.",
    }
    return Finding(**{**given, "severity": severity, **changes})


def report(*findings):
    return Report("line", "abc", findings, rules=tuple(RULES))


def test_a_finding_for_people():
    text = People(HERE).text(report(finding()))

    assert text.startswith("line/line.yaml:3:5: warning MENU-01\n    Six choices, 100% more. Take one out.\n")


def test_the_shortest_call_stands_below_its_finding():
    shown = People(HERE).text(report(finding(call="caller: 1\nline:   Billing.")))
    below, _, call = shown.partition("\n\n")
    pasted = parse("pasted.txt", call.partition("\n\n")[0])

    assert below.endswith("Take one out.")
    assert [(exchange.caller, exchange.heard) for exchange in pasted.exchanges] == [("1", "Billing.")]


def test_colour_only_on_request():
    assert "\x1b[" not in People(HERE).text(report(finding()))
    assert "\x1b[33mwarning\x1b[0m" in People(HERE, colour=True).text(report(finding()))


def test_people_are_told_what_a_program_cannot_see_to():
    text = People(HERE).text(report())

    assert "XFER-09  Do all who answer" in text
    assert "The line never asks for a number. (" in text
    assert "No disabled caller has tested this line yet." in text
    assert not {"accessible", "compliant", "certified"} & set(text.lower().split())


def test_json_holds_everything():
    told = json.loads(as_json(report(finding(), finding(Severity.ERROR)), HERE))

    assert told["counts"] == {"error": 1, "warning": 1, "advice": 0}
    assert told["findings"][0]["file"] == "line/line.yaml"
    assert told["rules"]["MENU-01"] == {
        "title": "Few choices at a time",
        "level": "must",
        "kind": "static",
        "also walked": False,
    }
    assert "NUM-09" in told["not applicable yet"]


def test_github_notes_are_escaped():
    note = as_github(report(finding()), HERE)

    assert note == "::warning file=line/line.yaml,line=3,col=5,title=MENU-01::Six choices, 100%25 more. Take one out."


def test_findings_come_in_the_order_of_the_files():
    script = altered(says("Invalid entry."), wired("ring seconds: 25", "ring seconds: 60"))
    found = run(script, [every_rule()[name] for name in ("OPT-09", "XFER-04", "LEP-09")], walking=False).findings

    places = [(finding.place.file, finding.place.line) for finding in found]
    assert [file for file, _ in dict.fromkeys(places)] == ["line.yaml", "en-US.yaml", "es-US.yaml", "es-US.yaml"]
    assert places[2:] == sorted(places[2:])


def test_a_waiver_is_listed_with_its_reason(script):
    text = People(HERE).text(run(script, walking=False))

    assert "ASR-05 at en-US.yaml" in text
    assert "never the only one" in text


def test_what_cannot_be_read_is_reported_in_the_same_way():
    text = People(HERE).text(unreadable("line", ScriptError([Problem(Place("line.yaml", 1), "no start", "Write it.")])))

    assert "line/line.yaml:1:1: error reader\n    No start. Write it." in text
    assert "line cannot be read: 1 error" in text


def test_a_manual_has_all_its_parts():
    text = manual(every_rule()["MENU-01"])

    assert text.startswith("MENU-01  Few choices at a time")
    assert all(f"\n{part}: " in text for part in ("What", "Why", "Source", "Bad", "Good"))


def test_a_manual_says_how_it_is_known_that_a_rule_is_kept():
    text = manual(every_rule()["XFER-05"])

    assert "Level: must. Read from the script and proved by walking every call. Never waived." in text
    assert "On the calls: A fax line rings only after a yes" in text


def test_every_rule_is_listed_under_its_kind():
    text = all_rules(every_rule().values())
    assert all(f"  {name} " in text for name in every_rule())
    assert "Nobody gets a fax tone unwarned (and walked)" in text


# --- the commands --------------------------------------------------------------------------------


@pytest.fixture
def ivr(monkeypatch):
    """Runs a command on the rules that need no walk."""
    monkeypatch.setattr(
        import_module("ivr.cli.check"), "run", lambda script, **more: run(script, walking=False, **more)
    )
    return lambda *given: CliRunner().invoke(main, [str(word) for word in given])


def test_the_sample_passes_with_one_warning(ivr):
    done = ivr("check", "--format", "json")

    assert done.exit_code == 0
    assert [f["rule"] for f in json.loads(done.output)["findings"]] == ["LEP-09"]


def test_files_are_named_as_they_are_reached_from_here(ivr, tmp_path, monkeypatch):
    written(tmp_path / "line")
    monkeypatch.chdir(tmp_path)

    assert "::warning file=line/es-US.yaml,line=" in ivr("check", tmp_path / "line", "--format", "github").output


def test_strict_fails_on_a_warning(ivr):
    assert ivr("check", "--strict").exit_code == 1


def test_an_error_fails(ivr, tmp_path):
    assert ivr("check", written(tmp_path, wired("waits: [10, 20, 30]", "waits: [5, 20, 35]"))).exit_code == 1


def test_a_script_that_cannot_be_read_fails(ivr, tmp_path):
    done = ivr("check", written(tmp_path, wired("start: main menu", "start: nowhere")))

    assert done.exit_code == 1
    assert "error reader" in done.output


def test_explain_and_rules(ivr):
    assert "MENU-01  Few choices" in ivr("check", "--explain", "menu-01").output
    assert "MENU-01" in ivr("check", "--rules").output
    refused = ivr("check", "--explain", "MENU-77")
    assert refused.exit_code == 2
    assert "there is no rule MENU-77" in refused.output


def test_translated_notes_that_a_translation_is_up_to_date(ivr, tmp_path):
    folder = written(tmp_path, worded("all right: All right.", "all right: Very well."))
    assert "Very well" in ivr("check", folder).output
    assert ivr("translated", "es-US", folder).exit_code == 0
    assert "Very well" not in ivr("check", folder).output
    assert ivr("translated", "fr-FR", folder).exit_code == 2
