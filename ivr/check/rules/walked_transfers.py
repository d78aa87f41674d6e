"""Rules on transfers and on danger, proved by walking the line.

Not here: how numbers stand in the script and what the sentences say (static rules).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.check.attempts import OUTCOME_ATTEMPTS, Way
from ivr.check.calls import errors
from ivr.check.judging import begins, has, label, offers_a_key, plain, sentence, spoken_number, to_a_person
from ivr.dialog.choices import Question, command, go
from ivr.dialog.inputs import Dialled, Outcome
from ivr.dialog.transfers import number_at
from ivr.phone.heard import Doing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.calls import Wrong
    from ivr.check.finding import Finding
    from ivr.check.rendered import Stretch
    from ivr.check.walker import Edge, Walk

MOST_WORDS = 12
LEAST_WINDOW = 2


def xfer_03(walk: Walk) -> Iterator[Finding]:
    """A transfer is announced, and every end of it leads to a choice

    Level: must. Kind: walked. Never waived.
    What: Before a telephone rings the line names who is called, in at most 12 words, and leaves 2 seconds or more to
        call it off.  After busy, no answer, failed, cancelled, not joined, a hang-up within seconds and a talk, the
        line speaks and offers choices with their keys.
    Why: A strange voice without a warning makes callers hang up; and who was not put through has got nothing yet.
    Source: ACIxD; videsign; Plum on transfer outcomes; Twilio, DialCallStatus.
    Bad: caller: 5 / line: (calls +19735550100) / caller: (busy) / line: (hangs up)
    Good: caller: 5 / line: Billing. Connecting you now. To stop, press star. / caller: (busy) / line: The line is busy. ...
    """
    mend = "Say the label and one short sentence before the telephone rings."
    yield from errors(walk, _unannounced(walk), "A transfer {found}", mend)
    wrong = (
        (edge, "")
        for spot, edge in walk.given
        if edge.attempt in OUTCOME_ATTEMPTS and not _goes_on(walk, edge.heard, spot.state.language)
    )
    yield from errors(walk, wrong, "After a transfer there is no choice", "Offer to try again, and to go on.")


def _goes_on(walk: Walk, heard: Stretch | None, language: str) -> bool:
    return heard is not None and heard.doing is Doing.LISTENING and offers_a_key(walk.script, language, heard.text)


def _unannounced(walk: Walk) -> Iterator[Wrong]:
    """What rings, other than on a caller's second word about the same call."""
    for spot, edge in walk.given:
        if spot.state.question in (Question.WINDOW, Question.DIALLING) or not walk.rings(edge):
            continue
        (first, stretch), *_ = walk.arrivals(edge)
        name = plain(label(walk.script, first.state.language, go(first.state.node)))
        _, found, after = plain(stretch.text).rpartition(name)
        words = len(f"{found} {after}".split())
        if first.dialled or not stretch.text:
            yield edge, "rings without a word before it"
        elif not found:
            yield edge, "does not say who is called"
        elif words > MOST_WORDS:
            yield edge, f"is announced in {words} words; {MOST_WORDS} are the most"
        elif stretch.window < LEAST_WINDOW:
            yield edge, f"can be called off for {stretch.window} s only; {LEAST_WINDOW} are the least"


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
    helped = _helps_on(walk, number.e164, edge.text, language)
    return helped and not walk.rings(edge) and all(has(edge.text, words) for words in said)


def _helps_on(walk: Walk, dialled: str, text: str, language: str) -> bool:
    number = next((n for n in walk.script.numbers.values() if n.e164 == dialled), None)
    twice = number is not None and text.count(spoken_number(walk.script, language, number)) > 1
    return twice and offers_a_key(walk.script, language, text)
