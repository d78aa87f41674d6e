"""Rules about how long and how hard a text is.

Not here: single words that no text may hold (`wording`), how long a menu is (`menus`).
"""

from __future__ import annotations

import re
from statistics import mean
from typing import TYPE_CHECKING

from ivr.check.found import advice, error, warning
from ivr.check.readability import known, reading
from ivr.check.readability import words as words_of
from ivr.check.texts import SLOT, every_sentence, sentences, spoken, worded
from ivr.check.wordlists import flat, found, wordlist

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.finding import Finding
    from ivr.script.model import Script

HIGHEST_GRADE = 6
UNREADABLE_GRADE = 9
LEAST_MEASURED = 100
LONGEST_PART = 50
LONGEST_PART_SECONDS = 20
LONGEST_TEXT = 50
LONGEST_SENTENCE = 20
USUAL_SENTENCE = 12
EXPLAINED = 0.6
"""The share of the words of a meaning that callers must have heard."""


def opt_10(script: Script) -> Iterator[Finding]:
    """Hard words are explained

    Level: should. Kind: static.
    What: What each hard word under `terms` means is also told to callers, somewhere in the texts. A word of doctors,
        insurers or offices that every trade takes for plain stands in no text, unless it is under `terms`.
    Why: A word that is not understood takes the sentence around it along.
    Source: W3C COGA; W3C NAUR 21b; WCAG 3.1.3; Irish NDA 1.12.
    Bad: terms has fascia, and no text says what it is
    Good: A thin tissue called fascia wraps and joins the parts of your body.
    """
    yield from _jargon(script)
    for tag in script.languages:
        told = [{*words_of(flat(text.words))} for text in spoken(script) if text.language == tag]
        empty = {flat(word) for word in wordlist(tag, "empty words")}
        for term, told_of in script.words[tag].terms.items():
            meaning = {*words_of(flat(told_of.means))} - empty
            nearest = max((len(meaning & words) / len(meaning) for words in told), default=0) if meaning else 1
            if nearest < EXPLAINED:
                what = f"callers are nowhere told what '{term}' means"
                mend = "Say it where the word is first used, or take the word out of 'terms' if it is no longer used."
                yield warning(script, (tag, "terms", term), what, mend)


def _jargon(script: Script) -> Iterator[Finding]:
    """Hard words that nobody has noticed to be hard."""
    for text in worded(script):
        told_of = {flat(term) for term in script.words[text.language].terms}
        if (words := found(text.words, text.language, "jargon")) and not any(flat(words) in term for term in told_of):
            what = f"'{words}' in {text.name} is a word of the trade, and callers may not know it"
            mend = "Take an everyday word, or put it under 'terms' with its meaning, and say that meaning."
            yield warning(script, text.address, what, mend, words)


def opt_12() -> None:
    """Hard words are pronounced well

    Level: should. Kind: person.
    What: Somebody has listened to the names and hard words; those that the voice says badly have a `sounds like`.
    Why: A name said wrongly is not recognised, and costs trust.
    Source: WCAG 3.1.6; W3C NAUR 23c.
    Bad: nobody has ever called the line
    Good: lithotripsy: {means: a way to break up kidney stones, sounds like: lith oh trip see}
    Ask: Have you heard the names and the hard words of the line in each language, and are they said well?
    """


def opt_15(script: Script) -> Iterator[Finding]:
    """Easy to understand

    Level: must. Kind: static.
    What: All texts of a language together ask for at most 6 years of school; more than 9 fail the check. Names, the
        names on lists and explained words do not count.
    Why: Half of all adults read below eighth grade, and listening leaves no time to read again.
    Source: WCAG 3.1.5; azhin.org; languageline.com; formulas of Flesch-Kincaid and Fernández-Huerta.
    Bad: Practitioners manipulate connective tissue in order to alleviate musculoskeletal discomfort.
    Good: He presses and moves the soft tissues of your body.
    """
    for tag in filter(known, script.languages):
        measured = reading(_plain_sentences(script, tag), tag)
        if measured.words >= LEAST_MEASURED and measured.grade > HIGHEST_GRADE:
            what = f"the words of {tag} ask for {measured.grade:.1f} years of school, and {HIGHEST_GRADE} is the most"
            severe = error if measured.grade > UNREADABLE_GRADE else warning
            yield severe(script, (tag, "nodes"), what, "Use shorter sentences and more common words.")


def _plain_sentences(script: Script, tag: str) -> Iterator[str]:
    """The sentences of a language, without the words that are explained, names on lists, and other names."""
    listed = (item.label for node in script.words[tag].nodes.values() for item in node.items.values())
    left_out = sorted({flat(term) for term in (*script.words[tag].terms, *listed)}, key=len, reverse=True)
    terms = "|".join(map(re.escape, left_out)) or "(?!)"
    for text in sentences(script):
        if text.language == tag and not text.only_read:  # a dozen short ones would hide what is hard to hear
            for sentence in text.sentences:
                plain = re.sub(rf"\b(?:{terms})s?\b", "", SLOT.sub("", sentence), flags=re.IGNORECASE)
                yield re.sub(r"(?<=\w )[A-ZÁÉÍÓÚÑ]\w+", "", plain)


def opt_16(script: Script) -> Iterator[Finding]:
    """Short sentences

    Level: should. Kind: static.
    What: No sentence has more than 20 words, and those of a language have 12 on average.
    Why: The beginning of a long sentence is gone before its end explains it.
    Source: nationalhealthcorps.org citing Kaiser; Irish NDA.
    Bad: a sentence of 27 words
    Good: two sentences of 13 words
    """
    lengths: dict[str, list[int]] = {tag: [] for tag in script.languages}
    for text in every_sentence(script):
        for sentence in text.sentences:
            count = len(SLOT.sub("slot", sentence).split())
            lengths[text.language].append(count)
            if count > LONGEST_SENTENCE:
                what = f"a sentence of {text.name} has {count} words, and {LONGEST_SENTENCE} is the most"
                yield warning(script, text.address, what, "Make two sentences of it.", _begin(sentence))
    for tag, found_here in lengths.items():
        if found_here and mean(found_here) > USUAL_SENTENCE:
            what = (
                f"the sentences of {tag} have {mean(found_here):.0f} words on average, and {USUAL_SENTENCE} is the most"
            )
            yield warning(script, (tag, "nodes"), what, "Divide the longest.")


def _begin(sentence: str) -> str:
    """As much of a sentence as surely stands on one line of the file."""
    return " ".join(sentence.split()[:2])


def opt_18(script: Script) -> Iterator[Finding]:
    """Long texts come in parts

    Level: must. Kind: static.
    What: A part of an announcement has at most 50 words, and lasts at most 20 seconds.
    Why: Only between parts does a caller get to say more, again, back or stop.
    Source: W3C COGA; Plum (20 s).
    Bad: parts: {all of it: (120 words)}
    Good: parts: {first: (40 words), second: (40 words), third: (40 words)}
    Held by: tests/dialog/test_promises.py::test_more_again_and_back_work_in_between
    """
    for text in sentences(script):
        if "parts" not in text.address:
            continue
        if text.count > LONGEST_PART or text.seconds > LONGEST_PART_SECONDS:
            what = f"{text.name} has {text.count} words and lasts {text.seconds:.0f} seconds"
            yield warning(
                script,
                text.address,
                f"{what}; {LONGEST_PART} words, or {LONGEST_PART_SECONDS} seconds, are the most",
                _PARTS,
            )


_PARTS = "Divide it: add a part to the node in line.yaml, and put the rest of the words there."


def deaf_06(script: Script) -> Iterator[Finding]:
    """Nothing long is said in one go

    Level: must. Kind: static.
    What: No answer, intro or stock sentence has more than 50 words.
    Why: A relay operator types it, an interpreter signs it, and a caption lags behind it.
    Source: nonprofitvoip.com; ATIS.
    Bad: an answer of 80 words to "does it help with my back"
    Good: an answer of 30 words, and "A person can tell you more."
    """
    for text in sentences(script):
        if "parts" not in text.address and text.count > LONGEST_TEXT:
            what = f"{text.name} has {text.count} words, and {LONGEST_TEXT} is the most that is said in one go"
            yield warning(script, text.address, what, "Say less, or make parts of it in an announcement.")


def opt_19(script: Script) -> Iterator[Finding]:
    """The line does not pass for a person

    Level: tip. Kind: static.
    What: The greeting says that the line is automated or recorded.
    Why: Who takes it for a person talks to it as to a person, and is not understood.
    Source: IBM.
    Bad: greeting: Hello, this is Anna. How can I help you?
    Good: greeting: Specialty Surgical Center, automated line.
    """
    for tag in script.languages:
        greeting = str(script.words[tag].sentences["greeting"][0])
        if wordlist(tag, "automated") and not found(greeting, tag, "automated"):
            what = "the greeting does not say that no person speaks"
            yield advice(script, (tag, "sentences", "greeting"), what, "Say that the line is automated.")


def lep_10(script: Script) -> Iterator[Finding]:
    """Words that mean what they say

    Level: should. Kind: static.
    What: No text holds an idiom.
    Why: Who learned the language later takes an idiom word by word; so does an interpreter in a hurry.
    Source: Irish NDA 1.12.
    Bad: Bear with us. This will have you back on your feet.
    Good: Please wait. You could move more easily.
    """
    for text in every_sentence(script):
        if words := found(text.words, text.language, "idioms"):
            what = f"'{words}' in {text.name} does not mean what it says"
            yield warning(script, text.address, what, "Say it word by word as it is meant.", words)
