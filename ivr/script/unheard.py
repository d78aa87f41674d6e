"""Words that stand in a language file and that no caller would hear, or could say.

For: what follows a #, pictures such as smileys, and words of which nothing but signs is left.  These hold for all
words of the file, whatever they are for.
Not here: what a voice would say wrongly (`speech`), the parts of a file that are not spoken (`translation`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ivr.script import tree as trees
from ivr.script.plain import plain
from ivr.script.problems import shown
from ivr.script.slips import REMARK
from ivr.script.source import PICTURE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.script.shape import Field
    from ivr.script.tree import Text

LETTER = re.compile("[a-z0-9]", re.IGNORECASE | re.ASCII)
"""Of what has one, something is left that can be said; which saves the comparison for most words."""

UNSPOKEN = "translation"
"""The section that tells who made a file."""


def judge_unheard(file: Field) -> None:
    """Note what of the words in a language file would be lost."""
    for text in _spoken(file):
        if text.remark and text.words:
            file.note(*REMARK, text.remark)
        picture = PICTURE.search(text.value)
        if picture:
            what = f"a voice reads the picture {picture[0]} strangely, or not at all"
            file.note(what, "Delete it, or write a word for it.", text.at(picture[0]))
        elif text.words and not (LETTER.search(text.words) or plain(text.words)):
            what = f'in "{shown(text.words)}" there is no word that can be said'
            file.note(what, "Write at least one word, or delete it.", text.place)


def _spoken(file: Field) -> Iterator[Text]:
    """All words of a language file that are spoken or understood."""
    sections = file.tree.entries if isinstance(file.tree, trees.Mapping) else ()
    for section in sections:
        if section.key.value != UNSPOKEN:
            yield from (text for _, text in trees.texts(section.value, ()))
