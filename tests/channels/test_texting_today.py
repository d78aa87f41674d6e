"""What texters are told of today, of how little the line knows, and that no part of a promise waits behind "more"."""

import pytest

from ivr.dialog.inputs import Arrived
from ivr.script.hours import closed_at
from ivr.script.today import Told
from texter import Texter
from timed import at, line

OPENING = "Automatic replies. No person reads these texts. In an emergency call or text 911."
NIGHT, NOON = "2026-11-23T18:00", "2026-11-23T11:00"


def texter(script, moment="", notices=()):
    return Texter(script, today=Arrived(closed_at(script, at(moment)) if moment else (), notices))


# --- promise 13 ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "safety"), [("en-US", "Only an examination can tell"), ("es-US", "Solo con un examen se puede saber")]
)
def test_the_first_message_about_a_condition_says_that_only_an_examination_can_tell(script, language, safety):
    items = script.words[language].nodes["conditions"].items.values()
    asked = [words for item in items for words in (item.label, *item.lay_words[:1])]
    for words in asked:
        first, later = Texter(script), Texter(script)
        if language != script.first_language:
            later.send("8")
        later.send("menu")

        assert safety in later.send(words), words
        if language == script.first_language:
            assert safety in first.send(words), words


# --- hours and notices ---------------------------------------------------------------------------


@pytest.mark.parametrize("asked", ["0", "a person", "are you open", "is it safe after a heart attack"])
def test_who_texts_at_night_is_told_that_it_is_closed(asked):
    night, noon = texter(line(), NIGHT), texter(line(), NOON)
    night.send("hi")

    told = night.send(asked)
    assert "They are closed now. They open tomorrow at half past eight in the morning." in told
    assert "973-940-3166" in told
    assert "closed now" not in noon.send_all("hi", asked)


def test_hours_that_are_known_are_not_said_to_be_unknown(script):
    assert "does not know" not in texter(line(), NOON).send_all("hi", "are you open")
    assert "This line does not know the opening hours." in texter(script).send_all("hi", "are you open")


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (Told("en-US", "We are closed because of snow"), "We are closed because of snow."),
        (Told("en-US", ready="closed today"), "We are closed today."),
        (Told("en-US", "No bus comes to us today, and " * 8), "There is news today. A person can tell you more."),
    ],
)
def test_a_notice_begins_a_conversation(script, told, shown):
    phone = texter(script, notices=(told, Told("es-US", "Hoy no hay nadie")))

    assert phone.send("hi").startswith(f"{OPENING}\n{shown}\nSpecialty Surgical Center")
    assert shown not in phone.send("1")
    assert "\nHoy no hay nadie.\n" in phone.send("8")


def test_words_of_danger_come_before_any_notice(script):
    phone = texter(script, notices=(Told("en-US", "We are closed because of snow"),))

    assert phone.send("my chest hurts").startswith("If this is an emergency, call or text 911.")


# --- what a text cannot do -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "answered"),
    [
        (["hi", "4", "text me this"], "Fax number\nThe number is 973-940-3170."),
        (["hi", "4", "call me"], "This line cannot call you. Call 973-940-3166."),
        (["hi", "billing by phone", "call me"], "This line cannot call you. Call 570-386-2366."),
        (["hi", "unsubscribe me"], "To get no more texts from this line, text the word stop."),
        (["hi", "remove me"], "To get no more texts from this line, text the word stop."),
        (["hi", "8", "deme de baja"], "Para no recibir mas textos de esta linea, mande la palabra stop."),
        (["hi", "fax", "ok"], "All right.\n"),
        (["hi", "fax", "thank you"], "All right.\n"),
        (["hi", "fax", "MORE"], "That was all.\n"),
        (["hi", "2", "MORE", "MORE", "MORE"], "That was all.\n"),
        (["hi", "is it safe after a heart attack"], "This line does not know that. A person can tell you. Call 973"),
        (["hi", "my chest hurts", "no"], "All right."),
        (["hi", "my chest hurts", "I'm okay"], "All right."),
    ],
)
def test_what_a_text_cannot_do_is_said_with_what_can_be_done(script, texts, answered):
    phone = Texter(script)

    assert phone.send_all(*texts).startswith(answered)
    assert phone.talk.state.misses == 0
