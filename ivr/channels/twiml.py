"""TwiML, spelt: the only file in which a Twilio verb, attribute or limit is written.

For: strings of markup from plain values, with everything escaped and every limit of the platform kept.  They are
joined by hand because a turn must cost microseconds, and because Twilio's own classes pass misspelt attributes
and, of several texts that are appended to a Say, keep the last.  The tests hold each verb against an exact table.
Not here: what is said and when (`ivr.dialog`), how a turn becomes verbs (`ivr.channels.voice`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from urllib.parse import quote

from ivr.dialog.hints import LONGEST_HINT
from ivr.script.wiring import LONGEST_WINDOW

MOST_BYTES = 64_000
"""A document: Twilio refuses more than 64 kB (error 11750)."""

MOST_WEIGHT = 9_000
"""The text of one Say, as `weight` counts it."""

SHORT_ENOUGH = 360
"""So many characters fit one Say in any writing system: each takes twelve URL-encoded ones at most."""

LONGEST_BREAK = 10_000
"""Milliseconds that a voice can be silent inside a Say (Polly); a longer one is a Pause between two."""

SPEECH_TIMEOUT = 3
"""Seconds of silence that end an utterance: slow speakers leave gaps of 2.5 s (TIME-09).  Whole seconds, and never
`auto`, which a speech model forbids (errors 13327 and 13328)."""

TALK_LIMIT = 7_200
"""Seconds of a transferred call: relay calls take three times as long as others, and none takes two hours; Twilio's
own four hours would only lengthen the bill of a call that nobody hung up."""

MOST_HINTS = 500
"""Twilio refuses more (error 13330)."""

UNCHANGED = 100
"""The percentage at which a voice speaks of itself."""

RETRIES = "#rc=2&rp=ct,rt,5xx&ct=2000&rt=4000"
"""Twilio's overrides for a callback: two further tries, also after a read time-out or a 5xx, which it would not make of
itself.  A caller waits 15 s at most for all of them; three read time-outs of 4 s fit, and so do three failed
connections of 2 s.  Answers are pure, so that a repeated request does no harm.  The fragment is never signed
(twilio.com/docs/usage/webhooks/webhooks-connection-overrides)."""

_RETRIES = escape(RETRIES)
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(words: str) -> str:
    """`words` without what XML 1.0 cannot hold, with each run of white space as one space; not yet escaped."""
    return " ".join(_ILLEGAL.sub("", words).split())


def escaped(words: str) -> str:
    """Words that are `plain` already, as XML text or as the value of an attribute."""
    return escape(words)


def text(words: str) -> str:
    return escaped(plain(words))


def weight(words: str) -> int:
    """The share that `words` and a following space take of a Say: three for each of its 3,000 characters, or two for
    each of its 4,500 URL-encoded ones (error 13521), whichever is more.
    """
    return max(3 * len(words) + 3, 2 * len(quote(words)) + 6)


# --- inside a Say: the only SSML that Polly's neural voices and Twilio (voice/twiml/say/text-speech) agree on ----


def silence(ms: int) -> str:
    return f'<break time="{ms}ms"/>'


def prosody(ssml: str, rate: int, volume: str = "") -> str:
    """`ssml` at `rate` percent of the voice's own speed; it may not hold prosody itself."""
    wanted = (f' rate="{rate}%"' if rate != UNCHANGED else "") + (f' volume="{volume}"' if volume else "")
    return f"<prosody{wanted}>{ssml}</prosody>" if wanted else ssml


def substitute(term: str, sounds_like: str) -> str:
    return f'<sub alias="{text(sounds_like)}">{text(term)}</sub>'


def callback(query: str) -> str:
    """Where Twilio asks on, escaped: relative, so that a deployment needs no address of its own in its answers."""
    return f"voice?{escaped(query)}{_RETRIES}"


def whispering(query: str) -> str:
    """Where Twilio asks what to say to whoever answers a transfer, escaped."""
    return f"whisper?{escaped(query)}{_RETRIES}"


# --- verbs; an `action` or a `url` is what `callback` made ----------------------------------------------------------


def response(*verbs: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><Response>{"".join(verbs)}</Response>'


def say(ssml: str, voice: str, language: str) -> str:
    """Voice and language always stand there: their defaults are settings of the account (twilio.com/docs/voice/twiml/say)."""
    return f'<Say voice="{text(voice)}" language="{text(language)}">{ssml}</Say>'


def pause(seconds: int) -> str:
    return f'<Pause length="{seconds}"/>'


def gather(prompt: str, action: str, seconds: int, hearing: str, *, answer_silence: bool = True) -> str:
    """Speak `prompt`, and send the first key or what is said to `action`; silence too if it is to be answered,
    else the next verb follows.

    Keys come first in `input`, as finishOnKey is ignored otherwise; it is empty so that # reaches us (INP-06).
    """
    empty = ' actionOnEmptyResult="true"' if answer_silence else ""
    return (
        f'<Gather input="dtmf speech" action="{action}" method="POST"{empty}'
        f' timeout="{min(max(seconds, 1), LONGEST_WINDOW)}" speechTimeout="{SPEECH_TIMEOUT}"'
        f' numDigits="1" finishOnKey=""{hearing}>{prompt}</Gather>'
    )


@lru_cache(maxsize=1024)
def hearing(language: str, model: str, phrases: tuple[str, ...] = (), most: int = MOST_HINTS) -> str:
    """How words are recognised, as attributes of a Gather: the first `most` phrases that Twilio takes are its hints,
    each whole or not at all.
    """
    spelt = dict.fromkeys(plain(phrase.replace(",", " ")) for phrase in phrases)
    hints = escaped(",".join([hint for hint in spelt if 0 < len(hint) <= LONGEST_HINT][:most]))
    expected = f' hints="{hints}"' if hints else ""
    return f' language="{text(language)}" speechModel="{text(model)}" profanityFilter="false"{expected}'


def take(prompt: str, action: str, seconds: int) -> str:
    """Speak `prompt` to whoever answers, and send any key to `action`; without one the next verb follows."""
    return (
        f'<Gather input="dtmf" action="{action}" method="POST" timeout="{seconds}" numDigits="1" finishOnKey="">'
        f"{prompt}</Gather>"
    )


def dial(number: str, ring_seconds: int, action: str = "", whisper: str = "") -> str:
    """Put the caller through to an E.164 number; nothing is recorded (promise 11).

    whisper: where what is said to whoever answers is fetched, before they are joined.
    Without an action the next verb follows, whatever the outcome; with one, nothing after it is ever reached.
    """
    first = f' url="{whisper}" method="POST"' if whisper else ""
    answered = f' action="{action}" method="POST"' if action else ""
    return (
        f'<Dial{answered} timeout="{ring_seconds}" timeLimit="{TALK_LIMIT}" answerOnBridge="true">'
        f"<Number{first}>{text(number)}</Number></Dial>"
    )


def redirect(url: str) -> str:
    return f'<Redirect method="POST">{url}</Redirect>'


def hangup() -> str:
    return "<Hangup/>"


def message(words: str) -> str:
    """One text message; line breaks in it are kept."""
    return f"<Message>{escaped(_ILLEGAL.sub('', words))}</Message>"
