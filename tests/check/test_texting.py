"""Who texts reads everything that a caller hears, in both languages; and the walk that says so can fail."""

import pytest

from altered import altered, wired, worded
from ivr.channels.gsm import segments
from ivr.channels.text import KEYWORDS
from ivr.check import texting
from ivr.check.registry import Kind, every_rule
from ivr.check.texting import CAPITALS, texted, texts_asked
from ivr.check.walker import walk
from ivr.dialog.choices import Question
from ivr.dialog.inputs import Arrived
from ivr.dialog.turn import turn
from ivr.dialog.understand import place_of, understand
from ivr.script.model import Listing, NumberNode, Transfer


def test_everything_can_be_read_in_both_languages(script):
    read = texted(script)

    assert read.parity == 100
    assert not any(read.missed.values())
    assert len(read.reached["en-US"]) == len(read.reached["es-US"]) == 33


def test_every_number_and_every_name_of_the_list_stands_in_a_text(script):
    words = "\n".join(one.words for one in texted(script).texts)

    for node in script.nodes.values():
        if isinstance(node, NumberNode | Transfer):
            assert script.numbers[node.number].written in words
        if isinstance(node, Listing):
            assert all(script.words["en-US"].nodes[node.name].items[name].label in words for name in node.items)


def test_no_text_is_long_or_asks_for_a_word_of_twilios(script):
    for one in texted(script).texts:
        assert 0 < segments(one.words) <= 2
        assert not set(CAPITALS.findall(one.words)) & KEYWORDS


@pytest.mark.parametrize(
    ("change", "missed"),
    [
        (worded("      town: >\n", "      town: >\n        At {main}. "), None),
        (wired("    kind: fax\n", "    kind: fax\n    uses: [dial, read]\n"), 'the number "fax" (en-US)'),
    ],
)
def test_what_cannot_be_read_is_missed(change, missed):
    names = [name for left in texted(altered(change)).missed.values() for _, name in left]
    assert (missed in names) if missed else not names


def test_a_text_can_be_had_of_every_announcement_and_number(script):
    asked = texts_asked(script)
    assert (asked.tried, asked.failed) == (24, ())


def test_a_line_that_would_send_without_a_yes_is_caught(script, monkeypatch):

    real = texting.turn
    monkeypatch.setattr(
        texting, "turn", lambda *given, **more: real(*given, **more).after(texting.TextAsked("fax", "en-US"))
    )
    texting.texts_asked.cache_clear()
    assert texting.texts_asked(script).failed == ('"fax" (en-US)',)
    texting.texts_asked.cache_clear()


def test_a_call_of_somebody_who_can_be_texted_keeps_every_rule(script):
    """The walk of the checker has no number to send texts to; here the same rules are held with one more choice."""
    known = {}

    def hear(line, state, said):
        key = (place_of(state), said)
        if key not in known:
            known[key] = understand(line, state, said)
        return known[key]

    def answer(line, state, given):
        arrived = Arrived(texting=True) if isinstance(given, Arrived) else given
        return turn(line, state, arrived, hear=hear, caller=texting.SOMEBODY)

    walked = walk(script, answer)
    rules = [rule for rule in every_rule().values() if rule.kind is Kind.WALKED]

    assert any(spot.state.question == Question.TEXT for spot in walked.spots)
    assert [finding for rule in rules for finding in rule.judge(walked)] == []
