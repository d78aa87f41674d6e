"""The change as a caller would notice it: what is told, and that nothing is kept back."""

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cut
from ivr.dialog import prompts
from ivr.dialog.choices import Question
from ivr.dialog.opening import opening
from ivr.dialog.state import State
from ivr.phone.changes import changes
from ivr.script import model
from ivr.script.folders import contents, sample, texts
from ivr.script.problems import ScriptError
from ivr.script.reader import read_files

FILES = texts(contents(sample()), ["en-US", "es-US"])


def read(files):
    return read_files("line", {name: text.encode() for name, text in files.items()})


OLD = read(FILES)


def edited(*edits):
    """The sample with words of its files replaced."""
    files = dict(FILES)
    for file, old, new in edits:
        assert old in files[file], old
        files[file] = files[file].replace(old, new, 1)
    return read(files)


def told(*edits):
    return [change.what for change in changes(OLD, edited(*edits))]


def test_a_script_does_not_differ_from_itself():
    assert changes(OLD, OLD) == []


def test_a_comment_changes_nothing_for_callers():
    assert told(("en-US.yaml", "# The places on the line", "# Our places")) == []


def test_only_the_sentence_that_changed_is_told_and_in_which_language():
    found = changes(OLD, edited(("en-US.yaml", "This can release the knee.", "This can help the knee.")))

    hear, instead = "\u201cThis can help the knee.\u201d", "\u201cThis can release the knee.\u201d"
    what = f"At Why it can ease pain callers will hear {hear} instead of {instead}"
    assert [(change.what, change.language) for change in found] == [(what, "English")]


def test_each_language_is_told_under_its_own_name():
    found = changes(OLD, edited(("es-US.yaml", "label: Facturación", "label: Pagos")))

    assert {change.language for change in found} == {"Español"}


def test_a_key_that_leads_elsewhere():
    assert told(("line.yaml", "4: fax\n      5: billing\n", "4: billing\n      5: fax\n")) == [
        "At Main menu, key 4 was Fax number and becomes Billing.",
        "At Main menu, key 5 was Billing and becomes Fax number.",
    ]


def test_keys_that_come_and_go():
    assert told(("line.yaml", "      5: billing\n", "      6: billing\n")) == [
        "At Main menu, key 5 was Billing and is gone.",
        "At Main menu, key 6 is new: Billing.",
    ]


def test_a_changed_number_is_told_once_and_marked_for_a_second_look():
    found = changes(OLD, edited(("line.yaml", "570-386-2366", "570-386-2367")))

    assert [(change.what, change.number) for change in found] == [
        ("The number of our billing office was 570-386-2366 and becomes 570-386-2367.", "570-386-2367")
    ]


def test_another_number_at_a_place_is_marked_too():
    found = changes(OLD, edited(("line.yaml", "transfer: billing", "transfer: main")))

    assert [(change.what, change.number) for change in found] == [
        (
            "At Billing callers will get our front desk (973-940-3166) instead of our billing office (570-386-2366).",
            "973-940-3166",
        )
    ]


def test_phrases_that_callers_may_say():
    assert told(("en-US.yaml", "[fax, the fax,", "[fax, telefax,")) == [
        "Callers can now also say \u201ctelefax\u201d for Fax number.",
        "Callers can no longer say \u201cthe fax\u201d for Fax number.",
    ]


def test_zero_leads_to_another_person():
    edits = ("line.yaml", "person: reception", "person: billing"), ("line.yaml", "5: billing\n", "5: reception\n")
    assert "Key 0 leads to Billing instead of Our front desk." in told(*edits)


NEW_PLACE = (
    ("line.yaml", "      5: billing\n", "      5: billing\n      6: parking\n"),
    ("line.yaml", "  location:\n", "  parking:\n    announcement: [lot]\n\n  location:\n"),
    (
        "en-US.yaml",
        "  location:\n",
        "  parking:\n    label: Parking\n    phrases: [the lot]\n    parts: {lot: Behind the house.}\n\n  location:\n",
    ),
    (
        "es-US.yaml",
        "  location:\n",
        "  parking:\n    label: Estacionar\n    phrases: [el lote]\n    parts: {lot: Detrás.}\n\n  location:\n",
    ),
)


def test_a_new_place_and_what_is_heard_there():
    assert told(*NEW_PLACE) == [
        "There is a new place, Parking.",
        "At Main menu, key 6 is new: Parking.",
        "At Parking callers will also hear \u201cParking\u201d.",
        "At Parking callers will also hear \u201cBehind the house.\u201d",
        "Callers can now also say \u201cthe lot\u201d for Parking.",
        "At Estacionar callers will also hear \u201cEstacionar\u201d.",
        "At Estacionar callers will also hear \u201cDetrás.\u201d",
        "Callers can now also say \u201cel lote\u201d for Estacionar.",
    ]


def test_a_place_that_is_gone_is_told_in_one_sentence():
    found = [change.what for change in changes(edited(*NEW_PLACE), OLD)]

    assert found == ["The place Parking is gone.", "At Main menu, key 6 was Parking and is gone."]


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (("line.yaml", "[10, 20, 30]", "[12, 20, 30]"), "The line waits 12, 20, 30 seconds for an answer"),
        (("line.yaml", "ring seconds: 25", "ring seconds: 20"), "A transfer rings 20 seconds instead of 25."),
        (("line.yaml", "Polly.Lupe-Neural", "Polly.Mia-Neural"), "The voice Polly.Mia-Neural speaks"),
        (("line.yaml", "speed: 92", "speed: 85"), "The line speaks at 85 instead of 92 percent"),
        (("line.yaml", "[hands, massage]", "[massage, hands]"), "At What it is the parts are read in another order."),
        (
            ("line.yaml", "- sciatica\n      - herniated disc", "- herniated disc\n      - sciatica"),
            "At Who it is for the names are read in another order",
        ),
        (("en-US.yaml", "say: If this is", "say: When this is"), "At the beginning of every call callers will hear"),
        (
            ("en-US.yaml", "    - Take your time.", "    - No hurry."),
            'In the sentence "silence", try 1, callers will hear',
        ),
        (("en-US.yaml", "  9: [nine, ninth one]", "  9: [niner, ninth one]"), "For the key 9 callers will hear"),
        (("en-US.yaml", "label: Speak slower", "label: Slower"), 'For the command "slower" callers will hear'),
        (("en-US.yaml", "fillers: [um, ", "fillers: ["), "Callers can no longer say \u201cum\u201d without it meaning"),
        (("en-US.yaml", "{means: a thin tissue that", "{sounds like: fasha, means: a thin tissue that"), "fasha"),
    ],
)
def test_what_else_callers_notice(edit, what):
    assert any(what in sentence for sentence in told(edit))


def test_what_whoever_answers_notices_and_another_order_of_choices():
    assert told(
        ("line.yaml", "3166\n", "3166\n    taken with a key: yes\n"),
        ("line.yaml", "start: main menu", "start: main menu\nstaff language: es-US"),
        ("line.yaml", "name for staff: Spanish", "name for staff: Latin"),
        ("line.yaml", "1: treatment\n      2: conditions", "2: conditions\n      1: treatment"),
    ) == [
        "Whoever answers our front desk now presses a key to take a call that the line puts through.",
        "Whoever answers a transfer hears Español instead of English.",
        "At Main menu the choices are read in another order.",
        "Whoever answers a transfer hears \u201cLatin\u201d of a caller who speaks it, instead of \u201cSpanish\u201d.",
    ]


# --- nothing is kept back ------------------------------------------------------------------------

SMALL = cut.files()
PLAIN = [
    (file, number)
    for file in SMALL
    for number, line in enumerate(SMALL[file].splitlines())
    if line.strip() and not line.lstrip().startswith("#")
]


# What callers cannot notice, by the field that holds it, and why.
UNNOTICED = {
    "Language.tag": "the name under which it stands",
    "Words.language": "the name under which it stands",
    "PhoneNumber.name": "the name under which it stands",
    **{f"{kind.__name__}.name": "the name under which it stands" for kind in get_args(model.Node)},
    "Option.reason": "a note from staff to staff, which the checker shows",
    "Term.means": "for the checker, which asks whether a text says it; nobody is read a list of terms",
    "Translation.source": "a note from staff to staff on how a file came about",
    "Translation.reviewed_by": "a note from staff to staff on how a file came about",
    "Translation.reviewed_on": "a note from staff to staff on how a file came about",
    "Script.name": "the name of a folder",
    "Script.version": "what follows from all the rest",
    "Script.places": "where a thing stands in the files, for messages to staff",
    "Script.texts": "the words as they stand in the files; those of `words` are spoken",
    "Script.waivers": "for the checker",
    "Script.translated": "for the checker",
}

SAYS = model.Prompt(("Something else.",))

# A field changed, by its name where names of other things stand in it, else by its type.
OTHERWISE = {
    "Script.start": lambda _: "billing",
    "Script.person": lambda _: "billing",
    "Script.staff": lambda _: "es-US",
    "Option.target": lambda _: "location",
    "Announcement.parts": lambda parts: parts[::-1],
    "Listing.items": lambda items: items[::-1],
    "Listing.mentioned": lambda names: (*names, "sciatica"),
    "NumberNode.number": lambda _: "billing",
    "Transfer.number": lambda _: "fax",
    "str": lambda words: f"{words} otherwise",
    "int": lambda number: number + 1,
    "bool": lambda yes: not yes,
    "tuple[int, int, int]": lambda waits: waits[::-1],
    "tuple[str, ...]": lambda words: (*words, "something else"),
    "frozenset[str]": lambda uses: uses - {"dial"},
    "Literal['voice', 'fax']": lambda kind: "fax" if kind == "voice" else "voice",
    "Hours | None": lambda _: model.Hours(((),) * 7),
    "tuple[tuple[tuple[int, int], ...], ...]": lambda week: week[::-1],
    "Prompt": lambda _: SAYS,
    "Prompt | None": lambda _: SAYS,
    "Mapping[str, str]": lambda words: words | {next(iter(words), "main"): "something else"},
    "Mapping[str, Prompt]": lambda words: words | {next(iter(words), "hands"): SAYS},
    "Mapping[str, tuple[str, ...]]": lambda words: words | {next(iter(words)): ("one", "something else")},
    "Mapping[str, tuple[Prompt, ...]]": lambda words: words | {next(iter(words)): (SAYS,)},
}


LEAVES = (model.Prompt, model.Hours)  # changed as a whole
PARTS = {
    name: kind
    for name, kind in vars(model).items()
    if is_dataclass(kind) and kind not in (*LEAVES, model.Slot, model.Place, model.Waiver)
}


def altered(value, whole):
    """Each field in a value by its name, and how to get the whole with that field changed."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from altered(inner, lambda new, key=key: whole({**value, key: new}))
    elif isinstance(value, tuple):
        for at, inner in enumerate(value):
            yield from altered(inner, lambda new, at=at: whole((*value[:at], new, *value[at + 1 :])))
    elif type(value).__name__ in PARTS:
        for field in fields(value):
            yield from _field(value, field, lambda new, name=field.name: whole(replace(value, **{name: new})))


def _field(value, field, whole):
    name, now = f"{type(value).__name__}.{field.name}", getattr(value, field.name)
    if _is_of_parts(field):
        yield from altered(now, whole)
    elif name not in UNNOTICED:
        yield name, lambda: whole((OTHERWISE.get(name) or OTHERWISE[field.type])(now))


def _is_of_parts(field):
    """Whether it holds values whose own fields are changed instead."""
    return not {*PARTS, "Node"}.isdisjoint(re.findall(r"\w+", field.type))


ALTERED = dict(reversed([*altered(OLD, lambda new: new)]))


@pytest.mark.parametrize("field", ALTERED)
def test_whichever_field_of_a_script_changes_something_is_told(field):
    assert changes(OLD, ALTERED[field]())


def test_the_fields_that_are_changed_are_all_there_are():
    known = {f"{name}.{field.name}": field for name, kind in PARTS.items() for field in fields(kind)}
    leaves = {name for name, field in known.items() if not _is_of_parts(field)}

    assert ALTERED.keys() == leaves - UNNOTICED.keys()
    assert UNNOTICED.keys() <= known.keys(), "of a field that is gone"


def heard(script):
    """All that is said at rest, at every place of a script."""
    return {
        (tag, name, question): prompts.place(script, State(script.version, tag, name, question=question))
        for tag in script.languages
        for name in script.nodes
        for question in (Question.NONE, Question.HELP)
    } | {tag: opening(script, tag) for tag in script.languages}


SMALL_LINE = read(SMALL)
BEFORE = heard(SMALL_LINE)


@settings(max_examples=30)
@given(st.sampled_from(PLAIN), st.data())
def test_when_any_place_sounds_otherwise_something_is_told(line, data):
    file, number = line
    lines = SMALL[file].splitlines()
    words = lines[number].split(" ")
    at = data.draw(st.integers(0, len(words) - 1))
    words[at] = data.draw(st.sampled_from(["tomorrow", "fax", "4:", "main", ""]))
    lines[number] = " ".join(words)
    try:
        new = read(SMALL | {file: "\n".join(lines) + "\n"})
    except ScriptError:
        return
    if heard(new) != BEFORE:
        assert changes(SMALL_LINE, new)


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        (
            ("line.yaml", "3166\n    hours: unknown", "3166\n    hours: {monday: 8:30-17:00}"),
            "The hours of our front desk change.",
        ),
        (
            ("en-US.yaml", "  monday: on Monday", "  monday: this Monday"),
            "For an opening monday callers will hear \u201cthis Monday\u201d instead of \u201con Monday\u201d.",
        ),
        (
            ("en-US.yaml", "8:30: at half past eight in the morning", "8:30: at eight thirty"),
            "For an opening at 8:30 callers will hear \u201cat eight thirty\u201d instead of \u201cat half past eight in the morning\u201d.",
        ),
        (
            ("en-US.yaml", "\ndays:\n", "\nhours: {main: We are here in the morning.}\ndays:\n"),
            "On the hours of our front desk callers will also hear \u201cWe are here in the morning.\u201d",
        ),
    ],
)
def test_hours_and_their_words(edit, what):
    assert told(edit) == [what]
