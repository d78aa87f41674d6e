"""A folder of YAML -> a Script, or every problem in it at once.

For: which files belong to a line, reading them together, and the digest that names their content.
Not here: what each file holds (`wiring`, `words`), and any change to the files.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ivr.script import tree as trees
from ivr.script.clashes import judge_own_names, judge_phrases
from ivr.script.folders import ENDING, WIRING
from ivr.script.model import Place, Script, Words
from ivr.script.parse import parse
from ivr.script.paths import judge_paths
from ivr.script.problems import Problem, ScriptError, shown
from ivr.script.shape import Book, Field, Original
from ivr.script.source import from_bytes, load
from ivr.script.wiring import TAG, Wiring, read_wiring
from ivr.script.words import read_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from ivr.script.source import Source

DIGITS_OF_VERSION = 12


def read(folder: Path) -> Script:
    """The script in a folder; a ScriptError carries all that is wrong in it."""
    return _Folder.at(folder).read()


def read_files(name: str, files: Mapping[str, bytes]) -> Script:
    """The script that these files make, as `read` would read them from a folder of that name."""
    return _Folder(name, tuple(sorted(files)), lambda file: from_bytes(file, files[file])).read()


@dataclass(frozen=True, slots=True)
class _Folder:
    name: str
    names: tuple[str, ...]
    """As they are spelt on the disk, so that `en-us.yaml` is nowhere taken for `en-US.yaml`."""
    load: Callable[[str], Source]

    @classmethod
    def at(cls, path: Path) -> _Folder:
        try:
            names = tuple(sorted(entry.name for entry in path.iterdir()))
            return cls(path.resolve().name, names, lambda file: load(path / file))
        except OSError:
            place, what = Place(path.name or ".", 1), f"there is no folder '{path}' that can be read"
            raise ScriptError([Problem(place, what, "Look for a misspelt name.")]) from None

    def read(self) -> Script:
        line = self._open(WIRING, Place(WIRING, 1))
        wiring = read_wiring(line) if line and line.book.sure else None
        if wiring is not None:
            judge_paths(wiring)
        files = self._languages(line, wiring)
        words = {tag: read_words(file, tag, wiring) for tag, file in files.items()}
        for file in files.values():
            judge_phrases(file, wiring.start if wiring else "")
        judge_own_names(files)
        problems = [problem for file in (line, *files.values()) for problem in file.book.problems]
        if problems or wiring is None:
            raise ScriptError(problems)
        return self._script(wiring, words, [line, *files.values()])

    def _tags(self) -> list[str]:
        """The languages of which there is a file."""
        stems = [name.removesuffix(ENDING) for name in self.names if name.endswith(ENDING)]
        return [stem for stem in stems if TAG.fullmatch(stem)]

    def _languages(self, line: Field, wiring: Wiring | None) -> dict[str, Field]:
        """The file of each language that line.yaml names; if that cannot be told, of each that is there."""
        there = self._tags()
        if wiring is None:
            return {tag: self._open(tag + ENDING, Place(tag + ENDING, 1)) for tag in there}
        named = wiring.fields["languages"].table()
        for tag in there if named and all(map(TAG.fullmatch, named)) else ():
            if tag not in named:
                mend = f"Add '{tag}' there, or move this file out of the folder."
                line.note(f"this file is of a language that {WIRING} does not name", mend, Place(tag + ENDING, 1))
        files: dict[str, Field] = {}
        for tag in filter(TAG.fullmatch, named):
            files[tag] = self._open(tag + ENDING, named[tag].place, _original(files))
        return files

    def _open(self, name: str, place: Place, original: Original | None = None) -> Field:
        """What a file says; nothing, with a note, if it is not there or nothing can be made of it."""
        if name not in self.names:
            missing = Problem(place, f"there is no file {name} in the folder", self._like(name))
            return Field(Book(name, [missing]), (), place, None)
        source = self.load(name)
        parsed = parse(source)
        book = Book(name, list(parsed.problems), parsed.sure, parsed.slipped, original, source.content)
        return Field(book, (), Place(name, 1), parsed.tree)

    def _like(self, name: str) -> str:
        """What to do about a missing file: perhaps it is there under another name."""
        stem = name.removesuffix(ENDING).lower()
        like = [other for other in self.names if stem in other.lower().replace("_", "-")]
        return f"Rename '{shown(like[0])}' to '{name}'." if like else "Put it back, or make it from that of the sample."

    def _script(self, wiring: Wiring, words: Mapping[str, Words], files: Iterable[Field]) -> Script:
        return Script(
            name=self.name,
            version=_version(files),
            start=wiring.start,
            person=wiring.person,
            time_zone=wiring.time_zone,
            waits=wiring.waits,
            ring_seconds=wiring.ring_seconds,
            languages=wiring.languages,
            numbers=wiring.numbers,
            nodes=wiring.nodes,
            words=words,
            places={
                a: p
                for file in files
                if file.tree
                for a, p in trees.places(file.tree, (file.name.removesuffix(ENDING),))
            },
        )


def _original(files: Mapping[str, Field]) -> Original | None:
    """The first language, from which the others are made."""
    tree = next((file.tree for file in files.values()), None)
    if tree is None:
        return None
    return Original(trees.first_words(trees.find(tree, ("language", "name"))) or "the first language", tree)


def _version(files: Iterable[Field]) -> str:
    """A digest of the names and the content of files, the same however their lines end."""
    digest = hashlib.sha256()
    for file in files:
        content = file.book.content.encode()
        digest.update(f"{file.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:DIGITS_OF_VERSION]
