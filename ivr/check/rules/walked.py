"""Rules on the ways through the line, proved by walking it: a person, help, again, back, the other language.

Not here: time (`walked_time`), trouble (`walked_errors`), keys and words (`walked_input`), transfers and numbers
(`walked_numbers`); the walk itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.check.attempts import OUTCOME_ATTEMPTS, Way
from ivr.check.calls import errors, warnings
from ivr.check.judging import has, label, offers_a_key, offers_a_person, same_place, spoken_number, to_a_person
from ivr.dialog.choices import Question, choices, command
from ivr.dialog.inputs import Key, Outcome
from ivr.phone.heard import Doing
from ivr.script.model import Menu

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.calls import Wrong
    from ivr.check.finding import Finding
    from ivr.check.walker import Edge, Walk
    from ivr.dialog.state import State

HELP, AGAIN, PERSON, LANGUAGE = command("help"), command("again"), command("person"), command("language")


def menu_11(walk: Walk) -> Iterator[Finding]:
    """No dead ends

    Level: must. Kind: walked. Never waived.
    What: After whatever a caller does, the line waits for them again or puts them through; it ends a call only after
        a goodbye, or after silence to which a person was offered before. Each place says a way on.
    Why: A caller who lands where nothing can be done has to hang up and begin again.
    Source: W3C COGA, "easily go back"; Twilio's phone menu guide.
    Bad: caller: 1 / line: What it is. ... (hangs up)
    Good: caller: 1 / line: What it is. ... To go back, press star. For a person, press zero.
    """
    yield from errors(walk, _hung_up(walk), "The line hangs up on a caller", "Let it go on with a choice.")
    what = "The line waits without having said a key that leads on"
    yield from errors(walk, _wordless(walk), what, "Let the place end with its choices, or with the keys to go back.")


def _hung_up(walk: Walk) -> Iterator[Wrong]:
    for spot, edge in walk.given:
        if edge.heard and edge.heard.doing is Doing.ENDED:
            asked = edge.attempt.means == command("goodbye") or spot.state.question == Question.GOODBYE
            left = edge.attempt.way is Way.SILENCE and (spot.state.rescued or spot.state.question == Question.ELSE)
            unanswered = spot.doing is Doing.RINGING and walk.path(edge)[0] is edge
            if not (asked or left or unanswered):
                yield edge, ""


def _wordless(walk: Walk) -> Iterator[Wrong]:
    for edge in walk.edges:
        for spot, stretch in walk.arrivals(edge):
            rests = spot.state.question == Question.NONE and not spot.tries
            moved = edge.start < 0 or not same_place(walk.start(edge), spot.state)
            if rests and moved and spot.asks and not offers_a_key(walk.script, spot.state.language, stretch.text):
                yield edge, ""


def menu_12(walk: Walk) -> Iterator[Finding]:
    """A person in one step

    Level: must. Kind: walked. Never waived.
    What: In every situation, the key 0 and the word for a person lead to a ringing telephone, with nothing to enter
        in between.
    Why: Who cannot use a menu needs a person, and cannot use a menu to get one either.
    Source: W3C COGA, "Ensure Human Backup".
    Bad: caller: 0 / line: For billing, press one. For the office, press two.
    Good: caller: 0 / line: Our front desk. Connecting you now.
    """
    found = [
        spot for spot, _ in walk.given if spot.doing is Doing.LISTENING and not (spot.state.led or spot.state.star)
    ]
    tried = {edge.start for _, edge in walk.given if edge.attempt.means == PERSON and to_a_person(walk, edge)}
    lost = ((walk.out[spot.number][0], "") for spot in dict.fromkeys(found) if spot.number not in tried)
    what = "Neither a key nor a word leads to a person from here"
    yield from errors(walk, lost, what, "Let key 0 and the phrases of the person command work here.")


def uni_01(walk: Walk) -> Iterator[Finding]:
    """Zero is a person

    Level: must. Kind: walked. Never waived.
    What: The key 0 leads to a person at every place, in the middle of a prompt, in trouble, and from every question.
    Why: It is the one key that callers know before they call.
    Source: W3C COGA; IBM; ACIxD, active at every prompt in the US.
    Bad: caller: 0 / line: Key zero has no choice here.
    Good: caller: 0 / line: Our front desk. Connecting you now.
    """
    wrong = ((e, "") for _, e in walk.given if e.attempt.given == Key("0") and not to_a_person(walk, e))
    yield from errors(walk, wrong, "Key 0 does not lead to a person", "Keep key 0 for the person of the line.")


def uni_02(walk: Walk) -> Iterator[Finding]:
    """A word is a person, too

    Level: must. Kind: walked. Never waived.
    What: Every phrase of the person command leads to a person, from every place.
    Why: A caller who cannot press keys has only words.
    Source: W3C COGA, "known word"; NAUR 18.
    Bad: caller: representative / line: I did not understand.
    Good: caller: representative / line: Our front desk. Connecting you now.
    """
    said = (e for _, e in walk.given if e.attempt.way is Way.COMMAND and e.attempt.means == PERSON)
    wrong = ((edge, "") for edge in said if not to_a_person(walk, edge))
    what = "A word for a person does not lead to one"
    yield from errors(walk, wrong, what, "Give that phrase to the person command, and to nothing else.")


def uni_03(walk: Walk) -> Iterator[Finding]:
    """Help that fits the place

    Level: must. Kind: walked.
    What: Help says where the caller is, names every choice of that place, and offers a person.
    Why: General help does not tell a caller who is lost what can be done here.
    Source: NAUR 16, 17; WCAG 3.3.5.
    Bad: caller: help / line: Please listen to the menu.
    Good: caller: help / line: You are at Main menu. For a person, press zero. You can say one of these. ...
    """
    yield from errors(walk, _poor_help(walk), "Help does not say: {found}", "Let help name the place and its choices.")


def _poor_help(walk: Walk) -> Iterator[Wrong]:
    script = walk.script
    for spot, edge in walk.given:
        if edge.attempt.means != HELP or edge.state is None or not spot.asks or edge.attempt.way is Way.SPOKEN_KEY:
            continue
        language, state = edge.state.language, spot.state.at_rest()
        names = [script.words[language].nodes[state.node].label]
        if isinstance(script.nodes[state.node], Menu):
            names += [label(script, language, choice.action) for choice in choices(script, state)]
        missing = [name for name in names if not has(edge.text, name)]
        if not offers_a_person(script, edge.text):
            missing.append("a person")
        if missing:
            yield edge, ", ".join(missing)


def uni_04(walk: Walk) -> Iterator[Finding]:
    """Again means the content

    Level: must. Kind: walked.
    What: "Again" after a silence or a misunderstanding reads what "again" reads without one: the prompt of the place,
        and not the apology.
    Why: Who asks to hear it again has missed the content.
    Source: NAUR 19a; Microsoft's sample of global commands.
    Bad: caller: # / line: I did not understand.
    Good: caller: # / line: Main menu. Five choices. ...
    """
    content = {
        _where(spot.state): edge.text
        for spot, edge in walk.given
        if edge.attempt.given == Key("#") and spot.asks and not spot.tries
    }
    wrong = (
        (edge, "")
        for spot, edge in walk.given
        if edge.attempt.given == Key("#") and spot.asks and spot.tries
        if edge.text != content.get(_where(spot.state), edge.text)
    )
    what = '"Again" after an error does not read the content again'
    yield from errors(walk, wrong, what, "Let it read the prompt of the place.")


def _where(state: object) -> tuple[object, ...]:
    names = ("language", "node", "position", "item", "answer", "question", "about")
    return tuple(getattr(state, name) for name in names)


def uni_08(walk: Walk) -> Iterator[Finding]:
    """Zero counts even when nobody is there

    Level: must. Kind: walked. Never waived.
    What: When nobody answers a transfer, the line says so, reads the number twice, and offers what to do next.
    Why: At night a caller still needs to know whom to call, and when.
    Source: ACIxD, acknowledge even if no transfer; 29 Del. C. 607.
    Bad: line: (calls +19735550100) / caller: (no answer) / line: (hangs up)
    Good: caller: (no answer) / line: Nobody answered. ... The number is ... Three choices. ...
    """
    wrong = (
        (edge, "")
        for spot, edge in walk.given
        if edge.attempt in OUTCOME_ATTEMPTS
        and getattr(edge.attempt.given, "outcome", None) is Outcome.NO_ANSWER
        and not _helps_on(walk, spot.dialled, edge.text, spot.state.language)
    )
    what = "When nobody answers, the number is not read twice with a choice after it"
    yield from errors(walk, wrong, what, "Read the number and offer to try again or to go on.")


def _helps_on(walk: Walk, dialled: str, text: str, language: str) -> bool:
    number = next((n for n in walk.script.numbers.values() if n.e164 == dialled), None)
    twice = number is not None and text.count(spoken_number(walk.script, language, number)) > 1
    return twice and offers_a_key(walk.script, language, text)


def lep_05(walk: Walk) -> Iterator[Finding]:
    """Another language at any time, at the same place

    Level: should. Kind: walked.
    What: Key 8 and the words for it change the language at every place; the caller stays where they were, and voice
        and recogniser follow.
    Why: Some callers learn only in the middle of a call that the other language is there.
    Source: our own, from 45 CFR 92.101.
    Bad: caller: 8 / line: Menú principal. (the caller was at the fax number)
    Good: caller: 8 / line: Español. Número de fax.
    """
    wrong = (
        (edge, "")
        for spot, edge in walk.given
        if edge.attempt.given == Key("8") and spot.asks and not _stayed(walk, edge, spot.state)
    )
    what = "Key 8 does not lead to the same place in the other language"
    yield from warnings(walk, wrong, what, "Let the language change, and nothing else.")


def _stayed(walk: Walk, edge: Edge, before: State) -> bool:
    now, wanted = edge.state, walk.script.next_language(before.language)
    if now is None or edge.heard is None:
        return False
    heard = now.language == edge.heard.language == wanted
    return heard and (now.node, now.position, now.item) == (before.node, before.position, before.item)
