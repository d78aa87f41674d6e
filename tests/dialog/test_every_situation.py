"""Situations that only a walk of the whole line comes to: questions over questions, second pages, long answers."""

import pytest

from ivr.dialog.inputs import Dialled, Outcome, Said, Silence
from ivr.dialog.state import State
from ivr.dialog.turn import turn


def in_state(script, given, **where):
    return turn(script, State(script.version, **{"language": "en-US", "touched": True, **where}), given)


# --- a question over a question ------------------------------------------------------------------


@pytest.mark.parametrize("given", ["1", "0", "9", "8", "*", "#"])
def test_a_question_about_trying_again_can_be_answered(at, given):
    phone = at("billing")
    phone.wait()
    phone.ends("busy")
    assert "Did you mean: Try the call again?" in phone.say("one")
    phone.press(given)

    assert "start again" not in phone.text


def test_a_yes_after_a_transfer_tries_again(at):
    phone = at("billing")
    phone.wait()
    phone.ends("busy")
    phone.say("one")
    phone.press("1")
    phone.wait()

    assert phone.ringing


@pytest.mark.parametrize("said", ["oh please not that", "blorp not that"])
def test_a_no_among_other_words_is_a_no(at, said):
    phone = at("fax")
    phone.wait()
    phone.press("2")

    assert "I will not connect you" in phone.say(said)


def test_nobody_is_asked_whether_they_wanted_a_yes(at):
    phone = at("fax")
    phone.wait()
    phone.press("2")

    assert "Did you mean: Yes" not in phone.say("blorp yes please blorp")
    assert not phone.ringing


# --- what the line has just said, and what its keys are called -----------------------------------


@pytest.mark.parametrize(
    ("where", "echo"),
    [
        ({"node": "conditions", "position": 1}, "Plantar fasciitis press one Muscle overuse press two"),
        ({"node": "session", "position": 1}, "Scar tissue can form inside it Then muscles"),
        ({"node": "location", "question": "help"}, "Speak slower press one Speak faster press two"),
        ({"node": "fax", "question": "fax"}, "This is a fax line You will hear a loud tone"),
    ],
)
def test_the_echo_of_any_page_part_or_question_is_no_answer(script, where, echo):
    answered = in_state(script, Said(echo), **where)

    assert answered.steps[0].speech == ()
    assert answered.state.node == where["node"]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en-US", "number sign"),
        ("en-US", "press number sign"),
        ("es-US", "signo de número"),
        ("es-US", "oprima signo de número"),
    ],
)
def test_a_key_may_be_called_by_a_name_that_begins_like_a_press_word(script, language, said):
    answered = in_state(script, Said(said), language=language, node="location")

    assert [getattr(event, "meaning", "") for event in answered.events] == ["command.again"]


# --- trouble where there is nothing to choose, and time for a long answer -------------------------


def test_where_nothing_is_offered_the_way_on_is_named(at):
    phone = at("location")

    assert "To go back, press star. For a person, press zero." in phone.say("gobbledygook flimflam")


@pytest.mark.parametrize("given", ["gobbledygook flimflam", "fiddlesticks flimflam"])
def test_a_person_is_offered_whenever_something_was_not_understood(phone, given):
    phone.say("gobbledygook")
    assert "For a person, press zero." in phone.text
    assert "For a person, press zero." in phone.say(given)


@pytest.mark.parametrize("outcome", [Outcome.BUSY, Outcome.NO_ANSWER, Outcome.FAILED])
@pytest.mark.parametrize("language", ["en-US", "es-US"])
def test_a_relay_operator_has_time_for_all_that_is_said_after_a_transfer(script, language, outcome):
    answered = in_state(script, Dialled(outcome), language=language, node="billing", question="dialling")
    words = sum(len(utterance.text.split()) for utterance in answered.steps[0].speech)
    given = 0
    for _ in range(3):
        given += answered.steps[0].seconds
        answered = turn(script, answered.state, Silence())

    assert given >= 0.6 * words + 20


def test_who_chooses_another_language_hears_of_a_person_in_it(phone):
    assert "Para hablar con una persona, oprima cero." in phone.press("8")
