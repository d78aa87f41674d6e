"""What a caller hears and can choose at a place of a script, for rules that judge the line as it sounds.

For: short ways to the prompts and choices that the dialog makes of a script.
Not here: single texts as staff wrote them (`texts`), whole calls (`walker`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.dialog import choices as offered
from ivr.dialog import opening as first_heard
from ivr.dialog import prompts
from ivr.dialog.spoken import seconds
from ivr.dialog.state import State
from ivr.script.model import Listing, Menu

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.dialog.choices import Choice
    from ivr.dialog.spoken import Speech
    from ivr.script.model import Script


def at(script: Script, language: str, node: str, position: int = 0) -> State:
    return State(script.version, language, node, position)


def choices(script: Script, language: str, node: str, position: int = 0) -> tuple[Choice, ...]:
    return offered.choices(script, at(script, language, node, position))


def opening(script: Script) -> Speech:
    """What every call begins with."""
    return first_heard.opening(script, script.first_language)


def place(script: Script, language: str, node: str) -> Speech:
    return prompts.place(script, at(script, language, node))


def lasts(script: Script, speech: Speech) -> float:
    """Seconds, at the pace of the first language that is heard."""
    language = speech[0].language if speech else script.first_language
    return seconds(speech, script.languages[language].rate / USUAL_RATE)


USUAL_RATE = 92
"""Percent of a voice's own speed at which it says 2.5 words a second."""


def menus(script: Script) -> Iterator[Menu]:
    return (node for node in script.nodes.values() if isinstance(node, Menu))


def lists(script: Script) -> Iterator[Listing]:
    return (node for node in script.nodes.values() if isinstance(node, Listing))


def choosing(script: Script) -> Iterator[Menu | Listing]:
    """Where callers choose among what staff have wired."""
    yield from menus(script)
    yield from lists(script)


def tree(script: Script) -> dict[str, int]:
    """How many menus lie between the first menu and each place."""
    depth = {script.start: 0}
    ahead = [script.start]
    for name in ahead:
        node = script.nodes[name]
        for option in node.options if isinstance(node, Menu) else ():
            if option.target not in depth:
                depth[option.target] = depth[name] + 1
                ahead.append(option.target)
    return depth
