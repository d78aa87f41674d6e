"""What is heard, or read, when the program fails, made before anything can fail (promise 12).

For: the landings of a script, a script together with its landings, and the few words for when there is no script at all.
Not here: when a landing is used (`phone`), how TwiML is spelt (`ivr.channels`).
"""

from __future__ import annotations

from dataclasses import dataclass

from ivr.channels import voice, written
from ivr.channels.pages import page
from ivr.dialog import prompts
from ivr.script.model import Script


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
    sorry, number = prompts.trouble(script, tag, dials=dials), prompts.our_number(script, tag)
    return voice.trouble(script, tag, sorry, number, dials=dials)


@dataclass(frozen=True, slots=True)
class Edition:
    """A script that is ready to be spoken, with its landings."""

    script: Script
    landing: Landing

    @classmethod
    def of(cls, script: Script) -> Edition:
        return cls(script, Landing.of(script))


NO_SCRIPT = voice.without_script(
    ("en-US", "Polly.Joanna", "If this is an emergency, hang up and call nine one one."),
    ("es-US", "Polly.Lupe", "Si es una emergencia, cuelgue y llame al nueve uno uno."),
    ("en-US", "Polly.Joanna", "This line does not work right now. Please call again later. Goodbye."),
    ("es-US", "Polly.Lupe", "Esta línea no funciona en este momento. Por favor, llame más tarde. Hasta luego."),
)
"""What is heard when there is no script: no number is known to which a caller could be put through.

The seam for a rescue that knows one: whoever serves it puts its document here.
"""

NO_SCRIPT_TEXT = (
    "If this is an emergency, call or text 911. This line does not work right now. Please text again later.\n"
    "Si es una emergencia, llame o mande un texto al 911. Esta linea no funciona ahora. Por favor, mande otro texto luego."
)
"""The same as a text: in letters that networks have, and no longer than two segments."""
