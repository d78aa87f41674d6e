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
    assert "Did you want Try the call again?" in phone.say("one")
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

    assert "Did you want Yes" not in phone.say("blorp yes please blorp")
    assert not phone.ringing


# --- what the line has just said, and what its keys are called -----------------------------------


@pytest.mark.parametrize(
    ("where", "echo"),
    [
        ({"node": "conditions", "position": 1}, "Plantar fasciitis press one Muscle overuse press two"),
        ({"node": "session", "position": 1}, "Scar tissue can form inside it Then muscles"),
        ({"node": "location", "question": "help"}, "Six choices Speak slower press one Speak faster"),
        ({"node": "fax", "question": "fax"}, "This is a fax line You will hear a loud tone"),
    ],
)
def test_the_echo_of_any_page_part_or_question_is_no_answer(script, where, echo):
    answered = in_state(script, Said(echo), **where)

    assert answered.steps[0].speech == ()
    assert answered.state.node == where["node"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en-US", "number sign"), ("en-US", "press number sign"), ("es-US", "signo de número"), ("es-US", "oprima signo de número")],
)
def test_a_key_may_be_called_by_a_name_that_begins_like_a_press_word(script, language, said):
    answered = in_state(script, Said(said), language=language, node="location")

    assert [getattr(event, "meaning", "") for event in answered.events] == ["command.again"]
