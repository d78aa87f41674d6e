"""Whoever answers a transfer knows what it is about, and a machine can be kept from taking it."""

from dataclasses import replace

import pytest

from caller import Caller
from ivr.channels import aside, plain, voice
from ivr.dialog.inputs import Dialled, Outcome
from ivr.dialog.state import State
from ivr.dialog.transfers import DIRECTLY
from ivr.dialog.whisper import whisper, whispered_about
from ivr.phone.engine import EnginePhone, standing
from ivr.script.model import Transfer

NOT_TAKEN = Dialled(Outcome.COMPLETED, bridged=False)


def keyed(script):
    """The line, with billing taken with a key."""
    billing = replace(script.numbers["billing"], taken_with_key=True)
    return replace(script, numbers={**script.numbers, "billing": billing})


def ringing(caller):
    """Where the call stands while the phone rings."""
    assert caller.ringing
    return standing(caller.phone.turn, caller.phone._step)


def whispered(script, state):
    return plain.text(whisper(script, state).speech)


def test_whoever_answers_hears_language_and_subject(script, phone):
    phone.press("85")
    phone.wait()

    assert whispered(script, ringing(phone)) == "Information line. Spanish. Billing."


def test_a_caller_who_was_silent_all_along_is_given_time(script, phone):
    while not phone.ringing:
        phone.wait()

    assert whispered(script, ringing(phone)) == (
        "Information line. This caller has not spoken or pressed a key. Say hello and wait ten seconds."
    )


def test_a_caller_who_was_not_understood_is_given_time_too(script, phone):
    while phone.place != script.person:
        phone.say("glorp fizzle wub")
    phone.wait()

    assert "did not understand this caller. Say hello and wait ten seconds." in whispered(script, ringing(phone))


def test_staff_hear_it_in_their_own_language(script, phone):
    phone.press("0")
    phone.wait()

    assert whispered(replace(script, staff="es-US"), ringing(phone)).startswith("Línea de información. English. ")


def test_a_language_that_staff_have_no_name_for_is_called_as_it_calls_itself(script):
    plainly = {tag: replace(language, staff_name="") for tag, language in script.languages.items()}
    state = State(script.version, "es-US", "billing", touched=True)

    assert whispered(replace(script, languages=plainly), state) == "Information line. Español. Billing."


def test_it_never_tells_a_number_a_condition_or_words(script, phone):
    phone.say("does it help with sciatica")
    phone.say("my bill is wrong")
    phone.wait()
    state = ringing(phone)
    told = (aside.write(script, state) + str(whispered_about(state))).replace(script.version, "")

    assert not [word for word in ("sciatica", "Sciatica", "wrong", "386", "bill ") if word in told]


@pytest.mark.parametrize("language", ["en-US", "es-US"])
def test_every_transfer_of_the_line_can_be_whispered_about(script, language):
    for node in script.nodes.values():
        if isinstance(node, Transfer):
            state = State(script.version, language, node.name, touched=True)
            assert script.words["en-US"].nodes[node.name].label in whispered(script, state)


# --- as TwiML ------------------------------------------------------------------------------------

JOANNA = '<Say voice="Polly.Joanna-Neural" language="en-US"><prosody rate="92%">'
HEAD = '<?xml version="1.0" encoding="UTF-8"?><Response>'


def test_it_is_said_once_after_a_second(script):
    state = State(script.version, "es-US", "billing", touched=True, turn=4)

    assert aside.write(script, state) == (
        f'{HEAD}<Pause length="1"/>{JOANNA}Information line. Spanish. Billing.</prosody></Say></Response>'
    )


def test_where_a_key_takes_the_call_it_is_asked_for_twice_and_then_given_up(script):
    state = State(script.version, "en-US", "billing", touched=True, turn=4, way=("main menu",), misses=2)
    url = f"whisper?l=en-US&amp;n=billing&amp;t=4&amp;u=1&amp;v=1.{script.version}#rc=2&amp;rp=ct,rt,5xx&amp;ct=2000&amp;rt=4000"
    asked = (
        f'<Gather input="dtmf" action="{url}" method="POST" timeout="8" numDigits="1" finishOnKey=""><Pause length="1"/>'
        f"{JOANNA}Information line. English. Billing. To take the call, press any key.</prosody></Say></Gather>"
    )
    assert aside.write(keyed(script), state) == f"{HEAD}{asked}{asked}<Hangup/></Response>"
    assert "<Gather" not in aside.write(keyed(script), state.but(about=DIRECTLY))


def test_a_transfer_tells_where_its_whisper_is_and_a_fax_or_the_last_resort_has_none(script, phone, at):
    phone.press("5")
    assert '<Number url="whisper?l=en-US&amp;n=billing&amp;t=2&amp;u=1&amp;v=' in voice.write(script, phone.phone.turn)
    fax = at("fax")
    fax.wait()
    fax.press("2")
    fax.say("yes")
    assert "<Number>" in voice.write(script, fax.phone.turn)
    sorry = script.words["en-US"].sentences["trouble"]
    assert sorry
    assert "<Number>" in voice.landing(script, (), ())


# --- nobody takes it -----------------------------------------------------------------------------


def not_taken(caller):
    caller.heard = caller.phone.give(NOT_TAKEN)
    return caller.text


def test_a_call_that_nobody_takes_may_be_put_through_without_a_key(script):
    caller = Caller(EnginePhone(keyed(script)))
    caller.press("5")
    caller.wait()
    assert whisper(keyed(script), ringing(caller)).asks
    assert "Nobody took the call." in not_taken(caller)
    caller.press("1")
    caller.wait()

    assert not whisper(keyed(script), ringing(caller)).asks
    assert "could not be put through" in not_taken(caller)


def test_hearing_the_number_first_or_a_doubled_key_does_not_bring_the_key_back(script):
    caller = Caller(EnginePhone(keyed(script)))
    caller.press("5")
    caller.wait()
    not_taken(caller)
    caller.press("211")
    caller.wait()

    assert not whisper(keyed(script), ringing(caller)).asks


def test_asking_for_the_place_again_asks_for_a_key_again(script):
    caller = Caller(EnginePhone(keyed(script)))
    caller.press("5")
    caller.wait()
    not_taken(caller)
    caller.say("billing")
    caller.wait()

    assert whisper(keyed(script), ringing(caller)).asks


def test_without_a_key_nothing_has_changed(script, phone):
    phone.press("5")
    phone.wait()

    assert "could not be put through" in not_taken(phone)
