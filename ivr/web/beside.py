"""What is noted beside a call: in the journal, if there is one, and in the metrics, if somebody reads them.

For: `Beside`, the one thing that the routes tell; a call never waits for it and never fails with it.
Not here: the journal (`recorder`, `writer`), the metrics (`metrics`), what a request means.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ivr.channels import voice
from ivr.dialog.events import Event, WhisperAccepted
from ivr.dialog.reply import Turn
from ivr.dialog.state import State
from ivr.script.model import Script
from ivr.web.recorder import Recorder

if TYPE_CHECKING:
    from ivr.web.metrics import Metrics

log = logging.getLogger("ivr.journal")

VOICE, TEXT = "voice", "text"


class Beside:
    """Whatever goes wrong here is told in the log, and nowhere else."""

    def __init__(self, recorder: Recorder | None = None, metrics: Metrics | None = None) -> None:
        self._recorder, self._metrics = recorder, metrics

    def turn(self, form: Mapping[str, str], done: Turn, seconds: float) -> None:
        """A turn of a call was answered, in so many seconds."""
        _safely(self._turn, form, done, seconds)

    def heard(self, script: Script, done: Turn, words: str) -> None:
        """These words led to this answer; they are kept only in part, and only where the operator wants it."""
        if self._recorder:
            _safely(self._recorder.heard, script, done, words)

    def over(self, form: Mapping[str, str]) -> None:
        """The network has told something about a call that is over."""
        _safely(self._over, form)

    def taken(self, form: Mapping[str, str], state: State) -> None:
        """Somebody pressed a key to take a transferred call."""
        _safely(self._taken, form, state)

    def landed(self) -> None:
        """A turn has failed, and its caller has heard the landing."""
        if self._metrics:
            _safely(self._metrics.landed)

    def refused(self, path: str) -> None:
        """A request to this path was not signed."""
        log.warning("refused: no valid signature on %s", path)
        if self._metrics:
            _safely(self._metrics.refused)

    def text(self, form: Mapping[str, str], state: State, events: tuple[Event, ...]) -> None:
        """A text message was answered, or left to Twilio; each stands for itself, so that nobody's texts are joined."""
        if self._recorder:
            _safely(self._recorder.turn, TEXT, form.get("MessageSid", ""), "", state, events)

    def _turn(self, form: Mapping[str, str], done: Turn, seconds: float) -> None:
        if self._metrics:
            self._metrics.turn(seconds, done.events)
        if self._recorder and done.events:
            caller = voice.caller(form) if done.state.turn == 1 else ""
            self._recorder.turn(VOICE, form.get("CallSid", ""), caller, done.state, done.events)

    def _over(self, form: Mapping[str, str]) -> None:
        over = voice.over(form)
        if self._recorder and over:
            self._recorder.over(VOICE, form.get("CallSid", ""), over)

    def _taken(self, form: Mapping[str, str], state: State) -> None:
        call = form.get("ParentCallSid", "")
        if self._recorder:
            self._recorder.turn(VOICE, call, "", state, (WhisperAccepted(state.node),))


def _safely(note: Callable[..., None], *told: object) -> None:
    try:
        note(*told)
    except Exception:
        log.exception("something could not be noted beside a call")
