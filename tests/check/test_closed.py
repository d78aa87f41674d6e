"""A line with hours is walked a second time, when nobody answers; and a notice is judged by the rules about words."""

from dataclasses import replace

import pytest

from ivr.check import run as running
from ivr.check.calls import rehearsal
from ivr.check.finding import Severity
from ivr.check.noticed import folder_findings, notice_findings, seconds_to_a_person
from ivr.check.personas import play_by
from ivr.check.registry import every_rule
from ivr.check.walker import walk
from ivr.dialog.choices import Question
from ivr.dialog.inputs import Key
from ivr.dialog.reply import Turn
from ivr.dialog.spoken import Utterance
from ivr.dialog.turn import turn
from ivr.phone import rehearsal as rehearsals
from ivr.phone.engine import EnginePhone, arriving
from ivr.script.hours import a_closed_moment
from ivr.script.notices import FILE
from ivr.script.today import Told
from small import tiny
from timed import line

TIMED = tiny(line())
NIGHT = a_closed_moment(TIMED)
WALKED = {name: rule for name, rule in every_rule().items() if rule.kind == "walked"}


@pytest.fixture(scope="module")
def walked():
    return walk(TIMED, moment=NIGHT)


@pytest.mark.parametrize("name", sorted(WALKED))
def test_a_closed_line_keeps_every_walked_rule(walked, name):
    assert not list(WALKED[name].judge(walked))


def test_the_closed_places_are_walked_and_the_persona_meets_them(walked):
    asked = {spot.state.node for spot in walked.spots if spot.state.question == Question.CLOSED}

    assert asked == {"reception", "billing"}
    assert play_by(walked, "closed").tried > play_by(walk(TIMED), "closed").tried


def but_when_closed(change):
    """The line as it is, but for what is answered to whoever finds a number closed."""

    def answer(script, state, given):
        answered = turn(script, state, given)
        found = any(type(event).__name__ == "TransferFoundClosed" for event in answered.events)
        return change(script, state, given, answered) if found else answered

    return answer


def with_words(old, new):
    def change(_script, _state, _given, answered):
        first, *rest = answered.steps
        speech = tuple(Utterance(u.language, tuple(_put(p, old, new) for p in u.pieces)) for u in first.speech)
        return Turn((replace(first, speech=speech), *rest), answered.state, answered.events)

    return change


def _put(piece, old, new):
    return piece.replace(old, new) if isinstance(piece, str) else piece


def rings_all_the_same(script, state, given, answered):
    ringing = turn(script, state._replace(closed=()), given)
    return Turn(ringing.steps, ringing.state, answered.events)


BAD = {
    "it rings all the same": ("UNI-08", rings_all_the_same),
    "it does not say that it is closed": ("UNI-08", with_words("They are closed now.", "")),
    "no word for an emergency": ("UNI-08", with_words("In an emergency, hang up and call nine one one.", "")),
    "the number once": ("UNI-08", lambda *given: _without(given[-1], "Once more")),
    "no choice after it": ("UNI-08", with_words("press ", "")),
}


def _without(answered, beginning):
    first, *rest = answered.steps
    pieces = [piece for u in first.speech for piece in u.pieces]
    at = next(n for n, piece in enumerate(pieces) if isinstance(piece, str) and piece.startswith(beginning))
    speech = (Utterance("en-US", (*pieces[:at], *pieces[at + 2 :])),)
    return Turn((replace(first, speech=speech), *rest), answered.state, answered.events)


@pytest.mark.parametrize(("rule", "change"), BAD.values(), ids=BAD)
def test_a_line_that_says_too_little_when_it_is_closed_is_caught(rule, change):
    assert list(WALKED[rule].judge(walk(TIMED, but_when_closed(change), moment=NIGHT)))


def test_a_call_to_a_closed_line_is_shown_as_one_that_can_be_rehearsed(walked):
    zero = next(edge for _, edge in walked.given if edge.attempt.given == Key("0") and edge.reply.closed)
    shown = rehearsals.parse("shown.txt", rehearsal(walked, zero, "A remark."))

    assert shown.moment == NIGHT
    assert rehearsals.differences(shown, EnginePhone(TIMED, arrived=arriving(TIMED, NIGHT))) == []


@pytest.mark.parametrize(("script", "moments"), [(TIMED, ["", NIGHT]), (tiny(line("unknown", "unknown")), [""])])
def test_only_a_line_with_hours_is_walked_twice(monkeypatch, script, moments):
    made = []
    monkeypatch.setattr(running, "walk", lambda script, moment="": made.append(moment) or walk(script, moment=moment))
    running.run(script, [WALKED["UNI-08"]])

    assert made == moments


# --- notices -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "language", "rules"),
    [
        ("We are closed today because of snow.", "en-US", set()),
        ("Hoy estamos cerrados por la nieve.", "es-US", set()),
        ("Your call is important to us.", "en-US", {"OPT-08"}),
        ("Doctor Gutkin works with the ENT team today.", "en-US", {"OPT-11"}),
        ("We are open M-F only.", "en-US", {"NUM-07"}),
        ("See www.example.com today.", "en-US", {"NUM-10"}),
    ],
)
def test_a_notice_is_judged_by_the_rules_about_words(script, words, language, rules):
    found = notice_findings(script, language, words)

    assert {finding.rule for finding in found} == rules
    assert all(finding.place.file == FILE for finding in found)


def test_the_notice_beside_the_files_is_judged_with_them(script, tmp_path):
    assert folder_findings(tmp_path, script) == []
    (tmp_path / FILE).write_text("until: 2126-12-24T18:00\nen-US: Your call is important.\n", encoding="utf-8")
    assert [(f.rule, f.severity) for f in folder_findings(tmp_path, script)] == [("OPT-08", Severity.WARNING)]
    (tmp_path / FILE).write_text("until: tonight\nen-US: Snow.\n", encoding="utf-8")
    (found,) = folder_findings(tmp_path, script)

    assert (found.severity, str(found.place)) == (Severity.ERROR, "notice.yaml:1:8")


def test_a_notice_pushes_back_the_way_to_a_person(script):
    plain = seconds_to_a_person(script, ())
    longer = seconds_to_a_person(script, (Told("en-US", "Ten words more stand here before the way out is named."),))

    assert plain < 15
    assert longer == pytest.approx(plain + 10 / 2.5 + 0.6, abs=0.5)


def test_what_is_as_wrong_by_night_as_by_day_is_told_once(monkeypatch):
    def deaf(script, moment=""):
        return walk(script, lambda sc, st, g: turn(sc, st, Key("6") if g == Key("9") else g), moment=moment)

    monkeypatch.setattr(running, "walk", deaf)
    found = running.run(TIMED, [WALKED["UNI-03"]]).findings

    assert found
    assert len({(finding.place, finding.what) for finding in found}) == len(found)
