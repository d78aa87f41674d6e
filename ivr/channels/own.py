"""The few words in writing that the line itself never says: headings of pages, kinds of places, weekdays and months.

For: `own_text(language)`, from the files in `pages/`; a language without a file gets those of `OTHERWISE`.
Not here: anything that is spoken, which stands in the words files of a script.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

import yaml

FOLDER = resources.files("ivr.channels") / "pages"
OTHERWISE = "en"


def own_text(language: str) -> dict[str, str]:
    """The words, each under its name."""
    return _of(written_in(language))


def written_in(language: str) -> str:
    """The language in which these words really are: the one that was asked for, where there is a file of it."""
    tag = language.partition("-")[0]
    return tag if _of(tag) else OTHERWISE


@lru_cache(maxsize=16)
def _of(tag: str) -> dict[str, str]:
    file = FOLDER / f"{tag}.yaml"
    known: dict[str, str] = yaml.safe_load(file.read_text(encoding="utf-8")) if file.is_file() else {}
    return known
