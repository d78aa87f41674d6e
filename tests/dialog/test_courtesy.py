"""Words that ask for nothing cost no try; a denied emergency is over; the line tells its hours, or that it does not know them."""

import pytest

from altered import worded
from caller import Caller
from ivr.dialog.choices import Question
from ivr.dialog.closed import opening_hours
from ivr.dialog.events import InputNotMatched, TransferCalledOff
from ivr.dialog.reply import Listen, Turn
from ivr.dialog.state import State
from ivr.phone.engine import EnginePhone, starting
from timed import call, line

NIGHT, NOON = "2026-11-23T18:00", "2026-11-23T11:00"


def at(script, node, language="en-US", **state):
    """A call at a place where one thing was not understood before."""
    state = starting(script, language, node).but(touched=True, misses=1, **state)
    phone = EnginePhone(script)
    phone.turn = Turn((Listen((), 10, state),), state)
    return Caller(phone, begin=False)


# --- polite words --------------------------------------------------------------------------------

POLITE = {
    "en-US": ["thank you", "thanks", "okay thanks", "I'm fine", "no, I'm fine", "no thank you", "No problem.", "no", "nope"],
    "es-US": ["gracias", "muchas gracias", "estoy bien", "no, estoy bien, gracias", "todo bien", "no"],
}  # fmt: skip


@pytest.mark.parametrize("node", ["main menu", "session", "conditions"])
@pytest.mark.parametrize("language", POLITE)
def test_a_polite_word_costs_no_try_and_brings_the_choices_again(script, language, node):
    for said in POLITE[language]:
        phone = at(script, node, language)
        heard = phone.say(said)

        assert heard.startswith(str(script.words[language].sentences["all right"][0])), said
        assert "press" in heard or "oprima" in heard
        assert (phone.place, phone.phone.state.misses) == (node, 0), said


@pytest.mark.parametrize(
    ("question", "said", "heard"),
    [
        (Question.ELSE, "no thank you", "Thank you for calling."),
        (Question.ELSE, "thanks", "Thank you for calling."),
        (Question.WAIT, "thank you", "I will wait."),
        (Question.CONFIRM, "thanks", "Did you mean: Billing?"),
    ],
)
def test_a_polite_word_answers_as_people_do(script, question, said, heard):
    about = "go.billing" if question == Question.CONFIRM else ""
    assert heard in at(script, "billing", question=question, about=about).say(said)


def test_thanks_do_not_stop_a_transfer(script):
    phone = Caller(EnginePhone(script))
    phone.say("billing")
    phone.say("thank you")
    phone.wait()
    assert phone.ringing


@pytest.mark.parametrize("said", ["thank you bye", "that's all thanks", "nothing else"])
def test_a_polite_end_is_an_end(script, said):
    assert "Goodbye" in at(script, "fax").say(said)


@pytest.mark.parametrize("said", ["okay thanks", "yes thank you"])
def test_a_polite_yes_is_a_yes(script, said):
    phone = at(script, "main menu", question=Question.CONFIRM, about="go.fax")
    phone.say(said)
    assert phone.place == "fax"


# --- danger that is denied -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("danger", "denial"),
    [
        ("my chest hurts", "no it's not an emergency"),
        ("my chest hurts", "I'm fine"),
        ("I want to die", "I'm not suicidal"),
        ("me duele el pecho", "estoy bien"),
        ("me duele el pecho", "no es una emergencia"),
        ("my chest hurts", "no"),
        ("my chest hurts", "no no no"),
        ("my chest hurts", "it isn't"),
        ("my chest hurts", "I'm okay"),
    ],
)
def test_who_denies_an_emergency_goes_on_where_they_were(script, danger, denial):
    phone = at(script, "session", "es-US" if "pecho" in danger else "en-US", position=1)
    phone.say(danger)
    phone.say(denial)

    assert (phone.place, phone.phone.state.position, phone.phone.state.misses) == ("session", 1, 0)


def test_only_what_is_said_right_after_the_sentence_denies_the_emergency(script):
    phone = at(script, "session")
    phone.say("my chest hurts")
    phone.press("#")

    assert "Do you want to talk to a person?" in phone.say("it's not an emergency")


@pytest.mark.parametrize("asked", ["is it safe after a heart attack", "emergency contact number"])
def test_a_question_with_a_word_of_danger_is_one_for_a_person_and_ends_with_one(script, asked):
    phone = Caller(EnginePhone(script))

    assert phone.say(asked).startswith("This line does not know that. A person can tell you.")
    assert "I will connect you with a person." in [phone.say(asked), phone.say(asked)][1]


# --- a transfer that is not wanted ---------------------------------------------------------------


@pytest.mark.parametrize("stray", ["4", "1", "xyzzy", "not yet"])
def test_what_is_unclear_before_a_transfer_stops_it_and_is_asked_about(script, stray):
    phone = Caller(EnginePhone(script))
    phone.press("5")
    heard = phone.press(stray) if stray.isdigit() else phone.say(stray)
    assert heard == "Did you mean: Billing? Press one or say yes. For a person, press zero."

    assert phone.say("no").startswith("All right. I will not connect you. Active release technique ... press one.")
    assert phone.place == "main menu"
    assert phone.press("#").startswith("Main menu.")


@pytest.mark.parametrize("keys", ["55", "5555"])
def test_a_doubled_key_goes_on_connecting(script, keys):
    phone = Caller(EnginePhone(script))
    phone.press(keys)
    phone.wait()

    assert phone.ringing


def test_another_key_does_not_dial_the_fax(script):
    phone = Caller(EnginePhone(script))
    phone.press("41214")

    assert "Did you mean: Connect me now?" in phone.text
    assert not [phone.wait() for _ in range(2) if phone.ringing]


@pytest.mark.parametrize("given", ["my chest hurts", "help", "slower"])
def test_nothing_is_to_be_tried_again_where_nothing_was_called(script, given):
    phone = Caller(EnginePhone(script))
    phone.press("5")

    assert "Try the call again" not in phone.say(given) + phone.press("*") + phone.press("#")


@pytest.mark.parametrize(
    ("given", "events"), [("my chest hurts", 1), ("help", 1), ("xyzzy", 1), ("stop", 1), ("slower", 0)]
)
def test_the_journal_is_told_that_a_transfer_was_called_off(script, given, events):
    phone = Caller(EnginePhone(script))
    phone.press("5")
    phone.say(given)

    assert phone.phone.turn.events.count(TransferCalledOff("billing")) == events


# --- words and keys that are nearly right --------------------------------------------------------


def test_to_stay_is_to_stay_and_no_wait_calls_off(script):
    phone = Caller(EnginePhone(script))
    phone.say("goodbye")
    assert phone.say("stay").startswith("All right. Active release technique ... press one.")
    phone.press("5")
    assert phone.say("no wait").startswith("All right. I will not connect you.")


def test_a_doubled_key_that_led_to_a_question_puts_it_again(script):
    phone = at(script, "fax", texting=True)
    state = phone.phone.state.but(question=Question.TEXT, led="7", misses=0)
    phone.phone.turn = Turn((Listen((), 10, state),), state)

    assert phone.press("7").startswith("I can text the number")
    assert phone.phone.state.misses == 0
    assert "Key seven has no choice here." in phone.press("7")


@pytest.mark.parametrize(("node", "state"), [("location", {}), ("conditions", {"answer": "unlisted"})])
def test_help_does_not_announce_choices_that_are_not_there(script, node, state):
    assert "You can say one of these." not in at(script, node, **state).press("9")
    assert "You can say one of these. Active release" in at(script, "main menu").press("9")


def test_where_nothing_can_be_chosen_nobody_is_asked_to_say_one(script):
    phone = at(script, "what it is")
    phone.press("#")

    assert phone.say("xyzzy").startswith("I did not understand. More ... press one.")


# --- one "more" too many -------------------------------------------------------------------------


@pytest.mark.parametrize(("node", "state"), [("session", {"position": 3}), ("conditions", {"answer": "unlisted"})])
def test_one_more_too_many_is_told_so(script, node, state):
    phone = at(script, node, **state)

    assert phone.say("more").startswith("That was all. To hear it again, press pound.")
    assert not any(isinstance(event, InputNotMatched) for event in phone.phone.turn.events)


# --- opening hours -------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["when do you open", "are you open", "what are your hours"])
@pytest.mark.parametrize(
    ("moment", "heard"),
    [
        (NIGHT, "Our front desk. ... They are closed now. They open tomorrow at half past eight in the morning."),
        (NOON, "Our front desk. ... They are open now."),
    ],
)
def test_the_hours_are_told_from_anywhere(said, moment, heard):
    phone = call(line(), moment, "session")

    assert heard in phone.say(said)
    assert phone.place == "session"


def test_the_usual_hours_are_told_where_staff_wrote_them():
    usual = "  main: They are there on weekdays."
    script = line(words=(tuple(worded("\ndays:\n", f"\nhours:\n{usual}\ndays:\n")),))

    assert "They are open now. They are there on weekdays." in call(script, NOON).say("what are your hours")


def test_midnight_is_said_in_words():
    night = line(main="{monday: 0:00-2:00, saturday: 0:00-24:00}")

    assert "They open on Saturday at midnight." in call(night, NOON).say("when do you open")


def test_who_never_closes_is_open():
    every = "{" + ", ".join(f"{day}: 0:00-24:00" for day in ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")) + "}"  # fmt: skip

    assert "They are open now." in call(line(main=every), NIGHT).say("are you open")


def test_hours_that_nobody_knows_are_not_invented(script):
    heard = at(script, "session").say("what are your hours")

    assert heard.startswith("This line does not know the opening hours. A person can tell you.")
    assert "Do you want to talk to a person?" in heard
    assert opening_hours(script, State(script.version, "en-US", "session")) == ()


# --- silence out of hours ------------------------------------------------------------------------


def test_silence_promises_no_person_who_is_not_there():
    night, noon = call(line(), NIGHT, "session"), call(line(), NOON, "session")

    assert "I will connect you" in noon.wait(2)
    assert "I will read our number to you soon" in night.wait(2)
    assert "They are closed now." in night.wait()
    assert "I will connect you" in night.wait(2)
    assert not night.ringing
