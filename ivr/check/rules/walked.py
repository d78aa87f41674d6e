"""Rules on the ways through the line, proved by walking it: a person, help, again, back.

Not here: time (`walked_time`), trouble (`walked_errors`), keys and words (`walked_input`), languages
(`walked_languages`), transfers (`walked_transfers`); the walk itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.check.attempts import Way
from ivr.check.calls import errors, warnings
from ivr.check.judging import begins, has, label, offers_a_key, offers_a_person, same_place, to_a_person
from ivr.dialog.choices import Question, choices, command
from ivr.dialog.inputs import Key
from ivr.phone.heard import Doing
from ivr.script.model import Menu

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.calls import Wrong
    from ivr.check.finding import Finding
    from ivr.check.walked import Walk

BACK, HELP, MAIN_MENU, PERSON = map(command, ("back", "help", "main menu", "person"))


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


def menu_09_walked(walk: Walk) -> Iterator[Finding]:
    """Who goes back, or to the main menu, hears first where that has led; who calls off a transfer hears that first."""
    wrong = (
        (edge, f'"{walk.script.words[edge.state.language].nodes[edge.state.node].label}"')
        for spot, edge in walk.given
        if edge.attempt.means in (BACK, MAIN_MENU) and edge.state and edge.state.node != spot.state.node
        if spot.state.question != Question.WINDOW
        if not begins(edge.text, walk.script.words[edge.state.language].nodes[edge.state.node].label)
    )
    yield from errors(walk, wrong, "Back leads somewhere without saying {found} first", "Begin with the label.")


def menu_13_walked(walk: Walk) -> Iterator[Finding]:
    """After each misunderstanding a person is offered."""
    wrong = (
        (edge, "")
        for _, edge in walk.given
        if edge.attempt.way in (Way.NOISE, Way.STRAY_KEY) and edge.state and edge.state.misses
        if not offers_a_person(walk.script, edge.text)
    )
    mend = "Let the answer end with the offer of a person."
    yield from warnings(walk, wrong, "After a misunderstanding no person is offered", mend)
