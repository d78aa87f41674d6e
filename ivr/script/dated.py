"""A script that was made for an older program, brought up to date in memory so that it can still be spoken.

For: stock sentences and commands that the catalogue has gained since: where the files lack one, it is taken from the
sample in the same language.  A line that was live is never silent because a newer program knows one sentence more.
Not here: scripts that staff are editing; there, what is missing is a problem that they are told (`reader`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ivr.script import tree as trees
from ivr.script.folders import contents, sample
from ivr.script.parse import parse
from ivr.script.source import from_bytes, normal
from ivr.script.tree import Entry, Tree

SECTIONS = ("sentences", "commands")


def up_to_date(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files with the stock words that they lack, and the names of those words."""
    models = contents(sample())
    mended, names = dict(files), list[str]()
    for file in sorted(files.keys() & models.keys()):
        lines = normal(files[file].decode(errors="replace")).split("\n")
        for after, entries in _lacking(file, files[file], models[file]):
            lines[after] += "".join(f"\n  {json.dumps(e.key.value)}: {_flow(e.value)}" for e in entries)
            names += [entry.key.value for entry in entries]
        mended[file] = "\n".join(lines).encode()
    return mended, tuple(dict.fromkeys(names))


def _lacking(file: str, data: bytes, model: bytes) -> Iterator[tuple[int, list[Entry]]]:
    """For each section, the index of its first line and the entries of the model that it does not have."""
    ours, theirs = (parse(from_bytes(file, content)).tree for content in (data, model))
    for section in SECTIONS:
        have, wanted = (trees.find(tree, (section,)) for tree in (ours, theirs))
        if isinstance(have, trees.Mapping) and isinstance(wanted, trees.Mapping) and isinstance(ours, trees.Mapping):
            head = next(entry.key.place.line for entry in ours.entries if entry.key.value == section)
            if missing := [entry for entry in wanted.entries if have.get(entry.key.value) is None]:
                yield head - 1, missing


def _flow(tree: Tree) -> str:
    """The same as YAML on one line."""
    match tree:
        case trees.Sequence():
            return f"[{', '.join(map(_flow, tree.entries))}]"
        case trees.Mapping():
            return f"{{{', '.join(f'{json.dumps(e.key.value)}: {_flow(e.value)}' for e in tree.entries)}}}"
        case _:
            return json.dumps(tree.words, ensure_ascii=False)
