"""A folder of YAML -> a Script, or every problem in it at once.

For: which files belong to a line, reading them together, and the digest that names their content.
Not here: what each file holds (`wiring`, `words`), and any change to the files.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from ivr.script import tree as trees
from ivr.script.clashes import judge_own_names, judge_phrases
from ivr.script.folders import ENDING, WIRING
from ivr.script.model import Menu, Place, Script, Waiver, Words
from ivr.script.parse import parse
from ivr.script.paths import judge_paths
from ivr.script.problems import Problem, ScriptError, shown
from ivr.script.shape import Book, Field, Original
from ivr.script.source import from_bytes, load
from ivr.script.translated import originals, said_in
from ivr.script.unheard import judge_unheard
from ivr.script.unwired import judge_unwired
from ivr.script.voices import TAG
from ivr.script.waivers import waivers, without_waivers
from ivr.script.wiring import Wiring, read_wiring
from ivr.script.words import read_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ivr.script.source import Source

DIGITS_OF_VERSION = 12


def read(folder: Path) -> Script:
    """The script in a folder; a ScriptError carries all that is wrong in it."""
    try:
        names = tuple(sorted(entry.name for entry in folder.iterdir()))
    except OSError:
        place, what = Place(folder.name or ".", 1), f"there is no folder '{folder}' that can be read"
        raise ScriptError([Problem(place, what, "Look for a misspelt name.")]) from None
    sources = tuple(load(folder / name) for name in names if name.endswith(ENDING))
    return _made(folder.resolve().name, names, sources, originals(folder))


def read_files(name: str, files: Mapping[str, bytes]) -> Script:
    """The script that these files make, as `read` would read them from a folder of that name."""
    names = tuple(sorted(files))
    return _made(name, names, tuple(from_bytes(file, files[file]) for file in names), ())


@lru_cache(maxsize=8)
def _made(name: str, names: tuple[str, ...], sources: tuple[Source, ...], made_from: tuple[Source, ...]) -> Script:
    """The same files make the same script, which is never changed: so the last few are remembered, and a process that is
    made from this one, in place of a worker that died, has them at once.
    """
    by_name = {source.file: source for source in sources}
    by_tag = {source.file.removesuffix(ENDING): source for source in made_from}
    return _Folder(name, names, by_name, by_tag).read()


@dataclass(frozen=True, slots=True)
class _Folder:
    name: str
    names: tuple[str, ...]
    """As they are spelt on the disk, so that `en-us.yaml` is nowhere taken for `en-US.yaml`."""
    sources: Mapping[str, Source]
    made_from: Mapping[str, Source]
    """The words of the first language from which another was made, by the tag of that other, where they are known."""

    def read(self) -> Script:
        line = self._open(WIRING, Place(WIRING, 1))
        found = read_wiring(line) if line else None
        wiring = None if line.book.doubtful else found
        if wiring is not None:
            judge_paths(wiring)
        files = self._languages(line, wiring)
        words = {tag: read_words(file, tag, wiring) for tag, file in files.items()}
        for file in files.values():
            judge_unwired(file, wiring)
            judge_unheard(file)
            judge_phrases(file, _first_menu(wiring))
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
        source = self.sources[name]
        parsed = parse(source)
        found = tuple(waivers(parsed.tree, (name.removesuffix(ENDING),))) if parsed.tree else ()
        problems = [*parsed.problems, *(one for one in found if isinstance(one, Problem))]
        waived = tuple(one for one in found if isinstance(one, Waiver))
        book = Book(name, problems, parsed.doubtful, parsed.slipped, original, source.content, waived)
        return Field(book, (), Place(name, 1), without_waivers(parsed.tree) if parsed.tree else None)

    def _like(self, name: str) -> str:
        """What to do about a missing file: perhaps it is there under another name."""
        stem = name.removesuffix(ENDING).lower()
        files = [other for other in self.names if ".y" in other.lower() or other.lower() in (stem, f"{stem}.txt")]
        like = [other for other in files if stem in other.lower().replace("_", "-")]
        if like:
            return f"Rename '{shown(like[0])}' to '{name}'."
        if name == WIRING and not self._tags():
            return "No line lies here: name the folder of your line."
        return "Put it back, or make it from that of the sample."

    def _script(self, wiring: Wiring, words: Mapping[str, Words], files: Iterable[Field]) -> Script:
        files = tuple(files)
        roots = [(file.tree, (file.name.removesuffix(ENDING),)) for file in files if file.tree]
        first, *others = wiring.languages
        made = {tag: said_in(self.made_from[tag], first) for tag in others if tag in self.made_from}
        return Script(
            name=self.name,
            version=_version(files),
            start=wiring.start,
            person=wiring.person,
            time_zone=wiring.time_zone,
            waits=wiring.waits,
            ring_seconds=wiring.ring_seconds,
            staff=wiring.staff,
            languages=wiring.languages,
            numbers=wiring.numbers,
            nodes=wiring.nodes,
            words=words,
            places=dict(chain.from_iterable(trees.places(*root) for root in roots)),
            texts=dict(chain.from_iterable(trees.texts(*root) for root in roots)),
            waivers=tuple(waiver for file in files for waiver in file.book.waivers),
            translated={tag: source for tag, source in made.items() if source is not None},
        )


def _original(files: Mapping[str, Field]) -> Original | None:
    """The first language, from which the others are made."""
    first = next(iter(files.values()), None)
    if first is None or first.tree is None:
        return None
    name = trees.first_words(trees.find(first.tree, ("language", "name"))) or "the first language"
    return Original(name, first.tree, first.book.slipped)


def _first_menu(wiring: Wiring | None) -> str:
    """Where every call begins; an empty name if that cannot be told."""
    return wiring.start if wiring and isinstance(wiring.nodes.get(wiring.start), Menu) else ""


def _version(files: Iterable[Field]) -> str:
    """A digest of the names and the content of files, the same however their lines end."""
    digest = hashlib.sha256()
    for file in files:
        content = file.book.content.encode()
        digest.update(f"{file.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:DIGITS_OF_VERSION]
