"""Rules about danger to life.  None of them can be waived.

Not here: what a caller in danger says (the words files), that the sentence comes back at once (tests/dialog).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.check import heard
from ivr.check.found import error, warning
from ivr.check.texting import texted
from ivr.check.wordlists import flat, found, wordlist
from ivr.dialog import prompts
from ivr.dialog.normal import contains, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.finding import Finding
    from ivr.script.model import Script

MOST_WORDS, MOST_SECONDS = 25, 10
SHORT = 12
FIRST_SEGMENT = 160
"""Letters of a text that are sure to be sent as one message, or as the first of several."""


def _spelt(script: Script, tag: str, number: str) -> str:
    """A short number as its digits are said: nine one one."""
    return " ".join(script.words[tag].keys[digit][0] for digit in number)


def emg_01(script: Script) -> Iterator[Finding]:
    """The first words are for an emergency

    Level: must. Kind: static. Never waived.
    What: A call begins with the emergency sentence. It names nine one one, and has at most 25 words or 10 seconds.
    Why: Who calls a clinic in danger must not listen to a menu first.
    Source: risk advice of NCMIC and perfectserve; uncommonclarity for putting it first.
    Bad: say: Welcome. In any emergency please contact the appropriate services.
    Good: say: If this is an emergency, hang up and call nine one one.
    Held by: tests/dialog/test_promises.py::test_the_emergency_sentence_comes_first_in_each_language
    """
    for tag in script.languages:
        address = (tag, "emergency", "say")
        said = str(script.words[tag].emergency.say)
        number = _spelt(script, tag, "911")
        if not contains(normalise(said), normalise(number)):
            what = f"the emergency sentence of {tag} does not say '{number}'"
            yield error(script, address, what, "Name the number to call, digit by digit.")
        count, lasts = len(said.split()), heard.lasts(script, prompts.emergency(script, tag))
        if count > MOST_WORDS or lasts > MOST_SECONDS:
            what = f"the emergency sentence of {tag} has {count} words and lasts {lasts:.0f} seconds"
            mend = "Say only when, and whom to call."
            yield error(script, address, f"{what}, and {MOST_WORDS} words or {MOST_SECONDS} seconds are the most", mend)
        if not any(contains(normalise(p), normalise(number)) for p in script.words[tag].emergency.phrases):
            what = f"a caller who says '{number}' is not understood as being in danger"
            yield error(script, (tag, "emergency", "phrases"), what, f"Add '{number}' to the phrases.")


def emg_02(script: Script) -> Iterator[Finding]:
    """In each language, before anything is chosen

    Level: must. Kind: static. Never waived.
    What: The opening says the emergency sentence in every language of the line, each in its own words.
    Why: Who has not chosen a language yet is in the same danger.
    Source: San Francisco Administrative Code 91.8.
    Bad: the Spanish file repeats the English sentence
    Good: Si es una emergencia, cuelgue y llame al nueve uno uno.
    Held by: tests/dialog/test_promises.py::test_the_emergency_sentence_comes_first_in_each_language
    """
    first = script.first_language
    said = flat(str(script.words[first].emergency.say))
    for tag in script.languages:
        if tag != first and flat(str(script.words[tag].emergency.say)) == said:
            what = f"the emergency sentence of {tag} is still that of {first}"
            yield error(script, (tag, "emergency", "say"), what, "Translate it.")


def emg_03(script: Script) -> Iterator[Finding]:
    """Again in help, and when nobody answers

    Level: should. Kind: static. Never waived.
    What: The sentence "emergency help" names nine one one; it is said in help, and when a transfer fails.
    Why: That is where a caller in danger ends up who did not heed the first words.
    Source: SVMIC; NCMIC.
    Bad: emergency help: Call for help.
    Good: emergency help: In an emergency, hang up and call nine one one.
    Held by: tests/dialog/test_promises.py::test_every_outcome_of_a_transfer_comes_back_to_a_choice
    """
    yield from _names(script, "911", ("sentences", "emergency help"))


def emg_04() -> None:
    """Even this can be interrupted

    Level: should. Kind: construction. Never waived.
    What: No sentence has to be heard to its end, the emergency sentence neither.
    Why: A caller who knows the line, or is in danger and wants a person, presses zero at once.
    Source: VoiceXML 4.1.5 would allow it for 10 seconds; this line needs none.
    Bad: 10 seconds in which no key works
    Good: zero works from the first word
    Held by: tests/check/test_construction.py::test_everything_can_be_interrupted
    """


def emg_05(script: Script) -> Iterator[Finding]:
    """Plain words for danger

    Level: should. Kind: static. Never waived.
    What: The emergency sentence has at most 12 words and says to hang up; the crisis sentence names nine eight eight.
    Why: Fear leaves room for one thing to do.
    Source: uncommonclarity.com; perfectserve.com.
    Bad: say: Should you be experiencing a medical emergency at this time, please dial nine one one.
    Good: say: If this is an emergency, hang up and call nine one one.
    """
    for tag in script.languages:
        address = (tag, "emergency", "say")
        said = str(script.words[tag].emergency.say)
        if (count := len(said.split())) > SHORT:
            what = f"the emergency sentence of {tag} has {count} words, and {SHORT} is the most"
            yield warning(script, address, what, "Say only when, and whom to call.")
        if wordlist(tag, "hang up") and not found(said, tag, "hang up"):
            what = f"the emergency sentence of {tag} does not say to hang up"
            yield warning(script, address, what, "Say first to hang up, and then whom to call.")
    yield from _names(script, "988", ("emergency", "crisis"))


def emg_06(script: Script) -> Iterator[Finding]:
    """The same in text messages

    Level: should. Kind: static. Never waived.
    What: The first text message names nine one one in its first 160 letters, so in its first segment, in each language.
    Why: Who texts may be unable to speak.
    Source: derived.
    Bad: a text with a menu and nothing else
    Good: Automatic replies. No person reads these texts. In an emergency call or text 911.
    """
    for tag, words in texted(script).first.items():
        if "911" not in words[:FIRST_SEGMENT]:
            what = f"911 stands behind the first {FIRST_SEGMENT} letters of the first text in {tag}"
            yield warning(
                script, (tag, "sentences", "text opening"), what, "Say who answers, and then 911, in fewer words."
            )


def emg_07() -> None:
    """Nothing breaks in on a caller but an emergency

    Level: must. Kind: construction. Never waived.
    What: The line speaks only when called upon: after a key, a word, the end of a transfer or a long silence.
    Why: Whoever is interrupted loses the thread, and some do not find it again.
    Source: WCAG 2.2.4.
    Bad: an announcement of new services in the middle of a wait
    Good: two sentences at most while a caller is silent, and then a person
    Held by: tests/dialog/test_promises.py::test_asking_for_time_costs_no_try
    """


def _names(script: Script, number: str, where: tuple[str, str]) -> Iterator[Finding]:
    """A finding for each language in which a sentence does not name a short number."""
    for tag in script.languages:
        spelt = _spelt(script, tag, number)
        said = next(t.words for a, t in script.texts.items() if a[:3] == (tag, *where))
        if not contains(normalise(said), normalise(spelt)):
            what = f"'{where[-1]}' does not say '{spelt}'"
            yield warning(script, (tag, *where), what, "Name the number, digit by digit.")
