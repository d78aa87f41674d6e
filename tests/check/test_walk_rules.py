"""Each walked rule catches a line that breaks it, and shows a call; the lines misbehave in one thing each."""

from dataclasses import replace

import pytest

from ivr.channels import voice
from ivr.check.registry import Kind, every_rule
from ivr.check.walker import walk
from ivr.dialog.choices import Question
from ivr.dialog.inputs import Dialled, Key, Outcome, Said, Silence
from ivr.dialog.reply import Dial, HangUp, Listen, Turn
from ivr.dialog.spoken import Utterance
from ivr.dialog.state import State
from ivr.dialog.turn import turn
from ivr.phone.rehearsal import parse
from small import tiny

NOISE, STRAY = Said("zblorg wug"), Key("7")


# --- ways to misbehave ---------------------------------------------------------------------------


def but(state, **changes):
    return State(**{name: changes.get(name, getattr(state, name)) for name in State.__annotations__})


def takes(given, instead):
    """One input is taken for another, wherever it is given."""
    return lambda script, state, real: turn(script, state, instead if real == given else real)


def takes_words(words, instead=NOISE):
    return lambda script, state, real: turn(script, state, instead if real == Said(words) else real)


def when(condition, change):
    """What a turn answers is changed where the condition holds: condition(state, given), change(turn, script)."""

    def answer(script, state, given):
        answered = turn(script, state, given)
        return change(answered, script) if state is not None and condition(state, given) else answered

    return answer


def steps(change):
    """Every window is changed."""

    def answer(script, state, given):
        answered = turn(script, state, given)
        changed = tuple(change(step) if isinstance(step, Listen) else step for step in answered.steps)
        return Turn(changed, answered.state, answered.events)

    return answer


def window(seconds, question=None):
    return steps(lambda s: replace(s, seconds=seconds) if question in (None, s.state.question) else s)


def says(words):
    """The same answer, with other words in it."""

    def change(answered, _):
        first, *rest = answered.steps
        speech = (Utterance(answered.state.language, (words,)),) if words else ()
        return Turn((replace(first, speech=speech), *rest), answered.state, answered.events)

    return change


def hangs_up(answered, _):
    return Turn((HangUp(),), answered.state, answered.events)


def rings_at_once(answered, _):
    dials = [step for step in answered.steps if isinstance(step, Dial)]
    return Turn((dials[0],), answered.state, answered.events) if dials else answered


def in_state(**changes):
    """Every window waits in another state than it should."""
    return steps(lambda step: replace(step, state=but(step.state, **changes)))


def fails(script, state, given):
    if given == Key("3"):
        raise KeyError("a bug")
    return turn(script, state, given)


def forgets_the_way(script, state, given):
    return turn(script, but(state, way=()) if state and given == Key("*") else state, given)


def starts_over_in_the_other_language(script, state, given):
    back = state and given == Key("8") and not state.question
    return turn(script, but(state, node="main menu", position=0, item="", answer="") if back else state, given)


def calls_the_fax(script, state, given):
    asked = state and state.question == Question.FAX and given == Key("2")
    return turn(script, state, Key("1") if asked else given)


def goes_round(script, state, given):
    """The second try that was not understood counts as the first."""
    return turn(script, but(state, misses=0) if state and state.misses and given == NOISE else state, given)


def writes(old, new):
    return lambda script, answered: voice.write(script, answered).replace(old, new)


def deaf(script, answered):
    words = " ".join(["wait"] * 40)
    said = f'<Say voice="Polly.Joanna-Neural" language="en-US">{words}</Say>'
    return voice.write(script, answered).replace("<Gather", f"{said}<Gather", 1)


def pressed(key):
    return lambda _, given: given == Key(key)


def silent(_, given):
    return given == Silence()


def ended(outcome):
    return lambda _, given: given == Dialled(outcome)


LONG = " ".join(["long"] * 150)

ANSWERS = {
    "MENU-11": [
        when(pressed("1"), hangs_up),
        when(lambda s, g: s.node == "about us" and g == Key("1"), says("It is here.")),
    ],
    "MENU-12": [
        lambda sc, st, g: turn(
            sc, st, NOISE if st and st.question == "help" and (g == Key("0") or isinstance(g, Said)) else g
        )
    ],
    "UNI-01": [takes(Key("0"), STRAY)],
    "UNI-02": [takes_words("operator"), takes_words("emergency")],
    "UNI-03": [when(pressed("9"), says("Please listen to the menu."))],
    "UNI-04": [when(lambda s, g: g == Key("#") and s.misses, says("I did not understand."))],
    "UNI-08": [when(ended(Outcome.NO_ANSWER), says("Nobody answered. Main menu, press three."))],
    "MENU-09": [when(lambda s, g: g == Key("*") and s.node == "about us", says("Here you are."))],
    "MENU-13": [when(lambda s, g: g == NOISE, says("I did not understand. Press one."))],
    "LEP-05": [starts_over_in_the_other_language],
    "TIME-01": [window(6, Question.HELP)],
    "TIME-03": [window(10)],
    "TIME-04": [steps(lambda s: replace(s, seconds=5) if s.state.silences == 2 else s), takes_words("wait")],
    "TIME-05": [window(10, Question.WAIT)],
    "TIME-06": [when(lambda s, g: s.node == "about us" and g == Key("1"), says(LONG))],
    "TIME-13": [when(lambda s, g: silent(s, g) and not s.touched, hangs_up)],
    "DEAF-01": [window(2)],
    "DEAF-08": [window(4, Question.FAX)],
    "MOTOR-01": [when(pressed("1"), says("At once."))],
    "BLIND-01": [in_state(pace=0), takes_words("faster")],
    "ERR-01": [in_state(misses=0), when(lambda s, g: silent(s, g) and s.silences == 2, hangs_up)],
    "ERR-03": [takes(Silence(), NOISE)],
    "ERR-04": [when(lambda s, g: g == NOISE and s.misses < 2, says("Please repeat."))],
    "ERR-05": [when(lambda s, g: g == STRAY and s.misses == 1, says("Another key, please."))],
    "ERR-07": [when(lambda s, g: s.node == "main menu" and g == Key("1"), says("Here you are."))],
    "ERR-09": [forgets_the_way],
    "ERR-08": [window(1, Question.WINDOW), takes(Key("*"), Silence())],
    "ERR-11": [takes_words("four five six button", Key("3")), takes(STRAY, Key("1"))],
    "ERR-12": [fails, when(pressed("1"), says(" ".join(["long"] * 20_000)))],
    "ERR-13": [goes_round],
    "INP-01": [lambda sc, st, g: turn(sc, st, STRAY if st and st.node == "main menu" and g == Key("2") else g)],
    "SPCH-01": [lambda sc, st, g: turn(sc, st, STRAY if st and st.node == "location" and g == Key("9") else g)],
    "INP-02": [takes_words("my bill")],
    "OPT-06": [takes_words("About our center")],
    "ASR-08": [takes_words("um About our center center uh")],
    "INP-09": [takes_words("two")],
    "XFER-01": [when(pressed("3"), rings_at_once), when(pressed("3"), says("One moment."))],
    "XFER-03": [when(ended(Outcome.BUSY), hangs_up)],
    "XFER-05": [calls_the_fax],
}

DOCUMENTS = {
    "TIME-15": [deaf],
    "MOTOR-01": [writes('<break time="500ms"/>', "")],
    "SPCH-02": [writes('speechTimeout="3"', 'speechTimeout="2"')],
    "INP-03": [writes('input="dtmf speech"', 'input="dtmf"')],
    "INP-04": [writes('numDigits="1"', 'numDigits="2"')],
    "INP-06": [writes('finishOnKey=""', 'finishOnKey="#"')],
    "ERR-12": [writes("</Response>", ""), writes("<Gather", "<Play>music.mp3</Play><Gather")],
    "LEP-02": [
        writes('<Say voice="Polly.Lupe-Neural" language="es-US">', '<Say voice="Polly.Joanna-Neural" language="en-US">')
    ],
    "LEP-04": [
        writes(
            'speechTimeout="3" numDigits="1" finishOnKey="" language="en-US"',
            'speechTimeout="3" numDigits="1" finishOnKey="" language="es-US"',
        )
    ],
}

BROKEN = [(name, {"answer": bad}) for name, all_bad in ANSWERS.items() for bad in all_bad]
BROKEN += [(name, {"write": bad}) for name, all_bad in DOCUMENTS.items() for bad in all_bad]


def test_every_walked_rule_has_a_line_that_breaks_it():
    walked = {name for name, rule in every_rule().items() if Kind.WALKED in rule.judges}

    assert walked == ANSWERS.keys() | DOCUMENTS.keys()


@pytest.mark.parametrize(("name", "bad"), BROKEN, ids=[f"{name}-{n}" for n, (name, _) in enumerate(BROKEN)])
def test_a_line_that_breaks_a_rule_is_caught(script, name, bad):
    line = tiny(script, *(("en-US", "es-US") if name.startswith("LEP") else ("en-US",)))
    found = list(every_rule()[name].judges[Kind.WALKED](walk(line, **bad)))

    assert found, f"{name} does not see it"
    for finding in found:
        assert finding.place.file == "line.yaml"
        assert finding.what
        assert finding.mend
        assert parse("shown.txt", finding.call).exchanges[0].caller == "(calls)"
