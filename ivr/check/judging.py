"""What walked rules look for in what was heard: a person, a key, a number, the patience of the line.

For: small questions about words and edges that several rules ask.
Not here: the rules, the walk.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ivr.check.attempts import phrases_of
from ivr.dialog import prompts
from ivr.dialog.choices import Action, command
from ivr.dialog.normal import contains, normalise
from ivr.script.catalogue import KEYS

if TYPE_CHECKING:
    from ivr.check.rendered import Stretch
    from ivr.check.walked import Edge, Spot, Walk
    from ivr.dialog.state import State
    from ivr.script.model import PhoneNumber, Script

RELAY_LAG = 0.6
"""Seconds by which a relay operator falls behind with each word that is spoken (TIME-06)."""


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Text as it is compared."""
    return normalise(text)


def has(text: str, phrase: str) -> bool:
    """Whether a text holds a phrase; case, accents and punctuation do not count."""
    return contains(plain(text), plain(phrase))


def begins(text: str, phrase: str) -> bool:
    return f"{plain(text)} ".startswith(f"{plain(phrase)} ")


# --- what is said --------------------------------------------------------------------------------


def sentence(script: Script, language: str, name: str, version: int = 0) -> str:
    """A stock sentence as it is heard."""
    return " ".join(said.text for said in prompts.sentence(script, language, name, version))


def press(script: Script, language: str, key: str) -> str:
    """How the line says that a key is to be pressed."""
    words = script.words[language]
    return "".join(p if isinstance(p, str) else words.keys[key][0] for p in words.sentences["press"][0].pieces)


def offers_a_key(script: Script, language: str, text: str) -> bool:
    return any(has(text, press(script, language, key)) for key in KEYS)


SPEAKING = {"en": ("say", "speak", "tell me"), "es": ("diga", "decir", "hable", "hablar")}


def speaking_words(language: str) -> tuple[str, ...]:
    """Words by which a caller is told that one may speak; none are known of a language that is not listed."""
    return SPEAKING.get(language.partition("-")[0], ())


def offers_a_person(script: Script, text: str) -> bool:
    """Whether a person is spoken of, in any language of the line."""
    return any(_names_a_person(script, tag, plain(text)) for tag in script.languages)


@lru_cache(maxsize=8192)
def _names_a_person(script: Script, language: str, text: str) -> bool:
    return any(contains(text, plain(phrase)) for phrase in phrases_of(script, language, command("person")))


def label(script: Script, language: str, action: Action) -> str:
    return prompts.label(script, language, action)


def spoken_number(script: Script, language: str, number: PhoneNumber) -> str:
    """A number as it is heard, group by group."""
    return ", ".join(prompts.slow_number(script.words[language], number).groups)


# --- where a caller is ---------------------------------------------------------------------------


def same_place(one: State, other: State) -> bool:
    """Whether two states are at the same place of the line, in the same language."""
    places = ((s.language, s.node, s.position, s.item, s.answer) for s in (one, other))
    return len(set(places)) == 1


def to_a_person(walk: Walk, edge: Edge | None) -> bool:
    """Whether a person's telephone rings after this edge unless the caller calls it off; or the line says when a person
    is there, and offers to call anyway.
    """
    told = edge is not None and edge.reply.closed and edge.state is not None and edge.state.node == walk.script.person
    return told or walk.rings(edge) == walk.script.person_number.e164


# --- time ----------------------------------------------------------------------------------------


def patience(walk: Walk, spot: Spot, stretch: Stretch, state: State | None = None) -> int:
    """Seconds of silence that the line bears with at a spot, from the end of a prompt until it goes on.

    state: where the caller really is, as the spot may stand for other parts or items of the same node.
    """
    return stretch.window + walk.silence(state or spot.state)


def attribute(document: str, name: str) -> list[str]:
    """The values of an attribute in a document, in order."""
    return re.findall(rf' {name}="([^"]*)"', document)
