"""The order of choices, judged by what callers took: figures from a file, and findings that name both choices."""

import json
from importlib import import_module

import pytest
from click.testing import CliRunner

from altered import altered, line, wired
from ivr.check.registry import every_rule
from ivr.check.run import run
from ivr.cli import main

REASON = wired("      1: treatment\n", "      1: {to: treatment, reason: It is what the line is for.}\n")
SEVERAL = {"treatment": 40, "conditions": 30, "about us": 20, "fax": 10, "billing": 5}


def judged(counts, script=None):
    return run(script or line(), [every_rule()["MENU-05"]], walking=False, counts=counts).findings


@pytest.mark.parametrize(
    ("counts", "named"),
    [
        ({}, []),
        ({"main menu": SEVERAL}, []),
        ({"main menu": SEVERAL | {"fax": 31}}, ["fax"]),
        ({"main menu": SEVERAL | {"billing": 100}}, ["billing"]),
        ({"main menu": SEVERAL | {"conditions": 59}}, []),  # less than half as often again
        ({"main menu": {"billing": 29}}, []),  # too few to tell
        ({"main menu": {"billing": 30}}, ["billing"]),
        ({"about us": {"services": 200, "location": 150, "provider": 1}}, ["location"]),
    ],
)
def test_a_choice_that_is_taken_clearly_more_often_than_one_before_it_is_named(counts, named):
    found = judged(counts)

    assert [finding.address[-1] for finding in found] == [
        option.key
        for menu in line().nodes.values()
        for option in getattr(menu, "options", ())
        if option.target in named
    ]
    assert all(
        str(finding.severity) == "advice" and f"'{n}' was taken" in finding.what
        for finding, n in zip(found, named, strict=True)
    )


def test_a_reason_beside_a_key_says_why_it_may_stand_there():
    counts = {"main menu": {"treatment": 10, "conditions": 60}}

    assert judged(counts)
    assert not judged(counts, altered(REASON))


@pytest.fixture
def check(monkeypatch, tmp_path):
    """`ivr check --asked` on a file with these words, without a walk."""
    monkeypatch.setattr(
        import_module("ivr.cli.check"), "run", lambda script, **more: run(script, walking=False, **more)
    )

    def checked(words):
        (tmp_path / "asked.json").write_text(words, encoding="utf-8")
        done = CliRunner().invoke(main, ["check", "--asked", str(tmp_path / "asked.json")])
        return done.exit_code, " ".join(done.output.split())

    return checked


def test_figures_come_from_a_file_and_without_them_a_person_is_asked(check):
    _, told = check(json.dumps({"main menu": SEVERAL | {"billing": 100}}))

    assert "advice MENU-05 'billing' was taken 100 times in 'main menu', and 'treatment' 40 times." in told
    assert "Is the choice that most of your callers want" not in told
    without = " ".join(CliRunner().invoke(main, ["check"]).output.split())
    assert "MENU-05 Is the choice that most of your callers want" in without


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("{", "cannot be read as JSON"),
        ("[]", "does not hold counts"),
        ('{"main menu": {"fax": -1}}', "does not hold counts"),
        ('{"main menu": 3}', "does not hold counts"),
        ('{"mein menu": {}}', "there is no such menu. Did you mean 'main menu'?"),
        ('{"main menu": {"biling": 3}}', "to which no choice of 'main menu' leads. Did you mean 'billing'?"),
    ],
)
def test_figures_that_cannot_be_used_are_told_in_one_sentence(check, words, problem):
    code, told = check(words)

    assert code == 2
    assert problem in told
