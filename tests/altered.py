"""The sample line, altered: what a rule says of one change.

check("OPT-08", says("Your call is important to us."))
check("MENU-04", wired("2: conditions", "3: conditions"))
"""

from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ivr.check.registry import every_rule
from ivr.check.run import run
from ivr.script.folders import sample
from ivr.script.reader import read

GREETING = {
    "en-US": "greeting: Specialty Surgical Center, automated line.",
    "es-US": "greeting: Specialty Surgical Center, línea automática.",
}
LEFT_OUT = ("also said", "for a person", "not for us", "same words", "tells nothing")
LABEL = {"en-US": "    label: Billing\n", "es-US": "    label: Facturación\n"}
FAX_PHRASES = {
    "en-US": "[fax, the fax, your fax number, send a fax]",
    "es-US": "[fax, el fax, su fax, número del fax, mandar un fax, mandar por fax]",
}


def wired(old, new):
    """line.yaml with something else in it."""
    return [("line.yaml", old, new)]


def worded(old, new, language="en-US"):
    """A words file with something else in it."""
    return [(f"{language}.yaml", old, new)]


def says(text, language="en-US"):
    """The greeting is another."""
    return worded(GREETING[language], f"greeting: >\n    {text}", language)


def named(label, language="en-US"):
    """Billing has another label."""
    return worded(LABEL[language], f"    label: {label}\n", language)


def understands(phrases, language="en-US"):
    """The fax has other phrases."""
    return worded(FAX_PHRASES[language], phrases, language)


def put(new, *address):
    """Something else stands at an address: put("[a bill]", "en-US", "nodes", "billing", "phrases")."""
    text = originals()[Path(f"{address[0]}.yaml")]
    place = line().places[address]
    lines = text.splitlines()
    start, indent = place.line - 1, place.column - 1
    end = next((n for n in range(start + 1, len(lines)) if lines[n].strip() and column(lines[n]) <= indent), len(lines))
    key = lines[start].split(":")[0]
    return [(f"{address[0]}.yaml", slice(start, end), new and f"{key}: {new}")]


def drop(*address):
    """What stands at an address, and below it, is gone."""
    return put("", *address)


def column(text):
    return len(text) - len(text.lstrip())


@lru_cache(maxsize=1)
def line():
    """The sample itself."""
    return altered()


@lru_cache(maxsize=1)
def originals():
    return {path.relative_to(sample()): _without_learning(path.read_text()) for path in sample().rglob("*.yaml")}


def _without_learning(text):
    """The same without the many sentences from which the line learns what callers say: read in half the time."""
    kept, within = [], None
    for each in text.splitlines(keepends=True):
        if within is not None and (not each.strip() or column(each) > within):
            continue
        within = column(each) if each.partition(":")[0].strip() in LEFT_OUT else None
        if within is None:
            kept.append(each)
    return "".join(kept)


def written(folder, *changes):
    """The sample in a folder, with each change made once."""
    for name, text in originals().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    for file, old, new in (edit for change in changes for edit in change):
        text = (folder / file).read_text()
        (folder / file).write_text(spliced(text, old, new) if isinstance(old, slice) else replaced(text, old, new))
    return folder


def replaced(text, old, new):
    assert old in text, f"{old!r} is not there"
    return text.replace(old, new, 1)


def spliced(text, old, new):
    lines = text.splitlines(keepends=True)
    lines[old] = [f"{new}\n"] if new else []
    return "".join(lines)


def altered(*changes):
    """The script that a change makes of the sample."""
    with TemporaryDirectory() as folder:
        return read(written(Path(folder) / "line", *changes))


def check(rule, *changes):
    """What one rule finds in the sample after a change."""
    return run(altered(*changes), [every_rule()[rule]], walking=False).findings
