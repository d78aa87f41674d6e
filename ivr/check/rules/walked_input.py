"""Rules on keys and words, proved by walking the line: what is offered is accepted, and either way alone is enough.

Not here: which phrases there are and how they sound (`speech`), what happens to what is not understood
(`walked_errors`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.check.attempts import Way, phrases_of
from ivr.check.calls import errors
from ivr.check.judging import attribute
from ivr.check.personas import play_by
from ivr.dialog.choices import Kind, Question, command, go
from ivr.dialog.inputs import Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.calls import Wrong
    from ivr.check.finding import Finding
    from ivr.check.walked import Edge, Walk
    from ivr.dialog.choices import Action

SLOWEST_SPEECH = 2.5
"""Seconds of silence inside a sentence of somebody who speaks with effort, or by a device."""


def inp_01(walk: Walk) -> Iterator[Finding]:
    """Keys are enough

    Level: must. Kind: walked. Never waived.
    What: By keys alone a caller gets to every place, part, name and number, in every language; each offered key works.
    Why: Some callers cannot speak, and some are where nobody may hear them.
    Source: 36 CFR 1193.41(h); W3C WAI on VoiceXML.
    Bad: a place that is only reached by its name
    Good: a place that an option of a menu leads to
    """
    yield from _unreached(walk, "keypad-only", "By keys alone nobody can get to {found}", "Put it into a menu.")
    wrong = ((e, "") for e in _offered(walk, Way.KEY) if not _taken(walk, e))
    what = "A key that is offered is not accepted"
    yield from errors(walk, wrong, what, "Let each offered key do what is said of it.")


def spch_01(walk: Walk) -> Iterator[Finding]:
    """Nothing needs a voice

    Level: must. Kind: walked. Never waived.
    What: Whatever can be said everywhere can be pressed, too, if need be by way of the help; see INP-01 for places.
    Why: Many callers cannot speak, or not now, or not so that a machine understands.
    Source: 36 CFR 1193.41(h); EN 301 549 6.4.
    Bad: To hear it more slowly, say slower.
    Good: caller: 9 / line: Help and settings. ... Slower ... press one.
    Held by: tests/check/test_construction.py::test_every_place_is_reached_by_keys_alone
    """
    what = "By keys alone a caller cannot have {found} here"
    yield from errors(walk, _only_said(walk), what, "Give it a key of its own, or one in the help.")


def inp_02(walk: Walk) -> Iterator[Finding]:
    """Words are enough

    Level: must. Kind: walked. Never waived.
    What: By voice alone a caller gets to everything, and each phrase of a choice or a place leads to it.
    Why: Some callers cannot reach or feel keys.
    Source: 36 CFR 1193.41(e)(f); NAUR 3.
    Bad: a place whose phrases are taken for another
    Good: a place that is reached by each of its phrases
    """
    yield from _unreached(walk, "speech-only", "By voice alone nobody can get to {found}", "Give it phrases.")
    phrases = (e for e in _offered(walk, Way.NAME, Way.PLACE) if not _is_label(walk, e))
    wrong = ((e, _words(e)) for e in phrases if not _taken(walk, e))
    what = "The words {found} do not lead to what they name"
    yield from errors(walk, wrong, what, "Give these words to one thing only, in this language.")


def opt_06_walked(walk: Walk) -> Iterator[Finding]:
    """The very words that are heard as a choice are accepted for it, wherever it is offered or asked for by name."""
    labels = (e for e in _offered(walk, Way.NAME, Way.PLACE) if _is_label(walk, e))
    wrong = ((e, _words(e)) for e in labels if not _taken(walk, e))
    what = "The line says {found}, and does not understand these very words"
    yield from errors(walk, wrong, what, "Give these words to one thing only, in this language.")


def asr_08_walked(walk: Walk) -> Iterator[Finding]:
    """A choice is understood with fillers and a doubled word; in the middle of other words it is understood or asked
    about. Only a yes stands alone.
    """
    mannered = ((e, _words(e)) for e in _offered(walk, Way.POLITE, Way.INSIDE) if not (_taken(walk, e) or _is_a_yes(e)))
    what = "A choice is not understood as people say it: {found}"
    yield from errors(walk, mannered, what, "Add the filler words to the words file, or phrases that differ more.")


def spch_02(walk: Walk) -> Iterator[Finding]:
    """Slow and synthetic voices are heard out

    Level: must. Kind: walked. Never waived.
    What: A pause of 2.5 seconds does not end what a caller says, at any place; no voice is told apart from another.
    Why: Speech devices pause between words, and speak with a voice of their own.
    Source: W3C COGA on AAC and speech-to-speech.
    Bad: an utterance is cut after the first word
    Good: 3 seconds of silence end an utterance
    Held by: tests/channels/test_twiml.py::test_each_verb_is_spelt_exactly
    """
    yield from errors(walk, _cut_short(walk), "Speech is cut off after {found} seconds of pause", "Wait 3 seconds.")


def inp_03(walk: Walk) -> Iterator[Finding]:
    """Keys and words in turns

    Level: must. Kind: walked. Never waived.
    What: Each listening window takes keys and words alike, and a caller who changes with every answer gets everywhere.
    Why: Nobody should have to go on as they began.
    Source: NAUR 5, 13c; WCAG 2.5.6.
    Bad: a window for keys only
    Good: a window for keys and words
    """
    yield from _unreached(walk, "mixer", "Keys and words in turns do not lead to {found}", "Offer both everywhere.")
    yield from _faulty(walk, "INP-03", "A listening window does not take keys and words: {found}")


def inp_04(walk: Walk) -> Iterator[Finding]:
    """One key, and that is all

    Level: must. Kind: walked.
    What: Every window takes the first key at once, without another key after it.
    Why: A key that has to be followed by "pound" is pressed in vain by most.
    Source: our own, from IBM and Kortum.
    Bad: For billing press five, then pound.
    Good: Billing, press five.
    """
    yield from _faulty(walk, "INP-04", "A listening window wants more than one key: {found}")


def inp_06(walk: Walk) -> Iterator[Finding]:
    """The pound key arrives

    Level: must. Kind: walked.
    What: Pound is no sign of an end for any window, so that it can mean "again".
    Why: Twilio swallows a lone pound key, and the caller's wish with it.
    Source: Twilio, Gather, finishOnKey.
    Bad: a window with Twilio's default
    Good: a window whose finishing key is empty
    """
    yield from _faulty(walk, "INP-06", "The pound key does not arrive: {found}")


def inp_09(walk: Walk) -> Iterator[Finding]:
    """A key may be said

    Level: must. Kind: walked.
    What: Wherever a key does something, its name does the same, in every listed way of saying it, with or without
        "press" before it; only a transfer is asked about first.
    Why: Callers hear "press two" and say "two", and recognisers write "to" and "too".
    Source: our own, from NAUR 18a.
    Bad: caller: two / line: I did not understand.
    Good: caller: two / line: Who it is for.
    """
    wrong = ((e, _words(e)) for e in _offered(walk, Way.SPOKEN_KEY) if not _taken(walk, e))
    what = "The key that is offered cannot be said as {found}"
    yield from errors(walk, wrong, what, "Add these words to that key in the words file, and to nothing else.")


def _only_said(walk: Walk) -> Iterator[Wrong]:
    everywhere = ("person", "again", "back", "help", "slower", "faster", "louder", "wait", "main menu", "goodbye")
    wanted = {*map(command, everywhere)} | ({command("language")} if len(walk.script.languages) > 1 else set())
    for spot in walk.spots:
        if spot.asks and spot.state.question == Question.NONE and not (spot.tries or spot.state.star or spot.state.led):
            here = {e.attempt.means for e in walk.out[spot.number] if e.attempt.way is Way.KEY}
            helped = next((walk.end(e) for e in walk.out[spot.number] if e.attempt.means == command("help")), None)
            helped_by = walk.out[helped.number] if helped else ()
            here |= {e.attempt.means for e in helped_by if e.attempt.way is Way.KEY}
            if missing := sorted(action.name for action in wanted - here):
                yield walk.out[spot.number][0], ", ".join(missing)


def _cut_short(walk: Walk) -> Iterator[Wrong]:
    seen: set[str] = set()
    for edge in walk.edges:
        for stretch in edge.reply.stretches:
            if stretch.document not in seen:
                seen.add(stretch.document)
                ends = [
                    end
                    for end in attribute(stretch.document, "speechTimeout")
                    if end == "auto" or float(end) < SLOWEST_SPEECH
                ]
                yield from ((edge, end) for end in ends[:1])


def _is_a_yes(edge: Edge) -> bool:
    return edge.attempt.means == command("yes") and edge.attempt.way is Way.INSIDE


# --- what the rules share ------------------------------------------------------------------------


def _offered(walk: Walk, *ways: Way) -> Iterator[Edge]:
    """Attempts at what is on offer, in these ways, where the line is asking something."""
    for spot, edge in walk.given:
        offered = edge.attempt.way in ways and edge.attempt.means is not None and spot.asks
        if offered and not (edge.reply.fault or spot.state.led or spot.state.star):
            yield edge


def _taken(walk: Walk, edge: Edge) -> bool:
    """Whether the line did what was meant, or asked whether it was meant."""
    meant = edge.attempt.means
    understood = {getattr(event, "meaning", "") for event in edge.reply.events}
    return meant is not None and any(_same(meant, heard, go(walk.script.start)) for heard in understood)


def _same(meant: Action, heard: str, start: Action) -> bool:
    """Lay words that are also a name, and the first menu, which is also a command, are understood either way."""
    kind, _, name = heard.partition(".")
    about_an_item = {Kind.ITEM, Kind.CLOSEST, Kind.UNLISTED}
    same_kind = kind == meant.kind or (kind in about_an_item and meant.kind in about_an_item)
    return (same_kind and name == meant.name) or {str(meant), heard} == {str(start), "command.main menu"}


def _is_label(walk: Walk, edge: Edge) -> bool:
    """Whether the words of an attempt are those by which the line itself calls what is meant."""
    means, given = edge.attempt.means, edge.attempt.given
    if means is None or means.kind is Kind.COMMAND or not isinstance(given, Said):
        return False
    return given.words == phrases_of(walk.script, walk.start(edge).language, means)[0]


def _words(edge: Edge) -> str:
    given = edge.attempt.given
    return f'"{given.words}"' if isinstance(given, Said) else "a key"


def _unreached(walk: Walk, persona: str, what: str, mend: str) -> Iterator[Finding]:
    missed = ((walk.opening, place) for place in play_by(walk, persona).missed)
    yield from errors(walk, missed, what, mend)


def _faulty(walk: Walk, name: str, what: str) -> Iterator[Finding]:
    wrong = ((edge, edge.reply.fault) for edge in walk.edges if name in edge.reply.fault)
    yield from errors(walk, wrong, what, "Tell whoever looks after the program.")
