"""Every rule has its manual, is registered by being a function, and every MUST of the guidance is there."""

import ast
import inspect
import re
from pathlib import Path

import pytest

from ivr.check import registry
from ivr.check.registry import SUBJECTS, Kind, every_rule

ROOT = Path(__file__).resolve().parent.parent.parent
RULES = every_rule()
FOLDER = ROOT / "ivr" / "check" / "rules"

MUST = [
    "MENU-01",
    "MENU-03",
    "MENU-04",
    "MENU-06",
    "MENU-09",
    "MENU-11",
    "MENU-12",
    "MENU-13",
    "OPT-01",
    "OPT-06",
    "OPT-08",
    "OPT-09",
    "OPT-13",
    "OPT-15",
    "OPT-18",
    "TIME-01",
    "TIME-03",
    "TIME-04",
    "TIME-05",
    "TIME-06",
    "TIME-07",
    "TIME-12",
    "TIME-13",
    "TIME-14",
    "TIME-15",
    "ERR-01",
    "ERR-03",
    "ERR-04",
    "ERR-05",
    "ERR-07",
    "ERR-09",
    "ERR-11",
    "ERR-12",
    "ERR-13",
    "UNI-01",
    "UNI-02",
    "UNI-03",
    "UNI-04",
    "UNI-08",
    "INP-01",
    "INP-02",
    "INP-03",
    "INP-04",
    "INP-06",
    "INP-07",
    "INP-09",
    "ASR-02",
    "ASR-03",
    "ASR-05",
    "ASR-08",
    "ASR-09",
    "AUD-01",
    "AUD-05",
    "AUD-06",
    "XFER-01",
    "XFER-03",
    "XFER-05",
    "XFER-06",
    "XFER-08",
    "XFER-09",
    "NUM-01",
    "NUM-02",
    "NUM-04",
    "NUM-06",
    "NUM-07",
    "NUM-08",
    "NUM-09",
    "EMG-01",
    "EMG-02",
    "EMG-07",
    "DEAF-01",
    "DEAF-02",
    "DEAF-04",
    "DEAF-06",
    "DEAF-07",
    "DEAF-08",
    "SPCH-01",
    "SPCH-02",
    "SPCH-03",
    "MOTOR-01",
    "LEP-01",
    "LEP-02",
    "LEP-03",
    "LEP-04",
    "LEP-09",
]
"""Every rule of the guidance that is a MUST, also where that is so only from a certain figure on."""


@pytest.mark.parametrize("name", MUST)
def test_every_must_is_there_and_called_so(name):
    assert RULES[name].level == "must"


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_has_a_manual_with_a_source_and_two_examples(rule):
    assert rule.title
    assert not rule.title.endswith(".")
    assert rule.level in ("must", "should", "tip")
    assert {"What", "Why", "Source", "Bad", "Good"} <= set(rule.parts)
    assert all(rule.parts.values())
    assert all(len(text.split()) > 4 for text in (rule.parts["What"], rule.parts["Why"]))
    assert rule.parts["Bad"] != rule.parts["Good"]


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_how_it_is_known_that_it_is_kept(rule):
    assert SUBJECTS.get(rule.subject) == (rule.kind if rule.kind in (Kind.STATIC, Kind.WALKED, Kind.MEASURED) else None)
    assert ("Held by" in rule.parts) or rule.kind is not Kind.CONSTRUCTION
    assert ("Ask" in rule.parts) == (rule.kind in (Kind.PERSON, Kind.MEASURED))
    assert ("Until" in rule.parts) == (rule.kind is Kind.NOT_YET)


HELD = [(rule.id, held) for rule in RULES.values() for held in rule.parts.get("Held by", "").split()]


@pytest.mark.parametrize(("rule", "held"), HELD, ids=[f"{rule}-{held.rpartition('::')[2]}" for rule, held in HELD])
def test_the_test_that_holds_a_rule_exists(rule, held):
    file, _, name = held.partition("::")
    functions = {node.name for node in ast.parse((ROOT / file).read_text()).body if isinstance(node, ast.FunctionDef)}

    assert name in functions


STATIC = [rule.id for rule in RULES.values() if rule.kind is Kind.STATIC]


@pytest.mark.parametrize("rule", STATIC)
def test_a_rule_that_reads_the_script_is_proved_on_bad_and_good_words(rule):
    """Named at least twice in the tables of this folder: what it catches, and what it leaves alone."""
    tables = "".join((Path(__file__).parent / name).read_text() for name in TABLES)
    assert tables.count(f'"{rule}"') >= 2


TABLES = ("test_wording.py", "test_wiring_rules.py", "test_waivers.py")


def test_a_rule_is_registered_by_being_a_function_in_a_file_of_rules():
    found = {
        node.name.upper().replace("_", "-")
        for path in FOLDER.glob("*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and re.fullmatch("[a-z]+_[0-9]{2}", node.name)
    }

    assert found == set(RULES)


TWICE = [rule for rule in RULES.values() if rule.walks]


@pytest.mark.parametrize("rule", TWICE, ids=[rule.id for rule in TWICE])
def test_a_rule_that_is_read_and_walked_says_what_the_calls_must_show(rule):
    assert rule.judges.keys() == {Kind.STATIC, Kind.WALKED}
    assert len(rule.parts["On the calls"].split()) > 4
    assert [*inspect.signature(rule.walks).parameters] == ["walk"]


def test_nothing_but_its_file_names_a_rule():
    """No list of rules, no decorator: adding a rule is adding a function."""
    own = {judge.__name__ for rule in RULES.values() for judge in rule.judges.values()}
    for path in (ROOT / "ivr").rglob("*.py"):
        names = {node.id for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Name)}
        assert not names & own, path
    assert not any(rule.judge.__dict__ for rule in RULES.values())


def test_a_manual_is_read_from_the_docstring():
    def menu_99(script):
        """Short

        Level: should. Kind: static. Never waived.
        What: one thing,
            told in two lines
        Why: because
        Source: somebody
        Bad: no
        Good: yes
        """

    rule = registry.read_rule(menu_99)

    assert (rule.id, rule.title, rule.level, rule.kind) == ("MENU-99", "Short", "should", Kind.STATIC)
    assert rule.parts["What"] == "one thing,\ntold in two lines"
    assert not rule.waivable


def test_what_protects_life_or_a_way_out_is_never_waived():
    protected = ("MENU-11", "MENU-12", "MENU-13", "UNI-01", "XFER-05", "XFER-08", "ERR-01", "ERR-12")
    guarded = [rule for name, rule in RULES.items() if name.startswith("EMG") or name in protected]

    assert guarded
    assert not [rule.id for rule in guarded if rule.waivable]


def test_rules_that_are_judged_yield():
    for rule in RULES.values():
        assert inspect.isgeneratorfunction(rule.judge) == bool(rule.subject), rule.id
        assert rule.walks is None or inspect.isgeneratorfunction(rule.walks), rule.id
