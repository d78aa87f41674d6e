"""What is whispered to whoever answers a transfer, as TwiML.

For: the one document of a call that its caller does not hear.
Not here: what is whispered (`ivr.dialog.whisper`), where its address is written (`voice`), the spelling (`twiml`).
"""

from __future__ import annotations

from ivr.channels import twiml
from ivr.channels.voice import speak
from ivr.dialog.state import State, query
from ivr.dialog.whisper import whisper, whispered_about
from ivr.script.model import Script

TAKE_SECONDS = 8
"""Time to press a key; it is asked for twice."""

NOTHING = twiml.response()
"""An empty document joins the two at once (promise 12)."""


def write(script: Script, state: State) -> str:
    """What they hear, after a second in which the telephone reaches the ear."""
    whispered = whisper(script, state)
    said = twiml.pause(1) + speak(script, whispered.speech)
    if not whispered.asks:
        return twiml.response(said)
    asked = twiml.take(said, twiml.whispering(query(whispered_about(state))), TAKE_SECONDS)
    return twiml.response(asked, asked, twiml.hangup())
