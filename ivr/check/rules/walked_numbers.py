"""Rules on transfers, numbers, emergencies and languages, proved by walking the line.

Not here: how numbers stand in the script and what the sentences say (static rules).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ivr.check.attempts import OUTCOME_ATTEMPTS, Way
from ivr.check.calls import errors
from ivr.check.judging import begins, has, label, offers_a_key, plain, sentence, spoken_number
from ivr.dialog.choices import Question, command, go
from ivr.phone.heard import Doing
from ivr.script.model import NumberNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.calls import Wrong
    from ivr.check.finding import Finding
    from ivr.check.rendered import Stretch
    from ivr.check.walker import Edge, Walk
    from ivr.script.model import PhoneNumber, Script

MOST_WORDS_OF_TRANSFER = 12
MOST_WORDS_OF_EMERGENCY = 25
EMERGENCY_WITHIN = 10
LANGUAGE_WITHIN = 15
MOST_DIGITS = 4
LEAST_BREAK = 500
LEAST_CUE = 3


def xfer_01(walk: Walk) -> Iterator[Finding]:
    """A transfer is announced

    Level: must. Kind: walked. Never waived.
    What: Before a telephone rings the line says who is called and that it connects, in at most 12 words, and leaves a
        moment to call it off.
    Why: A strange voice without a warning makes callers hang up.
    Source: ACIxD; videsign.
    Bad: caller: 5 / line: (calls +19735550100)
    Good: caller: 5 / line: Billing. Connecting you now. To stop, press star.
    """
    mend = "Say the label and one short sentence before the telephone rings."
    yield from errors(walk, _unannounced(walk), "A transfer {found}", mend)


def _unannounced(walk: Walk) -> Iterator[Wrong]:
    for edge in walk.edges:
        arrived = list(walk.arrivals(edge))
        if len(arrived) < 2 or not arrived[1][0].dialled or edge.attempt.way is Way.STRAY_KEY:  # noqa: PLR2004
            came_unheard = bool(arrived) and arrived[0][0].dialled and edge.start >= 0
            if came_unheard and walk.start(edge).question not in (Question.WINDOW, Question.DIALLING):
                yield edge, "rings without a word before it"
            continue
        spot, stretch = arrived[0]
        name = plain(label(walk.script, spot.state.language, go(spot.state.node)))
        before, found, after = plain(stretch.text).rpartition(name)
        words = len(f"{found} {after}".split())
        if stretch.text and (not found or words > MOST_WORDS_OF_TRANSFER):
            yield (
                edge,
                f"is announced in {words} words; {MOST_WORDS_OF_TRANSFER} are the most" if found else "names nobody",
            )
        elif not stretch.text and not (edge.start >= 0 and walk.start(edge).question == Question.WINDOW):
            yield edge, f"is not announced{before}"


def xfer_03(walk: Walk) -> Iterator[Finding]:
    """Every end of a transfer leads to a choice

    Level: must. Kind: walked. Never waived.
    What: Busy, no answer, failed, cancelled, not joined, hung up on within seconds, and a talk: after each of them
        the line speaks and offers choices with their keys.
    Why: The caller has got nothing yet, and would have to call again.
    Source: Plum on transfer outcomes; Twilio, DialCallStatus.
    Bad: caller: (busy) / line: (hangs up)
    Good: caller: (busy) / line: The line is busy. ... Three choices. ...
    """
    wrong = (
        (edge, "")
        for spot, edge in walk.given
        if edge.attempt in OUTCOME_ATTEMPTS
        and not (
            edge.heard
            and edge.heard.doing is Doing.LISTENING
            and offers_a_key(walk.script, spot.state.language, edge.text)
        )
    )
    yield from errors(walk, wrong, "After a transfer there is no choice", "Offer to try again, and to go on.")


def xfer_05(walk: Walk) -> Iterator[Finding]:
    """A fax line is called on purpose only

    Level: must. Kind: walked. Never waived.
    What: A fax line rings only after its number was read, the tone was named, and the caller said yes to it.
    Why: A loud tone in the ear instead of a person hurts, and frightens callers with hearing aids.
    Source: our own.
    Bad: caller: 4 / line: Fax. (calls +19735550101)
    Good: caller: 4, 2, 1 / line: This is a fax line. You will hear a loud tone. ... Connecting you now.
    """
    faxes = {number.e164 for number in walk.script.numbers.values() if number.kind == "fax"}
    wrong = (
        (edge, "")
        for _, edge in walk.given
        if walk.rings(edge) in faxes and walk.start(edge).question not in (Question.WINDOW, Question.DIALLING)
        if not _agreed(walk, edge)
    )
    yield from errors(walk, wrong, "A fax line is called without a yes to its tone", "Ask first, and name the tone.")


def _agreed(walk: Walk, edge: Edge) -> bool:
    """A yes to the question about the tone; or, once it has rung, the wish to try again."""
    state, means = walk.start(edge), edge.attempt.means
    asked = state.question == Question.FAX and means == command("yes")
    again = state.question == Question.AFTER or "command.try again" in state.about
    kept = means in (command("again"), command("language")) and state.question == Question.WINDOW
    return asked or kept or (again and means in (command("try again"), command("yes")))


# --- numbers -------------------------------------------------------------------------------------


def num_01(walk: Walk) -> Iterator[Finding]:
    """Digits one by one, in groups

    Level: must. Kind: walked.
    What: A number is heard digit by digit, with at most 4 digits in a row before a pause.
    Why: Callers write while they listen, three or four digits at a time.
    Source: Cisco; the Alzheimer guides on telephone use.
    Bad: nine seven three nine four zero three one six six
    Good: nine seven three, nine four zero, three one six six
    """
    wrong = ((e, f"{n} digits") for e, s, tag in _heard(walk) if (n := _longest_run(walk.script, tag, s)) > MOST_DIGITS)
    yield from errors(walk, wrong, "A number has {found} in a row; 4 are the most", "Write it in groups of 3, 3 and 4.")


def _heard(walk: Walk) -> Iterator[tuple[Edge, Stretch, str]]:
    """Each different thing that is heard, once, with the language of the call."""
    seen: set[tuple[str, str]] = set()
    for edge in walk.edges:
        for spot, stretch in walk.arrivals(edge):
            key = (stretch.text, stretch.document)
            if stretch.text and key not in seen:
                seen.add(key)
                yield edge, stretch, spot.state.language


def _longest_run(script: Script, language: str, stretch: Stretch) -> int:
    digits = {plain(script.words[language].keys[key][0]) for key in "0123456789"}
    longest = run = 0
    for word in stretch.text.casefold().split():
        run = run + 1 if plain(word) in digits else 0
        longest = max(longest, run)
        if word[-1] in ",.;:":
            run = 0
    return longest


def num_02(walk: Walk) -> Iterator[Finding]:
    """A pause after each group of digits

    Level: must. Kind: walked.
    What: Between two groups of a number there is a pause of at least 500 milliseconds.
    Why: A comma alone is a fifth of a second, in which nobody can write down three digits.
    Source: Cisco (150 and 250 ms), raised by us.
    Bad: nine seven three, nine four zero
    Good: nine seven three, (600 ms) nine four zero
    """
    wrong = (
        (edge, "")
        for edge, stretch, tag in _heard(walk)
        for number in walk.script.numbers.values()
        if spoken_number(walk.script, tag, number) in stretch.text and not _paused(walk.script, tag, number, stretch)
    )
    yield from errors(walk, wrong, "Between groups of digits there is no pause of 500 ms", "Leave 600 ms between them.")


def _paused(script: Script, language: str, number: PhoneNumber, stretch: Stretch) -> bool:
    groups = [re.escape(group) for group in spoken_number(script, language, number).split(", ")]
    between = re.findall(r',\s*<break time="([0-9]+)ms"/>\s*'.join(groups), stretch.document)
    breaks = [int(ms) for found in between for ms in ([found] if isinstance(found, str) else found)]
    return bool(breaks) and min(breaks) >= LEAST_BREAK


def num_04(walk: Walk) -> Iterator[Finding]:
    """A number is announced, and read twice

    Level: must. Kind: walked.
    What: On the way to a number there are words about it and at least 3 seconds to find a pen; then it is read twice.
    Why: Nobody has a pen in the hand when a number begins.
    Source: UMich touch-tone draft; NCMIC.
    Bad: line: The number is nine seven three, nine four zero, three one six six.
    Good: line: I will say the number slowly, two times. Get something to write with. (3 seconds) ...
    """
    yield from errors(walk, _unprepared(walk), "A number is {found}", "Announce it, wait, and read it twice.")


def _unprepared(walk: Walk) -> Iterator[Wrong]:
    for edge, stretch, tag in _heard(walk):
        for number in walk.script.numbers.values():
            count = stretch.text.count(spoken_number(walk.script, tag, number))
            if count == 1:
                yield edge, "read only once"
    for edge in walk.edges:
        arrived = list(walk.arrivals(edge))
        state = arrived[0][0].state if arrived else walk.start(edge)
        came = edge.start < 0 or walk.start(edge).node != state.node
        if came and isinstance(walk.script.nodes[state.node], NumberNode) and edge.state and not edge.state.question:
            yield edge, "read without a word before it"
        cued = arrived and arrived[0][0].state.question == Question.CUE
        if (
            cued
            and edge.text
            and (
                arrived[0][1].window < LEAST_CUE
                or not has(edge.text, sentence(walk.script, state.language, "number cue"))
            )
        ):
            yield edge, "read without 3 seconds to find a pen"


def num_06(walk: Walk) -> Iterator[Finding]:
    """Zero is zero, and nine one one is three digits

    Level: must. Kind: walked.
    What: No figures are left in what is spoken, so that a voice cannot read 911 as a quantity; 0 is "zero".
    Why: "Nine hundred eleven" and "oh" are written down wrongly.
    Source: IBM; our own.
    Bad: call 911
    Good: call nine one one
    """
    figures = ((e, f'"{m[0]}"') for e, s, _ in _heard(walk) if (m := re.search(r"\d{2,}", s.text)))
    yield from errors(walk, figures, "Figures are left in what is spoken: {found}", "Write them as words.")
    for tag, words in walk.script.words.items():
        if words.keys["0"][0].casefold() in ("o", "oh"):
            yield from errors(
                walk, [(walk.opening, tag)], 'Zero is spoken as "oh"', 'Put "zero" first among its names.'
            )


# --- emergencies and languages -------------------------------------------------------------------


def emg_01(walk: Walk) -> Iterator[Finding]:
    """The emergency sentence comes first

    Level: must. Kind: walked. Never waived.
    What: A call begins with the emergency sentence, at most 25 words that are over within 10 seconds; words of an
        emergency bring it back at once, from every place, and ring no telephone.
    Why: Whoever calls in danger must not wait for a menu.
    Source: uncommonclarity, NCMIC, SVMIC; OCEIA's sample.
    Bad: line: Welcome to our center. ... If this is an emergency, ...
    Good: line: If this is an emergency, hang up and call nine one one.
    """
    first = walk.opening.heard
    said = _emergency(walk.script, walk.script.first_language)
    lines = first.lines if first else ()
    if not lines or not begins(lines[0].text, said):
        found = [(walk.opening, "")]
        yield from errors(walk, found, "The call does not begin with the emergency sentence", "Say it first.")
    elif len(said.split()) > MOST_WORDS_OF_EMERGENCY or len(said.split()) / 2.5 > EMERGENCY_WITHIN:
        found = [(walk.opening, f"{len(said.split())} words")]
        yield from errors(walk, found, "The emergency sentence has {found}; 25 are the most", "Shorten it.")
    wrong = (
        (edge, "")
        for spot, edge in walk.given
        if edge.attempt.way in (Way.EMERGENCY, Way.CRISIS)
        and (walk.rings(edge) or not begins(edge.text, _emergency(walk.script, spot.state.language)))
    )
    yield from errors(
        walk, wrong, "Words of an emergency do not bring the sentence at once", "Keep these phrases for it."
    )


def _emergency(script: Script, language: str) -> str:
    return str(script.words[language].emergency.say).strip()


def emg_02(walk: Walk) -> Iterator[Finding]:
    """The emergency sentence in every language

    Level: must. Kind: walked. Never waived.
    What: The sentence is heard in each language of the line, in its own voice, before anything else is said.
    Why: The language cannot have been chosen yet.
    Source: S.F. Admin. Code 91.8.
    Bad: line: If this is an emergency, ... Welcome. ... Si es una emergencia, ...
    Good: line: If this is an emergency, ... Si es una emergencia, ...
    """
    lines = walk.opening.heard.lines if walk.opening.heard else ()
    for place, tag in enumerate(walk.script.languages):
        said = _emergency(walk.script, tag)
        if not any(line.language == tag and begins(line.text, said) for line in lines[place : place + 1]):
            what = "The emergency sentence is not heard at the beginning in {found}"
            yield from errors(walk, [(walk.opening, tag)], what, "Say it in each language before anything else.")


def lep_01(walk: Walk) -> Iterator[Finding]:
    """The language first

    Level: must. Kind: walked.
    What: Each other language is offered within the first 15 seconds of a call.
    Why: Until then a caller hears words that mean nothing to them.
    Source: CMS, Language Access Plans.
    Bad: the offer of Spanish after the English menu
    Good: line: If this is an emergency, ... Para español, oprima ocho.
    """
    heard, seconds = walk.opening.heard, 0.0
    told: dict[str, float] = {}
    for line in heard.lines if heard else ():
        for tag in walk.script.languages:
            offer = plain(sentence(walk.script, tag, "language offer"))
            before, found, _ = plain(line.text).partition(offer)
            if found and line.language == tag:
                share = len(before.split()) / max(1, len(line.text.split()))
                told.setdefault(tag, seconds + share * line.seconds)
        seconds += line.seconds
    for tag in list(walk.script.languages)[1:]:
        if told.get(tag, LANGUAGE_WITHIN + 1) > LANGUAGE_WITHIN:
            late = [(walk.opening, f"{tag} after {told[tag]:.0f} seconds" if tag in told else f"{tag} never")]
            yield from errors(walk, late, "The call offers {found}; 15 seconds are the most", "Offer it earlier.")


def lep_02(walk: Walk) -> Iterator[Finding]:
    """Each language in its own voice

    Level: must. Kind: walked.
    What: All words of a language are said by a voice of that language, also where it is only offered.
    Why: "Para español" in an English voice is not understood by those whom it is for.
    Source: CMS; WCAG 3.1.2; NAUR 22, 23.
    Bad: Para español, oprima ocho. (by the English voice)
    Good: Para español, oprima ocho. (by the Spanish voice)
    """
    yield from errors(walk, _foreign(walk), "Words are said in the voice of {found}", "Use that language's own voice.")


def _foreign(walk: Walk) -> Iterator[Wrong]:
    script = walk.script
    tells: dict[str, list[str]] = {}
    for tag in script.languages:
        offered = [sentence(script, tag, name) for name in ("language offer", "person offer", "greeting")]
        tells[tag] = [plain(text) for text in (*offered, _emergency(script, tag))]
    alien = {
        tag: [text for other, texts in tells.items() if other != tag for text in texts if text not in tells[tag]]
        for tag in script.languages
    }
    for edge, stretch, tag in _heard(walk):
        for line in stretch.lines:
            if line.language not in alien or any(text in plain(line.text) for text in alien[line.language]):
                yield edge, f"{line.language} instead of another"
        if stretch.doing is Doing.LISTENING and stretch.language != tag:
            yield edge, f"{stretch.language}, and are heard as such, in a call in {tag}"
