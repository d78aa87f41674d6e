"""Rules about languages: offered early, each in its own voice, and all of them saying the same.

Not here: the emergency sentence in each language (`emergency`), which words staff have to give (`ivr.script`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ivr.check.found import error, warning
from ivr.check.texts import SLOT, phrases, spoken, worded
from ivr.check.wordlists import found
from ivr.dialog import prompts
from ivr.dialog.spoken import seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.finding import Finding
    from ivr.check.texts import Address
    from ivr.script.model import Script

OFFER_WITHIN = 15
FASTEST_FOR_LEARNERS = 97
"""Percent: 155 words a minute, which people follow in a second language."""

FEWEST_NAMES = 3

VOICES = {
    "en-US": "Danielle Gregory Ivy Joanna Joey Justin Kendra Kevin Kimberly Matthew Patrick Ruth Salli Stephen",
    "es-US": "Lupe Miguel Pedro Penelope Penélope",
    "es-MX": "Andres Andrés Mia",
    "es-ES": "Alba Conchita Enrique Lucia Raul Sergio",
    "pt-BR": "Camila Ricardo Thiago Vitoria",
    "fr-FR": "Celine Lea Mathieu Remi",
    "fr-CA": "Chantal Gabrielle Liam",
    "en-GB": "Amy Arthur Brian Emma",
}
"""Which language a voice of Amazon Polly speaks.  Of voices that are not here nothing is said."""


def lep_01(script: Script) -> Iterator[Finding]:
    """The choice of language comes first

    Level: must. Kind: static.
    What: The other languages are offered within 15 seconds, right after the emergency sentences.
    Why: Who does not understand the first words hangs up before the others.
    Source: CMS MLN2059239.
    Bad: the offer of Spanish after the main menu
    Good: emergency in both languages, and then: Para español, oprima ocho.
    """
    first = script.first_language
    told = seconds(
        (*(u for tag in script.languages for u in prompts.emergency(script, tag)), *prompts.offers(script, first))
    )
    if len(script.languages) > 1 and told > OFFER_WITHIN:
        what = f"the other languages have been offered after {told:.0f} seconds, and {OFFER_WITHIN} is the latest"
        yield warning(script, (first, "emergency", "say"), what, "Shorten the emergency sentences.")


def lep_02(script: Script) -> Iterator[Finding]:
    """Each language in a voice of its own

    Level: must. Kind: static.
    What: The voice of a language, and the one that stands in for it, speak that language.
    Why: An English voice makes Spanish words unintelligible.
    Source: CMS; WCAG 3.1.2; W3C NAUR 22 and 23.
    Bad: es-US: {voice: Polly.Joanna-Neural}
    Good: es-US: {voice: Polly.Lupe-Neural}
    Held by: tests/dialog/test_promises.py::test_the_language_changes_in_place
    """
    for tag, language in script.languages.items():
        for key, voice in (("voice", language.voice), ("fallback voice", language.fallback_voice)):
            speaks = _speaks(voice)
            if speaks and speaks.partition("-")[0] != tag.partition("-")[0]:
                what = f"the voice {voice} of {tag} speaks {speaks}"
                yield error(script, ("line", "languages", tag, key), what, "Take a voice of this language.")


def _speaks(voice: str) -> str:
    """The language of a voice, if that is known."""
    name = re.sub(r"^Polly\.|-(?:Neural|Generative)$", "", voice)
    if tag := re.match(r"Google\.([a-z]{2}-[A-Z]{2})-", voice):
        return tag[1]
    return next((tag for tag, names in VOICES.items() if name in names.split()), "")


def lep_03(script: Script) -> Iterator[Finding]:
    """The same in every language

    Level: must. Kind: static.
    What: What one language says, each other says too: the same places, texts, answers and slots.
    Why: Who chooses Spanish has not chosen to be told less.
    Source: San Francisco Administrative Code 91.8; WCAG 3.2.4.
    Bad: an answer to "sciatica" in English only
    Good: the answer in both files
    """
    first = script.first_language
    said = {tag: {t.address[1:]: t for t in worded(script) if t.language == tag} for tag in script.languages}
    lists = {
        tag: {a[1:-1] for a in script.texts if a[0] == tag and a[-2] in OPTIONAL_LISTS} for tag in script.languages
    }
    for tag in script.languages:
        for ours, theirs in ((first, tag), (tag, first)) if tag != first else ():
            mine, others = {*said[ours], *lists[ours]}, {*said[theirs], *lists[theirs]}
            for address in sorted(mine - others):
                what = f"'{address[-1]}' of '{address[-2]}' stands in {ours}, and nothing of the kind in {theirs}"
                yield warning(script, (theirs, *address), what, f"Translate it, or delete it in {ours}.")
    yield from _other_slots(script)


OPTIONAL_LISTS = ("lay words", "not listed")


def _other_slots(script: Script) -> Iterator[Finding]:
    """What is read out in one language has to be read out in the others."""
    first = script.first_language
    for text in spoken(script):
        source = script.texts.get((first, *text.address[1:]))
        ours = set(SLOT.findall(text.words))
        theirs = set(SLOT.findall(source.words)) if source else ours
        for slot in sorted(ours ^ theirs):
            says, silent = (text.language, first) if slot in ours else (first, text.language)
            what = f"{text.name} says {slot} in {says}, and not in {silent}"
            yield warning(script, text.address, what, f"Say {slot} in each language, or in none.")


def lep_04(script: Script) -> Iterator[Finding]:
    """Callers can ask for a language by its name

    Level: must. Kind: static.
    What: Each language has at least 3 phrases by which callers of any language ask for it.
    Why: People ask for a language in that language, and in the one that they are just hearing.
    Source: W3C NAUR 18a and 22.
    Bad: language: {name: Español, phrases: [español]}
    Good: language: {name: Español, phrases: [español, en español, Spanish]}
    Held by: tests/dialog/test_promises.py::test_spanish_can_be_asked_for_on_the_english_line
    """
    for tag in script.languages:
        count = len(phrases(script, tag, "language", "phrases"))
        if len(script.languages) > 1 and count < FEWEST_NAMES:
            what = f"{tag} has {count} phrases to ask for it, and {FEWEST_NAMES} is the least"
            yield warning(script, (tag, "language", "phrases"), what, "Add what other languages call it.")


def lep_06() -> None:
    """Who answers knows the caller's language

    Level: should. Kind: construction.
    What: The person who is called hears which language the caller has chosen.
    Why: Otherwise the choice is lost, and the caller begins again in a language that fails.
    Source: 45 CFR 92.101.
    Bad: Hello?
    Good: A caller in Spanish, about billing.
    Held by: tests/dialog/test_whisper.py::test_whoever_answers_hears_language_and_subject
    """


def lep_07(script: Script) -> Iterator[Finding]:
    """Slow enough for a second language

    Level: should. Kind: static.
    What: No voice speaks faster than 155 words a minute, which is 97 percent of its speed.
    Why: Many callers listen in a language that they learned late, whichever they choose.
    Source: University of Wollongong (155 words a minute beat 178).
    Bad: speed: 100
    Good: speed: 92
    """
    for tag, language in script.languages.items():
        if language.rate > FASTEST_FOR_LEARNERS:
            what = f"the voice of {tag} speaks at {language.rate} percent, and {FASTEST_FOR_LEARNERS} is the most"
            yield warning(script, ("line", "languages", tag), what, "Write speed: 92.")


def lep_08(script: Script) -> Iterator[Finding]:
    """One word for "press"

    Level: should. Kind: static.
    What: A language has one word for pressing a key: press; oprima.
    Why: A second word sounds as if something else were meant.
    Source: CMS ("oprima").
    Bad: Oprima una tecla. Marque cero.
    Good: Oprima una tecla. Oprima cero.
    """
    for text in spoken(script):
        if words := found(text.words, text.language, "other words for press"):
            usual = str(script.words[text.language].sentences["press"][0]).split()[0]
            what = f"{text.name} says '{words}' where every menu says '{usual}'"
            yield warning(script, text.address, what, f"Write '{usual}'.", words)


def lep_09(script: Script) -> Iterator[Finding]:
    """Translations are reviewed, and made from today's words

    Level: must. Kind: static.
    What: Each translation names who has reviewed it and when; a text that has changed since is pointed out.
    Why: The other languages of a line grow old unheard by those who change it.
    Source: 45 CFR 92.201(c)(3); San Francisco (outdated lines were common).
    Bad: translation: {from: en-US, reviewed by: nobody yet}
    Good: translation: {from: en-US, reviewed by: Ana Ruiz, reviewed on: 2026-03-01}
    """
    for tag in list(script.languages)[1:]:
        address = (tag, "translation")
        if not script.words[tag].translation.reviewed_by:
            mend = "When somebody who speaks it well has read it, write 'reviewed by:' and 'reviewed on:'."
            yield warning(script, (*address, "reviewed by"), f"nobody has reviewed {tag} yet", mend)
        if tag not in script.translated:
            what = f"it is not known from which words {tag} was made"
            yield warning(
                script, address, what, f"When it says what the first language says, run 'ivr translated {tag}'."
            )
        else:
            yield from _stale(script, tag)


def _stale(script: Script, tag: str) -> Iterator[Finding]:
    """A finding for each text whose source is not what it was made from."""
    for text in worded(script):
        own: Address = (tag, *text.address[1:])
        before = script.translated[tag].get(text.address, "")
        if text.language == script.first_language and before != text.words and own in script.texts:
            what = f'{text.name} was made from "{before}", which is now "{text.words}"'
            yield warning(script, own, what, f"Make it say that, and run 'ivr translated {tag}'.")
