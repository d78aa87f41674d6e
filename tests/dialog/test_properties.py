"""What holds for any call whatever: random callers never find an error, a dead end or a loop without a person."""

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ivr.channels import voice
from ivr.dialog.inputs import Arrived, Dialled, Key, Outcome, Said, Silence
from ivr.dialog.reply import Dial, HangUp, Listen
from ivr.dialog.state import MOST_BACK, MOST_TURNS, State, parse, query
from ivr.dialog.turn import turn
from ivr.phone import strict
from ivr.script.catalogue import KEYS
from ivr.script.folders import sample
from ivr.script.reader import read
from ivr.script.today import DAYS, Closed

SCRIPT = read(sample())
WORDS = [
    "operator",
    "back",
    "main menu",
    "yes",
    "no",
    "two",
    "sciatica",
    "a slipped disc",
    "fax",
    "billing",
    "español",
    "English",
    "wait",
    "slower",
    "goodbye",
    "stop",
    "help",
    "my chest hurts",
    "gobbledygook",
    "arthritis",
    "¿cómo?",
]

inputs = st.one_of(
    st.sampled_from(KEYS).map(Key),
    st.sampled_from(WORDS).map(Said),
    st.text(max_size=80).map(Said),
    st.just(Silence()),
    st.builds(Dialled, st.sampled_from(Outcome), st.sampled_from([True, False, None]), st.integers(0, 4000)),
)
many = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def follow(call):
    """Every turn of a call; each input is given where the phone then is."""
    done = turn(SCRIPT, None, Arrived())
    yield done
    for one in call:
        step = next((s for s in done.steps if isinstance(s, Dial if isinstance(one, Dialled) else Listen)), None)
        if step is None or step.state is None:
            continue
        done = turn(SCRIPT, step.state, one)
        yield done


@many
@given(st.lists(inputs, max_size=25))
def test_every_answer_is_a_sound_document_whose_state_can_be_read_again(call):
    for done in follow(call):
        strict.read(voice.write(SCRIPT, done))
        for step in done.steps:
            if isinstance(step, Listen | Dial) and step.state:
                assert parse(query(step.state)) == step.state
                assert len(query(step.state)) < 600


@many
@given(st.lists(inputs, max_size=25))
def test_from_every_state_a_person_is_one_key_away(call):
    for done in follow(call):
        for step in done.steps:
            if isinstance(step, Listen):
                assert [s for s in turn(SCRIPT, step.state, Key("0")).steps if isinstance(s, Dial)]


@many
@given(st.lists(inputs, max_size=15), st.sampled_from([Silence(), Said("gobbledygook flimflam"), Key("6")]))
def test_whoever_is_not_understood_reaches_a_person_within_a_few_turns(call, forever):
    *_, done = follow(call)
    for _ in range(8):
        last = done.steps[-1]
        if not isinstance(last, Listen):
            return
        done = turn(SCRIPT, last.state, forever)
    last = done.steps[-1]
    reads_a_list = forever == Key("6") and isinstance(last, Listen) and last.state.question == "help"
    assert not isinstance(last, Listen) or reads_a_list


@many
@given(st.lists(inputs, max_size=40))
def test_the_way_back_is_short_and_ends_at_the_main_menu(call):
    *_, done = follow(call)
    state = done.state
    assert len(state.way) <= MOST_BACK
    back = {"en-US": "go back", "es-US": "atrás"}[state.language]
    for _ in range(20):
        state = next(s for s in turn(SCRIPT, state, Said(back)).steps if isinstance(s, Listen)).state
    assert state.node == SCRIPT.start


def test_a_call_that_goes_round_for_ever_is_left_with_a_person():
    state = State(SCRIPT.version, "en-US", SCRIPT.start, turn=MOST_TURNS)
    steps = turn(SCRIPT, state, Key("1")).steps

    said, dial, end = steps
    assert "person" in said.speech[0].text
    assert isinstance(dial, Dial)
    assert dial.state is None
    assert isinstance(end, HangUp)


# --- the state in the address --------------------------------------------------------------------

names = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=20)
shut = st.builds(Closed, names, st.sampled_from(["", *DAYS]), st.integers(0, 1439), st.integers(0, 1))
states = st.builds(
    State,
    version=st.text("0123456789abcdef", min_size=12, max_size=12),
    language=st.sampled_from(["en-US", "es-US", "fr"]),
    node=names,
    position=st.integers(0, 99),
    item=st.one_of(st.just(""), names),
    answer=st.sampled_from(["", "listed", "closest", "unlisted"]),
    question=st.sampled_from(["", "help", "confirm", "wait"]),
    about=st.sampled_from(["", "go.billing", "command.try again", "language.es-US"]),
    pace=st.integers(-2, 2),
    volume=st.integers(0, 2),
    silences=st.integers(0, 9),
    misses=st.integers(0, 9),
    led=st.sampled_from(["", *KEYS]),
    star=st.booleans(),
    touched=st.booleans(),
    rescued=st.booleans(),
    closed=st.lists(shut, max_size=3).map(tuple),
    way=st.lists(names, max_size=MOST_BACK).map(tuple),
    turn=st.integers(0, MOST_TURNS),
)


@given(states)
def test_a_state_survives_its_address(state):
    assert parse(query(state)) == state


@given(states)
def test_an_address_is_plain_ascii_in_alphabetical_order(state):
    letters = [pair[0] for pair in query(state).split("&")]

    assert letters == sorted(letters)
    assert set(query(state)) <= set(string.ascii_letters + string.digits + "_.-=&")


@given(st.text())
def test_any_other_address_is_refused_without_an_error(text):
    state = parse(text)
    assert state is None or parse(query(state)) == state


@given(states, inputs)
def test_a_state_of_another_script_never_raises(state, given):
    assert turn(SCRIPT, state, given).steps


@pytest.mark.parametrize("node", SCRIPT.nodes)
@pytest.mark.parametrize(
    "question", ["", "help", "confirm", "wait", "window", "after", "else", "fax", "cue", "goodbye", "nonsense"]
)
@given(given=inputs)
@settings(max_examples=10)
def test_every_question_at_every_place_has_an_answer(node, question, given):
    state = State(SCRIPT.version, "es-US", node, question=question, about="go.billing" if question == "confirm" else "")
    strict.read(voice.write(SCRIPT, turn(SCRIPT, state, given)))
