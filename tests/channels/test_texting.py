"""Conversations by text: what comes back, in the words of the line that ships."""

import re

import pytest

from ivr.channels.talk import FRESH, LONGEST, MOST_REPLIES, MOST_SAME
from ivr.channels.text import KEYWORDS
from ivr.dialog.events import (
    EmergencyHeard,
    InputNotMatched,
    KeywordReceived,
    LanguageChanged,
    NumberGiven,
    TextsRested,
    TextsStarted,
    TransferStarted,
)
from texter import Texter
from timed import line

OPENING = "Automatic replies. No person reads these texts. In an emergency call or text 911."
APERTURA = "Respuestas automaticas. Ninguna persona lee estos textos."


@pytest.fixture
def texter(script):
    return Texter(script)


def test_the_first_answer_is_exactly_this(texter):
    assert texter.send("hi") == (
        f"{OPENING}\n"
        "Specialty Surgical Center, automated line.\n"
        "1 Active release technique\n2 Who it is for\n3 About our center\n4 Fax number\n5 Billing\n0 A person\n8 Español"
    )
    assert texter.facts(TextsStarted) == [TextsStarted("en-US")]


@pytest.mark.parametrize("first", ["hi", "", "2", "fax", "billing", "9", "\N{GRINNING FACE}", "what", "zblorg", "0"])
def test_every_conversation_begins_with_who_answers_and_with_911(texter, first):
    assert texter.send(first).startswith(OPENING)


def test_the_opening_comes_once(texter):
    texter.send("hi")
    assert OPENING not in texter.send("1")


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (["hi", "5"], "Billing\nCall 570-386-2366."),
        (["hi", "4"], "Fax number\nThe number is 973-940-3170."),
        (["hi", "1", "1"], "What it is\nActive release technique is a treatment by hand."),
        (["hi", "1", "1", "MORE"], "It is a special kind of chiropractic massage."),
        (["hi", "1", "1", "more please"], "It is a special kind of chiropractic massage."),
        (["hi", "1", "1", "1"], "It is a special kind of chiropractic massage."),
        (["hi", "2", "MORE", "3"], "Shoulder pain. That is on our list."),
        (["does it help with a slipped disc"], "The closest name on our list is Herniated disc."),
        (["is it for tinnitus"], "That is not on our list."),
        (["where are you"], "Specialty Surgical Center is in Sparta, New Jersey."),
        (["hi", "1", "menu"], "Specialty Surgical Center, automated line."),
        (["hi", "1", "back"], "Specialty Surgical Center, automated line."),
        (["hi", "option 5"], "Call 570-386-2366."),
        (["how much is it"], "This line does not know that. A person can tell you. Call 973-940-3166."),
        (["hi", "bye"], "Thank you. You can text again at any time."),
        (["hi", "help!"], "Text the number of a choice, or write in your own words what you want."),
        (["hi", "9"], "Relay service: 711."),
    ],
)
def test_numbers_and_words_lead_where_they_do_on_the_telephone(texter, texts, shown):
    assert shown in texter.send_all(*texts)


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (
            ["hi", "0"],
            "\nMonday to Friday: 8:30 AM to 5:00 PM\nSaturday, Sunday: closed\nClosed: December 24 2026, December",
        ),
        (
            ["billing"],
            "\nMonday: 9:00 AM to noon, 1:00 PM to 4:00 PM\nTuesday to Friday: closed\nSaturday: 6:00 PM to mid",
        ),
        (["office number"], "The number is 973-940-3166.\nMonday to Friday: 8:30 AM to 5:00 PM\n"),
        (["what are your hours"], "Call 973-940-3166.\nMonday to Friday: 8:30 AM to 5:00 PM\n"),
        (["español", "0"], "\nLunes a viernes: 8:30 am a 5:00 pm\nSabado, domingo: cerrado\n"),
    ],
)
def test_with_a_number_stands_when_somebody_answers_it(texts, shown):
    assert shown in Texter(line()).send_all(*texts)


def test_many_days_that_are_closed_are_sent_in_more_than_one_text():
    days = ", ".join(f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in (1, 15))
    texter = Texter(line(main=f"{{monday: 8:30-17:00, closed on: [{days}]}}"))

    assert "Text MORE to go on." in texter.send("0")
    assert "December 15 2026" in texter.send_all("MORE", "MORE")


@pytest.mark.parametrize("wish", ["0", "a person", "operator", "can I talk to somebody"])
def test_a_person_is_a_number_to_call_the_relay_service_and_the_town(texter, wish):
    texter.send("hi")
    assert texter.send(wish).startswith(
        "Our front desk\nCall 973-940-3166. Relay service: 711.\nWe are in Sparta, New Jersey.\n"
    )
    assert texter.facts(NumberGiven) == [NumberGiven("reception", "main")]
    assert not texter.facts(TransferStarted)


@pytest.mark.parametrize("place", [[], ["1"], ["1", "1"], ["2"], ["2", "1"], ["4"], ["5"], ["0"], ["8"]])
@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("my chest hurts so bad", "If this is an emergency, call or text 911."),
        ("I can't breathe", "If this is an emergency, call or text 911."),
        ("no puedo respirar", "Si es una emergencia, llame o mande un texto al 911."),
    ],
)
def test_words_of_an_emergency_get_their_answer_first(texter, place, words, first):
    for body in place:
        texter.send(body)

    assert texter.send(words).startswith(first)
    assert texter.facts(EmergencyHeard)


@pytest.mark.parametrize("first", ["hi", "8", "1"])
def test_a_bare_911_is_answered_with_911(texter, first):
    texter.send(first)
    assert "911" in texter.send("911").split(".")[0]


def test_words_of_suicide_are_told_of_988(texter):
    assert texter.send("I want to kill myself").startswith(
        "If this is an emergency, call or text 911. You can also call or text 988, day or night."
    )


def test_where_something_else_was_asked_for_too_it_is_asked_about(texter):
    assert texter.send("my chest hurts, where do I send a fax") == (
        "If this is an emergency, call or text 911. If it is not an emergency, I am still here.\n"
        "I am not sure what you want. Text 1 or 2.\n1 Fax number\n2 Something else\n" + WAYS
    )
    assert texter.send("1").startswith("Fax number\n")


@pytest.mark.parametrize(
    "words", ["hola", "facturación", "quiero hablar con una persona", "8", "español", "menú por favor"]
)
def test_spanish_words_or_8_switch(texter, words):
    answer = texter.send(words)

    assert texter.talk.state.language == "es-US"
    assert answer.startswith(APERTURA)


def test_a_switch_in_the_middle_is_told_and_begins_with_911(texter):
    texter.send("hi")
    assert texter.send("facturación").startswith(APERTURA)
    assert texter.facts(LanguageChanged) == [LanguageChanged("es-US")]
    assert texter.send("billing") == "Facturacion\nLlame al 570-386-2366. Servicio de retransmision: 711.\n" + WAYS_ES


WAYS = "Text MENU for the main menu, 0 for a person."
WAYS_ES = "Mande MENU para el menu principal, 0 para una persona."


def test_what_is_not_understood_is_met_with_other_words_and_then_a_person(texter):
    texter.send("hi")
    first, second, third = (texter.send("zblorg wug") for _ in range(3))

    assert first.startswith("I did not understand.\nSpecialty")
    assert second.startswith("I still do not understand.")
    assert third.startswith("Our front desk\nCall 973-940-3166.")


def test_nobody_is_told_at_once_that_they_were_not_understood(texter):
    assert "not understand" not in texter.send("zblorg wug")
    assert texter.facts(InputNotMatched)


def test_a_doubt_is_put_as_two_numbers(texter):
    texter.send("hi")
    question = "I am not sure what you want. Text 1 or 2.\n1 Billing\n2 Something else\n"

    assert texter.send("it is about money") == question + WAYS
    assert texter.send("3").endswith(question + WAYS)
    assert texter.send("1").startswith("Billing\nCall 570-386-2366.")
    texter.send("it is about money")
    assert texter.send("2").startswith("All right.")


def test_pictures_and_empty_texts_are_answered(texter):
    texter.send("hi")
    assert texter.send("", NumMedia="1").startswith("I can read words and numbers only.\nSpecialty")
    assert texter.send("\N{GRINNING FACE}").startswith("I can read words and numbers only.")


def test_the_longest_text_is_answered(texter):
    texter.send("hi")
    assert "Call 570-386-2366" in texter.send("blah " * 300 + "and I want to pay my bill")


# --- time ----------------------------------------------------------------------------------------


def test_a_bare_number_is_an_action_only_as_long_as_its_list_is_fresh(texter):
    texter.send_all("hi", "1")
    assert texter.send("2", after=FRESH).startswith("What happens in a session")
    texter.send("back")

    late = texter.send("2", after=FRESH + 1)
    assert late.startswith(f"{OPENING}\nSpecialty Surgical Center, automated line.\n1 Active")


@pytest.mark.parametrize(
    ("word", "shown"), [("fax", "973-940-3170"), ("0", "973-940-3166"), ("9", "711"), ("8", APERTURA)]
)
def test_words_and_the_keys_that_are_the_same_everywhere_are_never_too_late(texter, word, shown):
    texter.send_all("hi", "1")
    assert shown in texter.send(word, after=FRESH + 1)


def test_the_language_lasts_for_hours(texter):
    texter.send("8")
    assert texter.send("zblorg", after=LONGEST).startswith(APERTURA)
    assert texter.send("zblorg", after=LONGEST + 1).startswith(OPENING)


def test_a_clock_that_went_backwards_is_no_reason_to_trust(texter):
    texter.send_all("hi", "1")
    assert texter.send("hi", after=-60) != ""
    assert texter.send("2", after=-10_000).startswith(OPENING)


# --- without memory ------------------------------------------------------------------------------


def test_without_a_memory_every_text_stands_alone(script):
    alone = Texter(script, keeps=False)

    assert alone.send("5").startswith(f"{OPENING}\nBilling\nCall 570-386-2366.")
    assert "The number is 973-940-3170." in alone.send("fax")
    menu = alone.send("1")
    assert "- What it is\n" in menu
    assert not re.search("^1 ", menu, re.MULTILINE), "a number would mean one of the first menu"
    assert "MORE" not in alone.send("what is active release")


# --- Twilio's own words, and machines -------------------------------------------------------------


@pytest.mark.parametrize("word", ["STOP", "start", " Help ", "YES", "cancel"])
def test_what_twilio_answers_is_not_answered_twice(texter, word):
    texter.send("hi")
    before = texter.talk

    assert texter.send(word) == ""
    assert texter.facts(KeywordReceived) == [KeywordReceived(word.strip().upper())]
    assert texter.talk == before


def offered(words):
    """What a text tells its reader to write: what stands after a number at the beginning of a line, and capitals."""
    return {*re.findall(r"^[0-9] (.+)$", words, re.MULTILINE), *re.findall(r"\b[A-Z]{2,}\b", words)}


def test_no_word_of_twilios_is_ever_offered(script):
    for language in ("hi", "8"):
        for walk in ([], ["1"], ["1", "2"], ["2"], ["3"], ["5"], ["0"], ["9"], ["zblorg"], ["bye"], ["stop it"]):
            texter = Texter(script)
            for words in (texter.send(language), *(texter.send(body) for body in walk)):
                assert not {word.upper() for word in offered(words)} & KEYWORDS


def test_the_same_automatic_reply_again_and_again_is_met_with_silence(texter):
    reply = "Thank you for your message. We are out of the office until Monday."
    answers = [texter.send(reply) for _ in range(6)]

    assert all(answers[:MOST_SAME])
    assert not any(answers[MOST_SAME:])
    assert texter.facts(TextsRested)
    assert texter.send("fax") != "", "a person who writes something else is answered"


def test_a_machine_with_many_words_is_left_alone_after_a_while(texter):
    answers = [texter.send(f"automatic reply with ticket number {n}", after=3) for n in range(2 * MOST_REPLIES)]

    assert all(answers[:MOST_REPLIES])
    assert answers[MOST_REPLIES].endswith("I have sent many texts and will rest for a while. Call 973-940-3166.")
    assert not any(answers[MOST_REPLIES + 1 :])
    assert texter.send("hi", after=FRESH) != ""


def test_our_own_words_coming_back_do_not_go_on_for_ever(texter):
    words = "hi"
    answers = []
    for _ in range(3 * MOST_REPLIES):
        words = texter.send(words, after=2) or words
        answers.append(words if texter.events and not texter.facts(TextsRested) else "")
    assert "" in answers[: 2 * MOST_REPLIES + 2]


def test_an_emergency_is_answered_even_then(texter):
    for n in range(MOST_REPLIES + 5):
        texter.send(f"automatic reply with ticket number {n}", after=1)
    assert texter.send("I can't breathe", after=1).startswith("If this is an emergency, call or text 911.")


# --- a script that changes ----------------------------------------------------------------------


def test_a_number_of_a_list_that_has_changed_since_is_no_action(texter):
    texter.send_all("hi", "1")
    texter.talk = texter.talk._replace(state=texter.talk.state.but(version="older"))

    assert texter.send("2").startswith("This line has just changed.\nActive release technique\n1 What it is")
    assert texter.send("2").startswith("What happens in a session")


def test_a_place_that_is_gone_leads_to_the_first_menu(texter):
    texter.send("hi")
    texter.talk = texter.talk._replace(state=texter.talk.state.but(node="parking"))

    assert texter.send("2").startswith("This line has just changed.\nSpecialty Surgical Center")
