"""What a text means: the same words as on the telephone, but written, and in any of the line's languages.

For: `meant(script, state, text)`.  Nothing in a text was misheard, and nothing rings because of it: so words of another
language are followed at once, and so is a key that is written as a word.
Not here: how words are understood (`ivr.dialog.understand`), what follows (`texting`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from ivr.channels.text import Wrote
from ivr.dialog.choices import Action, Kind, choices, command
from ivr.dialog.inputs import Said
from ivr.dialog.normal import normalise
from ivr.dialog.state import State
from ivr.dialog.turn import fits
from ivr.dialog.understand import Ask, Echo, Match, NoMatch, Understood, understand
from ivr.dialog.vocabulary import vocabulary
from ivr.script.model import Script

MORE = Match(command("more"), "more of a text")


def meant(script: Script, state: State, text: Wrote) -> tuple[State, Understood | None]:
    """What a text means, and the state in the language in which it does; None for a key that is not "more"."""
    if not fits(script, state):
        state = State(state.version, state.language, script.start)
    if _is_for_more(script, state, text):
        return state, MORE
    if text.key:
        return state, None
    said = Said(text.words)
    heard = understand(script, state, said)
    if isinstance(heard, Match | Ask) and heard.language:
        return state.but(language=heard.language), replace(heard, language="")
    if isinstance(heard, Ask) and heard.evidence == "words of another language":
        state = state.but(language=heard.action.name)
        return state, understand(script, state, said)
    if isinstance(heard, Ask) and (heard.evidence == "spoken key" or _is_harmless(heard.action)):
        return state, Match(heard.action, heard.evidence)
    if isinstance(heard, NoMatch) and not heard.evidence and not only_polite(script, state, text):
        return _in_another_language(script, state, text) or (state, heard)
    return state, heard


def _is_harmless(action: Action) -> bool:
    """Commands: on the telephone some of them ring or hang up, and a text does neither.  A yes has to be sure."""
    return action.kind is Kind.COMMAND and action != command("yes")


def _in_another_language(script: Script, state: State, text: Wrote) -> tuple[State, Understood] | None:
    """A word or two that mean something in another language of the line, and nothing in this one."""
    for tag in script.languages:
        there = state.but(language=tag)
        if tag != state.language:
            found = understand(script, there, Said(text.words))
            if isinstance(found, Match) or only_polite(script, there, text):
                return there, found
    return None


def _is_for_more(script: Script, state: State, text: Wrote) -> bool:
    """Whether it asks for what is left: by the word for it in any language, or by the key that a place has for it."""
    if text.key:
        return any(c.key == text.key and c.action == command("more") for c in choices(script, state))
    words = normalise(text.words)
    return any(words in _words_for_more(script, tag) for tag in script.languages)


@lru_cache(maxsize=64)
def _words_for_more(script: Script, language: str) -> frozenset[str]:
    spoken = script.words[language].commands["more"]
    return frozenset(map(normalise, (spoken.label, *spoken.phrases, *spoken.also_said)))


def only_polite(script: Script, state: State, text: Wrote) -> bool:
    """Hello, please, thanks: nothing that could be misunderstood."""
    own = vocabulary(script, state.language).fillers
    plain = normalise(text.words)
    return bool(plain) and (plain in own or all(word in own for word in plain.split()))


def agrees(script: Script, state: State, text: Wrote, heard: Understood | None) -> bool:
    """Whether these are thanks, or an "ok" where nothing was asked."""
    if not isinstance(heard, NoMatch):
        return False
    own, words = vocabulary(script, state.language), normalise(text.words)
    return heard.polite or command("yes") in (own.local.get(words), own.said.get(words))


def says_nothing(script: Script, state: State, text: Wrote, heard: Understood | None) -> bool:
    return isinstance(heard, NoMatch | Echo) and only_polite(script, state, text)
