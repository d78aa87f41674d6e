"""What is left of a caller's words for staff to read: nothing that tells who called."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.dialog.redacted import HIDDEN, MOST_WORDS, redacted
from ivr.dialog.vocabulary import vocabulary

EN, ES = "en-US", "es-US"

SAID = [
    (EN, "I'd like my knee looked at by a Zoroastrian", "id like my knee looked at by …"),
    (EN, "my name is Maria Kowalski and my knee hurts", "my name is … and my knee hurts"),
    (EN, "can I talk to Linda Joe about my bill", "can … talk … about my bill"),
    (EN, "call me back at 973-555-0123 about my knee", "call me back at … about my knee"),
    (EN, "call me at nine seven three five five five oh one two three", "call me at …"),
    (EN, "call me at double five forty triple zero", "call me at …"),
    (EN, "my birthday is the twenty first of May 1971", "my … is … of may …"),
    (EN, "my name is K O W A L S K I", "my name is …"),
    (EN, "it is a l i in a u t o", "it is … in …"),
    (EN, "write to ann.kowalski77@example.org please", "write … example … please"),
    (EN, "my policy is XJ9-44 B2", "my … is …"),
    (ES, "me llamo José Martínez y me duele la rodilla", "me llamo … me duele la rodilla"),
    (ES, "mi número es dos cuatro veintidós noventa y cien", "mi numero es …"),
    (ES, "vivo en la calle Juárez 12", "… en la calle …"),
]


@pytest.mark.parametrize(("language", "said", "shown"), SAID)
def test_only_the_words_of_the_line_are_left(script, language, said, shown):
    assert redacted(script, language, said) == shown


@pytest.mark.parametrize("said", ["", "Kowalski", "S M I T H", "973 555 0123", "one two three", "Maria Linda", "…"])
def test_where_no_word_is_left_nothing_is(script, said):
    assert redacted(script, EN, said) == ""


def test_a_story_is_cut(script):
    story = "my knee hurts Kowalski " * 20

    assert redacted(script, EN, story) == " ".join(["my knee hurts …"] * 4)


def test_the_lines_own_numbers_and_the_other_language_are_hidden(script):
    assert redacted(script, EN, "please call 911") == "please call …"
    assert redacted(script, EN, "please rodilla") == "please …"


@given(st.text())
def test_whatever_is_said_nothing_comes_out_that_the_line_does_not_say(script, said):
    shown = redacted(script, EN, said)
    words = [word for word in shown.split() if word != HIDDEN]

    assert len(words) <= MOST_WORDS
    assert set(words) <= vocabulary(script, EN).ours
    assert bool(shown) == bool(words)
    assert not any(character.isdigit() for character in shown)
