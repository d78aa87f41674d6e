"""Text as it is compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ivr.script.plain import plain


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("My  Bill!", "my bill"),
        ("\u00bfD\u00f3nde est\u00e1n?", "donde estan"),
        ("what's it", "whats it"),
        ("what\u2019s it", "whats it"),
        ("knee-pain, knee_pain", "knee pain knee pain"),
        ("fax fax number", "fax number"),
        ("STRASSE stra\u00dfe", "strasse"),
        ("!!! ... \u2026", ""),
    ],
)
def test_what_is_left_of_a_text(text, words):
    assert plain(text) == words


@given(st.text(max_size=40))
def test_a_plain_text_stays_as_it_is(text):
    assert plain(plain(text)) == plain(text)
