"""The voice channel: what Twilio posts becomes an input, and a turn becomes a TwiML document.

For: both directions of one dialect, so that they cannot drift apart, and how the line sounds: pace, loudness,
pauses, the slow reading of numbers, the voice of each language.  Everything here is pure, and what is spoken is
remembered once it has been rendered, as the same menus are heard again and again.
Not here: the spelling of verbs and Twilio's limits (`ivr.channels.twiml`), which words are said (`ivr.dialog`),
requests and signatures (`ivr.web`).
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import ceil
from typing import TYPE_CHECKING

from ivr.channels import twiml
from ivr.dialog import spoken
from ivr.dialog.events import CallOver
from ivr.dialog.inputs import Dialled, Key, Outcome, Said, Silence
from ivr.dialog.reply import Dial, HangUp, Listen
from ivr.dialog.state import State, query
from ivr.dialog.whisper import whispered_about
from ivr.script.catalogue import KEYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ivr.dialog.reply import Turn
    from ivr.script.model import Script

# --- what Twilio posts ---------------------------------------------------------------------------

OUTCOMES = {
    "busy": Outcome.BUSY,
    "no-answer": Outcome.NO_ANSWER,
    "failed": Outcome.FAILED,
    "canceled": Outcome.CANCELLED,
    "completed": Outcome.COMPLETED,
    "answered": Outcome.COMPLETED,
}
"""DialCallStatus (twilio.com/docs/voice/twiml/dial); whatever else Twilio may say one day is a transfer that failed."""


def read(form: Mapping[str, str]) -> Key | Said | Silence | Dialled:
    """What the caller or the network did.  That a call has just begun is not in the form: its URL has no state."""
    if status := form.get("DialCallStatus", "").strip():
        bridged = {"true": True, "false": False}.get(form.get("DialBridged", "").strip().lower())
        return Dialled(OUTCOMES.get(status, Outcome.FAILED), bridged, _seconds(form.get("DialCallDuration", "")))
    for key in form.get("Digits", ""):
        if key in KEYS:
            return Key(key)
    if words := form.get("SpeechResult", "").strip():
        return Said(words, _confidence(form.get("Confidence", "")))
    return Silence()


def own_numbers(form: Mapping[str, str]) -> frozenset[str]:
    """The numbers by which this call came in, in E.164: they would answer with this line again (promise 9)."""
    return frozenset(_e164(form.get(name, "")) for name in ("To", "ForwardedFrom")) - {""}


def caller(form: Mapping[str, str]) -> str:
    """The number that calls, in E.164; empty where it is withheld, or no telephone number (twilio.com/docs/voice/twiml)."""
    number = form.get("From", "")
    return number if _NUMBER.fullmatch(number) else ""


_NUMBER = re.compile(r"\+[1-9][0-9]{7,14}", re.ASCII)


OVER = frozenset({"completed", "busy", "failed", "no-answer", "canceled"})
"""CallStatus of a call that is over (twilio.com/docs/voice/twiml)."""


def over(form: Mapping[str, str]) -> CallOver | None:
    """How a call of ours ended, and how long it was; None for what tells of another moment, or of the leg of a transfer."""
    status = form.get("CallStatus", "")
    if status not in OVER or form.get("ParentCallSid"):
        return None
    return CallOver(status, _seconds(form.get("CallDuration", "")))


def _confidence(given: str) -> float | None:
    try:
        value = float(given)
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def _seconds(given: str) -> int:
    try:
        return max(0, int(given))
    except ValueError:
        return 0


def _e164(given: str) -> str:
    """ForwardedFrom comes as a carrier wrote it: ten digits without a country are North American."""
    if given[:1] == "+" and given[1:].isdecimal() and given.isascii():
        return given
    digits = re.sub("[^0-9]", "", given.partition("@")[0])
    country = "1" if re.fullmatch("[2-9][0-9]{9}", digits) and "+" not in given else ""
    return f"+{country}{digits}" if digits else ""


# --- how a voice sounds --------------------------------------------------------------------------

PACE = {-2: 0.74, -1: 0.86, 0: 1.0, 1: 1.2, 2: 1.45}
"""By `State.pace`, a factor on the language's own rate.  A voice speaks about 160 words a minute at 100 %: from the
usual 92 % "slower" leads to 126 and then to the floor of about 110 words a minute (TIME-11)."""

VOLUME = {0: "", 1: "loud", 2: "x-loud"}
"""By `State.volume`."""

SLOW = 0.8
"""A number to be written down: at most this share of the voice's own speed, so about 120 words a minute (NUM-03)."""


@dataclass(frozen=True, eq=False, slots=True)
class _Voice:
    """Everything that decides how words are rendered.  One value lives as long as it is used, so it is equal only to
    itself, which makes it a quick key to what was rendered.

    `marked` is whether the voice takes SSML.  `terms` finds the words that it says wrongly; `sounds` is what to say.
    """

    name: str
    language: str
    rate: int
    volume: str
    marked: bool
    terms: re.Pattern[str] | None
    sounds: Mapping[str, str]


@lru_cache(maxsize=256)
def _voice(script: Script, tag: str, pace: int, volume: int) -> _Voice:
    language = script.languages[tag]
    terms = script.words[tag].terms
    sounds = {twiml.plain(term): known.sounds_like for term, known in terms.items() if known.sounds_like.strip()}
    longest_first = sorted(filter(None, sounds), key=len, reverse=True)
    return _Voice(
        name=language.voice,
        language=tag,
        rate=round(language.rate * PACE[pace]),
        volume=VOLUME[volume],
        # A voice that is generated, or one of the basic ones, may fail on any tag (voice/twiml/say/text-speech).
        marked="." in language.voice and not re.search("Generative|Chirp3", language.voice),
        terms=re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE)
        if longest_first
        else None,
        sounds={term.casefold(): sound for term, sound in sounds.items()},
    )


# --- from pieces to verbs ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that fit one Say, as text."""

    text: str
    slow: bool = False


def speak(script: Script, speech: spoken.Speech, state: State | None = None) -> str:
    """The verbs of `speech`, each language in its own voice (LEP-02), at the pace and loudness of `state`."""
    pace, volume = (state.pace, state.volume) if state else (0, 0)
    return "".join([_verbs(said.pieces, _voice(script, said.language, pace, volume)) for said in spoken.join(speech)])


@lru_cache(maxsize=8192)
def _verbs(pieces: tuple[spoken.Piece, ...], voice: _Voice) -> str:
    return "".join(_verb(bunch, voice) for bunch in _bunches(_tokens(pieces), voice))


def _tokens(pieces: Iterable[spoken.Piece]) -> Iterator[_Words | int]:
    """Words that fit a Say, and the milliseconds of the breaks between them."""
    for piece in pieces:
        if isinstance(piece, str):
            yield from _portions(piece)
        elif isinstance(piece, spoken.Break):
            yield piece.ms
        else:
            for following, group in enumerate(piece.groups, start=1 - len(piece.groups)):
                yield from _portions(f"{group}," if following else group, slow=True)
                if following:
                    yield spoken.GROUP_BREAK.ms


def _portions(words: str, *, slow: bool = False) -> Iterator[_Words]:
    """`words` whole where they fit one Say; else in lines so short that they fit in any writing system."""
    words = twiml.plain(words)
    if twiml.weight(words) <= twiml.MOST_WEIGHT:
        lines = [words] if words else []
    else:
        lines = textwrap.wrap(words, twiml.SHORT_ENOUGH, break_on_hyphens=False)
    return (_Words(line, slow) for line in lines)


def _bunches(tokens: Iterable[_Words | int], voice: _Voice) -> Iterator[list[_Words | int]]:
    """Tokens that make one verb together.  A break that the voice cannot make stands alone."""
    bunch: list[_Words | int] = []
    used = 0
    longest = twiml.LONGEST_BREAK if voice.marked else 0
    for token in tokens:
        alone = isinstance(token, int) and token > longest
        size = twiml.weight(token.text) if isinstance(token, _Words) else 0
        if bunch and (alone or used + size > twiml.MOST_WEIGHT):
            yield bunch
            bunch, used = [], 0
        if alone:
            yield [token]
        else:
            bunch.append(token)
            used += size
    if bunch:
        yield bunch


def _verb(bunch: list[_Words | int], voice: _Voice) -> str:
    if not any(isinstance(token, _Words) for token in bunch):  # a Say without words is an error (13520)
        return twiml.pause(ceil(sum(token for token in bunch if isinstance(token, int)) / 1000))
    return twiml.say(_ssml(bunch, voice), voice.name, voice.language)


def _ssml(bunch: list[_Words | int], voice: _Voice) -> str:
    """The content of one Say.  What is slow stands beside the rest, never inside it: nested rates would multiply."""
    if not voice.marked:
        return " ".join(twiml.escaped(token.text) for token in bunch if isinstance(token, _Words))
    rates = {False: voice.rate, True: round(min(SLOW * voice.rate, SLOW * 100))}
    marked: list[tuple[bool, str]] = []
    for token in bunch:
        if isinstance(token, int):
            marked.append((bool(marked) and marked[-1][0], twiml.silence(token)))
        else:
            marked.append((token.slow, _pronounced(token.text, voice)))
    return " ".join(
        twiml.prosody(" ".join(ssml for _, ssml in run), rates[slow], voice.volume)
        for slow, run in groupby(marked, key=lambda part: part[0])
    )


def _pronounced(words: str, voice: _Voice) -> str:
    """Escaped, with the words that the voice says wrongly told how they sound; their spelling stays (OPT-12)."""
    if voice.terms is None:
        return twiml.escaped(words)
    spelt = voice.terms.split(words)  # text, term, text, term, ... text
    spelt[1::2] = [twiml.substitute(term, voice.sounds.get(term.casefold(), term)) for term in spelt[1::2]]
    spelt[0::2] = [twiml.escaped(part) for part in spelt[0::2]]
    return "".join(spelt)


# --- a turn --------------------------------------------------------------------------------------


def write(script: Script, turn: Turn) -> str:
    """The TwiML document of a turn.  Should it grow too big for Twilio, hints go first; a ValueError says that it is
    too big even so, or that a step could never be reached.
    """
    for most_hints in (twiml.MOST_HINTS, 100, 0):
        document = twiml.response(*_steps(script, turn, most_hints))
        if 4 * len(document) <= twiml.MOST_BYTES or len(document.encode()) <= twiml.MOST_BYTES:
            return document
    raise ValueError(f"the answer at {turn.state.node!r} is longer than the {twiml.MOST_BYTES} bytes that Twilio takes")


def _steps(script: Script, turn: Turn, most_hints: int) -> Iterator[str]:
    for following, step in enumerate(turn.steps, start=1 - len(turn.steps)):
        match step:
            case Listen():
                yield _listen(script, step, most_hints, last=not following)
                continue
            case Dial():
                asks = _asks(step.state) if step.state else ""
                yield twiml.dial(step.number.e164, step.ring_seconds, asks, _whispers(step))
                ends = step.state is not None
            case HangUp():
                yield speak(script, step.speech, turn.state) + twiml.hangup()
                ends = True
        if ends and following:
            raise ValueError(f"nothing after {type(step).__name__} is ever reached")


def _listen(script: Script, step: Listen, most_hints: int, *, last: bool) -> str:
    """The last window answers silence, by two ways as not every platform knows the first (deploy/carriers.md); the
    window in which a transfer can be called off answers nothing, so that silence lets the transfer follow.
    """
    language = script.languages[step.state.language]
    action = _asks(step.state)
    gathered = twiml.gather(
        speak(script, step.speech, step.state),
        action=action,
        seconds=step.seconds,
        hearing=twiml.hearing(language.tag, language.speech_model, step.hints, most_hints),
        answer_silence=last,
    )
    return gathered + twiml.redirect(action) if last else gathered


def _asks(state: State) -> str:
    return twiml.callback(query(state))


def _whispers(dial: Dial) -> str:
    """Where the whisper is fetched; the last resort, from which nothing may be asked, has none, and neither has a fax."""
    if dial.state is None or dial.number.kind == "fax":
        return ""
    return twiml.whispering(query(whispered_about(dial.state)))


def landing(script: Script, before: spoken.Speech, after: spoken.Speech, *, dials: bool = True) -> str:
    """Words, a transfer to a person, and words again if that comes to nothing (promise 12).

    Nobody is asked back, since asking is what failed.  A call that came from the very number that would be dialled
    hears the words only (`dials` is False).
    """
    return twiml.response(
        speak(script, before),
        twiml.dial(script.person_number.e164, script.ring_seconds) if dials else "",
        speak(script, after),
        twiml.hangup(),
    )


def without_script(*said: tuple[str, str, str]) -> str:
    """The landing when there is no script to land on: language, voice and words of each sentence, then goodbye."""
    sentences = (twiml.say(twiml.text(words), spoken_by, language) for language, spoken_by, words in said)
    return twiml.response(*sentences, twiml.hangup())
