"""How a language sounds and is heard, as line.yaml writes it: its voices, their speed, and the recogniser.

For: names that Twilio knows by their form, so that no caller is met with silence for a misspelt voice.
Not here: which voice suits which language (the checker), the words of a language (`words`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ivr.script.model import Language
from ivr.script.problems import instead, meant, shown

if TYPE_CHECKING:
    from ivr.script.shape import Field

NEEDED, OPTIONAL = ("voice", "fallback voice"), ("speed", "speech model", "name for staff")
"""What is said about a language."""

TAG = re.compile(r"[a-z]{2,3}-(?:[A-Z]{2}|[0-9]{3})", re.ASCII)

SLOWEST, FASTEST = 20, 200
"""Percent of a voice's own speed: the range of SSML prosody rate in Amazon Polly."""

PROVIDERS = {"polly": "Polly", "google": "Google"}
VOICE = re.compile(r"(?:Polly|Google)\.[^\W_]+(?:-[^\W_]+)*")
"""`Provider.Voice` (twilio.com/docs/voice/twiml/say/text-speech)."""

HALF_A_VOICE = re.compile(r"(?:(?P<provider>polly|google)[. :-]+)?(?P<voice>[^\W\d_]+(?:-[^\W_]+)*)", re.IGNORECASE)
BASIC = ("man", "woman", "alice")
"""Voices of Twilio's own, which its documents keep from real calls."""

LIKE_A_VOICE = "Write the provider, a dot and the voice, like Polly.Joanna-Neural."

USUAL_MODEL = "experimental_utterances"
MODELS = (
    USUAL_MODEL,
    "experimental_conversations",
    "default",
    "numbers_and_commands",
    "phone_call",
    "googlev2_long",
    "googlev2_short",
    "googlev2_telephony",
    "googlev2_telephony_short",
    "deepgram_nova-2",
    "deepgram_nova-3",
)
VARIANT = re.compile(r"deepgram_nova-2(?:-[a-z]+)+", re.ASCII)
"""The speech models that Twilio takes (twilio.com/docs/voice/twiml/gather)."""


def read_language(value: Field) -> Language:
    tag = value.name
    if not TAG.fullmatch(tag):
        mend = "Write two small letters, a dash and two large ones, like en-US."
        value.misfit(f"'{shown(tag)}' is no language", mend)
    fields = value.named(NEEDED, OPTIONAL)
    return Language(
        tag,
        _voice(fields["voice"], "-Neural"),
        _voice(fields["fallback voice"]),
        fields["speed"].number(SLOWEST, FASTEST, 100),
        _speech_model(fields["speech model"]),
        fields["name for staff"].words(),
    )


def _voice(value: Field, family: str = "") -> str:
    """A voice; `family` completes the name of one that has none, so that staff can be told what to write."""
    text = value.text()
    if text is None or VOICE.fullmatch(text.words):
        return text.words if text else ""
    name = shown(text.words)
    if name.casefold() in BASIC:
        value.note(f"'{name}' is a basic voice, which Twilio keeps from real calls", LIKE_A_VOICE, text.place)
    else:
        value.note(f"'{name}' is not the whole name of a voice", _whole(name, family), text.place)
    return text.words


def _whole(name: str, family: str) -> str:
    """What to write instead of a part of a voice's name."""
    found = HALF_A_VOICE.fullmatch(name)
    if not found:
        return LIKE_A_VOICE
    provider, voice = PROVIDERS[(found["provider"] or "polly").lower()], found["voice"]
    if provider == "Polly":
        first, dash, rest = voice.partition("-")
        voice = first.capitalize() + (f"{dash}{rest.capitalize()}" or family)
    return f"Write {provider}.{voice}."


def _speech_model(value: Field) -> str:
    text = value.text()
    if text is None:
        return USUAL_MODEL
    if text.words not in MODELS and not VARIANT.fullmatch(text.words):
        mend = instead(text.words, MODELS) if meant(text.words, MODELS) else f"Write {USUAL_MODEL}, the usual one."
        value.note(f"'{shown(text.words)}' is no speech model of Twilio", mend, text.place)
    return text.words
