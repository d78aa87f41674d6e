"""What holds for any conversation by text whatever: an answer, short enough, with a way on, in letters that networks have."""

from xml.etree import ElementTree as ET

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr.channels.gsm import folded, segments, septets
from ivr.channels.portions import page, sentences, text
from ivr.channels.talk import MOST_REPLIES, Talk
from ivr.channels.text import Keyword, Wrote, read, write
from ivr.channels.texting import answer
from ivr.dialog.choices import Question
from ivr.dialog.events import TextsRested
from ivr.dialog.state import State
from ivr.script.folders import sample
from ivr.script.reader import read as read_script

SCRIPT = read_script(sample())
NODES = [*SCRIPT.nodes, "gone"]
BODIES = [
    "0",
    "1",
    "2",
    "6",
    "8",
    "9",
    "*",
    "#",
    "MORE",
    "menu",
    "fax",
    "hola",
    "sciatica",
    "my chest hurts",
    "STOP",
    "",
    "zblorg",
]

bodies = st.one_of(st.sampled_from(BODIES), st.text(max_size=40))
states = st.builds(
    State,
    version=st.sampled_from([SCRIPT.version, "older"]),
    language=st.sampled_from([*SCRIPT.languages, "fr-CA"]),
    node=st.sampled_from(NODES),
    position=st.integers(0, 5),
    item=st.sampled_from(["", "sciatica", "gone"]),
    answer=st.sampled_from(["", "listed", "closest", "unlisted"]),
    question=st.sampled_from([*map(str, Question), "gone"]),
    about=st.sampled_from(["", "go.fax", "go.gone", "item.sciatica", "nothing"]),
    misses=st.integers(0, 4),
    led=st.sampled_from(["", "1", "0"]),
    touched=st.booleans(),
    way=st.lists(st.sampled_from(NODES), max_size=6).map(tuple),
    turn=st.integers(0, 9999),
)
talks = st.none() | st.builds(
    Talk,
    states,
    at=st.integers(-1, 20_000),
    sent=st.integers(0, 40),
    since=st.integers(0, 20_000),
    replies=st.integers(0, 2 * MOST_REPLIES),
    last=st.integers(0, 65_535),
    same=st.integers(0, 5),
)
many = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])


@many
@given(bodies, talks, st.integers(0, 20_000), st.booleans())
def test_any_text_in_any_conversation_is_answered_in_two_segments_with_a_way_on(body, talk, now, keeps):
    given_text = read({"Body": body})
    done = answer(SCRIPT, talk, given_text, now, keeps=keeps)

    if isinstance(given_text, Keyword) or any(isinstance(event, TextsRested) for event in done.events):
        assert isinstance(given_text, Wrote) or not done.words
    else:
        assert done.words
        assert "MENU" in done.words or "0 " in done.words or "MORE" in done.words or "MAS" in done.words
    assert segments(done.words) <= 2
    assert all(map(septets, done.words))
    assert len(done.words) <= 306
    ET.fromstring(write(done.words).encode())


@many
@given(st.lists(bodies, max_size=6))
def test_a_person_is_one_text_away_from_everywhere(texts):
    talk = None
    for now, body in enumerate(texts):
        talk = answer(SCRIPT, talk, read({"Body": body}), 1000 + 30 * now).talk
    assert "973-940-3166" in answer(SCRIPT, talk, Wrote("0"), 2000).words


@given(st.text())
def test_folding_is_done_once_and_for_all(words):
    assert folded(folded(words)) == folded(words)
    assert segments(folded(words)) >= 1


sentence = st.one_of(
    st.text(alphabet=st.characters(codec="utf-8"), min_size=1, max_size=60),
    st.integers(20, 600).map(lambda length: "x" * length + "."),
    st.integers(5, 90).map(lambda count: "слово " * count),
)
prose = st.lists(sentence, max_size=8).map(lambda them: tuple(piece for one in them for piece in sentences(one)))


@many
@given(prose, prose, st.integers(0, 4))
def test_a_message_is_never_too_long_and_nothing_of_the_text_is_lost(lead, body, at):
    words, sent = page(lead, body, ("\nMORE",), ("\nMENU",), at)
    assert segments(words) <= 2
    read_on = []
    sent = 0
    for _ in range(len(body) + 1):
        words, after = page((), body, ("\nMORE",), ("\nMENU",), sent)
        assert segments(words) <= 2
        read_on += body[sent:after]
        assert words.startswith(text(body[sent:after]))
        if after == len(body):
            break
        assert after > sent
        sent = after
    assert tuple(read_on) == body
