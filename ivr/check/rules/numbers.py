"""Rules about phone numbers: where they stand, how they are read.

Not here: times, dates and amounts in texts (`wording`), calling them (`transfers`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ivr.check.found import error, warning
from ivr.check.texts import spoken
from ivr.check.wordlists import either, flat, wordlist
from ivr.script.model import NumberNode, Transfer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.finding import Finding
    from ivr.script.model import Script

LARGEST_GROUP = 4
DIGITS_OF_A_NUMBER = 7
E164 = re.compile(r"\+[1-9][0-9]{6,14}")


def num_01(script: Script) -> Iterator[Finding]:
    """Numbers are read digit by digit, in groups

    Level: must. Kind: static.
    What: A phone number is read in groups of at most 4 digits, as it is written in its country.
    Why: Nobody can hold ten digits in a row.
    Source: Cisco CCX; dementia tips (at most three at a time).
    Bad: nine seven three nine four zero three one six six
    Good: nine seven three ... nine four zero ... three one six six
    Held by: tests/dialog/test_promises.py::test_a_number_is_cued_read_twice_and_again_on_request
    """
    for name, number in script.numbers.items():
        longest = max(map(len, number.groups), default=0)
        if longest > LARGEST_GROUP:
            what = f"the number '{name}' is read with {longest} digits in a row, and {LARGEST_GROUP} is the most"
            yield warning(script, ("line", "numbers", name), what, "Write it as it is grouped in its own country.")


def num_02() -> None:
    """Pauses between the groups of a number

    Level: must. Kind: construction.
    What: Between the groups of a number there are at least 500 milliseconds.
    Why: They are the time in which the last group is written down.
    Source: Cisco (150 to 250 ms), raised.
    Bad: ten digits in one breath
    Good: a break of 600 milliseconds after each group
    Held by: tests/check/test_construction.py::test_numbers_are_read_slowly_with_breaks
    """


def num_03() -> None:
    """Numbers are read slowly

    Level: should. Kind: construction.
    What: Numbers are spoken at 80 percent of the voice's own speed at most.
    Why: Writing is slower than listening.
    Source: DECtalk manual (120 words a minute).
    Bad: a number at the pace of the sentence around it
    Good: about 120 words a minute
    Held by: tests/channels/test_voice.py::test_pace_moves_both_rates_and_a_number_is_never_faster_than_80_percent
    """


def num_04() -> None:
    """Numbers are announced and read twice

    Level: must. Kind: construction.
    What: Before a number there is time to find a pen; it is read twice, and again on request.
    Why: Nobody sits with a pen in hand, and a digit is easily lost.
    Source: University of Michigan; NCMIC.
    Bad: Our number is, ...
    Good: Get something to write with. ... The number is ... Once more ...
    Held by: tests/dialog/test_promises.py::test_a_number_is_cued_read_twice_and_again_on_request
    """


def num_05(script: Script) -> Iterator[Finding]:
    """Numbers by text message

    Level: should. Kind: static.
    What: Each number that can be heard may also be sent as a text message.
    Why: Who cannot write, or hear the digits, can read them.
    Source: W3C NAUR 7.
    Bad: uses: [dial, read]
    Good: uses: [dial, read, text]
    """
    for node in script.nodes.values():
        if isinstance(node, NumberNode | Transfer) and "text" not in script.numbers[node.number].uses:
            what = f"the number '{node.number}' can be heard at '{node.name}', and may not be sent as a text"
            yield warning(script, ("line", "numbers", node.number), what, "Add 'text' to its uses.")


def num_06(script: Script) -> Iterator[Finding]:
    """Zero is zero

    Level: must. Kind: static.
    What: The digits are called by their names; zero is never "oh". 911, 988 and 711 are read digit by digit.
    Why: "Oh" is a letter, a sigh, and no number.
    Source: IBM.
    Bad: keys: {0: [oh, zero]}
    Good: keys: {0: [zero, oh]}
    """
    for tag in script.languages:
        names = wordlist(tag, "digits")
        for digit, name in enumerate(names):
            called = script.words[tag].keys[str(digit)][0]
            if flat(called) != flat(name):
                what = f"key {digit} is called '{called}', and not '{name}'"
                yield warning(script, (tag, "keys", str(digit)), what, f"Write '{name}' first in its list.")


def num_09() -> None:
    """Numbers that callers key in are read back

    Level: must. Kind: not yet.
    What: A number that was keyed in is read back in groups, and confirmed by yes or no.
    Why: Who cannot see the display cannot see the slip either.
    Source: Kortum, HCI Beyond the GUI.
    Bad: Thank you.
    Good: You entered five five five ... Is that right?
    Until: the line never asks for a number
    """


def xfer_06(script: Script) -> Iterator[Finding]:
    """Numbers stand in one place

    Level: must. Kind: static.
    What: Every phone number stands in line.yaml, with its country; texts name it as {main} and never spell it.
    Why: A number that stands in two places is wrong in one of them after the next change.
    Source: derived; vendors advise E.164.
    Bad: Call nine seven three, nine four zero, three one six six.
    Good: Call {main}.
    """
    for name, number in script.numbers.items():
        if not E164.fullmatch(number.e164):
            what = f"the number '{name}' is kept as '{number.e164}', which cannot be dialled from everywhere"
            yield error(script, ("line", "numbers", name), what, "Write it like 973-940-3166.")
    for text in spoken(script):
        digit = f"(?:{either(text.language, 'digits')}|{either(text.language, 'not zero')})"
        spelt = re.search(rf"(?<!\w){digit}(?:[\s,.-]+{digit}){{{DIGITS_OF_A_NUMBER - 1},}}(?!\w)", flat(text.words))
        if spelt:
            words = text.words[spelt.start() : spelt.end()]
            count = len(re.findall(digit, flat(words)))
            what = f"{text.name} spells a phone number of {count} digits"
            mend = "Put the number in line.yaml, and its name in curly brackets here."
            yield warning(script, text.address, what, mend, words.split()[0])
