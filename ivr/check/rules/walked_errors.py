"""Rules on trouble, proved by walking the line: silence, what is not understood, keys without a choice, our own faults.

Not here: how long the line waits (`walked_time`), what is understood (`walked_input`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.check.attempts import Way
from ivr.check.calls import errors
from ivr.check.judging import (
    begins,
    has,
    label,
    offers_a_key,
    plain,
    same_place,
    speaking_words,
    to_a_person,
)
from ivr.check.personas import fuzzed, robocall
from ivr.dialog.choices import Kind, Question
from ivr.dialog.inputs import Key
from ivr.phone.heard import Doing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.calls import Wrong
    from ivr.check.finding import Finding
    from ivr.check.walked import Edge, Spot, Walk

MOST_TRIES = 3
TROUBLE = (Way.SILENCE, Way.NOISE, Way.STRAY_KEY)
TOLD_APART = ("INP-03", "INP-04", "INP-06")
"""Faults of a document that rules of their own report."""


def err_01(walk: Walk) -> Iterator[Finding]:
    """Trouble ends with a person

    Level: must. Kind: walked. Never waived.
    What: At the third time in a row that nothing is understood, or nothing is heard, the line calls a person; it
        neither hangs up nor goes on for ever.
    Why: Whoever was not understood twice will not be understood the tenth time.
    Source: W3C COGA; Avaya; Google (three at most).
    Bad: caller: mumble / line: I did not understand. ... Goodbye. (hangs up)
    Good: caller: mumble / line: I will connect you with a person.
    """
    mend = "Let the third try lead to a person."
    yield from errors(walk, _not_rescued(walk), "Trouble does not lead to a person at the third try: {found}", mend)


def _not_rescued(walk: Walk) -> Iterator[Wrong]:
    for spot in _fresh(walk):
        for way in TROUBLE:
            tries = list(walk.chain(spot, way))[:MOST_TRIES]
            said_goodbye = way is Way.SILENCE and spot.state.question == Question.ELSE
            if tries and not said_goodbye and not to_a_person(walk, tries[-1]):
                yield tries[-1], way.value


def _fresh(walk: Walk) -> Iterator[Spot]:
    """The spots that ask something, with no tries counted."""
    for spot in walk.spots:
        if spot.asks and not (spot.tries or spot.state.star or spot.state.led or spot.state.rescued):
            yield spot


def err_03(walk: Walk) -> Iterator[Finding]:
    """Silence is not a misunderstanding

    Level: must. Kind: walked.
    What: The words after silence are others than those after words that were not understood.
    Why: "I did not understand" tells a caller who said nothing that something is wrong with them.
    Source: VoiceXML, noinput and nomatch; Google.
    Bad: silence: [I did not understand.]
    Good: silence: [Take your time.]
    """
    wrong = (
        (silent, "")
        for spot in walk.spots
        if spot.asks and (silent := walk.on(spot, Way.SILENCE)) and (noise := walk.on(spot, Way.NOISE))
        if silent.text and plain(silent.text) == plain(noise.text) and not (walk.rings(silent) or silent.reply.closed)
    )
    yield from errors(
        walk, wrong, "Silence and words not understood get the same answer", "Give silence its own words."
    )


def err_04(walk: Walk) -> Iterator[Finding]:
    """Each try helps more

    Level: must. Kind: walked.
    What: The line never says the same twice in a row of tries, and before a person is called it names a key to press.
    Why: A plain "please repeat" is answered by the same words, which are not understood again.
    Source: W3C COGA; Bohus and Rudnicky 2005.
    Bad: not understood: [Please repeat., Please repeat.]
    Good: not understood: [I did not understand. Please say one of these., Let us try the keys.]
    """
    what = "The line says the same at two tries in a row: {found}"
    yield from errors(walk, _repeated(walk), what, "Say it in other words, with more help, at each try.")
    what = "The last try does not name a key to press"
    yield from errors(
        walk, _no_key_at_last(walk), what, "Let the last sentence be followed by choices with their keys."
    )


def _repeated(walk: Walk) -> Iterator[Wrong]:
    for spot in _fresh(walk):
        for way in TROUBLE:
            tries = list(walk.chain(spot, way))
            texts = [plain(edge.text) for edge in tries]
            again = next((n for n, text in enumerate(texts) if text in texts[:n]), 0)
            if again and texts[again]:
                yield tries[again], f'"{tries[again].text[:60]}"'


def _no_key_at_last(walk: Walk) -> Iterator[Wrong]:
    for spot in _fresh(walk):
        tries = [edge for edge in walk.chain(spot, Way.NOISE) if not walk.rings(edge)]
        if tries and not offers_a_key(walk.script, spot.state.language, tries[-1].text):
            yield tries[-1], ""


def err_05(walk: Walk) -> Iterator[Finding]:
    """The other way is offered

    Level: must. Kind: walked.
    What: After two tries by voice the keys are named; after two keys without a choice the line says that one may speak.
    Why: What did not work twice may not work for this caller at all.
    Source: W3C COGA; NAUR 13c.
    Bad: key without a choice: [That key has no choice., Please press another key.]
    Good: key without a choice: [Key six has no choice here., You can also say what you want.]
    """
    mend = "Let the second sentence offer the keys after words, and words after keys."
    yield from errors(walk, _one_way_only(walk), "The second try does not offer {found}", mend)


def _one_way_only(walk: Walk) -> Iterator[Wrong]:
    for spot in _fresh(walk):
        spoken = list(walk.chain(spot, Way.NOISE))[:2]
        if len(spoken) > 1 and not offers_a_key(walk.script, spot.state.language, spoken[1].text):
            yield spoken[1], "the keys"
        pressed = list(walk.chain(spot, Way.STRAY_KEY))[:2]
        speaking = speaking_words(spot.state.language)
        if len(pressed) > 1 and speaking and not any(has(pressed[1].text, word) for word in speaking):
            yield pressed[1], "to say it"


def err_07(walk: Walk) -> Iterator[Finding]:
    """The caller hears what was chosen

    Level: must. Kind: walked.
    What: The first words after a choice are its name.
    Why: Who pressed the wrong key learns it at once, and who pressed the right one knows that it was heard.
    Source: W3C COGA, "know if my response was okay"; NAUR 13b.
    Bad: caller: 4 / line: I will say the number slowly.
    Good: caller: 4 / line: Fax number. I will say the number slowly.
    """
    wrong = (
        (edge, f'"{label(walk.script, spot.state.language, edge.attempt.means)}"')
        for spot, edge in walk.given
        if edge.attempt.means is not None and edge.attempt.means.kind is Kind.GO
        if edge.attempt.way in (Way.KEY, Way.NAME, Way.PLACE) and edge.state is not None
        if edge.state.node == edge.attempt.means.name and edge.state.question != Question.CONFIRM
        if not begins(edge.text, label(walk.script, spot.state.language, edge.attempt.means))
    )
    yield from errors(walk, wrong, "The answer to a choice does not begin with {found}", "Begin with the label.")


def err_09(walk: Walk) -> Iterator[Finding]:
    """Back is one step

    Level: must. Kind: walked.
    What: Back from a place leads to where the caller came from, and twice the star to the main menu.
    Why: To start over after each wrong turn costs more than most callers have.
    Source: W3C COGA; WCAG 3.3.7.
    Bad: caller: 1 / line: What it is. / caller: * / line: Main menu.
    Good: caller: 1 / line: What it is. / caller: * / line: Active release technique.
    """
    yield from errors(walk, _astray(walk), "Back leads to {found}", "Let back lead one step back.")


def _astray(walk: Walk) -> Iterator[Wrong]:
    for spot, edge in walk.given:
        if spot.state.star and edge.attempt.given == Key("*"):
            if edge.state is None or edge.state.node != walk.script.start:
                yield edge, "another place than the main menu, at the second star"
            continue
        means, now = edge.attempt.means, edge.state
        if means is None or now is None or now.node == spot.state.node or means.kind is Kind.COMMAND:
            continue
        passed = now.node in spot.state.way
        landed = edge.returns or _back_from(walk, edge)
        if not passed and landed and landed not in (spot.state.node, now.node) and spot.state.question == Question.NONE:
            yield edge, f'"{landed}" and not to "{spot.state.node}"'


def _back_from(walk: Walk, edge: Edge) -> str:
    end = walk.end(edge)
    back = next((e for e in walk.out[end.number] if e.attempt.given == Key("*")), None) if end else None
    return back.state.node if back and back.state else ""


def err_11(walk: Walk) -> Iterator[Finding]:
    """Nothing happens by accident

    Level: must. Kind: walked. Never waived.
    What: Keys without a choice, unknown words, the line's own words, a screen reader's words and a doubled key leave
        the caller where they were, and ring no telephone before the third try.
    Why: Tremor, echoes and noise are not choices.
    Source: from WCAG 3.2.2 and NAUR 13b.
    Bad: caller: four five six button / line: Billing. Connecting you now.
    Good: caller: four five six button / line: I did not understand. ...
    """
    what = "Something that is no choice has an effect: {found}"
    mend = "Let only what is offered, and what works everywhere, do anything."
    yield from errors(walk, _accidents(walk), what, mend)


def _accidents(walk: Walk) -> Iterator[Wrong]:
    strays = (Way.STRAY_KEY, Way.NOISE, Way.ECHO, Way.SCREEN_READER)
    for spot, edge in walk.given:
        state, now = spot.state, edge.state
        if now is None or not (spot.asks or state.question in (Question.CUE, Question.WINDOW)):
            continue
        if edge.attempt.way in strays and state.misses < MOST_TRIES - 1:
            stays, rings = same_place(state, now), walk.rings(edge)  # a stray key may also call a transfer off
            held = stays or not rings if state.question == Question.WINDOW else stays and not rings
            if not held:
                yield edge, edge.attempt.way.value
        if state.led and edge.attempt.given == Key(state.led) and walk.rings(edge):
            yield edge, "a doubled key"
        if edge.attempt.way is Way.SPOKEN_KEY and walk.rings(edge) and state.question == Question.NONE:
            yield edge, "a key said aloud calls somebody unasked"


def err_12(walk: Walk) -> Iterator[Finding]:
    """The line never fails

    Level: must. Kind: walked. Never waived.
    What: Each answer is a document that Twilio takes, and the program gives one to whatever a caller may do.
    Why: A document that Twilio refuses is heard as "an application error has occurred", and the call is over.
    Source: W3C COGA, no loops and human help; Twilio's error codes.
    Bad: a text of more than 3,000 characters in one breath
    Good: the same text in parts
    """
    faults = [(e, e.reply.fault) for e in (*walk.edges, *(e for e, _ in walk.paced)) if e.reply.fault]
    wrong = [(edge, fault) for edge, fault in faults if not any(name in fault for name in TOLD_APART)]
    mend = "Shorten what is said there, or tell whoever looks after the program."
    yield from errors(walk, wrong, "The answer to a caller cannot be sent: {found}", mend)
    fuzz = ((walk.opening, fault) for fault in fuzzed(walk).faults)
    yield from errors(walk, fuzz, "A call of any keys and words goes wrong: {found}", mend)


def err_13(walk: Walk) -> Iterator[Finding]:
    """No going round in circles

    Level: must. Kind: walked. Never waived.
    What: However silence, noise and stray keys alternate, the caller comes to a person within nine of them.
    Why: Hearing the same again and again without a way out is what callers hate most.
    Source: W3C COGA, "frustrating loops".
    Bad: caller: (silence) / line: Main menu. ... / caller: (silence) / line: Main menu. ...
    Good: not understood: [...], followed by "For a person, press zero."
    """
    what = "Trouble without end: the line comes back to where it was"
    yield from errors(walk, _circles(walk), what, "Count tries until something is understood.")
    nobody = robocall(walk)
    over = nobody[-1].heard is not None and nobody[-1].heard.doing is Doing.ENDED
    if not over or not any(edge.text for edge in nobody[-2:]):
        what = "A call on which nobody ever speaks, and whose transfer fails, does not end with a word"
        yield from errors(walk, [(nobody[-1], "")], what, "End it after the second round of silence.")


def _circles(walk: Walk) -> Iterator[Wrong]:
    """A caller whom nothing but trouble befalls: the spots that this can come back to, by depth-first search."""
    done: set[int] = set()
    for spot in walk.spots:
        if not spot.asks or spot.number in done:
            continue
        on_the_way: dict[int, Iterator[Edge]] = {spot.number: iter(walk.out[spot.number])}
        while on_the_way:
            number = next(reversed(on_the_way))
            edge = next((e for e in on_the_way[number] if e.attempt.way in TROUBLE and e.text), None)
            end = walk.end(edge) if edge else None
            if edge is None:
                done.add(number)
                del on_the_way[number]
            elif end is not None and end.number in on_the_way:
                yield edge, ""
            elif end is not None and end.asks and end.number not in done and not walk.rings(edge):
                on_the_way[end.number] = iter(walk.out[end.number])
