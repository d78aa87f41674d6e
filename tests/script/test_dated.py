"""A script of an older program: what the catalogue has gained since is said in the sample's words."""

import re

import pytest

from ivr.script.dated import up_to_date
from ivr.script.folders import contents, sample
from ivr.script.model import Prompt
from ivr.script.problems import ScriptError
from ivr.script.reader import read_files

FILES = contents(sample())
LOUDER = r"  louder:\n(    .*\n|      .*\n)+"


def older(*lines):
    """The sample without some of its lines, each given as a pattern."""
    files = dict(FILES)
    for file, line in lines:
        text, count = re.subn(line, "", files[file].decode())
        assert count
        files[file] = text.encode()
    return files


def test_what_is_missing_is_the_samples_in_each_language():
    files = older(
        ("en-US.yaml", "  we changed: This line has just changed.\n"),
        ("es-US.yaml", "  we changed: Esta línea acaba de cambiar.\n"),
        ("en-US.yaml", LOUDER),
    )
    with pytest.raises(ScriptError):
        read_files("line", files)
    mended, later = up_to_date(files)
    script = read_files("line", mended)

    assert later == ("we changed", "louder")
    assert script.words["es-US"].sentences["we changed"] == (Prompt(("Esta línea acaba de cambiar.",)),)
    assert script.words["en-US"].commands["louder"].label == "Speak louder"


def test_nothing_else_is_mended():
    assert up_to_date(FILES) == (FILES, ())
    wrong = older(("en-US.yaml", "    label: Main menu\n"))
    assert up_to_date(wrong)[1] == ()


@pytest.mark.parametrize(
    "content", [b"", b"sentences: [", b"sentences: hello", b"\xff\xfe\x00", b"- a", b"sentences:\n"]
)
def test_nonsense_is_left_alone(content):
    assert up_to_date({"en-US.yaml": content, "other.yaml": content})[1] == ()
