"""Rules about how a choice is worded: what comes first, one idea each, telling choices apart.

Not here: words that no text may hold (`wording`), how choices sound to a recogniser (`speech`).
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from ivr.check import heard
from ivr.check.found import error, warning
from ivr.check.readability import words as words_of
from ivr.check.texts import spoken
from ivr.check.wordlists import either, flat, found, rows, wordlist
from ivr.dialog import prompts
from ivr.dialog.choices import Kind
from ivr.dialog.inputs import Said
from ivr.dialog.understand import Match, understand

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.finding import Finding
    from ivr.check.texts import Address
    from ivr.script.model import Script

TOO_LIKE = 80
"""Likeness of two labels, of 100."""


def opt_01(script: Script) -> Iterator[Finding]:
    """First what, then the key

    Level: must. Kind: static.
    What: No text says the key before what it is for. The choices of a menu are said so by construction.
    Why: Who hears the key first has to keep it in mind until it turns out what it was for.
    Source: W3C COGA; IBM; ISO 9241-154.
    Bad: Press {person key} for a person.
    Good: For a person, press {person key}.
    Held by: tests/dialog/test_promises.py::test_the_option_is_said_before_its_key
    """
    for text in spoken(script):
        press, say, purpose = (either(text.language, name) for name in ("press", "say", "purpose"))
        digits = either(text.language, "digits")
        key = rf"(?:\{{[a-z ]*key\}}|\d|{digits}|\{{key\}})"
        pattern = rf"(?<!\w)(?:{press}|{say}) (?:the |la )?{key},? (?:{purpose})\b"
        if match := re.search(pattern, flat(text.words)):
            words = text.words[match.start() : match.end()]
            what = f"{text.name} says the key before what it is for: '{words}'"
            yield warning(script, text.address, what, "Say first what it is for, then the key.", words)


def opt_02() -> None:
    """A pause between a choice and its key

    Level: should. Kind: construction.
    What: Between the words of a choice and its key there are 200 to 400 milliseconds.
    Why: The pause keeps the name and the key apart, and gives a moment to decide.
    Source: W3C COGA shows the pause; the number is derived.
    Bad: Billing press five fax number press four
    Good: Billing ... press five. Fax number ... press four.
    Held by: tests/check/test_construction.py::test_pauses_between_choices_and_before_their_keys
    """


def opt_03() -> None:
    """Yes may come before its purpose

    Level: tip. Kind: construction.
    What: Only an answer of one word, yes or no, may have its key named first, or beside the word.
    Why: Two keys are not too many to keep in mind, and a question comes before them anyway.
    Source: Designing Effective Speech Interfaces.
    Bad: Press one for billing, two for the fax.
    Good: Did you want billing? Press one or say yes.
    Held by: tests/check/test_wording.py::test_good_words_are_left_alone
    """


def opt_04(script: Script) -> Iterator[Finding]:
    """One idea in a choice

    Level: should. Kind: static.
    What: The label of a place or of a name on a list does not join two things by "and" or "or".
    Why: Of a choice that means two things a caller cannot tell which one comes.
    Source: W3C COGA.
    Bad: label: Billing and records
    Good: label: Billing
    """
    for address, label in _offered(script):
        if words := found(label, address[0], "joining") or ("/" if "/" in label else ""):
            what = f"the label '{label}' joins two ideas by '{words}'"
            yield warning(script, address, what, "Name one thing, or make two choices of it.", words)


def opt_05(script: Script) -> Iterator[Finding]:
    """Choices that cannot be mistaken for one another

    Level: should. Kind: static.
    What: No two labels of a menu are more than 80 % alike, or mean nearly the same to callers.
    Why: When two choices could both be meant, callers take either, and half of them the wrong one.
    Source: W3C COGA, "Reasoning"; ACIxD: clear labels matter more than their number.
    Bad: Billing ... press one. Payments ... press two.
    Good: Billing ... press one. Fax number ... press two.
    """
    for one, other in _neighbours(script):
        (_, label), (second, name) = one, other
        alike = fuzz.ratio(flat(label), flat(name))
        if alike > TOO_LIKE:
            what = f"the labels '{label}' and '{name}' of one menu are {alike:.0f} percent alike"
            yield warning(script, second, f"{what}, and {TOO_LIKE} is the most", "Name what sets them apart.")
        for row in rows(second[0], "mistaken"):
            mistaken = [next((w for w in words_of(text.lower()) if w in row), "") for text in (label, name)]
            if all(mistaken):
                what = f"callers take '{mistaken[0]}' and '{mistaken[1]}' in one menu for the same"
                yield warning(script, second, what, "Offer one of them, or say in the label what sets them apart.")


def opt_06(script: Script) -> Iterator[Finding]:
    """What is offered can be said

    Level: must. Kind: static.
    What: The words of every label, said back to the line just as they were heard, lead where its key leads.
    Why: Callers repeat what they have just heard.
    Source: ACIxD on mimicry; W3C NAUR 17a and 18a.
    Bad: a label "Operator", which is also what callers say for a person
    Good: a label that no other place or command has
    """
    for tag in script.languages:
        for node in heard.choosing(script):
            for choice in heard.choices(script, tag, node.name):
                state = heard.at(script, tag, node.name)
                label = prompts.label(script, tag, choice.action, state)
                meant = understand(script, state, Said(label))
                understood = isinstance(meant, Match) and meant.action == choice.action
                if choice.action.kind is not Kind.COMMAND and not understood:
                    where = ("nodes", choice.action.name) if choice.action.kind is Kind.GO else ("nodes", node.name)
                    what = f"'{node.name}' offers '{label}', and does not understand these very words"
                    yield error(script, (tag, *where), what, "Give it a label that nothing else has.")


def opt_07(script: Script) -> Iterator[Finding]:
    """The two ways to answer are told once

    Level: should. Kind: static.
    What: The words after each choice name the key alone; that a choice can be said is told once, at the start.
    Why: "Press two or say billing" after every choice makes a menu twice as long.
    Source: ACIxD, "For X say X".
    Bad: press: press {key} or say its name
    Good: press: press {key}
    """
    for tag in script.languages:
        address = (tag, "sentences", "press")
        text = str(script.words[tag].sentences["press"][0])
        if words := found(text, tag, "say"):
            what = f"after every choice of every menu callers hear '{words}'"
            yield warning(script, address, what, "Leave only the word for press, and {key}.", words)


def opt_20(script: Script) -> Iterator[Finding]:
    """No word that two choices share

    Level: should. Kind: static.
    What: The labels of a menu have no word in common, but for little words.
    Why: The shared word says nothing, and makes the two sound alike to callers and to the recogniser.
    Source: ACIxD, phonological considerations.
    Bad: Office information ... press one. Billing information ... press two.
    Good: Office ... press one. Billing ... press two.
    """
    for one, other in _neighbours(script, lists=False):
        (_, label), (second, name) = one, other
        empty = {flat(word) for word in wordlist(second[0], "empty words")}
        shared = sorted(({*words_of(flat(label))} & {*words_of(flat(name))}) - empty)
        if shared:
            what = f"the labels '{label}' and '{name}' of one menu share the word '{shared[0]}'"
            yield warning(script, second, what, "Leave the word out of one of them.")


def _offered(script: Script) -> Iterator[tuple[Address, str]]:
    """The labels of all places and of all names on lists."""
    return ((t.address, t.words) for t in spoken(script) if t.label and t.address[1] == "nodes")


def _neighbours(script: Script, *, lists: bool = True) -> Iterator[tuple[tuple[Address, str], tuple[Address, str]]]:
    """Every two labels that are offered in one menu or list."""
    for tag in script.languages:
        words = script.words[tag].nodes
        for menu in heard.menus(script):
            targets = [option.target for option in menu.options]
            yield from combinations([((tag, "nodes", name, "label"), words[name].label) for name in targets], 2)
        for node in heard.lists(script) if lists else ():
            items = words[node.name].items
            below = [((tag, "nodes", node.name, "items", name, "label"), items[name].label) for name in node.items]
            yield from combinations(below, 2)
