"""Rules that hold by construction: whatever staff write, the line sounds and behaves so.

Each test is named by the manual of its rule, as "Held by".
"""

import time
from xml.etree import ElementTree as ET

import pytest

from altered import altered, wired
from caller import Caller
from ivr.channels import voice
from ivr.dialog import prompts
from ivr.dialog.choices import choices
from ivr.dialog.inputs import Arrived, Key, Said, Silence
from ivr.dialog.reply import Listen
from ivr.dialog.spoken import GROUP_BREAK, Break, Slow
from ivr.dialog.state import State
from ivr.dialog.turn import turn
from ivr.phone.engine import EnginePhone, starting
from ivr.script.catalogue import KEYS, OPTION_KEYS
from ivr.script.model import Menu, Transfer
from ivr.script.problems import ScriptError

LANGUAGES = ["en-US", "es-US"]


def states(script):
    return [State(script.version, tag, node) for tag in script.languages for node in script.nodes]


def menus(script):
    return [state for state in states(script) if isinstance(script.nodes[state.node], Menu)]


def pieces(speech):
    return [piece for utterance in speech for piece in utterance.pieces]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_number_of_choices_is_said_before_them(script, language):
    words = script.words[language]
    for state in (state for state in menus(script) if state.language == language):
        said = " ".join(u.text for u in prompts.options(script, state))
        count = words.keys[str(len(choices(script, state)))][0]

        assert said.lower().startswith(f"{count} ")


def test_pauses_between_choices_and_before_their_keys(script):
    for state in menus(script):
        said = pieces(prompts.options(script, state, count=False))
        for number, piece in enumerate(said):
            if isinstance(piece, Break):
                low, high = (200, 400) if number % 4 == 1 else (500, 750)
                assert low <= piece.ms <= high


def test_a_choice_is_called_the_same_in_every_menu():
    """On a line where billing is offered in two menus."""
    script = altered(
        wired("4: office phone\n      5: billing line", "4: office phone\n      5: billing\n      6: billing line")
    )
    for tag in script.languages:
        label = script.words[tag].nodes["billing"].label
        for node in ("main menu", "about us"):
            assert label in " ".join(u.text for u in prompts.options(script, State(script.version, tag, node)))


def test_every_choice_is_one_key(script):
    for state in states(script):
        assert all(choice.key in OPTION_KEYS for choice in choices(script, state))
    with pytest.raises(ScriptError, match="no key of a menu"):
        altered(wired("5: billing\n", "55: billing\n"))


@pytest.mark.parametrize(
    "given", [None, Key("1"), Key("9"), Key("0"), Said("billing"), Said("gobbledygook"), Silence()]
)
def test_everything_can_be_interrupted(script, given):
    """All that is spoken before something else happens is spoken while the line listens."""
    for state in states(script):
        answer = turn(script, None if given is None else state, Arrived() if given is None else given)
        spoken = [step for step in answer.steps if getattr(step, "speech", ())]

        assert all(isinstance(step, Listen) for step in spoken)


def test_nothing_but_speech_is_played(script):
    for state in states(script):
        for key in KEYS:
            document = voice.write(script, turn(script, state, Key(key)))
            assert "Play" not in {element.tag for element in ET.fromstring(document).iter()}


def test_numbers_are_read_slowly_with_breaks(script):
    assert GROUP_BREAK.ms >= 500
    for tag in script.languages:
        for number in script.numbers.values():
            read = [piece for piece in pieces(prompts.reading(script, tag, number)) if isinstance(piece, Slow)]
            assert [len(group.split()) for group in read[0].groups] == [3, 3, 4]
            assert len(read) == 2


def test_every_answer_is_ready_in_a_tenth_of_a_second(script):
    for state in states(script):
        assert min(seconds(script, state) for _ in range(3)) < 0.1


def seconds(script, state):
    begun = time.perf_counter()
    voice.write(script, turn(script, state, Said("tell me about the thing with my knee")))
    return time.perf_counter() - begun


def test_a_question_waits_as_long_as_a_menu(at):
    phone = at("main menu")
    phone.say("five")
    assert "Did you mean" in phone.text
    assert phone.heard.window >= 10


def test_what_is_only_nearly_a_phrase_is_asked_about(at):
    phone = at("main menu")
    assert "Did you mean: Billing?" in phone.say("the billing and money people")
    assert not phone.ringing


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_place_is_reached_by_keys_alone(script, language):
    reached = {script.start, script.person}
    ahead = [script.start]
    for name in ahead:
        for choice in choices(script, State(script.version, language, name)):
            phone = Caller(EnginePhone(script, starting(script, language, name)))
            phone.press(choice.key)
            if phone.place not in reached:
                reached.add(phone.place)
                ahead.append(phone.place)

    assert reached == set(script.nodes)
    assert isinstance(script.nodes[script.person], Transfer)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_menu_recites_no_keys_but_its_own(script, language):
    keys = {script.words[language].keys[key][0] for key in "0*#789"}
    for state in (state for state in menus(script) if state.language == language):
        assert not keys & set(" ".join(u.text for u in prompts.place(script, state)).rstrip(".").split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_has_the_same_parts_everywhere(script, language):
    words = script.words[language]
    parts = [words.commands["help"].label, words.commands["slower"].label]
    parts += [str(words.sentences[name][0]) for name in ("emergency help", "relay")]
    for node in script.nodes:
        if not isinstance(script.nodes[node], Transfer):
            phone = Caller(EnginePhone(script, starting(script, language, node)))
            heard = phone.press("99" if phone.heard.window == 3 else "9")
            found = [heard.find(part) for part in parts]
            assert found == sorted(found), node
            assert -1 not in found, node


def test_who_is_not_understood_hears_what_can_be_said(at):
    heard = at("main menu").say("gobbledygook flimflam")

    assert "Please say one of these" in heard
    assert "Billing" in heard
