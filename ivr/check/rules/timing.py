"""Rules about time: how long the line waits, how fast it speaks, where it pauses.

Not here: how patient a whole call is (`walked`), how long texts are (`reading`, `menus`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.check.found import error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.finding import Finding
    from ivr.script.model import Script

USUAL_WAIT, SHORTEST_WAIT = 10, 7
WORDS_A_MINUTE = 160
"""How fast a line voice speaks at 100 percent."""

SLOWEST, FASTEST = 85, 100


def time_01(script: Script) -> Iterator[Finding]:
    """Time to answer

    Level: must. Kind: static.
    What: After a prompt the line waits at least 10 seconds for an answer. Less than 7 is an error.
    Why: Older callers, callers who listen in their second language and callers with slow hands need them.
    Source: IBM (7 s, about 10 for older callers); Twilio's own 5 s are too short.
    Bad: waits: [5, 20, 30]
    Good: waits: [10, 20, 30]
    """
    wait = script.waits[0]
    if wait < USUAL_WAIT:
        report = error if wait < SHORTEST_WAIT else warning
        what = f"the line waits {wait} seconds for an answer, and {USUAL_WAIT} is the least"
        yield report(script, ("line", "waits"), what, "Write [10, 20, 30].")


def time_02() -> None:
    """Time between the digits of a number

    Level: should. Kind: not yet.
    What: Where callers key in a number, at least 5 seconds may pass between two digits.
    Why: Finding the next key takes long with a tremor, or by touch.
    Source: Asterisk (5 s).
    Bad: Enter your date of birth, with 2 seconds a digit
    Good: with 10 seconds a digit
    Until: the line never asks for a number
    """


def time_07() -> None:
    """A pause between choices

    Level: must. Kind: construction.
    What: Between two choices there are 500 to 750 milliseconds.
    Why: A shorter pause runs them together, and a longer one sounds as if it were the caller's turn.
    Source: ACIxD menu design; C. Reedy.
    Bad: Treatment, press one, billing, press two
    Good: Treatment ... press one. ... Billing ... press two.
    Held by: tests/check/test_construction.py::test_pauses_between_choices_and_before_their_keys
    """


def time_08() -> None:
    """A moment after each key

    Level: should. Kind: construction.
    What: After a key there is half a second of silence.
    Why: The telephone has to come back to the ear.
    Source: Avaya.
    Bad: the first word is spoken while the caller still looks at the keys
    Good: half a second, and then: Billing.
    Held by: tests/dialog/test_promises.py::test_a_key_is_followed_by_half_a_second_of_quiet
    """


def time_09() -> None:
    """Slow speakers are heard out

    Level: should. Kind: construction.
    What: Only 3 seconds of silence end what a caller says.
    Why: Who speaks with effort, or with a machine, pauses for 2 seconds and more between words.
    Source: vuidesign.net, raised for slow speakers by W3C COGA.
    Bad: speechTimeout auto
    Good: speechTimeout 3
    Held by: tests/channels/test_twiml.py::test_each_verb_is_spelt_exactly
    """


def time_10(script: Script) -> Iterator[Finding]:
    """A pace that can be followed

    Level: should. Kind: static.
    What: Each voice speaks at 85 to 100 percent of its own speed, which is 136 to 160 words a minute.
    Why: At 178 words a minute people understand clearly less than at 155.
    Source: University of Wollongong; Sutton et al. 1995.
    Bad: speed: 120
    Good: speed: 92
    """
    for tag, language in script.languages.items():
        if not SLOWEST <= language.rate <= FASTEST:
            pace = language.rate * WORDS_A_MINUTE // 100
            what = f"the voice of {tag} speaks at {language.rate} percent, about {pace} words a minute"
            mend = f"Write a speed from {SLOWEST} to {FASTEST}; callers can ask for slower and faster."
            yield warning(script, ("line", "languages", tag), f"{what}, and {SLOWEST} to {FASTEST} is best", mend)


def time_11() -> None:
    """Slower means slower

    Level: should. Kind: construction.
    What: "Slower" slows the voice down for the rest of the call, down to about 110 words a minute.
    Why: A caller who has to ask again after each menu gives up.
    Source: W3C NAUR 14; W3C COGA, "Slow down!"
    Bad: the next menu is as fast as before
    Good: everything that follows is slower
    Held by: tests/dialog/test_promises.py::test_slower_lasts_for_the_call_and_has_a_floor
    """


def time_12() -> None:
    """The line answers at once

    Level: must. Kind: construction.
    What: An answer is ready in a tenth of a second, so that nothing has to fill a silence.
    Why: Callers take silence for a fault, and press again.
    Source: W3C COGA; Avaya.
    Bad: 4 seconds of nothing after a key
    Good: the next words after half a second
    Held by: tests/check/test_construction.py::test_every_answer_is_ready_in_a_tenth_of_a_second
    """


def time_14() -> None:
    """One key at a time

    Level: must. Kind: construction.
    What: Nothing needs two keys at once, a key held down, or a race. Two stars are only a short way.
    Why: With one finger, a stick or a tremor these cannot be done.
    Source: 36 CFR 1193.41(e) and (g); WCAG 2.2.3.
    Bad: hold down star
    Good: press star
    Held by: tests/check/test_construction.py::test_every_choice_is_one_key
    """
