"""Whatever stands in the files, the reader gives a script, or sentences with places; nothing else."""

import re

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from ivr.script.folders import sample
from ivr.script.parse import FAST_LOADER, parse
from ivr.script.problems import ScriptError
from ivr.script.reader import read
from ivr.script.source import from_bytes
from script.mini import FILES, folder

SENTENCE = re.compile(r"[\w-]+\.yaml:[1-9]\d*:[1-9]\d*: [^\n\r]+[.?]")

PIECES = st.one_of(
    st.sampled_from(
        [
            *"\t\n\r:#\"'[]{}*&!|>-%@`,?\\\u201c\u201d\ufeff\u2028\x00\x85",
            "- ",
            ": ",
            "\n  ",
            "---\n",
            "*a",
            "&a ",
            "911",
        ]
    ),
    st.text(max_size=6),
    st.sampled_from(["label: ", "phrases: [", "{main}", "973-940-3166", "  care:\n", "menu:", "1: "]),
)


@st.composite
def spoilt(draw, files):
    """The files after a few slips of the hand: something typed, deleted, moved, or cut off."""
    name = draw(st.sampled_from(sorted(files)))
    text = files[name]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 2, 5, 30, 100_000])))
        text = text[:start] + draw(PIECES) + text[end:]
    return files | {name: text}


def judge(path, files):
    """Read the files; what is wrong with them must be told in whole sentences."""
    problems = None
    try:
        script = read(folder(path, files))
    except ScriptError as error:
        problems = list(map(str, error.problems))
    assert problems != []
    assert [problem for problem in problems or () if not SENTENCE.fullmatch(problem)] == []
    assert problems or script.person_number


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """One folder for all examples of a test; each overwrites the files of the one before."""
    return tmp_path_factory.mktemp("desk")


@settings(max_examples=80)
@given(files=spoilt(FILES))
def test_slips_of_the_hand(desk, files):
    judge(desk, files)


@settings(max_examples=10)
@given(files=spoilt({path.name: path.read_text("utf-8") for path in sample().glob("*.yaml")}))
def test_slips_of_the_hand_in_the_sample(tmp_path_factory, files):
    judge(tmp_path_factory.mktemp("sample"), files)


@settings(max_examples=80)
@given(name=st.sampled_from(sorted(FILES)), data=st.binary(max_size=200), text=st.text(max_size=200))
def test_files_of_anything(desk, name, data, text):
    judge(desk, FILES | {name: data})
    judge(desk, FILES | {name: text.encode(errors="surrogatepass")})


@settings(max_examples=150)
@given(
    text=st.lists(st.one_of(PIECES, st.sampled_from(["a: ", "  b", "\n"])), max_size=25).map("".join),
    loader=st.sampled_from([FAST_LOADER, yaml.SafeLoader]),
)
def test_either_parser(text, loader):
    parsed = parse(from_bytes("en-US.yaml", text.encode()), loader)
    assert [str(problem) for problem in parsed.problems if not SENTENCE.fullmatch(str(problem))] == []


@pytest.mark.parametrize("cut", range(0, len(FILES["en-US.yaml"]), 97))
def test_a_file_that_was_cut_off(desk, cut):
    with pytest.raises(ScriptError):
        read(folder(desk, FILES | {"en-US.yaml": FILES["en-US.yaml"][:cut]}))
