"""What whoever answers a transfer hears before they are joined with the caller.

For: in two seconds, what the call is about, in the language of staff: "Information line. Spanish. Billing."  Never a
number, a name, a condition, or anything that the caller said (LEP-06).
Not here: when it is fetched (`ivr.web.whisper`), how it is spelt (`ivr.channels`).
"""

from __future__ import annotations

from dataclasses import dataclass

from ivr.dialog import prompts
from ivr.dialog.spoken import Speech
from ivr.dialog.state import State
from ivr.dialog.transfers import DIRECTLY, number_at
from ivr.script.model import Script


@dataclass(frozen=True, slots=True)
class Whisper:
    """`asks`: they must press a key to take the call; a machine cannot."""

    speech: Speech
    asks: bool


def whisper(script: Script, state: State) -> Whisper:
    """What is whispered about a call in this state."""
    tag = script.staff_language
    asks = number_at(script, state.node).taken_with_key and state.about != DIRECTLY
    take = prompts.sentence(script, tag, "whisper take") if asks else ()
    return Whisper((*_about(script, tag, state), *take), asks)


def _about(script: Script, tag: str, state: State) -> Speech:
    """A caller of whom nothing was understood may need time to answer, and may speak any language."""
    if state.touched:
        spoken = script.languages[state.language].staff_name or script.words[state.language].own_name
        label = script.words[tag].nodes[state.node].label
        return prompts.sentence(script, tag, "whisper", their_language=spoken, label=label)
    return prompts.sentence(script, tag, "whisper silent" if state.rescued else "whisper unclear")


def whispered_about(state: State) -> State:
    """All of a state that a whisper needs, so that its address tells no more than it must."""
    return State(
        state.version,
        state.language,
        state.node,
        about=state.about if state.about == DIRECTLY else "",
        touched=state.touched,
        rescued=state.rescued,
        turn=state.turn,
    )
