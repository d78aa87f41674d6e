"""What the README shows is what happens, and what the pages name is there."""

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


PAGES = [path for folder in (".", "deploy", "tests") for path in (ROOT / folder).glob("*.md")]
PAGES += [ROOT / "tests" / "speech" / "README.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_a_page_names_is_in_the_repository(page):
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:ivr|tests|scripts|deploy|\.\.)/[\w./-]+)(?:::\w+)?`", text)
    missing = [path for path in named if not ((page.parent if path.startswith("..") else ROOT) / path).exists()]

    assert missing == []
    assert not [path for path in named if not (page.parent / path).resolve().is_relative_to(ROOT)]
