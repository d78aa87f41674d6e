"""Rules about words that no text may hold: adverts, blame, positions, and what a voice cannot read.

Not here: the words themselves (`ivr.check.wordlists`), how long or hard a text is (`reading`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ivr.check.found import advice, warning
from ivr.check.texts import every_sentence, spoken, worded
from ivr.check.wordlists import found

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.finding import Finding
    from ivr.script.model import Script

CAPITALS = re.compile(r"\b(?:[A-Z]{2,}|(?:[A-Z]\.){2,})(?!\w)")

RAW = {
    "a time": re.compile(r"\b\d{1,2}(?::\d{2})?\s?(?:[ap]\.?m\b\.?)|\b\d{1,2}:\d{2}\b", re.IGNORECASE),
    "a date": re.compile(r"\b\d{1,4}[/.-]\d{1,2}(?:[/.-]\d{2,4})?\b"),
    "days": re.compile(r"\b(?:M|Mon|L|Lun)\.?\s?[-\u2013]\s?(?:F|Fri|V|Vie)\b\.?"),
    "a range": re.compile(r"\b\d+\s?[-\u2013]\s?\d+\b"),
    "money": re.compile(r"[$€£]\s?\d[\d.,]*"),
    "a percentage": re.compile(r"\b\d+\s?%"),
    "a number": re.compile(r"\b\d+(?:[.,]\d+)*(?:st|nd|rd|th)?\b"),
    "a sign": re.compile(r"[&@%+=_~^|\\]|\w/\w"),
}
ADDRESS = re.compile(
    r"\bhttps?:\S*|\bwww\.\S*|\b\S+@\S+\.\w+|\b[\w-]+\.(?:com|org|net|gov|edu|info|us|health)\b\S*"
    r"|\b(?:w ?w ?w|double u double u|triple doble u) (?:dot|punto)\b|\b(?:dot|punto) (?:com|org|net)\b",
    re.IGNORECASE,
)
VANITY = re.compile(r"\b(?:1[- ])?(?:8\d\d|9\d\d)[- ](?=[\w-]*[A-Z])[A-Z\d]{3,}(?:-[A-Z\d]+)*\b")


def opt_08(script: Script) -> Iterator[Finding]:
    """No advertising and no filler

    Level: must. Kind: static.
    What: No text holds a slogan, history, praise, "your call is important" or "our options have changed".
    Why: Every word that is not needed pushes out one that is; some callers pay for each minute.
    Source: W3C COGA, "Remove Unnecessary Words".
    Bad: Your call is important to us. Please listen carefully, as our options have changed.
    Good: Five choices.
    """
    yield from _listed(script, "advertising", "'{}' tells callers nothing", "Leave it out.")


def opt_09(script: Script) -> Iterator[Finding]:
    """No blame and no haste

    Level: must. Kind: static.
    What: No text calls anything that a caller does invalid or wrong, or hurries anybody.
    Why: Blame and haste make the next mistake more likely, most of all for anxious callers and slow ones.
    Source: W3C COGA; ivrsworld.com.
    Bad: Invalid entry. Please answer quickly.
    Good: Key six has no choice here. These do.
    """
    yield from _listed(script, "blame", "'{}' blames or hurries callers", "Say what they can do instead.")


def opt_11(script: Script) -> Iterator[Finding]:
    """Nothing is written short

    Level: should. Kind: static.
    What: No text holds an abbreviation or a word in capitals, unless `terms` says how it sounds.
    Why: A voice reads "Dr." as drive, "ENT" as ent, and "info" is no word at all.
    Source: WCAG 3.1.4; W3C NAUR 23c.
    Bad: Dr. Gutkin works with the ENT dept.
    Good: Doctor Gutkin works with the ear, nose and throat department.
    """
    yield from _listed(script, "abbreviations", "'{}' is written short", "Write the whole word, as it is spoken.")
    for text in spoken(script):
        sounds = {term.casefold() for term, known in script.words[text.language].terms.items() if known.sounds_like}
        for match in CAPITALS.finditer(text.words):
            if match[0].casefold() not in sounds:
                what = f"a voice may read '{match[0]}' in {text.name} as a word or letter by letter"
                yield warning(script, text.address, what, "Write the words, or its sound under 'terms'.", match[0])
                break


def opt_13(script: Script) -> Iterator[Finding]:
    """Nothing is told by where it is or how it looks

    Level: must. Kind: static.
    What: No text names a key by its place, colour or shape.
    Why: Blind callers have no left corner, and every telephone is built otherwise.
    Source: WCAG 1.3.3; 36 CFR 1193.41(a).
    Bad: Press the button at the bottom left.
    Good: Press star.
    """
    yield from _listed(script, "position", "'{}' tells something by where it is or how it looks", "Use the name.")


def opt_14(script: Script) -> Iterator[Finding]:
    """Keys have the names that callers use

    Level: should. Kind: static.
    What: The keys are called star and pound, in Spanish asterisco and signo de número; no text writes * or #.
    Why: Callers know one name of a key; a sign is read as nothing or as nonsense.
    Source: IBM.
    Bad: press * or the number sign
    Good: press {back key} or {again key}
    """
    yield from _listed(script, "key names", "callers do not know a key by the name '{}'", "Write its usual name.")
    for text in spoken(script):
        if sign := next((sign for sign in "*#" if sign in text.words), ""):
            what = f"the sign {sign} in {text.name} cannot be spoken"
            yield warning(script, text.address, what, "Write {back key} or {again key}, or the name of the key.", sign)
    for tag in script.languages:
        for key in "*#":
            address = (tag, "keys", key)
            name = script.words[tag].keys[key][0]
            if words := found(name, tag, "key names"):
                what = f"key {key} is called '{words}'"
                yield warning(script, address, what, "Put the name that callers use first in the list.")


def opt_17(script: Script) -> Iterator[Finding]:
    """The line speaks to the caller

    Level: tip. Kind: static.
    What: Texts call the caller "you", in Spanish "usted", and not "the caller" or "tú"; they say who does what.
    Why: Who is spoken about feels spoken past; "the technique is applied" leaves open who does what to whom.
    Source: Irish NDA 1.12.
    Bad: Pressure is applied to the area. Patients should remain seated.
    Good: He presses the muscle with his fingers. Please stay seated.
    """
    for text in every_sentence(script):
        if words := found(text.words, text.language, "not to the caller"):
            what = f"'{words}' in {text.name} speaks past whoever listens"
            yield advice(script, text.address, what, "Speak to them: you, in Spanish usted.", words)
        elif words := found(text.words, text.language, "nobody does it"):
            what = f"'{words}' in {text.name} does not say who does it"
            yield advice(script, text.address, what, "Say who does what.", words)


def aud_06(script: Script) -> Iterator[Finding]:
    """Nothing that callers did not call for

    Level: must. Kind: static.
    What: No text asks for an opinion, offers a newsletter or keeps callers for anything else of ours.
    Why: It stands between the caller and the help, and some cannot tell how to get past it.
    Source: WCAG 2.2.4.
    Bad: Stay on the line to rate this call.
    Good: Thank you for calling. Goodbye.
    """
    yield from _listed(script, "not asked for", "'{}' is not what anybody called for", "Leave it out.")


def num_07(script: Script) -> Iterator[Finding]:
    """Times, dates and amounts in words

    Level: must. Kind: static.
    What: No text holds digits or signs: times, dates, ranges, money and percentages stand in words.
    Why: A voice reads "9-5" as nine minus five, and "10/12" as a fraction or a date of some country.
    Source: Kortum, HCI Beyond the GUI.
    Bad: Open M-F 9-5.
    Good: Open from Monday to Friday, from nine in the morning to five in the afternoon.
    """
    for text in spoken(script):
        rest = ADDRESS.sub("", text.words)
        kind, match = next(((kind, m) for kind, raw in RAW.items() if (m := raw.search(rest))), ("", None))
        if match:
            what = f"'{match[0]}' in {text.name} is {kind} that a voice may read in any way"
            yield warning(script, text.address, what, "Write it in words, as a person would say it.", match[0])


def num_08(script: Script) -> Iterator[Finding]:
    """No number in letters

    Level: must. Kind: static.
    What: No text gives a phone number in letters.
    Why: Many telephones show no letters, and who cannot see the keys has to know them by heart.
    Source: ITU-T E.161.
    Bad: Call 800-DOCTORS.
    Good: Call {main}.
    """
    for text in spoken(script):
        if match := VANITY.search(text.words):
            what = f"'{match[0]}' in {text.name} gives a phone number in letters"
            yield warning(script, text.address, what, "Put the number in line.yaml, and its name here.", match[0])


def num_10(script: Script) -> Iterator[Finding]:
    """No web or e-mail address is read out

    Level: should. Kind: static.
    What: No text spells an address of a page or a mailbox.
    Why: Nobody can write it down at the pace of a voice, and a voice says it badly.
    Source: derived.
    Bad: Visit www.example.com/contact.
    Good: You can also find our contact page on our website.
    """
    for text in spoken(script):
        if match := ADDRESS.search(text.words):
            what = f"'{match[0]}' in {text.name} is an address that callers cannot write down"
            yield warning(script, text.address, what, "Say in words what is to be found where.", match[0])


def _listed(script: Script, name: str, what: str, mend: str) -> Iterator[Finding]:
    """A finding for each text with words of a list."""
    for text in worded(script):
        if words := found(text.words, text.language, name):
            yield warning(script, text.address, f"{what.format(words)}, in {text.name}", mend, words)
