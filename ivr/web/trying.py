"""The page on which a draft is tried: a call in the browser, with what is wrong in the files beside it.

For: `create_try_app`, which serves the page, answers its calls and tells how the draft stands.  It keeps no call: the
page holds the state as its query string, as Twilio holds the callback URL, and each reply comes whole, step after step,
as a TwiML document does.  So a call goes on in the new words when the files were saved.
Not here: reading the folder (`draft`), who may ask (`local`), what the page looks like (`pages`).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Any

from flask import Flask, Response, abort, jsonify, request
from werkzeug.exceptions import HTTPException

from ivr.channels.map.document import document
from ivr.channels.own import FOLDER
from ivr.channels.page import BASE
from ivr.channels.plain import OUTCOMES
from ivr.channels.voice import PACE
from ivr.check.finding import Finding
from ivr.check.report import sentence
from ivr.check.run import RANK
from ivr.dialog.events import EmergencyHeard, InputAsked, InputMatched, InputMissing, InputNotMatched
from ivr.dialog.inputs import Arrived, Dialled, Input, Key, Outcome, Said, Silence
from ivr.dialog.reply import Dial, Turn
from ivr.dialog.state import parse, query
from ivr.dialog.turn import enter, turn
from ivr.phone.engine import UnknownPlaceError, goes_on, hear, standing, starting
from ivr.script.catalogue import KEYS
from ivr.script.model import Script
from ivr.script.notices import LIKE_A_MOMENT, in_folder, moment_of
from ivr.web.draft import Checked, Draft, Look
from ivr.web.local import keep_to_this_machine
from ivr.web.moment import arrived, now
from ivr.web.reading import shown_map

MOST_BYTES = 16 * 1024
"""Of a request's body: a state and a sentence."""

MOST_WORDS = 1000
"""Characters that a caller may say in one breath."""

PAGE = "try.html"
KINDS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
"""Not left to the machine, some of which take a script for plain text and then do not run it."""

log = logging.getLogger("ivr.try")


def create_try_app(draft: Draft) -> Flask:
    """The page for a draft."""
    app = Flask("ivr.try", static_folder=None, template_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    keep_to_this_machine(app)
    app.register_error_handler(HTTPException, _refused)
    app.register_error_handler(Exception, _failed)
    _serve_pages(app)
    _answer(app, draft)
    return app


def _serve_pages(app: Flask) -> None:
    files = (*(resources.files("ivr.web") / "pages").iterdir(), FOLDER / BASE)
    pages = {file.name: file.read_bytes() for file in files if Path(file.name).suffix in KINDS}

    @app.get("/", defaults={"name": PAGE})
    @app.get("/<name>")
    def page(name: str) -> Response:
        if name not in pages:
            abort(404)
        return Response(pages[name], content_type=f"{KINDS[Path(name).suffix]}; charset=utf-8")


def _answer(app: Flask, draft: Draft) -> None:
    @app.get("/draft")
    def how_it_stands() -> Response:
        return jsonify(_draft(draft, *draft.findings()))

    @app.get("/map")
    def picture() -> Response:
        script = _script(draft)
        return shown_map(document(script, script.first_language, {}), script.first_language)

    @app.post("/call")
    def call() -> Response:
        script, asked = _script(draft), _asked()
        try:
            state = starting(script, _text(asked, "language"), _text(asked, "place"))
        except UnknownPlaceError as error:
            abort(400, str(error))
        begun = _begun(script, draft.folder, _text(asked, "moment"))
        return _reply(
            script, enter(script, state.but(closed=begun.closed)) if state else turn(script, None, begun), None
        )

    @app.post("/turn")
    def go_on() -> Response:
        script, asked = _script(draft), _asked()
        given = _given(asked)
        state = parse(_text(asked, "state"))
        state = state and state.but(version=script.version)
        return _reply(script, turn(script, state, given), given)


# --- what the page asks --------------------------------------------------------------------------


def _script(draft: Draft) -> Script:
    script = draft.look().script
    if script is None:
        abort(409, "This draft cannot be called yet. Mend what is named under The draft, and save.")
    return script


def _begun(script: Script, folder: Path, moment: str) -> Arrived:
    """A call that begins now, or at a moment by the clock of the line: who is closed then, and what is said that day."""
    at = moment_of(moment, script.time_zone) if moment else now()
    notices, _ = in_folder(folder, script)
    return arrived(script, notices, at) if at else abort(400, f"{moment} is no day and time. {LIKE_A_MOMENT}")


def _asked() -> dict[str, Any]:
    asked = request.get_json()
    return asked if isinstance(asked, dict) else abort(400, "This is not what the page would ask.")


def _text(asked: dict[str, Any], name: str) -> str:
    value = asked.get(name, "")
    return value if isinstance(value, str) else abort(400, f"{name} has to be words.")


def _given(asked: dict[str, Any]) -> Input:
    """What the caller does: one of a key, words, an outcome; nothing of these is silence."""
    key, words, outcome = (_text(asked, name).strip() for name in ("key", "words", "outcome"))
    if outcome:
        return OUTCOMES.get(outcome) or abort(400, f"{outcome} is not what becomes of a call.")
    if key:
        return Key(key) if key in KEYS else abort(400, f"{key} is not a key of a telephone.")
    return Said(words[:MOST_WORDS]) if words else Silence()


# --- what it is told -----------------------------------------------------------------------------


def _reply(script: Script, played: Turn, given: Input | None) -> Response:
    """A whole reply, and the version that gave it.  passed: the seconds that a transfer took by itself."""
    passed = 0
    if isinstance(given, Dialled):
        passed = script.ring_seconds if given.outcome is Outcome.NO_ANSWER else given.seconds
    steps = [_step(script, played, number) for number in range(len(played.steps))]
    return jsonify(version=script.version, passed=passed, understood=_understood(script, played), steps=steps)


def _step(script: Script, played: Turn, number: int) -> dict[str, Any]:
    """One step: what is heard, what the phone then does, and the state in which it is answered."""
    heard, state, step = hear(played, number), standing(played, number), played.steps[number]
    return {
        "doing": heard.doing,
        "lines": [{"language": line.language, "text": line.text} for line in heard.lines if line.text],
        "seconds": round(heard.seconds, 1),
        "window": heard.window,
        "dialled": step.number.written if isinstance(step, Dial) else "",
        "goesOn": goes_on(played, number),
        "state": query(state),
        "language": state.language,
        "place": _label(script, state.language, state.node),
        "pace": PACE[state.pace],
    }


def _understood(script: Script, played: Turn) -> dict[str, str]:
    """What the line made of the caller's input: a few words, and the name of what was meant in its own language."""
    for event in played.events:
        match event:
            case EmergencyHeard():
                return {"text": "Understood: an emergency."}
            case InputMatched(meaning=meaning):
                return {"text": "Understood:", **_meant(script, played.state.language, meaning)}
            case InputAsked(meaning=meaning):
                return {"text": "Not sure, so it asks for:", **_meant(script, played.state.language, meaning)}
            case InputNotMatched(tries=tries):
                return {"text": f"Not understood, {_times(tries)}."}
            case InputMissing(tries=tries):
                return {"text": f"Nothing heard, {_times(tries)}."}
    return {"text": ""}


def _meant(script: Script, language: str, meaning: str) -> dict[str, str]:
    kind, _, name = meaning.partition(".")
    if kind == "go":
        return {"name": _label(script, language, name), "language": language}
    command = script.words[language].commands.get(name)
    return {"name": command.label, "language": language} if command else {"name": name, "language": "en"}


def _times(tries: int) -> str:
    return "once" if tries <= 1 else f"{tries} times in a row"


def _label(script: Script, language: str, node: str) -> str:
    """The name of a place as callers hear it."""
    return script.words[language].nodes[node].label if node in script.nodes and language in script.words else node


def _draft(draft: Draft, look: Look, findings: Sequence[Finding], checked: Checked) -> dict[str, Any]:
    script = look.script
    return {
        "number": look.number,
        "name": draft.folder.resolve().name,
        "folder": str(draft.folder),
        "sound": look.is_sound,
        "checked": checked,
        "version": script.version if script else "",
        "languages": [{"tag": tag, "name": script.words[tag].own_name} for tag in script.languages] if script else [],
        "places": [{"name": n, "label": _label(script, script.first_language, n)} for n in script.nodes]
        if script
        else [],
        "findings": [_finding(found) for found in sorted(findings, key=lambda found: RANK.index(found.severity))],
    }


def _finding(found: Finding) -> dict[str, str]:
    return {
        "rule": found.rule,
        "severity": found.severity,
        "place": str(found.place),
        "what": sentence(found.what),
        "mend": found.mend,
        "call": found.call,
    }


# --- when it cannot be answered ------------------------------------------------------------------


def _refused(error: HTTPException) -> tuple[Response, int]:
    return jsonify(problem=error.description or error.name), error.code or 500


def _failed(error: Exception) -> tuple[Response, int]:
    log.error("a turn failed", exc_info=error)
    problem = "The program failed here. A caller would hear a sentence about it and be put through to a person."
    return jsonify(problem=problem), 500
