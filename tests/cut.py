"""The sample as files, cut down to a few places and few phrases: what a test can save, publish and serve in no time."""

from functools import cache

import yaml

from ivr.script.folders import contents, sample
from small import ITEMS, KEPT

MENUS = {"main menu": ("conditions", "fax", "about us", "billing"), "about us": ("location", "services")}
LEFT_OUT = ("also said", "for a person", "not for us", "same words", "tells nothing", "waive")
FEW = 20


@cache
def _read():
    return {name: yaml.load(text, yaml.BaseLoader) for name, text in contents(sample()).items()}


@cache
def files():
    """The text of each file by its name."""
    wiring = _read()["line.yaml"]
    menus = {name: {"menu": {str(key): to for key, to in enumerate(to, 1)}} for name, to in MENUS.items()}
    nodes = menus | {"conditions": {"list": list(ITEMS)}} | {name: wiring["nodes"][name] for name in KEPT}
    cut = {"line.yaml": wiring | {"nodes": nodes}}
    cut |= {name: _words(words, nodes) for name, words in _read().items() if name != "line.yaml"}
    return {
        name: yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=10**6) for name, content in cut.items()
    }


def _words(words, nodes):
    kept = {name: words["nodes"][name] for name in nodes}
    listed = kept["conditions"]
    items = {name: listed["items"][name] for name in ITEMS}
    kept["conditions"] = {k: v for k, v in listed.items() if k != "mentioned"} | {"items": items}
    emergency = {k: v[:FEW] if isinstance(v, list) else v for k, v in words["emergency"].items()}
    return _without_learning(words | {"nodes": kept, "emergency": emergency, "terms": _used(words, kept)})


def _used(words, nodes):
    """The hard words that are still spoken."""
    return {term: known for term, known in words["terms"].items() if term in str(nodes)}


def _without_learning(value):
    """The same without the many sentences from which the line learns what callers say."""
    if isinstance(value, dict):
        return {name: _without_learning(inner) for name, inner in value.items() if name not in LEFT_OUT}
    return value


EMERGENCY = "If this is an emergency, hang up and call nine one one."

REHEARSAL = """\
caller: (calls)
line:   If this is an emergency
caller: (silence)
line:   Take your time.
"""


def folder(path):
    """A folder of these files, to be edited, with one rehearsal, which has yet to be written down."""
    (path / "rehearsals").mkdir(parents=True)
    for name, text in files().items():
        (path / name).write_text(text, encoding="utf-8")
    (path / "rehearsals" / "silence.txt").write_text(REHEARSAL, encoding="utf-8")
    return path
