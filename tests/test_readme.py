"""What the README shows is what happens."""

import re
from pathlib import Path

import pytest

from ivr.script.folders import sample

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_call_at_the_top_is_a_rehearsal_that_is_replayed():
    shown = re.search(r"```text\n(.*?)```", README, re.DOTALL).group(1)
    rehearsed = (sample() / "rehearsals" / "30-a-visit.txt").read_text(encoding="utf-8")

    assert shown == rehearsed.split("\n", 1)[1]


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:ivr|tests|scripts|deploy)/[\w./-]+)`", README))))
def test_every_file_that_it_names_is_there(path):
    assert (ROOT / path).exists()
