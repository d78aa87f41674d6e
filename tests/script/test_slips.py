"""Mistakes of people who never wrote YAML: each is one sentence with its place, and none hides another."""

import re

import pytest
import yaml

from ivr.script.parse import FAST_LOADER, parse
from ivr.script.source import from_bytes
from script.mini import FILES, edited, problems

CARE = "    label: The care\n"
"""Line 8 of en-US.yaml."""

SLIPS = {
    "a colon in a sentence": ("answer: That is", "answer: Note: that is", "26:21", "a colon", "straight quotes"),
    "two colons in a sentence": ("answer: That is", "answer: Note: that: is", "26:21", "a colon"),
    "a colon in a list with dashes": ("- the list", "- the list: all", "19:9", "after 'the list'", "straight quotes"),
    "a colon in a list in brackets": ("[knee]", "[knee: left, leg]", "24:19", "a colon", "straight quotes"),
    "a colon in the second line of a sentence": (
        "That is the knee.",
        "That is\n          the joint: the knee.",
        "27:20",
        "a colon",
    ),
    "a Tab before a line": (CARE, "\tlabel: The care\n", "8:1", "Tab key", "space bar"),
    "a Tab after spaces": (CARE, "  \tlabel: The care\n", "8:3", "Tab key", "space bar"),
    "a special space before a line": (CARE, "   \u00a0label: The care\n", "8:4", "special space"),
    "one space too many": (
        "    phrases: [what",
        "     phrases: [what",
        "9:6",
        "5 spaces",
        "'label' of line 8",
        "4 spaces",
    ),
    "two spaces too many": ("    phrases: [what", "      phrases: [what", "9:7", "6 spaces", "'label' of line 8"),
    "one space too few": (
        "    phrases: [what",
        "   phrases: [what",
        "9:4",
        "3 spaces",
        "'label' of line 8",
        "4 spaces",
    ),
    "one space too few before the first": (CARE, CARE[1:], "8:4", "3 spaces", "'phrases' of line 9", "4 spaces"),
    "a dash one space too far left": ("      - the list", "     - the list", "19:6", "'-' of line 18"),
    "a dash one space too far right": (
        "      - the list",
        "       - the list",
        "19:8",
        "this dash",
        "as the entry above",
    ),
    "a sentence that is not indented": ("        by hand: gently.", "      by hand gently.", "13:7", "neither a name"),
    "no space after the colon": (CARE, "    label:The care\n", "8:10", "no space after the colon of 'label'"),
    "no space after a later colon": (
        "    phrases: [what",
        "    phrases:[what",
        "9:12",
        "no space after the colon of 'phrases'",
    ),
    "no colon": (CARE, "    label The care\n", "8:5", "neither a name with a colon"),
    "no colon after a later name": ("    phrases: [what", "    phrases [what", "9:5", "neither a name with a colon"),
    "curly quotes around a sentence": (
        "answer: That is the knee.",
        "answer: \u201cThat is the knee.\u201d",
        "26:17",
        "curly quotes",
        "straight quotes",
    ),
    "single curly quotes": (
        "answer: That is the knee.",
        "answer: \u2018That is the knee.\u2019",
        "26:17",
        "curly quotes",
    ),
    "curly quotes around a colon": ("answer: That is", "answer: \u201cNote: that is\u201d", "26:17", "curly quotes"),
    "curly quotes in a list": ("[knee]", "[\u201cknee\u201d]", "24:19", "curly quotes"),
    "curly quotes around a name": (CARE, "    \u201clabel\u201d: The care\n", "8:5", "curly quotes"),
    "quotes without an end": (
        "answer: That is the knee.",
        'answer: "That is the knee.',
        "26:17",
        "no end",
        'Write " also',
    ),
    "quotes that end in the next quotes": (
        'fascia: {means: "a thin tissue, inside you", sounds like: fasha}',
        'one:\n    means: "a skin\n  fascia:\n    means: "a tissue"',
        "54:12",
        "no end",
    ),
    "quotes that end far below": (
        "answer: That is the knee.\n      headaches:\n        label: Headaches",
        'answer: "That is the knee.\n      headaches:\n        label: Headaches"',
        "26:17",
        "the quotes that begin here have no end",
        'Write " also',
    ),
    "an apostrophe in quotes": (
        "answer: That is the knee.",
        "answer: 'That's the knee.'",
        "26:17",
        "quotes end in the middle",
    ),
    "a sentence that begins with quotes": ("answer: That is", 'answer: "That" is', "26:17", "quotes end in the middle"),
    "a backslash": ("answer: That is the knee.", 'answer: "This \\d that"', "26:23", "backslash", "Leave it out"),
    "a bracket without an end": ("[what is it, off]", "[what is it, off", "9:14", "bracket [", "Write ]"),
    "a curly bracket without an end": (
        'inside you", sounds like: fasha}',
        'inside you"',
        "53:11",
        "bracket {",
        "Write }",
    ),
    "two commas": ("[what is it, off]", "[what is it, , off]", "9:27", "nothing stands between"),
    "a sentence that begins with a slot": (
        "two: Call {main} for",
        "two: {main} for",
        "14:12",
        "sign {",
        "straight quotes",
    ),
    "a sentence that is a slot": (
        "two: Call {main} for more.",
        "two: {main}",
        "14:12",
        "curly bracket",
        "straight quotes",
    ),
    "a comma in words in curly brackets": (
        '"a thin tissue, inside you"',
        "a tissue, inside you",
        "53:29",
        "a comma cuts",
        "straight quotes",
    ),
    "a sentence that begins with a star": ("two: Call", "two: *Call", "14:12", "sign *", "straight quotes"),
    "a sentence that begins with an ampersand": ("answer: That", "answer: &That", "26:17", "sign &", "straight quotes"),
    "a sentence that begins with an exclamation mark": (
        "answer: That",
        "answer: !That",
        "26:17",
        "sign !",
        "straight quotes",
    ),
    "a sentence that begins with a percent sign": (
        "answer: That",
        "answer: %That",
        "26:17",
        "sign %",
        "straight quotes",
    ),
    "a sentence that begins with an at sign": ("answer: That", "answer: @That", "26:17", "sign @", "straight quotes"),
    "a sentence that begins with a number sign": (
        CARE,
        "    label: #1 care\n",
        "8:5",
        "nothing stands after 'label'",
        "straight quotes",
    ),
    "a remark in the middle of a sentence": (
        "answer: That is the knee.",
        "answer: That is # the\n          knee.",
        "26:25",
        "what follows # is a remark",
        "straight quotes",
    ),
    "words beside the arrow": (
        "one: >\n        We",
        "one: > Now\n        We",
        "11:12",
        "same line as the sign >",
        "next line",
    ),
    "a bare star for a key": ('  "*": [star]', "  *: [star]", None, "bare star", '"*":'),
    "a dash beside a name": ("phrases: [knee]", "phrases: - knee", "24:18", "dashes", "next line"),
    "a dash among names": (CARE, "    - label: The care\n", "8:5", "the dash before this line"),
    "a name twice": (CARE, CARE + "    label: Care\n", "9:5", "'label' stands here a second time", "line 8"),
    "a name among entries": ("    intro: Two names.", "      intro: Two names.", "20:7", "'phrases' of line 17"),
    "a bracket for a name": (CARE, CARE + "    [a]: b\n", "9:5", "bracket where a name should stand"),
    "an anchor": (CARE, "    label: &a The care\n", "8:12", "sign &"),
    "a tag": (CARE, "    label: !!python/name:os.system The care\n", "8:12", "sign !"),
    "a second file": ("numbers:\n", "---\nnumbers:\n", "42:1", "the line ---", "Delete"),
    "a character without width": ("The care", "The \u200bcare", "8:16", "cannot be seen", "zero width space"),
    "a control character": ("The care", "The\x07care", "8:15", "cannot be seen"),
    "a line end of another kind": ("The care", "The\u2028care", "8:15", "cannot be seen", "line separator"),
}


@pytest.mark.parametrize(("old", "new", "place", "words"), [(o, n, p, w) for o, n, p, *w in SLIPS.values()], ids=SLIPS)
def test_each_slip_is_one_sentence(tmp_path, old, new, place, words):
    said = problems(tmp_path, edited("en-US.yaml", (old, new)))

    first = said[0]
    assert first.startswith(f"en-US.yaml:{place}: " if place else "en-US.yaml:")
    assert [word for word in words if word not in first] == []
    assert said == [first]


@pytest.mark.parametrize(("old", "new"), [(old, new) for old, new, *_ in SLIPS.values()], ids=SLIPS)
def test_a_machine_without_libyaml_says_the_same(old, new):
    source = from_bytes("en-US.yaml", edited("en-US.yaml", (old, new))["en-US.yaml"].encode())

    assert FAST_LOADER is not yaml.SafeLoader
    assert parse(source, yaml.SafeLoader) == parse(source, FAST_LOADER)


JARGON = ("mapping", "sequence", "scalar", "token", "block", "flow", "parse", "node content", "indentation", "None")


@pytest.mark.parametrize(("old", "new"), [(old, new) for old, new, *_ in SLIPS.values()], ids=SLIPS)
def test_no_slip_is_told_in_the_words_of_a_parser(tmp_path, old, new):
    said = " ".join(problems(tmp_path, edited("en-US.yaml", (old, new))))
    assert [word for word in JARGON if word in said] == []


def test_all_slips_of_all_files_are_told_in_one_go(tmp_path):
    english = edited(
        "en-US.yaml",
        ("phrases: [English]", "phrases: [English"),
        (CARE, "   label: The care\n"),
        ("by hand", "by hand 911"),
        ("two: Call {main} for more.", "two: Note: call {main}."),
        ("- the list", "- the list: all"),
        ("intro: Two names.", "intro: 'It's two names.'"),
        ("label: Knee pain", "lable: Knee pain"),
        ("lay words: [my kneecap hurts]", "lay words: [\u201cmy kneecap hurts\u201d]"),
        ("answer: That is the knee.", "answer: Knees & legs."),
        ("label: Headaches", "label: Headaches\n        label: Headaches"),
        ("[my stress]", "[my < stress]"),
    )
    line = edited("line.yaml", ("waits: [10, 20, 30]", "waits: [10, 20]"), ("4: desk", "4: desc"))
    said = problems(
        tmp_path,
        english | {"line.yaml": line["line.yaml"], "es-US.yaml": FILES["es-US.yaml"].replace("The care", "<b>")},
    )

    places = [sentence.split(": ")[0] for sentence in said]
    assert places == [
        *("en-US.yaml:3:12", "en-US.yaml:8:4", "en-US.yaml:13:17", "en-US.yaml:14:16", "en-US.yaml:19:9"),
        *("en-US.yaml:20:12", "en-US.yaml:23:9", "en-US.yaml:25:21", "en-US.yaml:26:23", "en-US.yaml:29:9"),
        *("en-US.yaml:34:22", "es-US.yaml:11:12"),
        *("line.yaml:4:1", "line.yaml:22:10"),
    ]


def test_a_line_that_had_to_be_guessed_hides_no_bad_word_and_invents_no_missing_one(tmp_path):
    files = edited("en-US.yaml", (CARE, "    label The care\n"), ("Two names.", "Two names, or 911."))
    said = problems(tmp_path, files)

    assert [sentence.split(": ")[0] for sentence in said] == ["en-US.yaml:8:5", "en-US.yaml:20:26"]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("  failed: Well", "\tfailed: Well", "80:1"),
        ("  failed: Well", "  failed Well", "80:3"),
        ("  pains:\n", "  pains\n", "15:3"),
        ("  pains:\n", "\tpains:\n", "15:1"),
        ("    not listed:", "\tnot listed:", "35:1"),
        ("fillers:", "\tfillers:", "54:1"),
        ("terms:\n", "terms\n", "52:1"),
    ],
)
def test_a_line_that_had_to_be_guessed_hides_no_misspelt_name_elsewhere(tmp_path, old, new, place):
    files = edited("en-US.yaml", (old, new), ("  desk:\n    label:", "  desk:\n    lable:"))
    places = [sentence.split(": ")[0] for sentence in problems(tmp_path, files)]

    assert sorted(places) == sorted([f"en-US.yaml:{place}", "en-US.yaml:40:5"])


UNDONE = {
    "a tab": lambda line: re.sub("^ +", "\t", line),
    "a tab for two spaces": lambda line: re.sub("^  ", "\t", line),
    "a tab more": lambda line: f"\t{line}",
    "no colon": lambda line: re.sub(r":(?=\s|$)", "", line, count=1),
}
INHERITED = ("must hold names", "bare star", "quotes end in the middle", "key 0", "neither a name")
"""What a missing colon may turn the neighbouring lines into."""

SENTENCES_WITH_COLONS = ("        by hand: gently.",)


@pytest.mark.parametrize("undo", UNDONE.values(), ids=UNDONE)
@pytest.mark.parametrize("name", ["line.yaml", "en-US.yaml"])
def test_a_line_that_had_to_be_guessed_invents_nothing(tmp_path, name, undo):
    lines = FILES[name].split("\n")
    for number, line in enumerate(lines):
        if line and undo(line) != line and line not in SENTENCES_WITH_COLONS:
            text = "\n".join([*lines[:number], undo(line), *lines[number + 1 :]])
            said = problems(tmp_path, FILES | {name: text})
            others = [s for s in said if not s.startswith(f"{name}:{number + 1}:")]
            assert [s for s in others if not any(words in s for words in INHERITED)] == []


def test_a_wiring_that_had_to_be_guessed_says_nothing_of_the_words(tmp_path):
    said = problems(tmp_path, edited("line.yaml", ("  care:\n", "  care\n")))
    assert [sentence.split(": ")[0] for sentence in said] == ["line.yaml:23:3"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("by hand: gently.", "by hand: gently: now."),
        ("We treat you", "We say \u201cyes\u201d"),
        ("That is the knee.", "It's the knee\u2019s joint."),
        ("That is the knee.", '"Note: that is the knee."'),
        ("That is the knee.", "That is the knee.  # not the leg: that is another"),
        ("That is the knee.", 'That is the "knee", at 8:30.'),
        ("- the list", "- the list, all of it"),
    ],
)
def test_what_merely_looks_like_a_slip_is_read(old, new):
    source = from_bytes("en-US.yaml", edited("en-US.yaml", (old, new))["en-US.yaml"].encode())
    assert parse(source).problems == ()
