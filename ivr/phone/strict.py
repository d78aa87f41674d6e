"""A TwiML document, read as strictly as this line wants it: the verbs that it holds, or the one sentence on why not.

For: an honest second opinion on what the line writes.  Twilio itself lets most mistakes pass with a warning that nobody
reads (12200); here each is a `TwimlFault`.  The rules are Twilio's (twilio.com/docs/voice/twiml) and, where this line
promises more, the line's own, by their accessibility ids.
Not here: anything of `ivr.channels`, whose work is judged here; what a caller does (`ivr.phone.twiml`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, urlsplit
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from xml.etree.ElementTree import Element

WORDS_A_SECOND = 160 / 60
"""How fast a voice speaks at a rate of 100 %, for estimates of time."""

MOST_BYTES = 64 * 1024
MOST_TEXT, MOST_ENCODED = 3_000, 4_500
MOST_HINTS, LONGEST_HINT = 500, 100
E164 = re.compile(r"\+[1-9][0-9]{6,14}")


class TwimlFault(ValueError):  # noqa: N818 - the document is at fault, not the phone
    """The document is not one that this line may send; the message is one sentence."""


# --- what a document holds -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Say:
    """What one voice says, as plain words, and about how long that takes."""

    text: str
    language: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Pause:
    seconds: float


@dataclass(frozen=True, slots=True)
class Gather:
    prompt: tuple[Say | Pause, ...]
    action: str
    answers_silence: bool
    seconds: int
    language: str
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dial:
    number: str
    ring_seconds: int
    action: str = ""


@dataclass(frozen=True, slots=True)
class Redirect:
    url: str


@dataclass(frozen=True, slots=True)
class Hangup:
    pass


Verb = Say | Pause | Gather | Dial | Redirect | Hangup


# --- what a value may be -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    """What the value of an attribute must be, in words too; `needed` where it may not be left out."""

    fits: Callable[[str], object]
    must: str
    needed: bool = True


def only(value: str, why: str) -> Rule:
    return Rule(lambda given: given == value, f'"{value}" ({why})')


def like(pattern: str, must: str) -> Rule:
    return Rule(re.compile(pattern, re.ASCII).fullmatch, must)


def whole(least: int, most: int) -> Rule:
    fits = re.compile("[0-9]{1,6}").fullmatch
    return Rule(lambda given: fits(given) and least <= int(given) <= most, f"a whole number from {least} to {most}")


def optional(rule: Rule) -> Rule:
    return Rule(rule.fits, rule.must, needed=False)


OVERRIDES = {
    "rc": whole(0, 5),
    "ct": whole(100, 10_000),
    "rt": whole(100, 15_000),
    "tt": whole(100, 15_000),
    "rp": like("(4xx|5xx|ct|rt|all)(,(4xx|5xx|ct|rt|all))*", "a list of 4xx, 5xx, ct, rt, all"),
}
"""What may stand in the fragment of a callback URL (twilio.com/docs/usage/webhooks/webhooks-connection-overrides)."""


def _is_callback(given: str) -> bool:
    """ASCII, the names of the query in A-Z order and each once (issue 790 of twilio-php), overrides that exist."""
    if not re.fullmatch(r"[!-~]+", given) or urlsplit(given).scheme not in {"", "http", "https"}:
        return False
    names = [name for name, _ in parse_qsl(urlsplit(given).query, keep_blank_values=True)]
    overrides = parse_qsl(urlsplit(given).fragment, keep_blank_values=True)
    known = all(name in OVERRIDES and OVERRIDES[name].fits(value) for name, value in overrides)
    return known and names == sorted(set(names))


def _are_hints(given: str) -> bool:
    hints = given.split(",")
    return len(hints) <= MOST_HINTS and all(hint.strip() and len(hint) <= LONGEST_HINT for hint in hints)


CALLBACK = Rule(_is_callback, "an ASCII address with sorted query names and known overrides")
METHOD = only("POST", "a GET puts a caller's words into logged addresses")
LANGUAGE = like("[a-z]{2,3}(-[A-Za-z0-9]{2,8})+", "a language such as es-US")
MODEL = "default|numbers_and_commands|phone_call|experimental_(conversations|utterances)"
SPECIFIC_MODEL = "googlev2_(long|short|telephony|telephony_short)|deepgram_nova-[23](-[a-z]+)?"

ATTRIBUTES: dict[str, dict[str, Rule]] = {
    "Response": {},
    "Say": {"voice": like("(Polly|Google)[.][A-Za-z0-9-]+", "Provider.Voice"), "language": LANGUAGE},
    "Pause": {"length": whole(1, 60)},
    "Gather": {
        "input": only("dtmf speech", "keys and words both count at every turn: INP-03"),
        "action": CALLBACK,
        "method": METHOD,
        "actionOnEmptyResult": optional(only("true", "or left out")),
        "timeout": whole(1, 55),
        "speechTimeout": whole(2, 10),  # TIME-09
        "numDigits": only("1", "INP-04"),
        "finishOnKey": only("", "else # never arrives: INP-06"),
        "language": LANGUAGE,
        "speechModel": like(f"{MODEL}|{SPECIFIC_MODEL}", "a speech model that Twilio knows"),
        "profanityFilter": only("false", "a starred word matches nothing"),
        "hints": optional(Rule(_are_hints, f"at most {MOST_HINTS} hints of 1 to {LONGEST_HINT} characters")),
    },
    "Dial": {
        "action": optional(CALLBACK),
        "method": optional(METHOD),
        "timeout": whole(5, 600),
        "timeLimit": whole(1, 14_400),
        "answerOnBridge": only("true", "the caller hears it ring"),
    },
    "Number": {"url": optional(CALLBACK), "method": optional(METHOD)},
    "Redirect": {"method": METHOD},
    "Hangup": {},
    "break": {"time": like("([1-9][0-9]{0,3}|10000)ms", "1ms to 10000ms")},
    "prosody": {
        "rate": optional(like("([2-9][0-9]|1[0-9][0-9]|200)%", "20% to 200%")),
        "volume": optional(like("medium|loud|x-loud", "medium, loud or x-loud")),
    },
    "sub": {"alias": like(r"(?s:.*\S.*)", "words")},
}
"""Every element that may stand in a document, with everything that may stand in it."""

INSIDE = {
    "Response": {"Say", "Pause", "Gather", "Dial", "Redirect", "Hangup"},
    "Gather": {"Say", "Pause"},
    "Dial": {"Number"},
    "Say": {"break", "prosody", "sub"},
    "prosody": {"break", "sub"},
}
"""What may stand in what.  Prosody never stands in prosody: two rates would multiply."""

WITH_TEXT = {"Say", "prosody", "sub", "Number", "Redirect"}


# --- reading -------------------------------------------------------------------------------------


def read(document: str) -> tuple[Verb, ...]:
    """The verbs of `document` in the order in which a caller meets them."""
    root = _parsed(document)
    if root.tag != "Response":
        raise TwimlFault(f"the document is a <{root.tag}>, not a <Response>")
    _check(root)
    verbs = tuple(_verb(element) for element in root)
    _check_course(verbs)
    return verbs


def _parsed(document: str) -> Element:
    if "<!" in document:
        raise TwimlFault("the document holds a <!...>: a declaration, which could define entities, or a comment")
    if not document.startswith("<"):
        raise TwimlFault("something stands before the first <, which no XML reader accepts")
    try:
        if (size := len(document.encode())) > MOST_BYTES:
            raise TwimlFault(f"the document has {size} bytes, more than Twilio's {MOST_BYTES}")
        return ET.fromstring(document)  # noqa: S314 - without <! no entity can be defined
    except (ET.ParseError, UnicodeEncodeError) as error:
        raise TwimlFault(f"the document is not XML: {error}") from error


def _check(element: Element) -> None:
    """Attributes, nesting and stray text, down to the leaves; `element` itself is known to stand where it may."""
    tag = element.tag
    rules = ATTRIBUTES[tag]
    for name, value in element.attrib.items():
        if name not in rules:
            raise TwimlFault(f"<{tag}> has an unknown attribute {name!r}")
        if not rules[name].fits(value):
            raise TwimlFault(f"<{tag} {name}={value!r}> must be {rules[name].must}")
    for name, rule in rules.items():
        if rule.needed and name not in element.attrib:
            raise TwimlFault(f"<{tag}> needs {name}")
    if tag not in WITH_TEXT and any(text and text.strip() for text in (element.text, *(c.tail for c in element))):
        raise TwimlFault(f"<{tag}> holds text of its own")
    for child in element:
        if child.tag not in INSIDE.get(tag, ()):
            raise TwimlFault(f"<{child.tag}> may not stand inside <{tag}>")
        _check(child)


def _verb(element: Element) -> Verb:
    match element.tag:
        case "Say":
            return _say(element)
        case "Pause":
            return Pause(int(element.attrib["length"]))
        case "Gather":
            return _gather(element)
        case "Dial":
            return _dial(element)
        case "Redirect":
            url = element.text or ""
            if not _is_callback(url):
                raise TwimlFault(f"<Redirect> to {url!r}: it must be {CALLBACK.must}")
            return Redirect(url)
        case _:
            return Hangup()


def _say(element: Element) -> Say:
    parts = list(_spoken(element, 1.0))
    text = " ".join("".join(words for words, _ in parts).split())
    if not text:
        raise TwimlFault("<Say> without words is an error (13520)")
    if len(text) > MOST_TEXT or len(quote(text)) > MOST_ENCODED:
        raise TwimlFault(f"<Say> of {len(text)} characters is longer than a voice takes: {text[:40]!r}...")
    return Say(text, element.attrib["language"], sum(seconds for _, seconds in parts))


def _spoken(element: Element, rate: float) -> Iterator[tuple[str, float]]:
    """Text and seconds of what stands in `element`, spoken at `rate`."""
    if element.tag == "prosody" and not element.attrib:
        raise TwimlFault("<prosody> without rate and volume changes nothing")
    rate = int(element.get("rate", "100%").rstrip("%")) / 100 if element.tag == "prosody" else rate
    for text, child in [(element.text, None), *((child.tail, child) for child in element)]:
        if child is not None and child.tag == "break":
            yield " ", int(child.attrib["time"].removesuffix("ms")) / 1000
        elif child is not None:
            yield from _spoken(child, rate)
        words = text or ""
        yield words, len(words.split()) / (WORDS_A_SECOND * rate)


def _gather(element: Element) -> Gather:
    given = element.attrib
    prompt = tuple(verb for verb in map(_verb, element) if isinstance(verb, Say | Pause))
    hints = tuple(given["hints"].split(",")) if "hints" in given else ()
    answers = "actionOnEmptyResult" in given
    return Gather(prompt, given["action"], answers, int(given["timeout"]), given["language"], hints)


def _dial(element: Element) -> Dial:
    given = element.attrib
    if ("action" in given) != ("method" in given):
        raise TwimlFault("<Dial> needs both action and method, or neither")
    numbers = [number.text or "" for number in element]
    if len(numbers) != 1 or not E164.fullmatch(numbers[0]):
        raise TwimlFault(
            f"<Dial> needs one <Number> in E.164, such as +19735550100, not {', '.join(numbers) or 'none'}"
        )
    return Dial(numbers[0], int(given["timeout"]), given.get("action", ""))


def _check_course(verbs: tuple[Verb, ...]) -> None:
    """A document has something to do, nothing in it is out of reach, and silence never ends a call by accident."""
    if not verbs:
        raise TwimlFault("an empty document hangs up without a word")
    for verb, following in pairwise(verbs):
        if isinstance(verb, Redirect | Hangup) or (isinstance(verb, Dial) and verb.action):
            raise TwimlFault(f"nothing after this <{type(verb).__name__}> is ever reached")
        if isinstance(verb, Gather) and verb.answers_silence and following != Redirect(verb.action):
            raise TwimlFault("a <Gather> that answers silence needs a <Redirect> to the same address after it")
    if isinstance(verbs[-1], Gather):
        raise TwimlFault("silence after the last <Gather> would end the call: a <Redirect> must follow")
