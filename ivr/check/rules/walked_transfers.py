"""Rules on transfers and on danger, proved by walking the line.

Not here: how numbers stand in the script and what the sentences say (static rules).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.check.attempts import OUTCOME_ATTEMPTS, Way
from ivr.check.calls import errors, warnings
from ivr.check.judging import begins, has, label, offers_a_key, plain, sentence, spoken_number, to_a_person
from ivr.dialog.choices import Question, command, go
from ivr.dialog.inputs import Dialled, Key, Outcome
from ivr.dialog.transfers import number_at
from ivr.phone.heard import Doing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.calls import Wrong
    from ivr.check.finding import Finding
    from ivr.check.rendered import Stretch
    from ivr.check.walked import Edge, Spot, Walk

MOST_WORDS = 12
LEAST_WINDOW = 2


def xfer_01_walked(walk: Walk) -> Iterator[Finding]:
    """Before any telephone rings, the line names who is called, in at most 12 words."""
    mend = "Say the label and one short sentence before the telephone rings."
    yield from errors(walk, _unannounced(walk), "A transfer {found}", mend)


def _unannounced(walk: Walk) -> Iterator[Wrong]:
    for edge, (spot, stretch) in _transfers(walk):
        name = plain(label(walk.script, spot.state.language, go(spot.state.node)))
        _, found, after = plain(stretch.text).rpartition(name)
        words = len(f"{found} {after}".split())
        if spot.dialled or not stretch.text:
            yield edge, "rings without a word before it"
        elif not found:
            yield edge, "does not say who is called"
        elif words > MOST_WORDS:
            yield edge, f"is announced in {words} words; {MOST_WORDS} are the most"


def _transfers(walk: Walk) -> Iterator[tuple[Edge, tuple[Spot, Stretch]]]:
    """What rings, with what is heard first, other than on a caller's second word about the same call."""
    for spot, edge in walk.given:
        if spot.state.question not in (Question.WINDOW, Question.DIALLING) and walk.rings(edge):
            yield edge, walk.arrivals(edge)[0]


def err_08(walk: Walk) -> Iterator[Finding]:
    """A transfer can be called off

    Level: should. Kind: walked.
    What: Before a telephone rings there are 2 seconds or more, 3 on this line, in which star calls it off.
    Why: A wrong key is only heard to be wrong once its name is said.
    Source: W3C NAUR 19b and 25.
    Bad: the telephone rings with the first word
    Good: Billing. Connecting you now. To stop, press star.
    Held by: tests/dialog/test_promises.py::test_a_transfer_is_announced_and_can_be_called_off
    """
    hasty = (
        (edge, f"for {stretch.window} seconds only; {LEAST_WINDOW} are the least")
        for edge, (spot, stretch) in _transfers(walk)
        if not spot.dialled and stretch.window < LEAST_WINDOW
    )
    mend = "Leave a moment after the announcement, in which star goes back."
    yield from warnings(walk, hasty, "A transfer can be called off {found}", mend)
    ringing = (
        (edge, "by star")
        for spot, edge in walk.given
        if spot.state.question == Question.WINDOW and edge.attempt.given == Key("*") and walk.rings(edge)
    )
    yield from warnings(walk, ringing, "A transfer cannot be called off {found}", mend)


def xfer_03(walk: Walk) -> Iterator[Finding]:
    """Every end of a transfer leads to a choice

    Level: must. Kind: walked. Never waived.
    What: After busy, no answer, failed, cancelled, not joined, a hang-up within seconds and a talk, the line speaks
        and offers choices with their keys.
    Why: Who was not put through has got nothing yet.
    Source: Plum on transfer outcomes; Twilio, DialCallStatus.
    Bad: caller: 5 / line: (calls +19735550100) / caller: (busy) / line: (hangs up)
    Good: caller: (busy) / line: The line is busy. ... Three choices. Try the call again ... press one. ...
    """
    wrong = (
        (edge, "")
        for spot, edge in walk.given
        if edge.attempt in OUTCOME_ATTEMPTS and not _goes_on(walk, edge.heard, spot.state.language)
    )
    yield from errors(walk, wrong, "After a transfer there is no choice", "Offer to try again, and to go on.")


def _goes_on(walk: Walk, heard: Stretch | None, language: str) -> bool:
    return heard is not None and heard.doing is Doing.LISTENING and offers_a_key(walk.script, language, heard.text)


def xfer_05_walked(walk: Walk) -> Iterator[Finding]:
    """A fax line rings only after a yes to the question that names its tone; nothing else dials it."""
    what = "A fax line is called without a yes"
    yield from errors(walk, _unasked_fax(walk), what, "Name the tone, and ask, before a fax line is called.")


def _unasked_fax(walk: Walk) -> Iterator[Wrong]:
    faxes = {number.e164 for number in walk.script.numbers.values() if number.kind == "fax"}
    for spot, edge in walk.given:
        state, means = spot.state, edge.attempt.means
        if walk.rings(edge) not in faxes or state.question in (Question.WINDOW, Question.DIALLING):
            continue
        agreed = state.question == Question.FAX and means == command("yes")
        again = state.question == Question.AFTER or "command.try again" in state.about
        if not agreed and not (again and means in (command("try again"), command("yes"))):
            yield edge, ""


def uni_02(walk: Walk) -> Iterator[Finding]:
    """A word is enough, for a person and in danger

    Level: must. Kind: walked. Never waived.
    What: Every phrase of the person command leads to a person, from every place.  Words of an emergency bring the
        emergency sentence at once, from every place, and ring no telephone.
    Why: A caller who cannot press keys has only words, and one in danger has no time.
    Source: W3C COGA, "known word"; NAUR 18; uncommonclarity.
    Bad: caller: representative / line: I did not understand.
    Good: caller: representative / line: Our front desk. Connecting you now.
    """
    said = (e for _, e in walk.given if e.attempt.way is Way.COMMAND and e.attempt.means == command("person"))
    wrong = ((edge, "") for edge in said if not to_a_person(walk, edge))
    what = "A word for a person does not lead to one"
    yield from errors(walk, wrong, what, "Give that phrase to the person command, and to nothing else.")
    missed = ((edge, "") for _, edge in walk.given if _misses_danger(walk, edge))
    what = "Words of an emergency do not bring the sentence at once"
    yield from errors(walk, missed, what, "Keep these phrases for the emergency.")


def _misses_danger(walk: Walk, edge: Edge) -> bool:
    urgent = edge.attempt.way in (Way.EMERGENCY, Way.CRISIS)
    sentence = str(walk.script.words[walk.start(edge).language].emergency.say)
    return urgent and (bool(walk.rings(edge)) or not begins(edge.text, sentence))


def uni_08(walk: Walk) -> Iterator[Finding]:
    """Zero counts even when nobody is there

    Level: must. Kind: walked. Never waived.
    What: When nobody answers a transfer, or the number is closed at this hour, the line says so, reads the number twice,
        and offers what to do next.  Out of hours it says so before anything rings, with the words for an emergency.
    Why: At night a caller still needs to know whom to call, and when.
    Source: ACIxD, acknowledge even if no transfer; 29 Del. C. 607.
    Bad: line: (calls +19735550100) / caller: (no answer) / line: (hangs up)
    Good: caller: (no answer) / line: Nobody answered. ... The number is ... Three choices. ...
    """
    wrong = (
        (edge, "")
        for spot, edge in walk.given
        if isinstance(edge.attempt.given, Dialled) and edge.attempt.given.outcome is Outcome.NO_ANSWER
        if not _helps_on(walk, spot.dialled, edge.text, spot.state.language)
    )
    what = "When nobody answers, the number is not read twice with a choice after it"
    yield from errors(walk, wrong, what, "Read the number and offer to try again or to go on.")
    closed = ((edge, "") for _, edge in walk.given if not _tells_of_closing(walk, edge))
    what = "A number that is closed is not told with when to call, in an emergency and else"
    yield from errors(walk, closed, what, "Say that it is closed, the emergency words, the number, and offer the call.")


def _tells_of_closing(walk: Walk, edge: Edge) -> bool:
    """Whether a caller who has found a number closed was told all about it."""
    if not edge.reply.closed or edge.state is None:
        return True
    language, number = edge.state.language, number_at(walk.script, edge.state.node)
    said = (sentence(walk.script, language, name) for name in ("closed", "emergency help"))
    told = " ".join(stretch.text for _, stretch in walk.arrivals(edge))
    helped = _helps_on(walk, number.e164, told, language)
    return helped and not walk.rings(edge) and all(has(told, words) for words in said)


def _helps_on(walk: Walk, dialled: str, text: str, language: str) -> bool:
    number = next((n for n in walk.script.numbers.values() if n.e164 == dialled), None)
    twice = number is not None and text.count(spoken_number(walk.script, language, number)) > 1
    return twice and offers_a_key(walk.script, language, text)
