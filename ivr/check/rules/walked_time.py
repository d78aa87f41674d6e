"""Rules on time, proved by walking the line: how long it waits, warns, keeps quiet, and lets itself be interrupted.

Not here: pauses and speed inside what is spoken (static rules), what is said in trouble (`walked_errors`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.check.attempts import Way
from ivr.check.calls import errors
from ivr.check.judging import RELAY_LAG, offers_a_person, patience
from ivr.check.personas import play_by
from ivr.dialog.choices import Kind, Question, command
from ivr.phone.heard import Doing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ivr.check.calls import Wrong
    from ivr.check.finding import Finding
    from ivr.check.walked import Edge, Spot, Walk

LEAST_WAIT = 7
LEAST_PATIENCE = 60
LEAST_AFTER_WARNING = 20
LEAST_QUIET = 60
RELAY_REPLY = 20
LONGEST_DEAF = 10
LEAST_TO_CONFIRM = 10
REST_AFTER_KEY = 0.5


def time_03(walk: Walk) -> Iterator[Finding]:
    """A minute for every question

    Level: must. Kind: walked. Never waived.
    What: From the end of a question, a caller may be silent for 60 seconds in all before the line goes on alone.
    Why: The slowest callers need up to ten times as long as others.
    Source: Irish NDA 2.1; WCAG 2.2.1.
    Bad: waits: [10, 10, 10]
    Good: waits: [10, 20, 30]
    """
    short = _impatient(walk, lambda _words: LEAST_PATIENCE)
    mend = "Make the three waits of line.yaml longer: 10, 20 and 30 seconds are the least."
    yield from errors(walk, short, "A caller has {found} to answer; " + f"{LEAST_PATIENCE} are the least", mend)


def time_01_walked(walk: Walk) -> Iterator[Finding]:
    """Wherever something is asked, the line waits at least 7 seconds for the answer."""
    wrong = (
        (edge, f"{stretch.window} seconds")
        for edge in walk.edges
        for spot, stretch in walk.arrivals(edge)
        if spot.asks and stretch.window < LEAST_WAIT
    )
    mend = "Make the waits of line.yaml longer: 10, 20 and 30 seconds are the least."
    yield from errors(walk, wrong, "The line waits {found} for an answer; " + f"{LEAST_WAIT} are the least", mend)


def time_06(walk: Walk) -> Iterator[Finding]:
    """Time for a relay operator

    Level: must. Kind: walked. Never waived.
    What: A caller may be silent for 0.6 seconds for each word heard, and 20 seconds more.
    Why: A relay operator types what the line says, more slowly than it speaks, and then types the answer back.
    Source: Gallaudet/TAP on TTY; ATIS; 28 CFR 36.303(d).
    Bad: a text of 100 words, and waits: [10, 20, 30]
    Good: a text of 50 words, and waits: [10, 20, 30]
    """
    short = _impatient(walk, lambda words: RELAY_LAG * words + RELAY_REPLY)
    what = "A caller through a relay service has {found} to answer, which is too little for these words"
    yield from errors(walk, short, what, "Say it in fewer words, or make the waits of line.yaml longer.")


def deaf_01(walk: Walk) -> Iterator[Finding]:
    """Every task can be done through a relay service

    Level: must. Kind: walked. Never waived.
    What: A caller who answers 0.6 seconds a word and 15 seconds late reaches everything, by key and by word.
    Why: Relay calls have to be served like any other.
    Source: 28 CFR 36.303(d); ATIS; AS/NZS 4263.
    Bad: a place whose first window is the only one
    Good: a place that says "take your time" and goes on waiting
    """
    for name in ("relay", "relay by speech"):
        missed = [(walk.opening, place) for place in play_by(walk, name).missed]
        what = "Through a relay service nobody can get to {found}"
        yield from errors(walk, missed, what, "Give callers more time on the way there.")


def _impatient(walk: Walk, least: Callable[[int], float]) -> Iterator[Wrong]:
    seen: dict[tuple[object, ...], list[int]] = {}
    for edge in walk.edges:
        heard = (edge.end, edge.reply.states, edge.reply.stretches)
        if heard not in seen:
            seen[heard] = [given for given, words in _answers(walk, edge) if given < least(words)]
        yield from ((edge, f"{given} seconds") for given in seen[heard])


def _answers(walk: Walk, edge: Edge) -> Iterator[tuple[int, int]]:
    """The seconds in which a caller has to answer each question to which an edge leads, and the words heard of it."""
    for (spot, stretch), state in zip(walk.arrivals(edge), edge.reply.states, strict=False):
        if spot.asks and not spot.tries and not spot.state.star and not spot.state.led:
            yield patience(walk, spot, stretch, state), stretch.words


def time_04(walk: Walk) -> Iterator[Finding]:
    """A warning, and more time for the asking

    Level: must. Kind: walked. Never waived.
    What: Before silence leads to a person the line says so, waits at least 20 seconds more, and gives as much time
        as is wanted to whoever presses the key for "again" or says "wait".
    Why: Something that is taken away without a word is lost to whoever was just about to answer.
    Source: WCAG 2.2.1; former 36 CFR 1194.23(d); NAUR 20.
    Bad: waits: [30, 20, 10]
    Good: waits: [10, 20, 30], and "If I hear nothing, I will connect you with a person soon. ..."
    """
    mend = "Let the last words on silence say what will happen, and let the last wait be 20 seconds or more."
    yield from errors(walk, _unwarned(walk), "Silence leads on without {found}", mend)


def _unwarned(walk: Walk) -> Iterator[Wrong]:
    for spot in walk.spots:
        edge = walk.on(spot, Way.SILENCE)
        leaves = (
            edge is not None and spot.asks and (walk.rings(edge) or (edge.heard and edge.heard.doing is Doing.ENDED))
        )
        if not leaves or edge is None or spot.state.rescued or spot.came is None:
            continue
        warned = next((s for s, _ in walk.arrivals(spot.came) if s is spot), None) and spot.came.heard
        if not spot.state.silences or warned is None:
            yield edge, "a warning"
        elif warned.window < LEAST_AFTER_WARNING:
            yield edge, f"{LEAST_AFTER_WARNING} seconds after the warning, of which there are {warned.window}"
        elif spot.state.question != Question.ELSE and not offers_a_person(walk.script, warned.text):
            yield edge, "a warning that it will"
        elif not _extends(walk, spot):
            yield edge, "a way to ask for more time"


def _extends(walk: Walk, spot: Spot) -> bool:
    """Whether "wait" leads to quiet, and the quiet back to the same question or place with all tries forgotten."""
    asked = next((e for e in walk.out[spot.number] if e.attempt.means == command("wait")), None)
    waiting = walk.end(asked) if asked else None
    for _ in range(3):
        edge = walk.on(waiting, Way.SILENCE) if waiting else None
        back = walk.end(edge) if edge else None
        if back is not None and back.asks and not back.state.silences:
            return back.state.node == spot.state.node
        waiting = back
    return False


def time_05(walk: Walk) -> Iterator[Finding]:
    """Wait means a long quiet

    Level: must. Kind: walked.
    What: After "wait" the line is quiet for at least 60 seconds, and then speaks gently without leaving the place.
    Why: Time to look for a card, to ask someone, for an operator to catch up.
    Source: NAUR 20; W3C COGA; AS/NZS 4263.
    Bad: caller: wait / line: I will wait. (10 seconds) I did not hear you.
    Good: caller: wait / line: I will wait. (60 seconds and more) I am still here.
    """
    what = 'After "wait" {found}'
    yield from errors(walk, _restless(walk), what, 'Give "wait" at least 60 seconds of quiet at the same place.')


def _restless(walk: Walk) -> Iterator[Wrong]:
    for _, edge in walk.given:
        if edge.attempt.means != command("wait") or edge.attempt.way not in (Way.COMMAND, Way.KEY):
            continue
        spot, quiet, last = walk.end(edge), edge.heard.window if edge.heard else 0, edge
        while (
            spot is not None and (on := walk.on(spot, Way.SILENCE)) and on.heard and not on.text and quiet < LEAST_QUIET
        ):
            quiet, spot, last = quiet + on.heard.window, walk.end(on), on
        if quiet < LEAST_QUIET:
            yield edge, f"there are {quiet} seconds of quiet; 60 are the least"
        elif last.state and last.state.node != walk.start(edge).node and walk.start(edge).question != Question.WINDOW:
            yield edge, "the caller is at another place"


def time_13(walk: Walk) -> Iterator[Finding]:
    """Silence at the beginning is no reason to hang up

    Level: must. Kind: walked. Never waived.
    What: For the first 60 seconds of a call, silence ends nothing; after it a person is tried before the line ends.
    Why: Relay greetings, speech devices and hearing aids take their time.
    Source: ATIS; W3C COGA.
    Bad: line: (opening) / caller: (silence) / line: (hangs up)
    Good: line: (opening) / caller: (silence) / line: Take your time.
    """
    spot, edge, waited = walk.end(walk.opening), walk.opening, 0
    while edge.heard is not None and spot is not None and edge.heard.doing is Doing.LISTENING:
        waited += edge.heard.window
        following = walk.on(spot, Way.SILENCE)
        if following is None:
            break
        edge, spot = following, walk.end(following)
    if edge.heard is None or edge.heard.doing is Doing.ENDED or waited < LEAST_PATIENCE:
        found = [(edge, f"{waited} seconds")]
        what = "A caller who says nothing at first is given up after {found}; 60 and a person are the least"
        yield from errors(walk, found, what, "Make the waits of line.yaml longer, and let silence lead to a person.")


def time_15(walk: Walk) -> Iterator[Finding]:
    """Callers may interrupt

    Level: must. Kind: walked.
    What: Everything that the line says before it listens or rings can be interrupted by a key or a word.
    Why: Who calls often, or hears through a screen reader or an operator, must not have to sit through it all.
    Source: AS/NZS 4263 2.3; VoiceXML 4.1.5; IBM.
    Bad: words spoken outside of a listening window
    Good: every prompt inside one
    """
    wrong = (
        (edge, f"{stretch.deaf:.0f} seconds")
        for edge in walk.edges
        for stretch in edge.reply.stretches
        if stretch.doing is not Doing.ENDED and stretch.deaf > LONGEST_DEAF
    )
    yield from errors(
        walk, wrong, "For {found} nothing can interrupt the line; 10 are the most", "Listen while speaking."
    )


def deaf_08(walk: Walk) -> Iterator[Finding]:
    """No hurry after a question that wants a yes

    Level: must. Kind: walked.
    What: After a question such as "did you want ...?" the line waits at least 10 seconds.
    Why: Callers with captioned telephones read late.
    Source: ATIS, on voice carry-over.
    Bad: line: Did you want Billing? (3 seconds) I did not understand.
    Good: line: Did you want Billing? (10 seconds) Take your time.
    """
    wrong = (
        (edge, f"{stretch.window} seconds")
        for edge in walk.edges
        for spot, stretch in walk.arrivals(edge)
        if spot.state.question in (Question.CONFIRM, Question.FAX) and stretch.window < LEAST_TO_CONFIRM
    )
    mend = "Make the first wait of line.yaml 10 seconds or more."
    yield from errors(walk, wrong, "After a question the line waits {found}; 10 are the least", mend)


def motor_01(walk: Walk) -> Iterator[Finding]:
    """One key, and a moment to take the hand back

    Level: must. Kind: walked.
    What: After each key the line is quiet for half a second before it speaks.
    Why: The handset has to go back to the ear, for many not quickly.
    Source: 36 CFR 1193.41(e)(f); Avaya.
    Bad: caller: 1 / line: (at once) What it is.
    Good: caller: 1 / line: (half a second) What it is.
    """
    wrong = (
        (edge, f"{edge.heard.rest:.1f} seconds")
        for _, edge in walk.given
        if edge.attempt.is_key and edge.heard and edge.text and edge.heard.doing is Doing.LISTENING
        if edge.heard.rest < REST_AFTER_KEY
    )
    yield from errors(walk, wrong, "After a key the line speaks within {found}", "Leave half a second after each key.")


def blind_01(walk: Walk) -> Iterator[Finding]:
    """Faster, slower, louder: for the whole call

    Level: must. Kind: walked.
    What: "Faster", "slower" and "louder" change how the line speaks at every place, and it stays so.
    Why: Blind callers often listen at twice the usual speed; others need half of it.
    Source: 36 CFR 1193.41(a); Bragg 2021; NAUR 14.
    Bad: caller: faster / line: (faster) / caller: 1 / line: (as slow as before)
    Good: caller: faster / line: (faster) / caller: 1 / line: (as fast)
    """
    mend = "Keep pace and loudness until the caller changes them."
    yield from errors(walk, _unchanged(walk), "Pace or loudness {found}", mend)


def _unchanged(walk: Walk) -> Iterator[Wrong]:
    wanted = {"faster": (1, 0), "slower": (-1, 0), "louder": (0, 1)}
    for _, edge in walk.given:
        means = edge.attempt.means
        asked = wanted.get(means.name) if means is not None and means.kind is Kind.COMMAND else None
        changed = (edge.pace, edge.volume) if edge.state is not None else None
        if asked and changed == (0, 0) and edge.attempt.way in (Way.COMMAND, Way.KEY, Way.NAME):
            yield edge, "does not change when asked to"
        elif changed not in ((0, 0), asked, None) and means != command("yes"):
            yield edge, "changes unasked"
    again = command("again")
    usual_seconds = {
        e.start: e.heard.seconds for _, e in walk.given if e.heard and e.attempt.is_key and e.attempt.means == again
    }
    for edge, setting in walk.paced:
        kept = (edge.pace, edge.volume) == setting
        usual = usual_seconds.get(edge.start)
        heard = edge.heard.seconds if edge.heard else 0.0
        if not kept:
            yield edge, "does not last"
        elif usual and edge.text and setting[0] and (heard < usual) != (setting[0] > 0):
            yield edge, "is not heard"
