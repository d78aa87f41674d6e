"""A call whose version cannot be had any more: it goes on at the nearest place, and no key does what was not offered."""

from dataclasses import replace

import pytest

from ivr.dialog.inputs import Dialled, Key, Outcome, Said, Silence
from ivr.dialog.reply import Dial
from ivr.dialog.state import State
from ivr.dialog.turn import turn

CHANGED = "Esta línea acaba de cambiar."


def said(done):
    return " ".join(utterance.text for utterance in done.steps[0].speech)


def call(node, **more):
    """A Spanish call on a version that this server does not have."""
    return State("gone", "es-US", node, turn=7, touched=True, **more)


@pytest.fixture
def without(script):
    """The sample without some of its places."""

    def made(*names):
        return replace(script, nodes={name: node for name, node in script.nodes.items() if name not in names})

    return made


def test_the_nearest_place_on_the_way_back_that_still_exists(without):
    state = call("session", way=("main menu", "treatment", "how it works"), position=1, pace=-1)
    done = turn(without("session", "how it works"), state, Key("1"))

    assert said(done).startswith(f"{CHANGED} Técnica de liberación activa.")
    assert (done.state.node, done.state.language, done.state.pace) == ("treatment", "es-US", -1)
    assert done.state.way == ("main menu",)
    assert done.state.turn == 8


def test_a_key_of_a_menu_that_may_be_another_does_nothing_but_read_the_new_one(script):
    done = turn(script, call("main menu"), Key("5"))

    assert said(done).startswith(f"{CHANGED} Menú principal.")
    assert done.state.version == script.version
    assert said(turn(script, done.state, Key("5"))).startswith("Facturación.")


@pytest.mark.parametrize("given", [Key("0"), Said("una persona"), Said("operadora")])
def test_a_person_is_still_one_turn_away(without, given):
    done = turn(without("session"), call("session", way=("treatment",)), given)

    assert any(isinstance(step, Dial) for step in done.steps)


def test_words_of_an_emergency_are_still_answered_at_once(without):
    done = turn(without("session"), call("session"), Said("me duele el pecho"))

    assert "nueve uno uno" in said(done)


@pytest.mark.parametrize("given", [Key("8"), Key("#"), Silence(), Said("facturación")])
def test_what_means_the_same_in_every_version_just_goes_on(script, given):
    done = turn(script, call("about us"), given)

    assert CHANGED not in said(done)
    assert done.state.version == script.version


def test_a_transfer_that_ends_meanwhile_comes_back_to_a_choice(script, without):
    state, busy = call("billing", question="dialling", way=("main menu",)), Dialled(Outcome.BUSY)

    assert "ocupada" in said(turn(script, state, busy))
    assert said(turn(without("billing"), state, busy)).startswith(f"{CHANGED} Menú principal.")


def test_a_transfer_is_never_begun_by_landing_on_it(script):
    done = turn(script, call("billing", question="after"), Key("1"))

    assert not any(isinstance(step, Dial) for step in done.steps)
    assert CHANGED in said(done)
