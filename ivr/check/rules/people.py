"""Rules about callers whom a telephone serves badly: deaf, hard of hearing, blind, or with speech or hands that fail.

Not here: what serves them and everybody else (all other files).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.check.found import warning
from ivr.check.texting import strange_capitals, texted
from ivr.dialog.normal import contains, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.finding import Finding
    from ivr.script.model import Script


def deaf_02(script: Script) -> Iterator[Finding]:
    """The same by text message

    Level: must. Kind: static.
    What: Everything that can be heard can also be read by text message, in each language, by following what a text offers.
    Why: For a deaf caller a text is the line.
    Source: EN 301 549 6.4; W3C NAUR 7 to 9; WCAG 1.2.1.
    Bad: text: {town: We are easy to find.} where the part says "Call {main}"
    Good: text: {town: "We are in Sparta, New Jersey. Call {main}."}
    """
    read = texted(script)
    for tag, missed in read.missed.items():
        for (_, node, *_rest), name in missed:
            what = f"{name} cannot be read in full by text message"
            yield warning(script, (tag, "nodes", str(node)), what, "Say in 'text' all that is said, with its numbers.")
    for tag, name in strange_capitals(script):
        what = f"'{name}' in capitals asks for a word that is not understood, or that the network keeps for itself"
        mend = (
            "Write a word that callers may say, such as MENU or MORE; never STOP, END, QUIT, CANCEL, HELP, INFO, YES."
        )
        yield warning(script, (tag, "sentences"), what, mend, name)


def deaf_03() -> None:
    """The line can be read

    Level: should. Kind: construction.
    What: A page shows the whole line: choices, texts, numbers. A server makes it at `/`, `ivr page` as files.
    Why: A printed menu helps older callers more than a slower voice does.
    Source: Irish NDA 1.15; ATIS; Sharit et al. 2003.
    Bad: nothing about the line on the website
    Good: a page made from the same words
    Held by: tests/channels/test_page.py::test_every_place_fact_and_number_of_the_voice_is_on_the_page
    """


def deaf_04() -> None:
    """Relay calls get through

    Level: must. Kind: person.
    What: No filter, block or "prove that you are human" stands before the line or the numbers behind it.
    Why: Relay calls come from numbers that filters take for spam.
    Source: 28 CFR 36.303(d); FCC.
    Bad: unknown callers are sent to a mailbox
    Good: every call is answered
    Ask: Are the numbers of the line free of spam filters, blocked callers and "press one to go on"?
    """


def deaf_05(script: Script) -> Iterator[Finding]:
    """The relay service is named

    Level: should. Kind: static.
    What: The sentence "relay", which is said in help, names seven one one.
    Why: Who has lately lost hearing or speech may not know it.
    Source: ADA.gov, lesson 23.
    Bad: relay: Use a relay service.
    Good: relay: To call through a relay service, dial seven one one.
    """
    for tag in script.languages:
        words = script.words[tag]
        spelt = " ".join(words.keys[digit][0] for digit in "711")
        if not contains(normalise(str(words.sentences["relay"][0])), normalise(spelt)):
            what = f"'relay' does not say '{spelt}'"
            yield warning(script, (tag, "sentences", "relay"), what, "Name the number, digit by digit.")


def deaf_07() -> None:
    """Hard of hearing: again, slower, louder

    Level: must. Kind: construction.
    What: Again, slower and louder work everywhere, nothing plays under speech, and numbers are read twice.
    Why: What was not heard the first time has to be heard the second.
    Source: Irish NDA 2.1; ATIS.
    Bad: the only way to hear it again is to call again
    Good: pound, or "again", at every place
    Held by: tests/dialog/test_promises.py::test_settings_work_everywhere_by_voice
    """


def spch_03() -> None:
    """Staff are patient with slow speech

    Level: must. Kind: person.
    What: Whoever answers waits, does not guess, and asks again rather than hang up.
    Why: A device, or an operator who repeats, takes three times as long.
    Source: W3C COGA; Minnesota Relay.
    Bad: Hello? Hello? (hangs up)
    Good: Take your time. I am listening.
    Ask: Do all who answer the numbers know how to take a call from somebody who speaks slowly or through a device?
    """
