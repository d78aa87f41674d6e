"""Who texts: everything that somebody reads who follows what a text offers, and who asks a call for one.

For: `texted(script)`, the texts of a reader who tries every number and every MORE in each language, and which
destinations stand in them in full; `texts_asked(script)`, what comes of "text me this" wherever it is offered.
Both take a moment, as nobody's words have to be understood for them.
Not here: calls (`walker`), what is right (`rules`).
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ivr.channels import written
from ivr.channels.meant import meant
from ivr.channels.portions import sentences, text
from ivr.channels.talk import FRESH, Talk
from ivr.channels.text import KEYWORDS, Wrote
from ivr.channels.texting import answer
from ivr.check.destinations import destinations_of
from ivr.dialog import prompts
from ivr.dialog.choices import TEXT_ME, Question, choices
from ivr.dialog.events import TextAsked
from ivr.dialog.inputs import Key
from ivr.dialog.normal import contains, normalise
from ivr.dialog.state import State
from ivr.dialog.turn import turn
from ivr.dialog.understand import Match
from ivr.script.catalogue import OPTION_KEYS, SENTENCES
from ivr.script.model import Announcement, Listing, Menu, NumberNode, Script, Transfer

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = 1_800_000_000
MOST_TEXTS = 20_000
"""Far more than any line has; a walk that comes so far goes round in circles."""

SOMEBODY = "+12015550123"


class Read(NamedTuple):
    """A text that was read: where it leads, and its words."""

    state: State
    words: str


@dataclass(frozen=True, slots=True, eq=False)
class Texted:
    """All that was read, and by language: what a conversation begins with, and the destinations reached and missed."""

    texts: tuple[Read, ...]
    first: dict[str, str]
    reached: dict[str, tuple[str, ...]]
    missed: dict[str, tuple[tuple[tuple[object, ...], str], ...]]

    @property
    def parity(self) -> float:
        """Percent of what can be heard that can be read too, in the poorest language."""
        shares = [len(got) / max(1, len(got) + len(self.missed[tag])) for tag, got in self.reached.items()]
        return 100 * min(shares)


@lru_cache(maxsize=64)
def texted(script: Script) -> Texted:
    """What is read by somebody who tries everything."""
    texts = {tag: tuple(_walked(script, tag)) for tag in script.languages}
    reached: dict[str, tuple[str, ...]] = {}
    missed: dict[str, tuple[tuple[tuple[object, ...], str], ...]] = {}
    for tag, read in texts.items():
        wanted = list(destinations_of(script, tag))
        left = tuple((place, name) for place, name in wanted if not _stands(script, tag, place, read))
        missed[tag] = left
        reached[tag] = tuple(name for place, name in wanted if (place, name) not in left)
    first = {tag: _first(script, tag) for tag in script.languages}
    return Texted(tuple(one for read in texts.values() for one in read), first, reached, missed)


def _at_the_menu(script: Script, tag: str, at: int) -> Talk:
    return Talk(State(script.version, tag, script.start), at)


def _first(script: Script, tag: str) -> str:
    """The first text of a conversation in a language."""
    return answer(script, _at_the_menu(script, tag, NOW - FRESH - 1), Wrote("#"), NOW).words


def _walked(script: Script, tag: str) -> Iterator[Read]:
    more = Wrote(words=script.words[tag].commands["more"].label)
    begun = answer(script, _at_the_menu(script, tag, NOW), Wrote("#"), NOW)
    yield Read(State(script.version, tag, script.start), begun.words)
    waiting = deque([begun.talk])
    known: set[tuple[object, ...]] = set()
    while waiting and len(known) < MOST_TEXTS:
        talk = waiting.popleft()
        if talk is None or _key(talk) in known:
            continue
        known.add(_key(talk))
        offered = [Wrote(choice.key) for choice in choices(script, talk.state) if choice.key in OPTION_KEYS]
        for tried in (*offered, more, Wrote("0")):
            done = answer(script, talk._replace(replies=0), tried, NOW)
            assert done.talk is not None, "every text of this walk is answered"
            yield Read(done.talk.state, done.words)
            waiting.append(done.talk)


def _key(talk: Talk) -> tuple[object, ...]:
    state = talk.state
    return (state.node, state.position, state.item, state.answer, state.question, state.about, talk.sent)


# --- what stands in the texts --------------------------------------------------------------------


def _stands(script: Script, tag: str, place: tuple[object, ...], read: tuple[Read, ...]) -> bool:
    """Whether a destination can be read in full: every sentence of it in some text of its place."""
    _, node, *which = place
    here = [normalise(one.words) for one in read if one.state.node == node]
    return bool(here) and all(
        any(contains(words, fact) for words in here) for fact in _facts(script, tag, str(node), which)
    )


def _facts(script: Script, tag: str, node: str, which: list[object]) -> Iterator[str]:
    """What must be read at a destination, as it is compared: labels, sentences, numbers."""
    words = script.words[tag]
    own = words.nodes[node]
    match script.nodes[node]:
        case Menu(options=options):
            yield from (_plain(words.nodes[option.target].label) for option in options)
        case Announcement(parts=parts) if which and isinstance(which[0], int):
            part = parts[which[0]]
            said = written.fill(script, tag, own.texts.get(part) or own.parts[part])
            yield from filter(None, map(_plain, sentences(said)))
            yield from (_plain(number) for number in numbers_of(script, tag, node, part))
        case Listing() if which:
            found = prompts.item_words(words, str(which[0]))
            yield _plain(found.label)
            if found.answer:
                yield from filter(None, map(_plain, sentences(written.fill(script, tag, found.answer))))
        case NumberNode(number=number) | Transfer(number=number):
            yield _plain(script.numbers[number].written)


def numbers_of(script: Script, tag: str, node: str, part: str) -> tuple[str, ...]:
    """The phone numbers that are read out in a part: its text has to have them too, in whatever words."""
    return tuple(
        script.numbers[n].written for n in script.words[tag].nodes[node].parts[part].slots if n in script.numbers
    )


def _plain(words: str) -> str:
    return normalise(text(sentences(words)))


# --- text me this --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking a call for a text: how often it was tried, where it was sent, and where it was not."""

    tried: int
    sent: tuple[str, ...]
    failed: tuple[str, ...]


@lru_cache(maxsize=64)
def texts_asked(script: Script) -> Asked:
    """At every announcement and number: seven, then one; and that nothing is sent without the one, or by a doubled key."""
    sent: list[str] = []
    failed: list[str] = []
    tried = 0
    for tag in script.languages:
        for node in script.nodes.values():
            if not isinstance(node, Announcement | NumberNode | Transfer):
                continue
            question = Question.AFTER if isinstance(node, Transfer) else Question.NONE
            state = State(script.version, tag, node.name, question=question, touched=True, texting=True)
            tried += 1
            (sent if _is_sent(script, state) else failed).append(f'"{node.name}" ({tag})')
    return Asked(tried, tuple(sent), tuple(failed))


def _is_sent(script: Script, state: State) -> bool:
    """Whether a text is sent after the question and a yes, once, and not before."""
    if TEXT_ME not in choices(script, state):
        return False
    asked = turn(script, state, Key(TEXT_ME.key), caller=SOMEBODY)
    doubled = turn(script, asked.state, Key(TEXT_ME.key), caller=SOMEBODY)
    agreed = turn(script, asked.state, Key("1"), caller=SOMEBODY)
    wanted = TextAsked(state.node, state.language)
    early = {wanted} & {*asked.events, *doubled.events}
    return not early and agreed.events.count(wanted) == 1 and bool(written.whole(script, state.language, state.node))


# --- words that are asked for --------------------------------------------------------------------

CAPITALS = re.compile(r"\b[A-Z]{2,}\b")


def strange_capitals(script: Script) -> Iterator[tuple[str, str]]:
    """Words in capitals that a text asks for, and that are not understood, or that Twilio answers itself."""
    for tag in script.languages:
        for name, wanted in SENTENCES.items():
            for prompt in script.words[tag].sentences[name] if wanted.written else ():
                for word in CAPITALS.findall(text(sentences(written.fill(script, tag, prompt)))):
                    if word in KEYWORDS or not _is_understood(script, tag, word):
                        yield tag, word


def _is_understood(script: Script, tag: str, word: str) -> bool:
    state = State(script.version, tag, script.start)
    return isinstance(meant(script, state, Wrote(words=word))[1], Match)
