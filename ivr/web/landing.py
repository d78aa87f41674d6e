"""What is heard, or read, when the program fails, made before anything can fail (promise 12).

For: the landings of a script, its rescue, a script together with both, and the few words for when there never was one.
Not here: when a landing is used (`phone`), the words (`ivr.dialog`), how TwiML is spelt (`ivr.channels`).
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from ivr.channels import voice, written
from ivr.channels.portions import page
from ivr.dialog import prompts, rescue, spoken
from ivr.script.model import Script

AGAIN = spoken.Break(1000)
"""Before a number is said once more."""


@dataclass(frozen=True, slots=True)
class Landing:
    """What is heard when the program fails, by language, made before anything can fail; and what is sent as a text."""

    dialling: dict[str, str]
    alone: dict[str, str]
    texts: dict[str, str]
    first_language: str

    @classmethod
    def of(cls, script: Script) -> Landing:
        """The landings of a script: one that dials, one for a call that came from the very number it would dial."""
        return cls(
            dialling={tag: _landing(script, tag, dials=True) for tag in script.languages},
            alone={tag: _landing(script, tag, dials=False) for tag in script.languages},
            texts={tag: page(written.trouble(script, tag), (), (), ())[0] for tag in script.languages},
            first_language=script.first_language,
        )

    def document(self, language: str, *, may_dial: bool) -> str:
        documents = self.dialling if may_dial else self.alone
        return documents.get(language) or documents[self.first_language]

    def text(self, language: str) -> str:
        return self.texts.get(language) or self.texts[self.first_language]


def _landing(script: Script, tag: str, *, dials: bool) -> str:
    number = prompts.our_number(script, tag)
    twice = spoken.join(number, prompts.pause(tag, AGAIN), number)
    return voice.landing(script, prompts.trouble(script, tag, dials=dials), twice, dials=dials)


@dataclass(frozen=True, slots=True)
class Rescue:
    """What is heard when no program answers, or when this one has no script that it can read: it needs nobody.

    number: the person that it dials, in E.164; a call that came by way of that number hears the words alone.
    """

    number: str
    dialling: str
    alone: str

    @classmethod
    def of(cls, script: Script) -> Rescue:
        """The rescue of a script; whether Twilio takes it is for `ivr publish` and `ivr rescue` to find out."""
        documents = (
            voice.landing(script, rescue.before(script, dials=dials), rescue.after(script), dials=dials)
            for dials in (True, False)
        )
        return cls(script.person_number.e164, *documents)

    def document(self, own_numbers: Container[str]) -> str:
        """For a call that came in by these numbers."""
        return self.alone if self.number in own_numbers else self.dialling


@dataclass(frozen=True, slots=True)
class Edition:
    """A script that is ready to be spoken, with all that may be needed when it cannot be."""

    script: Script
    landing: Landing
    rescue: Rescue

    @classmethod
    def of(cls, script: Script) -> Edition:
        return cls(script, Landing.of(script), Rescue.of(script))


_NO_SCRIPT = voice.without_script(
    ("en-US", "Polly.Joanna", "If this is an emergency, hang up and call nine one one."),
    ("es-US", "Polly.Lupe", "Si es una emergencia, cuelgue y llame al nueve uno uno."),
    ("en-US", "Polly.Joanna", "This line does not work right now. Please call again later. Goodbye."),
    ("es-US", "Polly.Lupe", "Esta línea no funciona en este momento. Por favor, llame más tarde. Hasta luego."),
)

NO_SCRIPT = Rescue("", _NO_SCRIPT, _NO_SCRIPT)
"""What is heard where no script was ever known: there is no number to which a caller could be put through."""

NO_SCRIPT_TEXT = (
    "If this is an emergency, call or text 911. This line does not work right now. Please text again later.\n"
    "Si es una emergencia, llame o mande un texto al 911. Esta linea no funciona ahora. Por favor, mande otro texto luego."
)
"""The same as a text: in letters that networks have, and no longer than two segments."""
