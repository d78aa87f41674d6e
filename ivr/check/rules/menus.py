"""Rules about the structure of menus: how many choices, how deep, in which order, how long.

Not here: how choices are worded (`options`), whether calls get through them (`walked`).
"""

from __future__ import annotations

import re
from itertools import combinations
from typing import TYPE_CHECKING

from ivr.check import heard
from ivr.check.found import advice, warning
from ivr.check.texts import sentences, spoken
from ivr.check.wordlists import found
from ivr.dialog import prompts
from ivr.dialog.spoken import seconds
from ivr.script.model import Menu

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.asked import Asked
    from ivr.check.finding import Finding
    from ivr.script.model import Script

MOST_CHOICES = 5
DEEPEST = 2
LONGEST_TITLE = 5
PERSON_WITHIN = 15
LONGEST_MENU = 30
LEAST_CALLERS = 30
CLEARLY = 1.5
"""Times: by less, callers may differ from one month to the next."""


def menu_01(script: Script) -> Iterator[Finding]:
    """Few choices at a time

    Level: must. Kind: static.
    What: A menu, or a page of a list, offers at most 5 choices, not counting the keys that work everywhere.
    Why: A caller cannot look back; each further choice has to be kept in mind while the next is read.
    Source: Avaya (4 to 5), IBM (about 4), Plum (5); up to 7 by Commarford 2008.
    Bad: main menu: {menu: {1: a, 2: b, 3: c, 4: d, 5: e, 6: f}}
    Good: main menu: {menu: {1: a, 2: b, 3: c, 4: d, 5: e}}
    """
    for name in (node.name for node in heard.choosing(script)):
        count = len(heard.choices(script, script.first_language, name))
        if count > MOST_CHOICES:
            what = (
                f"'{name}' offers {count} choices at a time, and {MOST_CHOICES} is the most that callers keep in mind"
            )
            yield warning(script, ("line", "nodes", name), what, "Put what is asked for least in a menu of its own.")


def menu_02(script: Script) -> Iterator[Finding]:
    """No menu without need

    Level: should. Kind: static.
    What: A menu is not split off when its choices would fit into the menu above it with 5 in all.
    Why: Each menu on the way is another thing to wait for, to remember and to get wrong.
    Source: Commarford et al. 2008; HFES 1997; Boren 2005.
    Bad: a first menu of 2 choices, one of which leads to a menu of 3
    Good: one menu of 4 choices
    """
    for menu in heard.menus(script):
        for option in menu.options:
            child = script.nodes[option.target]
            together = len(menu.options) - 1 + len(child.options) if isinstance(child, Menu) else MOST_CHOICES + 1
            if together <= MOST_CHOICES:
                what = f"'{menu.name}' and the menu '{child.name}' below it have {together} choices together"
                mend = f"Offer them all in '{menu.name}': up to {MOST_CHOICES} are easier than a second menu."
                yield warning(script, ("line", "nodes", child.name), what, mend)


def menu_03(script: Script) -> Iterator[Finding]:
    """Not deep

    Level: must. Kind: static.
    What: At most 2 menus lie between the first menu and anything that can be reached.
    Why: Callers lose track of where they are, and each level costs them another menu to listen to.
    Source: N.C. G.S. 143-162.1(b): an operator within two menus of the first.
    Bad: main menu > treatment > sessions > first session > what happens
    Good: main menu > treatment > what happens
    """
    for name, depth in heard.tree(script).items():
        if depth - 1 > DEEPEST and not isinstance(script.nodes[name], Menu):
            what = f"'{name}' lies {depth - 1} menus below the first, and {DEEPEST} is the most"
            yield warning(script, ("line", "nodes", name), what, "Give it a key in a menu nearer to the first.")


def menu_04(script: Script) -> Iterator[Finding]:
    """Keys in the order in which they are heard

    Level: must. Kind: static.
    What: The keys of a menu are 1, 2, 3 and so on, in the order of its choices, without a gap.
    Why: A caller who knows that the next key is the next number needs to keep only the name in mind.
    Source: Avaya, "Numbered menu options".
    Bad: menu: {1: treatment, 3: fax, 2: billing}
    Good: menu: {1: treatment, 2: billing, 3: fax}
    """
    for menu in heard.menus(script):
        keys = [option.key for option in menu.options]
        wanted = [str(number) for number in range(1, len(keys) + 1)]
        if keys != wanted:
            what = f"the keys of '{menu.name}' are heard as {', '.join(keys)}, and not as {', '.join(wanted)}"
            yield warning(script, ("line", "nodes", menu.name), what, "Number them in the order in which they stand.")


def menu_05(asked: Asked) -> Iterator[Finding]:
    """What is wanted most comes first

    Level: tip. Kind: measured.
    What: No choice is taken half as often again as one before it; `reason` beside the key of that one says why it may
        stand there. Judged by figures, where `ivr check --asked` is given them, of menus from which 30 callers chose.
    Why: Most callers then need to hear only one choice.
    Source: Avaya; Designing Effective Speech Interfaces, ch. 10; ATIS.
    Bad: the fax number first, because it always was
    Good: billing first, as half of all callers ask for it
    Ask: Is the choice that most of your callers want the first of each menu?
    """
    for menu in heard.menus(asked.script):
        counts = asked.of(menu)
        if sum(counts) < LEAST_CALLERS:
            continue
        for (before, fewer), (option, count) in combinations(zip(menu.options, counts, strict=True), 2):
            if count > fewer * CLEARLY and not before.reason:
                what = (
                    f"'{option.target}' was taken {count} times in '{menu.name}', and '{before.target}' {fewer} times"
                )
                mend = f"Put it before '{before.target}', or write beside key {before.key} why that comes first."
                yield advice(asked.script, ("line", "nodes", menu.name, "menu", option.key), what, mend)
                break


def menu_06(script: Script) -> Iterator[Finding]:
    """The same key for the same thing

    Level: must. Kind: static.
    What: What stands in several menus has the same key in each. Its name is the same by construction.
    Why: Callers learn keys with their fingers; a key that moves takes them somewhere else.
    Source: WCAG 3.2.4 and 3.2.6; IBM.
    Bad: main menu: {menu: {5: billing}}, about us: {menu: {2: billing}}
    Good: main menu: {menu: {5: billing}}, about us: {menu: {5: billing}}
    Held by: tests/check/test_construction.py::test_a_choice_is_called_the_same_in_every_menu
    """
    first: dict[str, tuple[str, str]] = {}
    for menu in heard.menus(script):
        for option in menu.options:
            name, key = first.setdefault(option.target, (menu.name, option.key))
            if key != option.key:
                what = f"'{option.target}' is key {key} in '{name}' and key {option.key} in '{menu.name}'"
                address = ("line", "nodes", menu.name, "menu", option.key)
                yield warning(script, address, what, "Give it the same key in both, or offer it once.")


def menu_07() -> None:
    """How many choices come

    Level: should. Kind: construction.
    What: Before the choices are read, the line says how many there are.
    Why: Who does not know how many come takes the first that fits, or waits for more.
    Source: W3C COGA, "Executive Function".
    Bad: Treatment, press one. Billing, press two.
    Good: Two choices. Treatment, press one. Billing, press two.
    Held by: tests/check/test_construction.py::test_the_number_of_choices_is_said_before_them
    """


def menu_09(script: Script) -> Iterator[Finding]:
    """Each place says where the caller is, in few words

    Level: must. Kind: static.
    What: The name of a place, which is also the first thing heard there, has at most 5 words.
    Why: After each key a caller wants to know whether it was the right one, before anything else.
    Source: W3C COGA, "know where I am"; Nuance on going back.
    Bad: label: Everything that you may want to know about your bill
    Good: label: Billing
    Held by: tests/dialog/test_promises.py::test_the_first_words_on_arrival_are_the_label_of_what_was_chosen
    """
    for text in spoken(script):
        if text.address[1] == "nodes" and text.label and text.count > LONGEST_TITLE:
            what = f"the label of {text.name} has {text.count} words, and {LONGEST_TITLE} is the most"
            yield warning(script, text.address, what, "Say it in fewer words.")


def menu_10() -> None:
    """What cannot be had is not offered

    Level: should. Kind: construction.
    What: No choice is offered and then refused. A number that is closed at this hour stays in its menu, as it still
        tells when somebody is there, and can be called anyway.
    Why: To hear an offer, take it and be refused is worse than not to hear it.
    Source: Designing Effective Speech Interfaces.
    Bad: Billing, press two. ... We are closed. Goodbye.
    Good: They are closed now. They open tomorrow at nine. ... Call anyway, press one.
    Held by: tests/dialog/test_closed.py::test_a_closed_number_can_be_called_anyway
    """


def menu_13(script: Script) -> Iterator[Finding]:
    """A person is named early

    Level: must. Kind: static. Never waived.
    What: A call says within 15 seconds which key leads to a person; the warning, help and the end of each text too.
    Why: Whoever cannot use the line must know the way out before giving up.
    Source: W3C COGA, "Ensure Human Backup"; Fla. 110.1082; Del. 29 s. 607.
    Bad: a welcome of 50 words, and then: For a person, press zero.
    Good: For a person, press zero. Specialty Surgical Center, automated line.
    Held by: tests/dialog/test_promises.py::test_a_person_is_named_within_fifteen_seconds
    """
    language = script.first_language
    before = [prompts.emergency(script, tag) for tag in script.languages]
    offer = prompts.sentence(script, language, "person offer")
    told = seconds((*(u for speech in before for u in speech), *prompts.offers(script, language), *offer))
    if told > PERSON_WITHIN:
        what = f"the key for a person is said after {told:.0f} seconds, and {PERSON_WITHIN} is the latest"
        mend = "Shorten the emergency sentences or the offer of the other languages."
        yield warning(script, (language, "sentences", "person offer"), what, mend)


def menu_14(script: Script) -> Iterator[Finding]:
    """A menu is soon heard

    Level: should. Kind: static.
    What: A menu, with its name and all its choices, is read in at most 30 seconds.
    Why: What was said half a minute ago has been forgotten, most of all by callers with a short memory.
    Source: Plum (20 s for a prompt); the number is derived.
    Bad: a menu of 5 choices whose labels have 12 words each
    Good: a menu of 5 choices whose labels have 3 words each
    """
    for tag in script.languages:
        for menu in heard.menus(script):
            lasts = heard.lasts(script, heard.place(script, tag, menu.name))
            if lasts > LONGEST_MENU:
                what = f"the menu '{menu.name}' takes {lasts:.0f} seconds to hear, and {LONGEST_MENU} is the most"
                yield warning(script, (tag, "nodes", menu.name), what, "Shorten its labels or its intro.")


def menu_15(script: Script) -> Iterator[Finding]:
    """One decision at a time

    Level: should. Kind: static.
    What: No label hangs on a condition, and no prompt asks more than one question.
    Why: "If you are X but not Y" has to be worked out while the next choice is already being read.
    Source: ATIS, "cascading conditionals"; W3C COGA.
    Bad: label: Billing, unless you are insured
    Good: label: Billing
    """
    for text in spoken(script):
        if text.label and (words := found(text.words, text.language, "conditions")):
            what = f"the label of {text.name} hangs on a condition: '{words}'"
            yield warning(script, text.address, what, "Name the thing itself, without a condition.", words)
    for text in sentences(script):
        questions = len(re.findall(r"\?", text.words))
        if questions > 1:
            what = f"{text.name} asks {questions} questions at once, and 1 is the most"
            yield warning(script, text.address, what, "Ask one of them, or make the other a statement.")
