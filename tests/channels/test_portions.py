"""What is too long for two segments is cut between sentences and lines, and nothing of it is lost."""

import pytest

from altered import altered, worded
from ivr.channels.gsm import segments
from ivr.channels.portions import lines, page, sentences, text
from texter import Texter

MORE, END = ("\nMORE",), ("\nMENU",)
S = "Here are exactly forty letters of a text."  # with its space, 42 letters in a row of them


@pytest.mark.parametrize(
    ("count", "kept"),
    [(1, 1), (6, 6), (7, 7), (8, 7), (20, 7)],  # 7 * 42 - 1 + 5 = 298 letters; eight would be 340
)
def test_as_many_sentences_as_two_segments_hold(count, kept):
    words, sent = page((), (S,) * count, MORE, END)

    assert sent == kept
    assert words == " ".join([S] * kept) + ("\nMENU" if kept == count else "\nMORE")
    assert segments(words) <= 2


def test_what_comes_first_takes_room_from_what_comes_after():
    words, sent = page((S, S, S), (S,) * 8, MORE, END)
    assert (words, sent) == (" ".join([S] * 7) + "\nMORE", 4)
    assert page((), (S,) * 8, MORE, END, sent) == (" ".join([S] * 4) + "\nMENU", 8)


def test_a_menu_is_cut_between_its_lines():
    options = lines(*(f"{key} {'long label ' * 6}" for key in range(1, 7)))
    words, sent = page((), options, MORE, END)

    assert 0 < sent < 6
    assert words.splitlines()[-1] == "MORE"
    assert all(line[0].isdigit() for line in words.splitlines()[:-1])


def test_a_sentence_without_end_is_cut_between_words():
    pieces = sentences("word " * 200)
    assert len(pieces) > 4
    assert text(pieces).split() == ["word"] * 200


def test_another_script_has_less_than_half_the_room():
    words, sent = page((), sentences("Это одно предложение из слов. " * 10), MORE, END)
    assert segments(words) == 2
    assert len(words) <= 134
    assert sent == 4


TOWN = "        our contact page on our website.\n"


def test_a_long_part_is_read_with_more_and_more_and_nothing_is_left_out():
    long = " ".join(
        f"This is sentence number {n} of a very long part."
        for n in ["one", "two", "three", "four", "five", "six", "seven"] * 3
    )
    texter = Texter(altered(worded(TOWN, f"{TOWN}        {long}\n")))
    texter.send("hi")
    read = [texter.send("where are you")]
    while read[-1].endswith("Text MORE to go on."):
        read.append(texter.send("MORE"))

    assert len(read) > 3
    assert all(segments(words) == 2 for words in read[:-1])
    assert "Text MENU for the main menu" in read[-1]
    together = " ".join(words.rpartition("\n")[0] for words in read).replace("\n", " ")
    assert together.endswith(long)
    assert "Where we are Specialty Surgical Center is in Sparta" in together


def test_more_goes_on_after_something_else_was_said():
    long = "This is one more sentence about the way to our door. " * 12
    texter = Texter(altered(worded(TOWN, f"{TOWN}        {long.strip()}\n")))
    texter.send_all("hi", "where are you")
    assert texter.send("zblorg") == "I did not understand.\nText MORE to go on."
    assert texter.send("9").endswith("Text MORE to go on.")
    assert texter.send("MORE").startswith("This is one more sentence")


def test_a_place_has_words_of_its_own_for_texts():
    own = worded(TOWN, f"{TOWN}    text:\n      town: We are at the lake.\n")
    texter = Texter(altered(own))
    texter.send("hi")
    assert texter.send("where are you").startswith("Where we are\nWe are at the lake.\n")
