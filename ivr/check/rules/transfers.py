"""Rules about putting callers through.

Not here: what happens when a call ends (`walked`), how numbers are read (`numbers`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.check.found import error, warning
from ivr.check.texts import SLOT
from ivr.check.wordlists import found, wordlist
from ivr.script.hours import opening_times
from ivr.script.model import NumberNode, Transfer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.finding import Finding
    from ivr.script.model import Script

MOST_WORDS = 12
SHORTEST_RING, LONGEST_RING = 20, 30


def xfer_01(script: Script) -> Iterator[Finding]:
    """A transfer is announced in a few words

    Level: must. Kind: static.
    What: Who is called, and how to stop it, is said in at most 12 words.
    Why: A silent transfer sounds like a lost call; a long one tempts to hang up.
    Source: ACIxD and videsign, "Alert callers to transfers".
    Bad: Please stay on the line while we attempt to connect your call to the billing department.
    Good: Billing. Connecting you now. To stop, press star.
    Held by: tests/dialog/test_promises.py::test_a_transfer_is_announced_and_can_be_called_off
    """
    for tag in script.languages:
        words = script.words[tag]
        said = SLOT.sub("key", str(words.sentences["connecting"][0]))
        for name, node in script.nodes.items():
            if isinstance(node, Transfer) or (isinstance(node, NumberNode) and node.connect):
                count = len(f"{words.nodes[name].label} {said}".split())
                if count > MOST_WORDS:
                    what = f"the transfer to '{name}' is announced in {count} words, and {MOST_WORDS} is the most"
                    yield warning(script, (tag, "nodes", name, "label"), what, "Shorten its label, or 'connecting'.")


def xfer_02() -> None:
    """The number can be written down

    Level: should. Kind: construction.
    What: When a transfer comes to nothing, its number is read out slowly, twice. Zero rings without a number first.
    Why: A call that drops must not cost the caller the way.
    Source: dementiadaze.com.
    Bad: The line is busy. Goodbye.
    Good: The line is busy. I will say the number slowly, two times.
    Held by: tests/dialog/test_promises.py::test_the_number_is_read_twice_when_nobody_answered
    """


def xfer_04(script: Script) -> Iterator[Finding]:
    """Ringing is given up in time

    Level: should. Kind: static.
    What: A transfer rings for 20 to 30 seconds.
    Why: Less, and nobody gets to the telephone; more, and the caller has hung up.
    Source: Twilio (30 s); vendors (15 s and more).
    Bad: ring seconds: 60
    Good: ring seconds: 25
    """
    if not SHORTEST_RING <= script.ring_seconds <= LONGEST_RING:
        what = f"a transfer rings for {script.ring_seconds} seconds, and {SHORTEST_RING} to {LONGEST_RING} is best"
        yield warning(script, ("line", "ring seconds"), what, "Write 25.")


def xfer_05(script: Script) -> Iterator[Finding]:
    """Nobody gets a fax tone unwarned

    Level: must. Kind: static. Never waived.
    What: The fax number is read first; the call is connected only after a question that names the tone was answered yes.
    Why: A fax shrieks into the ear, most of all into one with a hearing aid.
    Source: derived.
    Bad: fax warning: Do you want to be connected?
    Good: fax warning: You will hear a loud tone, and no person. Do you still want to be connected?
    Held by: tests/dialog/test_promises.py::test_nothing_but_yes_dials_the_fax_line
    """
    nodes = script.nodes.values()
    faxes = [n for n in nodes if isinstance(n, NumberNode | Transfer) and script.numbers[n.number].kind == "fax"]
    for node in faxes:
        if isinstance(node, Transfer):
            what = f"'{node.name}' rings a fax at once"
            yield error(script, ("line", "nodes", node.name), what, "Write 'number:' instead of 'transfer:'.")
    for tag in script.languages if faxes else ():
        said = str(script.words[tag].sentences["fax warning"][0])
        if wordlist(tag, "tone") and not found(said, tag, "tone"):
            what = "callers are not told of the tone before a fax is called"
            yield error(script, (tag, "sentences", "fax warning"), what, "Say that they will hear a loud tone.")


def xfer_07(script: Script) -> Iterator[Finding]:
    """Hours are told before a transfer

    Level: should. Kind: static.
    What: Where the hours of a number are known, each language has words for the days and for every time of opening.
        Out of hours the line then says when somebody is there, instead of ringing.
    Why: A telephone that rings at night tells nothing.
    Source: Del. 29 s. 607; NCMIC.
    Bad: 25 seconds of ringing at midnight
    Good: They are closed now. They open tomorrow at half past eight in the morning.
    Held by: tests/dialog/test_closed.py::test_a_closed_number_is_told_before_anything_rings
    """
    for name, number in script.numbers.items():
        times = opening_times(number.hours) if number.hours and number.kind != "fax" else ()
        for tag in script.languages if times else ():
            words = script.words[tag]
            missing = [time for time in times if time not in words.times]
            address = (tag, "times" if words.days else "days")
            if not words.days:
                what = f"{tag} has no words for the days on which '{name}' opens, so callers are not told when"
                yield warning(script, address, what, "Write 'days:' and below it each day, as in the sample.")
            elif missing:
                what = f"'{name}' opens at {missing[0]}, and {tag} has no words for it, so callers are not told when"
                yield warning(script, address, what, f"Write {missing[0]}: below 'times', and how it is said.")


def xfer_08() -> None:
    """The person is not this line again

    Level: must. Kind: construction. Never waived.
    What: A number by which a call came in, also by being passed on, is never dialled.
    Why: Callers would go round in a circle, and never reach anybody.
    Source: W3C COGA.
    Bad: reception forwards to this line, which transfers to reception
    Good: I cannot connect you from here, because that number leads back to this line.
    Held by: tests/dialog/test_promises.py::test_a_number_that_leads_back_to_this_line_is_never_dialled
    """


def xfer_09() -> None:
    """Staff take relay calls

    Level: must. Kind: person.
    What: Whoever answers knows that a relay call begins with an operator, and takes it like any other.
    Why: A relay call that is hung up on is a caller turned away.
    Source: 28 CFR 36.303(d); FCC by Minnesota Relay.
    Bad: hanging up on "you have a relay call"
    Good: waiting until the operator has explained
    Ask: Do all who answer the numbers of the line know what a relay call is, and that they must take it?
    """
