"""The format of a script as JSON Schema, from which editors complete names and mark mistakes while staff type.

For: `schemas()`: one for line.yaml, one for the files of words.  They are made from the names and limits by which the
reader reads, so that the two cannot drift apart, and refuse nothing that the reader takes; what needs more than one file,
or the whole of one, the reader alone can see.  Draft 7, which the language server for YAML knows best.
Not here: reading (`reader`), judging (the checker).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from ivr.script import speech, telephone, voices, wiring, words
from ivr.script.catalogue import COMMANDS, KEYS, OPTION_KEYS, SENTENCES, Sentence
from ivr.script.schema_help import HELP
from ivr.script.today import DAYS, WEEKDAYS
from ivr.script.waivers import RULE, WAIVE

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"

TEXT: Schema = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
"""The reader takes every word for a word, also those that YAML would take for a number."""

WAIVERS: Schema = {
    "type": "object",
    "description": HELP[WAIVE],
    "propertyNames": {"pattern": f"^{RULE.pattern}$"},
    "minProperties": 1,
}


def schemas() -> dict[str, Schema]:
    """The schema of line.yaml, and that of the files of words, each by the name of its file."""
    return {"line": _root("The wiring of a line", _line()), "words": _root("The words of a line", _words())}


def _root(title: str, schema: Schema) -> Schema:
    used = {name: made for name, made in DEFINITIONS.items() if _refers(schema, name)}
    return {"$schema": DRAFT, "title": title, **schema, "definitions": used}


def _refers(schema: Schema, name: str) -> bool:
    return f"'{_ref(name)['$ref']}'" in str(schema)


def _ref(name: str) -> Schema:
    return {"$ref": f"#/definitions/{name}"}


# --- kinds of values -----------------------------------------------------------------------------


def _table(needed: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    """Exactly these names, and perhaps a waiver."""
    known = {**needed, **(optional or {})}
    helped = {name: _helped(name, schema) for name, schema in known.items()}
    return {
        "type": "object",
        "properties": {**helped, WAIVE: _ref(WAIVE)},
        "required": list(needed),
        "additionalProperties": False,
    }


def _helped(name: str, schema: Schema) -> Schema:
    """With a sentence about it; nothing beside a reference would count."""
    if name not in HELP:
        return schema
    return {"description": HELP[name], **({"allOf": [schema]} if "$ref" in schema else schema)}


def _any_names(below: Schema, pattern: str = "") -> Schema:
    """Names that staff choose, each with the same below it."""
    names = {"propertyNames": {"pattern": pattern}} if pattern else {}
    return {"type": "object", "properties": {WAIVE: _ref(WAIVE)}, "additionalProperties": below, **names}


def _keys(keys: Iterable[str], below: Schema, needed: Iterable[str] = ()) -> Schema:
    """Keys of a telephone.  They are told by a pattern, since editors take a bare 1 for a number, and no number is the
    name of a property to them.
    """
    pattern = f"^[{''.join(map(re.escape, keys))}]$"
    return {
        "type": "object",
        "properties": {WAIVE: _ref(WAIVE)},
        "patternProperties": {pattern: below},
        "required": list(needed),
        "additionalProperties": False,
    }


def _list(below: Schema, most: int = 0) -> Schema:
    return {"type": "array", "items": below, "minItems": 1, **({"maxItems": most} if most else {})}


def _short(longest: int) -> Schema:
    """Words of so many letters at most; how they are broken into lines does not count."""
    return {**TEXT, "pattern": rf"^\s*(?:\S\s*){{1,{longest}}}$"}


def _choice(names: Iterable[str]) -> Schema:
    """One of these; the reader overlooks spaces around it."""
    known = list(names)
    either = "|".join(re.escape(name).replace(r"\ ", " ") for name in known)
    return {"anyOf": [{"enum": known}, {"type": "string", "pattern": rf"^\s*(?:{either})\s*$"}]}


def _whole(low: int, high: int) -> Schema:
    digits = {"type": "string", "pattern": r"^\s*[0-9]{1,6}\s*$"}
    return {"anyOf": [{"type": "integer", "minimum": low, "maximum": high}, digits]}


def _names(pattern: re.Pattern[str]) -> str:
    return rf"^\s*(?:{pattern.pattern})\s*$"


DEFINITIONS: dict[str, Schema] = {
    "text": TEXT,
    "label": _short(speech.LONGEST_LABEL),
    "name": {**TEXT, "pattern": _names(wiring.NAME)},
    "phrases": _list(_short(speech.LONGEST_PHRASE), speech.MOST_PHRASES),
    "examples": _list(_short(speech.LONGEST_PHRASE), speech.MOST_EXAMPLES),
    "patterns": _list(_short(speech.LONGEST_PATTERN), speech.MOST_EXAMPLES),
    WAIVE: WAIVERS,
}
"""What stands in many places."""

ANY, LABEL, NAME, PHRASES, EXAMPLES, PATTERNS = (
    _ref(name) for name in ("text", "label", "name", "phrases", "examples", "patterns")
)


# --- line.yaml -----------------------------------------------------------------------------------


def _line() -> Schema:
    settings = {
        "start": NAME,
        "person": NAME,
        "time zone": ANY,
        "waits": {**_list(_whole(1, wiring.LONGEST_WINDOW), 3), "minItems": 3},
        "languages": {**_any_names(_language(), f"{_names(voices.TAG)}|^{WAIVE}$"), "minProperties": 1},
        "numbers": _any_names(_number(), _names(wiring.NAME)),
        "nodes": _any_names(_node(), _names(wiring.NAME)),
    }
    tag = {**TEXT, "pattern": _names(voices.TAG)}
    more = {"ring seconds": _whole(wiring.SHORTEST_RING, wiring.LONGEST_RING), "staff language": tag}
    return _table(_exactly(wiring.SETTINGS, settings), _exactly(wiring.OPTIONAL_SETTINGS, more))


def _exactly(names: Iterable[str], known: Mapping[str, Schema]) -> dict[str, Schema]:
    """The schemas of the names that the reader knows; one that has none may hold anything, until it is described."""
    return {name: known.get(name, {}) for name in names}


def _language() -> Schema:
    voice = {
        **TEXT,
        "pattern": rf"^\s*(?:{'|'.join(voices.PROVIDERS.values())})\..",
        "examples": ["Polly.Joanna-Neural"],
    }
    model = {"anyOf": [*_choice(voices.MODELS)["anyOf"], {"type": "string", "pattern": _names(voices.VARIANT)}]}
    needed = dict.fromkeys(voices.NEEDED, voice)
    return _table(
        needed,
        _exactly(
            voices.OPTIONAL,
            {"speed": _whole(voices.SLOWEST, voices.FASTEST), "speech model": model, "name for staff": LABEL},
        ),
    )


def _number() -> Schema:
    more = {
        "kind": _choice(telephone.KINDS),
        "uses": _list(_choice(telephone.USES)),
        "hours": {"anyOf": [*_choice([telephone.UNKNOWN])["anyOf"], _hours()]},
        "taken with a key": _choice(telephone.YES_NO),
    }
    return {"anyOf": [ANY, _table({"number": ANY}, _exactly(telephone.MORE, more))]}


def _hours() -> Schema:
    span = {"type": "string", "pattern": _names(telephone.RANGE)}
    day = {"anyOf": [*_choice([telephone.CLOSED])["anyOf"], span, _list(span)]}
    return _table({}, {**dict.fromkeys(WEEKDAYS, day), telephone.HOLIDAYS: _list(ANY)})


def _node() -> Schema:
    """One of the kinds of node, with what may stand beside each."""
    option = {"anyOf": [NAME, _table({wiring.TO: NAME}, {wiring.REASON: ANY})]}
    kinds = {
        "menu": {**_keys(OPTION_KEYS, option), "minProperties": 1},
        "announcement": _list(NAME),
        "list": _list(NAME),
        "number": NAME,
        "transfer": NAME,
    }
    beside = {"mentioned": _list(NAME), "connect": _choice([wiring.ON_REQUEST])}
    return {
        "anyOf": [
            _table({kind: kinds.get(kind, {})}, _exactly(siblings, beside))
            for kind, (_, *siblings) in wiring.KINDS.items()
        ]
    }


# --- the words -----------------------------------------------------------------------------------


def _words() -> Schema:
    called = _table({"label": LABEL, "phrases": PHRASES}, dict.fromkeys(words.LEARNT, EXAMPLES))
    sections = {
        "language": _table({"name": LABEL, "phrases": PHRASES}, dict.fromkeys(words.LEARNT, EXAMPLES)),
        "nodes": _any_names(_node_words(), _names(wiring.NAME)),
        "numbers": _any_names(LABEL, _names(wiring.NAME)),
        "emergency": _table(
            {n: PATTERNS if n in words.EMERGENCY_PATTERNS else ANY for n in words.EMERGENCY},
            dict.fromkeys(words.EMERGENCY_LEARNT, EXAMPLES),
        ),
        "terms": _any_names(_term()),
        "sentences": _table({name: _sentence(sentence) for name, sentence in SENTENCES.items()}),
        "commands": _table(dict.fromkeys(COMMANDS, called)),
        "keys": _keys(KEYS, PHRASES, needed=KEYS),
        "press words": PHRASES,
        "fillers": PHRASES,
    }
    sentences = ("polite words", "about hours", "about this line", "for a person", "not for us")
    learning = {"same words": _any_names(PHRASES), **dict.fromkeys(sentences, EXAMPLES)}
    more = {name: learning.get(name, PHRASES) for name in words.LEARNING}
    timely = {
        "days": _table(dict.fromkeys(DAYS, LABEL)),
        "times": _times(),
        "hours": _any_names(ANY, _names(wiring.NAME)),
    }
    translation = _table(dict.fromkeys(words.TRANSLATION, ANY), dict.fromkeys(words.REVIEWED, ANY))
    return _table(
        _exactly(words.SECTIONS, sections), {"translation": translation, **more, **_exactly(words.TIMELY, timely)}
    )


def _times() -> Schema:
    """Times of day by a pattern, since a name such as 8:30 is no word to every editor."""
    return {
        "type": "object",
        "properties": {WAIVE: _ref(WAIVE)},
        "patternProperties": {_names(words.TIME): LABEL},
        "additionalProperties": False,
    }


def _node_words() -> Schema:
    """What the words of a node may hold, whatever its kind: that stands in another file."""
    asked = {"lay words": PHRASES, "answer": ANY, **dict.fromkeys(words.LEARNT, EXAMPLES)}
    item = _table({"label": LABEL, "phrases": PHRASES}, _exactly(words.ASKED, asked))
    free = {
        "phrases": PHRASES,
        "parts": _any_names(ANY, _names(wiring.NAME)),
        "items": _any_names(item, _names(wiring.NAME)),
        "mentioned": _any_names(item, _names(wiring.NAME)),
    }
    lists = {"intro": ANY, "asked with": PHRASES, "not listed": EXAMPLES}
    anywhere = {
        "help": ANY,
        "text": {"anyOf": [ANY, _any_names(ANY, _names(wiring.NAME))]},
        **dict.fromkeys(words.LEARNT, EXAMPLES),
    }
    return _table({"label": LABEL}, {**free, **_exactly(words.LISTS, lists), **_exactly(words.ANYWHERE, anywhere)})


def _term() -> Schema:
    known = {"means": ANY, "sounds like": _short(speech.LONGEST_PHRASE)}
    return {**_table({}, _exactly(words.TERM, known)), "anyOf": [{"required": [name]} for name in words.TERM]}


def _sentence(sentence: Sentence) -> Schema:
    """A stock sentence, or its versions; each holds the slots that it must."""
    one: Schema = dict(ANY)
    if sentence.needs:
        one = {"allOf": [ANY, *({"pattern": _slot(name)} for name in sorted(sentence.needs))]}
        one["description"] = f"Must hold {', '.join(f'{{{name}}}' for name in sorted(sentence.needs))}."
    many = {**_list(one, sentence.versions), "minItems": sentence.versions}
    return many if sentence.versions > 1 else {"anyOf": [one, many]}


def _slot(name: str) -> str:
    spaces = r"\s+"
    return rf"\{{\s*{spaces.join(name.split())}\s*\}}"
