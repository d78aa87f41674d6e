"""The schema for editors: sound, true of every script that there is, and never stricter than the reader."""

import json
import re
from functools import cache

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from yaml import safe_dump

from ivr.cli import main
from ivr.script.catalogue import COMMANDS, KEYS, SENTENCES
from ivr.script.folders import contents, sample
from ivr.script.parse import parse
from ivr.script.problems import ScriptError
from ivr.script.reader import read_files
from ivr.script.schema import schemas
from ivr.script.source import from_bytes
from ivr.script.tree import Mapping, Sequence
from script.mini import FILES

COMMITTED = sample().parent / "schema"
MADE = schemas()


@cache
def judge(kind):
    return jsonschema.Draft7Validator(MADE[kind])


def kind(name):
    return "line" if name == "line.yaml" else "words"


def data(name, content):
    """What an editor makes of a file: names and words, whole numbers as numbers."""
    return plain(parse(from_bytes(name, content.encode() if isinstance(content, str) else content)).tree)


def plain(tree):
    match tree:
        case Mapping():
            return {entry.key.value: plain(entry.value) for entry in tree.entries}
        case Sequence():
            return [plain(entry) for entry in tree.entries]
    return int(tree.value) if re.fullmatch("[1-9][0-9]*", tree.value) else tree.value


SCRIPTS = {"sample": contents(sample()), "mini": FILES}


@pytest.mark.parametrize("name", SCRIPTS)
def test_every_script_that_there_is_keeps_to_it(name):
    for file, content in SCRIPTS[name].items():
        found = [error.message for error in judge(kind(file)).iter_errors(data(file, content))]
        assert found == [], file


@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test_it_is_a_schema_and_describes_whatever_the_reader_knows(made):
    jsonschema.Draft7Validator.check_schema(made)

    assert "{}" not in json.dumps(made), "the reader knows a name of which the schema says nothing"


def test_it_knows_every_name_of_the_catalogue():
    known = MADE["words"]["properties"]

    for section, names in (("sentences", SENTENCES), ("commands", COMMANDS)):
        assert known[section]["properties"].keys() - {"waive"} == set(names)
    assert known["keys"]["required"] == list(KEYS)


@pytest.mark.parametrize("made", MADE.values(), ids=MADE)
def test_no_property_is_named_by_a_number(made):
    """The language server for YAML takes a bare 1 for a number, and then finds no property of that name."""

    assert '"1": ' not in json.dumps(made)


@pytest.mark.parametrize("name", MADE)
def test_what_is_kept_beside_the_scripts_is_what_the_command_prints(name, tmp_path):
    printed = CliRunner().invoke(main, ["schema", name]).output

    assert (COMMITTED / f"{name}.json").read_text(encoding="utf-8") == printed, "run: ivr schema --out scripts/schema"
    CliRunner().invoke(main, ["schema", "--out", str(tmp_path / "new")])
    assert (tmp_path / "new" / f"{name}.json").read_text(encoding="utf-8") == printed


@pytest.mark.parametrize("path", sorted(sample().glob("*.yaml")), ids=lambda path: path.name)
def test_the_sample_tells_editors_where_it_is(path):
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    told = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)

    assert (path.parent / told[1]).resolve() == COMMITTED / f"{kind(path.name)}.json"


# --- what it refuses, the reader refuses ---------------------------------------------------------

TYPED = {name: data(name, content) for name, content in FILES.items()}
JUNK = st.one_of(
    st.sampled_from(
        [
            "",
            "x",
            "no",
            7,
            0,
            -1,
            100,
            True,
            1.5,
            [],
            {},
            ["x"],
            [""],
            [[]],
            [1, 2, 3],
            {"x": "y"},
            "Main menu",
            "Polly.X",
            "fax",
            "8:00-17:00",
            "closed",
            "on request",
            "a" * 90,
            ["a"] * 101,
            {"waive": "x"},
            " 20 ",
        ]
    ),
    st.text("ab {}key.:-1", max_size=12),
)
WORDS_FOR_NAMES = st.sampled_from(
    ["label", "phrases", "parts", "menu", "list", "7", "x", "waive", "Label", "mentioned", "to"]
)


def places(value, path=()):
    yield path
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, under in below:
        yield from places(under, (*path, name))


def changed(value, path, change):
    if not path:
        return change(value)
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = changed(value[path[0]], path[1:], change)
    return copy


@st.composite
def spoilt(draw):
    """A file of the small line after one or two changes anywhere: something else, nothing, another name, one more."""
    name = draw(st.sampled_from(sorted(TYPED)))
    value = TYPED[name]
    for _ in range(draw(st.integers(1, 2))):
        where = draw(st.sampled_from(list(places(value))[1:]))
        how, junk, called = draw(st.sampled_from(["else", "none", "called", "more"])), draw(JUNK), draw(WORDS_FOR_NAMES)
        value = changed(
            value, where[:-1], lambda above, w=where, h=how, j=junk, c=called: altered(above, w[-1], h, j, c)
        )
    return name, value


def altered(above, name, how, junk, called):
    if isinstance(above, list):
        kept = [v for n, v in enumerate(above) if n != name]
        return {
            "else": [*above[:name], junk, *above[name + 1 :]],
            "none": kept,
            "called": kept,
            "more": [*above, junk],
        }[how]
    kept = {n: v for n, v in above.items() if n != name}
    if how == "called":
        return kept | {called: above[name]}
    return {"else": above | {name: junk}, "none": kept, "more": above | {called: junk}}[how]


def reader_takes(name, value):
    files = {file: content.encode() for file, content in FILES.items()}
    files[name] = safe_dump(value, allow_unicode=True, sort_keys=False, width=1000).encode()
    try:
        read_files("line", files)
    except ScriptError:
        return False
    return True


@given(spoilt())
@settings(max_examples=50, suppress_health_check=[HealthCheck.too_slow])
def test_what_it_refuses_the_reader_refuses(case):
    name, value = case
    refused = [error.message for error in judge(kind(name)).iter_errors(value)]

    assert not (refused and reader_takes(name, value)), refused


@pytest.mark.parametrize(
    ("name", "path", "wrong"),
    [
        ("line.yaml", ("numbers", "fax", "kind"), "telefax"),
        ("line.yaml", ("waits",), [10, 20]),
        ("line.yaml", ("languages", "en-US", "voice"), "Joanna"),
        ("line.yaml", ("nodes", "main menu", "menu", "1"), ["care"]),
        ("line.yaml", ("nodes", "fax", "connect"), "always"),
        ("line.yaml", ("nodes", "care"), {"announcment": ["one"]}),
        ("en-US.yaml", ("nodes", "care", "phrases"), "what is it"),
        ("en-US.yaml", ("nodes", "care", "lable"), "Care"),
        ("en-US.yaml", ("nodes", "care", "label"), "x" * 61),
        ("en-US.yaml", ("sentences", "person offer"), "For a person, press zero."),
        ("en-US.yaml", ("sentences", "silence"), ["Take your time."]),
        ("en-US.yaml", ("commands", "wait"), {"label": "Wait"}),
        ("en-US.yaml", ("emergency", "crisis"), None),
    ],
)
def test_common_mistakes_are_marked_while_typing(name, path, wrong):
    value = changed(TYPED[name], path[:-1], lambda above: above | {path[-1]: wrong})

    assert not judge(kind(name)).is_valid(value)
    assert wrong is None or not reader_takes(name, value)
