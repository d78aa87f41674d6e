"""A number that nobody answers: it is told, with when it opens, whom to call in danger, the number, and a way to try."""

from dataclasses import replace

import pytest

from altered import line as sample_line
from altered import worded
from caller import Caller
from ivr.dialog.closed import when
from ivr.dialog.events import TransferFoundClosed
from ivr.dialog.inputs import Arrived, Key, Said
from ivr.dialog.reply import Dial
from ivr.dialog.state import State, parse, query
from ivr.dialog.turn import turn
from ivr.phone.engine import EnginePhone
from ivr.script.today import DAYS, Closed, Told
from timed import OFFICE, call, line

MONDAY_NIGHT, MONDAY_NOON = "2026-11-23T18:00", "2026-11-23T11:00"
CLOSED = "They are closed now."
OPENS = "They open tomorrow at half past eight in the morning."
EMERGENCY = "In an emergency, hang up and call nine one one."
MAIN = "nine seven three, nine four zero, three one six six"
CHOICES = "Call anyway ... press one. Hear the number ... press two. Main menu ... press three."


@pytest.fixture
def night():
    """A call at an hour at which the front desk and billing are closed."""
    return call(line(), MONDAY_NIGHT)


# --- what is told --------------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["0", "operator", "I want to talk to a person"])
def test_a_closed_number_is_told_before_anything_rings(night, given):
    """UNI-08: asking for a person is honoured all the same."""
    heard = f"{night.press(given)} {night.wait()}" if given == "0" else night.say(given)

    told = [
        heard.index(words) for words in ("Our front desk.", CLOSED, OPENS, EMERGENCY, MAIN, "Three choices.", CHOICES)
    ]
    assert told == sorted(told)
    assert heard.count(MAIN) == 2
    assert not night.ringing
    assert night.place == "reception"


def test_it_is_told_in_each_language():
    night = call(line(), MONDAY_NIGHT, "main menu", "es-US")
    heard = night.say("operadora")

    for words in (
        "Ahora está cerrado.",
        "Abren mañana a las ocho y media de la mañana.",
        "cuelgue y llame",
        "Llamar de todos",
    ):
        assert words in heard


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-23T07:00", "They open today at half past eight in the morning."),
        ("2026-11-27T18:00", "They open on Monday at half past eight in the morning."),
        ("2026-12-23T23:30", "They open on Monday at half past eight in the morning."),
    ],
)
def test_when_it_opens_is_said_in_words(moment, opens):
    assert opens in call(line(), moment).press("0")


def test_a_week_or_more_is_said_to_be_one():
    said = call(line(main="{monday: 9:00-12:00}"), "2026-11-23T13:00").press("0")

    assert "They stay closed for a week or more. After that, they open on Monday at nine in the morning." in said


def without_days(script):
    return replace(script, words={tag: replace(words, days={}) for tag, words in script.words.items()})


@pytest.mark.parametrize(
    "script",
    [line(main="{monday: closed}"), line(main="{tuesday: 8:45-9:00}"), without_days(line())],
    ids=["it never opens", "a time without words", "a language without days"],
)
def test_without_words_for_it_no_time_is_said(script):
    """NUM-07: a raw time is never said."""
    said = call(script, MONDAY_NIGHT).press("0")

    assert f"{CLOSED} {EMERGENCY}" in said
    assert not any(digit in said for digit in "0123456789")


def test_the_usual_hours_are_said_where_no_opening_is_known():
    usual = "We are here from Tuesday to Friday, from nine to five."
    script = line(main="{monday: closed}", words=(_usual(usual),))

    assert f"{CLOSED} {usual} {EMERGENCY}" in call(script, MONDAY_NIGHT).press("0")


def _usual(sentence):
    return tuple(worded("\ndays:\n", f"\nhours:\n  main: {sentence}\ndays:\n"))


def test_open_at_noon_it_rings_at_once():
    noon = call(line(), MONDAY_NOON)
    assert CLOSED not in noon.press("0")
    noon.wait()

    assert noon.ringing


def test_a_call_that_begins_a_minute_before_closing_is_not_turned_away():
    """Open or closed is decided once; at 17:01 the state still says what was so at 16:59."""
    call_ = call(line(), "2026-11-23T16:59")
    call_.press("9")
    call_.wait()
    call_.press("0")
    call_.wait()

    assert call_.ringing


@pytest.mark.parametrize("moment", [MONDAY_NIGHT, MONDAY_NOON])
def test_after_no_answer_the_hours_are_told_if_they_are_known(moment):
    usual = "We are here from Monday to Friday."
    script = line(words=(_usual(usual),))
    phone = call(script, moment)
    phone.press("0")
    if not phone.heard.lines[-1].text.endswith("press star."):
        phone.press("1")
    phone.wait()
    heard = phone.ends("no answer")

    hours = OPENS if moment == MONDAY_NIGHT else usual
    assert f"Nobody answered. The office may be closed. {hours} {EMERGENCY}" in heard
    assert heard.count(MAIN) == 2


def test_after_a_busy_line_nothing_is_said_of_hours(night):
    night.press("0")
    night.press("1")
    night.wait()

    assert "open" not in night.ends("busy")


# --- and what follows ----------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["1", "call anyway", "try anyway", "connect me", "put me through", "try again"])
def test_a_closed_number_can_be_called_anyway(night, given):
    night.press("0")
    heard = night.press(given) if given == "1" else night.say(given)
    assert "Connecting you now." in heard
    night.wait()

    assert night.ringing == "+19739403166"


@pytest.mark.parametrize("given", ["operator", "a person please"])
def test_whoever_asks_for_a_person_once_more_is_put_through(night, given):
    night.press("0")
    night.say(given)
    night.wait()

    assert night.ringing == "+19739403166"


def test_a_doubled_zero_rings_nothing_and_a_third_one_does(night):
    """Promise 4: a doubled key is tremor."""
    assert CHOICES in night.press("00")
    assert not night.ringing
    assert "Connecting you now." in night.press("0")


def test_a_zero_after_the_first_sentences_is_meant_and_rings(night):
    """Nobody's hand trembles for so long: who has heard that it is closed, and presses once more, is put through."""
    night.press("0")
    assert CHOICES in night.wait()
    assert "Connecting you now." in night.press("0")


def test_a_doubled_option_that_would_now_mean_call_anyway_rings_nothing():
    script = line()
    menu = replace(script.nodes["main menu"], options=tuple(_swapped(script.nodes["main menu"].options)))
    script = replace(script, nodes={**script.nodes, "main menu": menu})
    phone = call(script, MONDAY_NIGHT)
    assert CLOSED in phone.press("1")
    assert "Connecting" not in phone.press("1")
    assert "Connecting" in phone.press("1")


def _swapped(options):
    targets = {"treatment": "billing", "billing": "treatment"}
    return (replace(option, target=targets.get(option.target, option.target)) for option in options)


def test_the_number_can_be_heard_again_and_the_menu_is_near(night):
    night.press("0")
    assert night.press("2").count(MAIN) == 2
    assert CHOICES in night.text
    assert night.press("3").startswith("Main menu.")


def test_again_tells_all_of_it_again_and_another_language_too(night):
    night.press("0")
    assert f"{CLOSED} {OPENS}" in night.press("#")
    assert "Ahora está cerrado. Abren mañana" in night.press("8")


def test_back_leads_to_where_the_caller_was(night):
    night.press("30")

    assert night.press("*").startswith("About our center.")


def test_help_and_back_keep_the_choices(night):
    night.press("0")
    night.press("9")

    assert CHOICES in night.press("*")


def test_a_number_place_reads_its_number_and_tells_when_the_call_is_asked_for():
    night = call(line(), MONDAY_NIGHT, "office phone")
    night.wait()
    assert CLOSED not in night.text
    assert f"{CLOSED} {OPENS}" in night.press("2")
    night.press("1")
    night.wait()

    assert night.ringing == "+19739403166"


def test_a_spoken_key_is_asked_about_and_then_rings():
    night = call(line(), MONDAY_NIGHT, "office phone")
    night.wait()
    night.press("2")
    assert "Did you mean: Call anyway?" in night.say("one")
    night.say("yes")
    night.wait()

    assert night.ringing == "+19739403166"


def test_a_fax_line_is_asked_about_and_never_closed():
    night = call(line(fax=OFFICE), MONDAY_NIGHT, "fax")
    night.wait()
    assert "loud tone" in night.press("2")
    assert "Connecting you now." in night.press("1")


def test_whoever_says_nothing_is_told_and_then_put_through_before_the_line_gives_up(night):
    """TIME-13: a person was promised; a caller who can neither press nor speak gets one, if anybody is there."""
    heard = [night.wait() for _ in range(6)]
    assert CLOSED in heard[2]
    assert "Connecting you now." in heard[5]
    night.wait()
    assert night.ringing == "+19739403166"
    night.ends("no answer")
    night.wait(4)

    assert night.ended


def test_whoever_is_not_understood_is_told_and_then_put_through(night):
    heard = [night.say(f"gobbledygook {n}") for n in ("zum", "brum", "krum", "flum", "plum", "drum")]
    assert "I will connect you" not in heard[2]
    assert CLOSED in heard[2]
    assert "Connecting you now." in heard[5]


def test_danger_comes_first_also_out_of_hours(night):
    night.press("0")

    assert night.say("my chest hurts").startswith("If this is an emergency, hang up and call nine one one.")
    assert not night.ringing


def test_a_number_that_leads_back_to_this_line_is_not_called_anyway_either():
    script = line()
    state = State(script.version, "en-US", "reception", question="closed", closed=(Closed("main"),))
    done = turn(script, state, Key("1"), frozenset({"+19739403166"}))

    assert not [step for step in done.steps if isinstance(step, Dial)]
    assert "leads back to this line" in done.steps[0].speech[0].text


def test_the_event_tells_the_operator_once(night):
    state = night.phone.state
    done = turn(line(), state, Key("0"))
    found = [event for event in done.events if isinstance(event, TransferFoundClosed)]
    again = turn(line(), done.state, Key("#"))

    assert found == [TransferFoundClosed("reception", "main")]
    assert not [event for event in again.events if isinstance(event, TransferFoundClosed)]


# --- what travels in the state -------------------------------------------------------------------

SHUT = (Closed("main", "tomorrow", 510), Closed("two words", "monday", 0, 1), Closed("billing"))


def test_who_is_closed_survives_the_address():
    state = State("abc", "en-US", "reception", question="closed", closed=SHUT)

    assert parse(query(state)) == state
    assert "h=main.tomorrow.510.0-two_words.monday.0.1-billing..0.0" in query(state)


@pytest.mark.parametrize(
    "shut", ["main", "main.someday.5.0", "main.today.05.0", "main.today.5.2", "main.today.99999.0", "-"]
)
def test_what_nobody_has_written_so_is_refused(shut):
    assert parse(f"h={shut}&l=en-US&n=reception&v=1.abc") is None


@pytest.mark.parametrize("given", [Key("0"), Key("1"), Key("#"), Key("9"), Said("call anyway"), Said("operator")])
@pytest.mark.parametrize("node", ["reception", "gone", "office phone", "main menu"])
@pytest.mark.parametrize("closed", [(), (Closed("main", "tomorrow", 511),), (Closed("gone", "today", 1),), SHUT])
def test_a_script_that_has_changed_in_mid_call_still_answers(given, node, closed):
    """A number that is gone, hours that have changed, no words for a time: each has an answer."""
    old = State("of-before", "en-US", node, question="closed", closed=closed, way=("main menu",))
    done = turn(sample_line(), old, given)

    assert done.steps
    assert {one.number for one in done.state.closed} <= {one.number for one in closed}


def test_who_was_closed_stays_closed_when_a_call_lands_at_the_nearest_place():
    landed = turn(line(), State("before", "en-US", "gone", closed=SHUT), Key("1")).state

    assert landed.closed == (SHUT[0], SHUT[2])
    assert CLOSED in turn(line(), landed, Key("0")).steps[0].speech[0].text


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("language", ["en-US", "es-US"])
def test_the_sample_has_words_for_each_day_and_the_usual_times(script, language, day):
    for time, words in script.words[language].times.items():
        hour, minute = map(int, time.split(":"))
        said = when(script, language, Closed("main", day, 60 * hour + minute))[0].text

        assert script.words[language].days[day] in said
        assert words in said


# --- notices -------------------------------------------------------------------------------------


def test_a_notice_is_said_right_after_the_emergency_sentences_in_the_voice_of_its_language(script):
    told = (Told("en-US", "We are closed because of snow"), Told("es-US", ready="closed today"))
    speech = turn(script, None, Arrived(notices=told)).steps[0].speech

    assert [(u.language, u.text) for u in speech[:4]] == [
        ("en-US", "If this is an emergency, hang up and call nine one one."),
        ("es-US", "Si es una emergencia, cuelgue y llame al nueve uno uno."),
        ("en-US", "We are closed because of snow."),
        ("es-US", "Hoy estamos cerrados. Para español, oprima ocho."),
    ]


def test_a_call_keeps_nothing_of_a_notice_beyond_its_opening(script):
    phone = Caller(EnginePhone(script, arrived=Arrived(notices=(Told("en-US", "Snow today."),))))
    assert "Snow today." in phone.text

    assert "Snow" not in phone.press("#")
    assert "Snow" not in query(phone.phone.state)


def test_zero_works_before_the_notice_has_been_heard(script):
    done = turn(script, None, Arrived(notices=(Told("en-US", "Snow today."),)))

    assert [s for s in turn(script, done.state, Key("0")).steps if isinstance(s, Dial)]
