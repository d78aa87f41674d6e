"""Rules about callers whom a telephone serves badly: deaf, hard of hearing, blind, or with speech or hands that fail.

Not here: what serves them and everybody else (all other files).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.check.found import warning
from ivr.dialog.normal import contains, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.finding import Finding
    from ivr.script.model import Script


def deaf_02() -> None:
    """The same by text message

    Level: must. Kind: not yet.
    What: Everything that can be heard can also be had by text message.
    Why: For a deaf caller a text is the line.
    Source: EN 301 549 6.4; W3C NAUR 7 to 9; WCAG 1.2.1.
    Bad: the number takes no texts
    Good: a text to the number is answered with the same menu
    Until: no text channel is configured
    """


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


def spch_01() -> None:
    """Nothing needs a voice

    Level: must. Kind: construction.
    What: Every place can be reached by keys alone.
    Why: Many callers cannot speak, or not now, or not so that a machine understands.
    Source: 36 CFR 1193.41(h); EN 301 549 6.4.
    Bad: Say the name of the doctor.
    Good: every choice has a key
    Held by: tests/check/test_construction.py::test_every_place_is_reached_by_keys_alone
    """


def spch_02() -> None:
    """Slow and synthetic voices are heard out

    Level: must. Kind: construction.
    What: Only 3 seconds of silence end an utterance; no voice is told apart from another; nobody is blamed.
    Why: Speech devices pause between words, and speak with a voice of their own.
    Source: W3C COGA on AAC and speech-to-speech.
    Bad: an utterance is cut after the first word
    Good: 3 seconds
    Held by: tests/channels/test_twiml.py::test_each_verb_is_spelt_exactly
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
