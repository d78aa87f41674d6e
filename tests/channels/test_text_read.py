"""What Twilio posts for a text becomes a key, words, nothing to read, or a word that Twilio has answered itself."""

import pytest

from ivr.channels.text import KEYWORDS, Keyword, Wrote, read, write

KEYS = ["2", " 2 ", "2.", "#2", "(2)", "2)", "2!", "2\n", "\uff12", "\u0662", "2\ufe0f\u20e3", "\u200e2"]


@pytest.mark.parametrize("body", KEYS)
def test_a_number_is_a_key_however_it_is_written(body):
    assert read({"Body": body}) == Wrote("2")


@pytest.mark.parametrize("body", ["0", "*", "#", " * "])
def test_the_other_keys_are_keys_too(body):
    assert read({"Body": body}) == Wrote(body.strip())


@pytest.mark.parametrize("body", ["two", "12", "2 please", "911", "2/3", "1 2", "-2", "2 \N{GRINNING FACE}x"])
def test_other_texts_are_words(body):
    assert read({"Body": body}) == Wrote(words=body)


@pytest.mark.parametrize(
    "body", ["", "   ", "\n", "?!", "\N{GRINNING FACE}", "\N{THUMBS UP SIGN}\U0001f3fd", "\u200b", "..."]
)
@pytest.mark.parametrize("media", ["0", "1", "10", "many", ""])
def test_what_has_no_words_has_nothing_to_read(body, media):
    assert read({"Body": body, "NumMedia": media}) == Wrote()
    assert read({"NumMedia": media}) == Wrote()


def test_words_beside_a_picture_are_read():
    assert read({"Body": "fax", "NumMedia": "1", "MediaUrl0": "https://x"}) == Wrote(words="fax")


@pytest.mark.parametrize("word", sorted(KEYWORDS))
def test_twilio_answers_its_own_words(word):
    for body in (word, word.lower(), word.title(), f"  {word}\n"):
        assert read({"Body": body}) == Keyword(word)


OTHERS = [
    ({"Body": "Stop."}, Keyword("STOP")),
    ({"Body": "stop!!"}, Keyword("STOP")),
    ({"Body": "arrêt", "OptOutType": "STOP"}, Keyword("STOP")),
    ({"Body": "info", "OptOutType": "HELP"}, Keyword("HELP")),
    ({"Body": "volver", "OptOutType": "start"}, Keyword("START")),
    ({"Body": "x", "OptOutType": "something new"}, Keyword("STOP")),
    ({"Body": "fax", "OptOutType": ""}, Wrote(words="fax")),
    ({"Body": "help!"}, Wrote(words="help!")),
    ({"Body": "please help"}, Wrote(words="please help")),
    ({"Body": "stop texting me"}, Wrote(words="stop texting me")),
    ({"Body": "yes please"}, Wrote(words="yes please")),
]


@pytest.mark.parametrize(("form", "found"), OTHERS)
def test_a_cry_for_help_is_never_taken_for_a_keyword(form, found):
    assert read(form) == found


DOCUMENTS = [
    ("Call 973-940-3166.", "<Message>Call 973-940-3166.</Message>"),
    ("1 Fax\n2 Billing", "<Message>1 Fax\n2 Billing</Message>"),
    ('R&D <b> "it\'s"', "<Message>R&amp;D &lt;b&gt; &quot;it&#x27;s&quot;</Message>"),
    ("a\x00b\ud83dc", "<Message>abc</Message>"),
    ("", ""),
]


@pytest.mark.parametrize(("words", "inside"), DOCUMENTS)
def test_an_answer_is_one_message_or_none(words, inside):
    assert write(words) == f'<?xml version="1.0" encoding="UTF-8"?><Response>{inside}</Response>'
