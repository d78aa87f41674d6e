"""The walk: it gets everywhere, tells situations apart, shows shortest calls, and grows as the line grows."""

import pytest

from ivr.check.attempts import Way
from ivr.check.calls import rehearsal
from ivr.check.figures import figures
from ivr.check.personas import PERSONAS, fuzzed, play_by, robocall
from ivr.check.registry import Kind, every_rule
from ivr.check.walker import walk
from ivr.dialog.choices import Question
from ivr.dialog.inputs import Key
from ivr.dialog.reply import Dial
from ivr.dialog.state import MOST_TURNS, State
from ivr.dialog.turn import turn
from ivr.phone import rehearsal as rehearsals
from ivr.phone.engine import EnginePhone
from ivr.phone.heard import Doing
from small import long, small


@pytest.fixture(scope="module")
def walked(script):
    return walk(script)


@pytest.fixture(scope="module")
def walked_small(script):
    return walk(small(script, "en-US", "es-US"))


WALKED = {name: rule.judges[Kind.WALKED] for name, rule in every_rule().items() if Kind.WALKED in rule.judges}


@pytest.mark.parametrize("name", sorted(WALKED))
def test_the_sample_keeps_every_walked_rule(walked, name):
    assert not list(WALKED[name](walked))


@pytest.mark.parametrize("name", sorted(WALKED))
def test_the_small_line_keeps_every_walked_rule(walked_small, name):
    assert not list(WALKED[name](walked_small))


def test_every_place_in_every_language_is_walked(script, walked):
    found = {(spot.state.language, spot.state.node) for spot in walked.spots}

    assert found == {(tag, node) for tag in script.languages for node in script.nodes}


NOT_WALKED = {Question.DIALLING, Question.BARRED, Question.CLOSED, Question.TEXT}
"""While it rings nothing is asked; the walk comes in on a number that is not one of the line's own; the sample has no hours
(test_closed.py); and its caller cannot be sent texts (`texting` asks for them).
"""


@pytest.mark.parametrize("question", [question for question in Question if question not in NOT_WALKED])
def test_every_question_is_come_to(walked, question):
    assert any(spot.state.question == question and spot.doing is Doing.LISTENING for spot in walked.spots)


def test_every_number_of_tries_is_come_to(walked):
    tries = {(spot.state.silences, spot.state.misses) for spot in walked.spots if spot.asks}

    assert tries == {(silences, misses) for silences in range(3) for misses in range(3)}


def test_no_two_situations_are_the_same(walked):
    assert len({(spot.state, spot.doing, spot.dialled, spot.then) for spot in walked.spots}) == len(walked.spots)


def test_the_walk_is_the_same_each_time(script):
    one, other = walk(small(script)), walk(small(script))

    assert [(edge.start, edge.attempt, edge.text, edge.end) for edge in one.edges] == [
        (edge.start, edge.attempt, edge.text, edge.end) for edge in other.edges
    ]


def test_any_edge_can_be_shown_as_a_call_that_goes_so(script, walked):
    """The walk asks states, the phone holds a call: both hear the same."""
    some = [edge for spot, edge in walked.given if spot.number % 97 == 0]
    assert len(some) > 100
    for edge in some:
        written = rehearsal(walked, edge, "why")
        call = rehearsals.parse("shown.txt", written)

        assert call.exchanges[0].remarks == ("why",)
        assert not rehearsals.differences(call, EnginePhone(script)), written


def test_a_shown_call_is_a_shortest_one(walked):
    lengths = {edge: len(walked.path(edge)) for edge in walked.edges}
    best = {}
    for edge, length in lengths.items():
        best[edge.end] = min(length, best.get(edge.end, length))

    assert all(length <= best.get(edge.start, 0) + 2 for edge, length in lengths.items())


# --- personas ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [persona.name for persona in PERSONAS])
def test_every_persona_calls_or_texts_and_gets_everywhere_it_should(walked, name):
    outcome = play_by(walked, name)

    assert outcome.tried
    assert outcome.missed == ()
    assert (outcome.reached > 0) == outcome.persona.tours


def test_what_must_hold_for_a_persona_is_a_rule():
    assert {name for persona in PERSONAS for name in persona.must} <= every_rule().keys()


def test_every_walked_rule_stands_for_somebody():
    assert WALKED.keys() <= {name for persona in PERSONAS for name in persona.must}


def test_a_call_of_nobody_ends_with_a_word_after_a_person_was_tried(walked):
    made = robocall(walked)

    assert made[-1].heard.doing is Doing.ENDED
    assert any(edge.text for edge in made[-2:])
    assert any(edge.attempt.way is Way.OUTCOME for edge in made)


def test_the_fuzzer_calls_in_vain(walked):
    assert fuzzed(walked).turns > 200
    assert not fuzzed(walked).faults


def test_a_call_that_goes_on_for_ever_is_left_with_a_person(script):
    late = State(script.version, "en-US", "location", turn=MOST_TURNS)
    answered = turn(script, late, Key("1"))

    assert [step.number for step in answered.steps if isinstance(step, Dial)] == [script.person_number]


# --- figures -------------------------------------------------------------------------------------


def test_the_figures_tell_every_destination_in_every_language(script, walked):
    told = figures(script, walked)

    assert [spoken.language for spoken in told.languages] == list(script.languages)
    assert told.parity == 100
    assert told.text_parity == 100
    assert told.most_options == 5
    assert told.depth == 1
    for spoken in told.languages:
        assert spoken.least_patience >= 60
        assert spoken.person_named is not None
        assert spoken.person_named <= 15
        for place in spoken.destinations:
            assert place.expert <= place.first_time
        assert 0 < spoken.typical_call.dollars < 1


def test_figures_can_be_read_by_people_and_programs(script, walked):
    told = figures(script, walked, least_distance=0.41)

    assert ("least distance between phrases", "0.41") in list(told.rows())
    assert told.as_json()["languages"][0]["destinations"][0]["name"] == '"main menu" (en-US)'


# --- time ----------------------------------------------------------------------------------------


def test_time_grows_with_places_and_not_with_their_combinations(script):
    """Counted in answers, which do not depend on the machine."""
    asked = [walk(long(script, count)).line.asked for count in (3, 6, 12)]

    assert asked[2] - asked[1] < 2.2 * (asked[1] - asked[0])
