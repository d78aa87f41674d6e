"""Lines of any size, written as staff would have written them, for seeing how a check grows with a line.

For: `grown(count)`, a script of so many places that has been through the reader and has no errors.  It is in one language,
and each place is a menu or a short text; labels that look alike are warned of, which is part of the work.
Not here: measuring.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from ivr.script.folders import sample
from ivr.script.reader import read
from small import spelt

TAG = "en-US"
MOST_OPTIONS = 5
KEPT = ("main menu", "reception")
TEXT = "This is a place of its own."


def grown(count):
    """The script of a line with `count` places: menus of five, the last of which lead to texts."""
    line, words = ({**_loaded(name)} for name in ("line", TAG))
    nodes, labels = _places(count - len(KEPT))
    line |= {"languages": {TAG: line["languages"][TAG]}, "numbers": {"main": line["numbers"]["main"]}}
    line["nodes"] = nodes | {"reception": line["nodes"]["reception"]}
    words["nodes"] = {name: words["nodes"][name] for name in KEPT} | labels
    words["numbers"] = {"main": words["numbers"]["main"]}
    with TemporaryDirectory() as folder:
        for name, value in (("line", line), (TAG, words)):
            Path(folder, f"{name}.yaml").write_text(yaml.safe_dump(value, sort_keys=False, allow_unicode=True))
        return read(Path(folder))


def _loaded(name):
    """Every value as a text, as the reader takes them: "yes" and "no" are words here."""
    return yaml.load((sample() / f"{name}.yaml").read_text(), yaml.BaseLoader)


def _places(count):
    """The wiring of the first menu and all that hangs below it, and the words of each but the first."""
    names = [f"place {number}" for number in range(count)]
    below, nodes = iter(names), {}
    for name in ("main menu", *names):
        options = [to for _, to in zip(range(MOST_OPTIONS), below, strict=False)]
        nodes[name] = {"menu": dict(enumerate(options, 1))} if options else {"announcement": ["text"]}
    return nodes, {name: _words(number, "menu" in nodes[name]) for number, name in enumerate(names)}


def _words(number, is_menu):
    name = spelt(number)
    said = {"label": f"Number {name}", "phrases": [f"go to {name}", f"hear {name}", f"the {name}"]}
    return said if is_menu else said | {"parts": {"text": TEXT}}
