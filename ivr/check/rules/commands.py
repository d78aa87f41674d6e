"""Rules about the keys and words that work everywhere, and about what is never asked of callers.

No function here judges a script: each rule holds by construction, is for a person to look at, or does not apply yet.
Not here: that each command does what it says in every situation (`walked`), how phrases sound (`speech`).
"""

from __future__ import annotations


def uni_05() -> None:
    """Few keys to remember

    Level: should. Kind: construction.
    What: Zero, star and pound are named in the opening, after a text, in help and in trouble, and not after every menu.
    Why: A key that is recited every time is no longer heard, and hides what is new.
    Source: W3C COGA.
    Bad: a menu of three choices, and five keys that work everywhere
    Good: a menu of three choices
    Held by: tests/check/test_construction.py::test_a_menu_recites_no_keys_but_its_own
    """


def uni_06() -> None:
    """Commands sound like nothing else

    Level: should. Kind: construction.
    What: What ASR-02 and ASR-03 ask of phrases, they ask of the commands that work everywhere too.
    Why: A command that is heard where none was meant takes callers away.
    Source: ACIxD commands.
    Bad: "speak up" for louder, and "speed up" for faster
    Good: "speak up" for louder, and "go faster" for faster
    Held by: tests/check/test_wording.py::test_bad_words_are_caught
    """


def uni_07() -> None:
    """Help is the same everywhere

    Level: should. Kind: construction.
    What: Help has the same parts in the same order at every place: where you are, what you can say, settings, emergency.
    Why: Who needs help should not have to learn it anew each time.
    Source: WCAG 3.2.6.
    Bad: a help text written for each menu, each another way
    Good: help that the line makes of what is there
    Held by: tests/check/test_construction.py::test_help_has_the_same_parts_everywhere
    """


def err_06() -> None:
    """What was wrong, and what is right

    Level: should. Kind: construction.
    What: The first time that the line does not understand, it lists what can be said.
    Why: "Please repeat" leads to the same words again, only louder.
    Source: WCAG 3.3.1 and 3.3.3; W3C NAUR 24.
    Bad: I did not understand. Please repeat.
    Good: I did not understand. Please say one of these ...
    Held by: tests/check/test_construction.py::test_who_is_not_understood_hears_what_can_be_said
    """


def err_10() -> None:
    """Old mistakes are forgotten

    Level: should. Kind: construction.
    What: After anything that was understood, the next trouble begins with the first, short words again.
    Why: Three mistakes in ten minutes are no reason to be sent to a person.
    Source: VoiceXML counters.
    Bad: the third mistake of a call ends it
    Good: the third mistake in a row leads to a person
    Held by: tests/dialog/test_promises.py::test_tries_are_forgotten_after_a_success
    """


def inp_05() -> None:
    """How to end a number

    Level: should. Kind: not yet.
    What: Where callers key in a number, they are told how many digits, and how to end it.
    Why: Nobody can guess that a machine waits for pound.
    Source: Kortum; AS/NZS 4263.
    Bad: Enter your number.
    Good: Enter the four digits of your number.
    Until: the line never asks for a number
    """


def inp_07() -> None:
    """No test of being human

    Level: must. Kind: construction.
    What: Nothing has to be heard, spoken or solved before the line can be used; there is no such kind of place.
    Why: Who hears, speaks or thinks otherwise would be taken for a machine.
    Source: EN 301 549 5.3; W3C NAUR 2.
    Bad: To go on, say the word that you hear.
    Good: the main menu
    Held by: tests/check/test_construction.py::test_every_place_is_reached_by_keys_alone
    """


def inp_08() -> None:
    """Nothing to remember

    Level: should. Kind: construction.
    What: The line asks for no code and no number, and never twice for the same thing.
    Why: What has to be remembered is forgotten while the line speaks.
    Source: W3C COGA; WCAG 3.3.7.
    Bad: Enter your patient number.
    Good: the main menu
    Held by: tests/check/test_construction.py::test_every_choice_is_one_key
    """


def inp_10() -> None:
    """No letters by keys

    Level: should. Kind: construction.
    What: Nothing has to be spelt with the letters on the keys.
    Why: Many telephones show none, and some people cannot spell.
    Source: ITU-T E.161.
    Bad: Spell the name of the doctor with the keys.
    Good: Doctor Gutkin ... press one.
    Held by: tests/check/test_construction.py::test_every_choice_is_one_key
    """


def menu_08() -> None:
    """When a menu has ended

    Level: tip. Kind: construction.
    What: As the number of choices is said first, callers know which one is the last.
    Why: Who waits for more is taken for silent.
    Source: Designing Effective Speech Interfaces, ch. 10.
    Bad: Treatment, press one. Billing, press two. (silence)
    Good: Two choices. Treatment, press one. Billing, press two.
    Held by: tests/check/test_construction.py::test_the_number_of_choices_is_said_before_them
    """


def aud_03() -> None:
    """Clear sound

    Level: tip. Kind: not yet.
    What: Speech is carried up to 7000 hertz where the network allows.
    Why: S and F differ above what a telephone carries.
    Source: EN 301 549 6.1.
    Bad: 3400 hertz
    Good: 7000 hertz
    Until: the telephone network carries no more
    """


def lep_11() -> None:
    """Callers of further languages

    Level: tip. Kind: person.
    What: Speakers of the next languages of the area hear, in their words, which key leads to a person.
    Why: A line in two languages turns the third away without a word.
    Source: notice of availability under section 1557.
    Bad: English and Spanish, where every tenth caller speaks Portuguese
    Good: Para português, oito.
    Ask: Which languages do your callers speak besides those of the line, and do they get a person and an interpreter?
    """
