"""Who calls: the personas, each with what they do, what must hold for them, and how far they get.

For: `play_by(walk, name)`, how one of them fares.  A persona takes those edges of the walk that somebody like them would
take, so that it meets every place in every language, and not only a few calls that were thought of.  The fuzzer alone
makes calls of its own, always the same ones.
Not here: the walk, the rules (a persona names those that must hold; `must`).
"""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ivr.check.attempts import ENDS, GIBBERISH, RELAY, SCREEN_READER, Way, destinations, phrases_of
from ivr.check.destinations import destinations_of
from ivr.check.judging import RELAY_LAG, patience
from ivr.check.texting import texted, texts_asked
from ivr.dialog.choices import Question, command
from ivr.dialog.inputs import Arrived, Dialled, Input, Key, Said, Silence
from ivr.dialog.inputs import Outcome as Ended
from ivr.phone.heard import Doing
from ivr.script.catalogue import KEYS
from ivr.script.model import Script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ivr.check.walked import Edge, Spot, Walk

RELAY_TYPES = 15
"""Seconds that an operator needs to type an answer back."""

FUZZED_CALLS, FUZZED_TURNS = 24, 14
FUZZ_SEED = 20_240_117
LONGEST_ROBOCALL = 20


@dataclass(frozen=True, slots=True)
class Persona:
    """does: whether they would make this attempt.  must: the rules that hold for them.  tours: whether they are to get
    everywhere; alternates: by keys and words in turns; late: as late as a relay operator answers.
    """

    name: str
    behaviour: str
    does: Callable[[Spot, Edge], bool]
    must: tuple[str, ...]
    tours: bool = False
    alternates: bool = False
    late: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a persona fared: how much they tried, and which destinations they got to and which they did not."""

    persona: Persona
    tried: int
    reached: int = 0
    missed: tuple[str, ...] = ()


# --- who they are --------------------------------------------------------------------------------


def _by_key(_: Spot, edge: Edge) -> bool:
    return edge.attempt.is_key or not edge.attempt.is_speech


def _by_voice(_: Spot, edge: Edge) -> bool:
    return not edge.attempt.is_key


def _by_either(_: Spot, __: Edge) -> bool:
    return True


def _never(_: Spot, __: Edge) -> bool:
    """Who texts takes no step of a call."""
    return False


def _goes(*ways: Way) -> Callable[[Spot, Edge], bool]:
    return lambda _, edge: edge.attempt.way in ways


def _means(*commands: str) -> Callable[[Spot, Edge], bool]:
    wanted = {*map(command, commands)}
    return lambda _, edge: edge.attempt.means in wanted


def _hears(*given: Dialled) -> Callable[[Spot, Edge], bool]:
    return lambda _, edge: edge.attempt.given in given


def _doubles(spot: Spot, edge: Edge) -> bool:
    return bool(spot.state.led) and edge.attempt.given == Key(spot.state.led)


NOBODY_THERE = (Dialled(Ended.NO_ANSWER), ENDS["failed"], ENDS["busy"])


def _finds_closed(spot: Spot, edge: Edge) -> bool:
    """Whoever calls anyway, or at unknown hours, hears it ring; known hours are told before."""
    return edge.attempt.given in NOBODY_THERE or spot.state.question == Question.CLOSED


PERSONAS = (
    Persona("silent", "never answers", _goes(Way.SILENCE), ("TIME-03", "TIME-04", "TIME-13", "ERR-01", "ERR-03")),
    Persona(
        "slow",
        "speaks with long gaps, and answers at the last moment",
        _goes(Way.NAME, Way.POLITE, Way.INSIDE),
        ("SPCH-02", "ASR-08", "TIME-01", "TIME-05", "DEAF-08"),
    ),
    Persona(
        "relay",
        "hears through an operator, 0.6 s a word late, and answers by key",
        _by_key,
        ("TIME-06", "DEAF-01"),
        tours=True,
        late=True,
    ),
    Persona(
        "relay by speech",
        "hears through an operator, and answers by word",
        _by_voice,
        ("TIME-06", "DEAF-01"),
        tours=True,
        late=True,
    ),
    Persona("keypad-only", "never speaks", _by_key, ("INP-01", "INP-04", "INP-06", "SPCH-01", "MOTOR-01"), tours=True),
    Persona("speech-only", "never presses a key", _by_voice, ("INP-02", "INP-09", "OPT-06"), tours=True),
    Persona("mixer", "presses and speaks in turns", _by_either, ("INP-03",), tours=True, alternates=True),
    Persona("zero-out", "wants a person, everywhere", _means("person"), ("MENU-12", "UNI-01", "UNI-02")),
    Persona(
        "lost",
        "goes back, asks again, asks for help, starts over",
        _means("back", "again", "help", "main menu"),
        ("ERR-09", "UNI-03", "UNI-04", "MENU-09", "MENU-11"),
    ),
    Persona(
        "mumbler",
        "is never understood",
        _goes(Way.NOISE, Way.STRAY_KEY),
        ("ERR-01", "ERR-04", "ERR-05", "ERR-13", "MENU-13"),
    ),
    Persona("fuzzer", "presses and says anything at all", _goes(Way.STRAY_KEY, Way.NOISE), ("ERR-11", "ERR-12")),
    Persona("switcher", "changes the language in the middle", _means("language"), ("LEP-02", "LEP-04", "LEP-05")),
    Persona(
        "interrupter", "does not wait for the end of a sentence", _goes(Way.KEY), ("TIME-15", "ERR-07", "BLIND-01")
    ),
    Persona(
        "transfer",
        "is put through, in every way that can end",
        _goes(Way.OUTCOME),
        ("XFER-01", "XFER-03", "XFER-05", "ERR-08"),
    ),
    Persona("doubled key", "presses every key twice", _doubles, ("ERR-11",)),
    Persona(
        "echo",
        "lets the line's own words come back, or a screen reader's",
        _goes(Way.ECHO, Way.SCREEN_READER),
        ("ERR-11",),
    ),
    Persona("relay hang-up", "is hung up on after 12 seconds", _hears(RELAY), ("XFER-03",)),
    Persona("closed", "calls when nobody answers", _finds_closed, ("UNI-08", "XFER-03")),
    Persona(
        "robocall",
        "is nobody: no input, and the transfer fails",
        _goes(Way.SILENCE, Way.OUTCOME),
        ("ERR-13", "MENU-11"),
    ),
    Persona("writer-down", "writes numbers down", _by_either, ("NUM-04", "UNI-08")),
    Persona("in danger", "speaks of an emergency", _goes(Way.EMERGENCY, Way.CRISIS), ("UNI-02",)),
    Persona("texter", "sends text messages, and never calls", _never, ("DEAF-02", "EMG-06"), tours=True),
    Persona("text-me", "calls, and wants to have everything as a text", _never, ("NUM-05",), tours=True),
)


def play_by(walk: Walk, name: str) -> Outcome:
    """How one persona fares."""
    persona = next(persona for persona in PERSONAS if persona.name == name)
    if name == "texter":
        read = texted(walk.script)
        missed = tuple(said for left in read.missed.values() for _, said in left)
        return Outcome(persona, len(read.texts), sum(map(len, read.reached.values())), missed)
    if name == "text-me":
        asked = texts_asked(walk.script)
        return Outcome(persona, asked.tried, len(asked.sent), asked.failed)
    tried = sum(persona.does(spot, edge) for spot, edge in walk.given)
    if not persona.tours:
        return Outcome(persona, tried)
    wanted = {place: said for tag in walk.script.languages for place, said in destinations_of(walk.script, tag)}
    found = {place for spot in _toured(walk, persona) for place in places_of(spot)}
    missed = tuple(said for place, said in wanted.items() if place not in found)
    return Outcome(persona, tried, len(wanted) - len(missed), missed)


# --- getting everywhere --------------------------------------------------------------------------


def places_of(spot: Spot) -> Iterator[tuple[object, ...]]:
    """The destinations that a spot is."""
    state = spot.state
    if spot.doing is Doing.RINGING:
        yield state.language, state.node, "rings"
    elif spot.doing is Doing.LISTENING and state.question == Question.NONE:
        yield state.language, state.node
        yield state.language, state.node, state.item or state.position


def _toured(walk: Walk, persona: Persona) -> Iterator[Spot]:
    """Every spot that a persona can get to."""
    start = walk.end(walk.opening)
    if start is None:
        return
    known = {(start.number, "")}
    waiting = deque([(start, "")])
    while waiting:
        spot, last = waiting.popleft()
        yield spot
        for edge in walk.out[spot.number]:
            mode = "key" if edge.attempt.is_key else "word" if edge.attempt.is_speech else last
            turned = mode != last or not (edge.attempt.is_key or edge.attempt.is_speech)
            end = walk.end(edge)
            if end is None or not persona.does(spot, edge) or (persona.alternates and not turned):
                continue
            if persona.late and not _in_time(walk, spot, edge):
                continue
            arrival = (end.number, mode if persona.alternates else "")
            if arrival not in known:
                known.add(arrival)
                waiting.append((end, arrival[1]))


def _in_time(walk: Walk, spot: Spot, edge: Edge) -> bool:
    """Whether an operator can keep up: time to answer after this edge, and none needed for what is not answered."""
    if not spot.asks and (edge.attempt.is_key or edge.attempt.is_speech):
        return False
    end = walk.end(edge)
    if end is None or edge.heard is None or not end.asks:
        return True
    return patience(walk, end, edge.heard) >= RELAY_LAG * edge.heard.words + RELAY_TYPES or bool(end.tries)


# --- nobody --------------------------------------------------------------------------------------


def robocall(walk: Walk) -> list[Edge]:
    """The call of nobody: silence, and each transfer fails; it should end by itself, and with a word."""
    made = [walk.opening]
    while len(made) < LONGEST_ROBOCALL and (spot := walk.end(made[-1])) is not None:
        edge = walk.on(spot, Way.SILENCE) or next(
            (e for e in walk.out[spot.number] if e.attempt.given == ENDS["failed"]), None
        )
        if edge is None:
            break
        made.append(edge)
    return made


# --- anything at all -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fuzz:
    """calls, turns: how many were made.  faults: what went wrong, each with what was done last."""

    calls: int
    turns: int
    faults: tuple[str, ...]


def fuzzed(walk: Walk) -> Fuzz:
    """Calls of keys, words, noise, long stories, nothing, and repeated requests; the same ones at each check."""
    dice = random.Random(FUZZ_SEED)  # noqa: S311 - a seeded sequence, and no secret
    turns, faults = 0, []
    for _ in range(FUZZED_CALLS):
        reply = walk.line.ask(None, Arrived())
        for _ in range(FUZZED_TURNS):
            if reply.fault or not reply.states or reply.states[0] is None:
                break
            stretch, state = reply.stretches[0], reply.states[0]
            rings = stretch.doing is Doing.RINGING
            given = _ended(dice) if rings else _anything(walk.script, state.language, dice)
            reply, again = walk.line.ask(state, given), walk.line.ask(state, given)
            turns += 1
            if reply.fault:
                faults.append(f"{reply.fault} (after {str(given)[:80]})")
            elif (reply.states, reply.stretches) != (again.states, again.stretches):
                faults.append(f"the same request gets two answers (after {str(given)[:80]})")
    return Fuzz(FUZZED_CALLS, turns, tuple(dict.fromkeys(faults)))


def _ended(dice: random.Random) -> Input:
    return dice.choice(list(ENDS.values()))


def _anything(script: Script, language: str, dice: random.Random) -> Input:
    action = dice.choice(destinations(script))
    phrase = dice.choice(phrases_of(script, language, action))
    story = " ".join(dice.choices([*phrase.split(), GIBBERISH, "and", "7", "%", "<b>"], k=300))
    said = ("", "   ", SCREEN_READER, GIBBERISH, phrase, phrase[::-1], f"not {phrase}", story, "\u0000\ud83d", "9" * 40)
    return dice.choice(
        (Silence(), Key(dice.choice(KEYS)), Key(dice.choice(KEYS)), Said(dice.choice(said), dice.random()))
    )
