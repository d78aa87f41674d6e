"""A language file -> every word of the line in that language.

For: which words a script needs, given how it is wired, and that each stands where it belongs.
Not here: the wiring (`wiring`), the rules that hold for all words (`speech`), phrases that collide (`clashes`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ivr.script.catalogue import COMMANDS, KEY_SLOTS, KEYS, SENTENCES
from ivr.script.model import (
    Announcement,
    CommandWords,
    EmergencyWords,
    ItemWords,
    Listing,
    Menu,
    Node,
    NodeWords,
    Prompt,
    Term,
    Translation,
    Words,
)
from ivr.script.problems import shown
from ivr.script.speech import LONGEST_PHRASE, Speech
from ivr.script.today import DAYS
from ivr.script.tree import Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ivr.script.shape import Answer, Field
    from ivr.script.wiring import Wiring

SECTIONS = (
    "language",
    "nodes",
    "numbers",
    "emergency",
    "terms",
    "sentences",
    "commands",
    "keys",
    "press words",
    "fillers",
)
LEARNING = (
    "same words",
    "not this",
    "rather this",
    "begins anew",
    "tells nothing",
    "polite words",
    "about hours",
    "about this line",
    "for a person",
    "not for us",
)
"""Sections from which the line learns to tell callers' words apart; a line can do without them."""

TIMELY = ("days", "times", "hours")
"""Sections on opening hours; a line whose hours are unknown can do without them."""

NOBODY = "nobody yet"
"""What staff write for a translation that no person has reviewed."""

TIME = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d", re.ASCII)

LEADING_ZERO = re.compile(r"^0(?=\d:)")
"""Midnight keeps its own: 0:00."""

LANGUAGE = ("name", "phrases")
TRANSLATION, REVIEWED = ("from", "reviewed by"), ("reviewed on",)
EMERGENCY_PATTERNS = ("phrases", "crisis phrases", "not")
EMERGENCY = ("say", "crisis", "still here", *EMERGENCY_PATTERNS)
EMERGENCY_LEARNT = ("also said", "also said of suicide", "harmless")
TERM = ("means", "sounds like")
CALLED = ("label", "phrases")
LEARNT = ("also said",)
"""What each of the other entries of a language file holds."""

ASKED = ("lay words", "answer", *LEARNT)
"""What the words of a name on a list may hold besides."""

ANYWHERE = (*LEARNT, "help", "text")
"""What the words of every kind of node may hold."""

LISTS = ("intro", "asked with", "not listed")
"""What those of a list may hold besides."""


def read_words(file: Field, tag: str, wiring: Wiring | None) -> Words:
    """The words in a file.  Without a wiring, what depends on it is passed over."""
    fields = file.named(SECTIONS, ["translation", *LEARNING, *TIMELY])
    reader = _Reader(_speech(wiring), wiring)
    own = fields["language"].named(LANGUAGE, LEARNT)
    return Words(
        language=tag,
        own_name=reader.speech.label(own["name"]),
        own_phrases=reader.speech.phrases(own["phrases"]),
        translation=_translation(file, fields["translation"], tag, tuple(wiring.languages if wiring else ())),
        emergency=reader.emergency(fields["emergency"]),
        nodes=reader.nodes(fields["nodes"]),
        numbers=reader.numbers(fields["numbers"]),
        commands=fields["commands"].each(COMMANDS, reader.command),
        keys=reader.keys(fields["keys"]),
        press_words=reader.speech.phrases(fields["press words"]),
        fillers=reader.speech.phrases(fields["fillers"]),
        sentences=fields["sentences"].each(SENTENCES, reader.sentence),
        terms={name: reader.term(value) for name, value in fields["terms"].table().items()},
        own_said=reader.speech.examples(own["also said"]),
        same_words={name: reader.speech.phrases(value) for name, value in fields["same words"].table().items()},
        denials=reader.speech.phrases(fields["not this"]),
        corrections=reader.speech.phrases(fields["rather this"]),
        clauses=reader.speech.phrases(fields["begins anew"]),
        frames=reader.speech.phrases(fields["tells nothing"]),
        polite=reader.speech.examples(fields["polite words"]),
        about_hours=reader.speech.examples(fields["about hours"]),
        about_line=reader.speech.examples(fields["about this line"]),
        for_a_person=reader.speech.examples(fields["for a person"]),
        not_for_us=reader.speech.examples(fields["not for us"]),
        days=fields["days"].each(DAYS, reader.speech.label) if fields["days"] else {},
        times=reader.times(fields["times"]),
        hours=reader.hours(fields["hours"]),
    )


def _speech(wiring: Wiring | None) -> Speech:
    return Speech(wiring.numbers, tuple(wiring.fields["numbers"].table())) if wiring else Speech()


def _translation(file: Field, value: Field, tag: str, tags: tuple[str, ...]) -> Translation:
    """From which language a file was made, and who has reviewed it; nobody is an empty name."""
    first = tags[0] if tags else tag
    if tag == first:
        if value and tags:
            value.note(
                f"{tag} is the first language, so it is no translation", "Delete 'translation' and what is below it."
            )
        return Translation()
    if not value and file:
        mend = f"Write translation: and below it 'from: {first}' and 'reviewed by: {NOBODY}'."
        file.misfit("this file does not say from which language it was made", mend)
        return Translation()
    fields = value.named(TRANSLATION, REVIEWED)
    source = fields["from"].choice([other for other in tags if other != tag], first)
    reviewer, day = fields["reviewed by"].words(), fields["reviewed on"].words()
    if reviewer == NOBODY or not reviewer:
        return Translation(source)
    if not _is_date(day):
        fields["reviewed by"].note(
            "the day of the review is missing", "Write 'reviewed on:' and the day, like 2026-12-25."
        )
    return Translation(source, reviewer, day)


def _is_date(words: str) -> bool:
    try:
        return date.fromisoformat(words).isoformat() == words
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class _Reader:
    """The sections of a language file; each reads one field and reports to it."""

    speech: Speech
    wiring: Wiring | None

    # --- nodes ---

    def nodes(self, value: Field) -> Mapping[str, NodeWords]:
        if self.wiring is None:
            return {}
        fields = value.named(self.wiring.names)
        return {name: self._node(fields[name], node) for name, node in self.wiring.nodes.items()}

    def _node(self, value: Field, node: Node) -> NodeWords:
        fields = value.named(*self._shape(node))
        return NodeWords(
            label=self.speech.label(fields["label"]),
            phrases=self.speech.phrases(fields["phrases"]),
            intro=self._maybe(fields.get("intro")),
            parts=self._each(fields.get("parts"), node, getattr(node, "parts", ()), self.speech.about_numbers),
            items=self._each(fields.get("items"), node, getattr(node, "items", ()), self._item),
            mentioned=self._each(fields.get("mentioned"), node, getattr(node, "mentioned", ()), self._mentioned),
            not_listed=self.speech.examples(fields.get("not listed", value.nothing("not listed"))),
            also_said=self.speech.examples(fields["also said"]),
            asked_with=self.speech.phrases(fields.get("asked with", value.nothing("asked with"))),
            help=self._maybe(fields["help"]),
            text=None if isinstance(node, Announcement) else self._maybe(fields["text"]),
            texts=self._texts(fields["text"], node),
        )

    def _texts(self, value: Field, node: Node) -> Mapping[str, Prompt]:
        """The parts that text messages say in words of their own."""
        if not value or not isinstance(node, Announcement):
            return {}
        own = value.named([], node.parts)
        return {part: self.speech.about_numbers(field) for part, field in own.items() if field}

    def _shape(self, node: Node) -> tuple[list[str], list[str]]:
        """What the words of a node must and may hold, by its kind."""
        called = [*CALLED] if self._needs_phrases(node) else ["label"]
        free = ["phrases", *ANYWHERE]
        match node:
            case Menu():
                return called, ["intro", *free]
            case Announcement():
                return [*called, "parts"], free
            case Listing(mentioned=()):
                return [*called, "items"], [*LISTS, *free]
            case Listing():
                return [*called, "items", "mentioned"], [*LISTS, *free]
        return called, free

    def _needs_phrases(self, node: Node) -> bool:
        """Whether callers may ask for a node by name: for each but the first, of which all know the command."""
        start = self.wiring.nodes.get(self.wiring.start) if self.wiring else None
        return isinstance(start, Menu) and node is not start

    def _each(
        self, value: Field | None, node: Node, wired: Iterable[str], read: Callable[[Field], Answer]
    ) -> dict[str, Answer]:
        """The wired parts or items; if the wiring of the node is doubtful, those that there are words for."""
        if value is None:
            return {}
        doubtful = self.wiring is not None and node.name in self.wiring.doubtful
        return value.each(value.table() if doubtful else wired, read)

    def _item(self, value: Field) -> ItemWords:
        return self._item_of(value.named(CALLED, ASKED))

    def _mentioned(self, value: Field) -> ItemWords:
        return self._item_of(value.named([*CALLED, "answer"], ASKED))

    def _item_of(self, fields: Mapping[str, Field]) -> ItemWords:
        return ItemWords(
            self.speech.label(fields["label"]),
            self.speech.phrases(fields["phrases"]),
            self.speech.phrases(fields["lay words"]),
            self._maybe(fields["answer"]),
            self.speech.examples(fields["also said"]),
        )

    def _maybe(self, value: Field | None) -> Prompt | None:
        return self.speech.about_numbers(value) if value else None

    # --- what every line has ---

    def numbers(self, value: Field) -> Mapping[str, str]:
        if self.wiring is None:
            return {}
        return value.each(self.wiring.fields["numbers"].table(), self.speech.label)

    def times(self, value: Field) -> Mapping[str, str]:
        """How times of day are said, each under a name such as 8:30."""
        for name, entry in value.table().items():
            if not TIME.fullmatch(name):
                entry.misfit(
                    f"'{shown(name)}' is no time of day", "Write it like 8:30, or like 13:00 in the afternoon."
                )
        return {LEADING_ZERO.sub("", name): self.speech.label(entry) for name, entry in value.table().items()}

    def hours(self, value: Field) -> Mapping[str, str]:
        """A sentence on the usual hours of a number, where staff have written one."""
        known = self.wiring.fields["numbers"].table() if self.wiring else value.table()
        return {name: self.speech.plain(entry) for name, entry in value.named([], known).items() if entry}

    def emergency(self, value: Field) -> EmergencyWords:
        fields = value.named(EMERGENCY, EMERGENCY_LEARNT)
        return EmergencyWords(
            say=self.speech.prompt(fields["say"]),
            crisis=self.speech.prompt(fields["crisis"]),
            still_here=self.speech.prompt(fields["still here"]),
            phrases=self.speech.patterns(fields["phrases"]),
            crisis_phrases=self.speech.patterns(fields["crisis phrases"]),
            not_phrases=self.speech.patterns(fields["not"]),
            told=self.speech.examples(fields["also said"]),
            crisis_told=self.speech.examples(fields["also said of suicide"]),
            harmless=self.speech.examples(fields["harmless"]),
        )

    def term(self, value: Field) -> Term:
        fields = value.named([], TERM)
        if value and not any(fields.values()):
            value.misfit(f"nothing is said about '{shown(value.name)}'", "Write 'means:' below it, or 'sounds like:'.")
        return Term(self.speech.plain(fields["means"]), self.speech.plain(fields["sounds like"], LONGEST_PHRASE))

    def command(self, value: Field) -> CommandWords:
        fields = value.named(CALLED, LEARNT)
        label, phrases = self.speech.label(fields["label"]), self.speech.phrases(fields["phrases"])
        return CommandWords(label, phrases, self.speech.examples(fields["also said"]))

    def keys(self, value: Field) -> Mapping[str, tuple[str, ...]]:
        """What is said for each key; no word may mean two of them."""
        fields = value.named(KEYS)
        seen: dict[str, str] = {}
        for key, field in fields.items():
            for entry in field.entries() if isinstance(field.tree, Sequence) else ():
                word = entry.words().casefold() if entry else ""
                if word and seen.setdefault(word, key) != key:
                    entry.note(
                        f"'{shown(word)}' stands under key {seen[word]} and under key {key}", "Delete one of them."
                    )
        return {key: self.speech.phrases(field) for key, field in fields.items()}

    def sentence(self, value: Field) -> tuple[Prompt, ...]:
        """The versions of a stock sentence."""
        if not value:
            return ()
        wanted = SENTENCES[value.name]
        versions = value.one_or_more()
        if len(versions) != wanted.versions:
            many = "one sentence" if wanted.versions == 1 else f"a list of {wanted.versions} sentences"
            value.misfit(
                f"'{value.name}' has {len(versions)} sentences, and it must be {many}",
                f"Write {wanted.versions - len(versions)} more."
                if len(versions) < wanted.versions
                else "Delete the others.",
            )
        return tuple(self.speech.prompt(version, wanted.slots | set(KEY_SLOTS), wanted.needs) for version in versions)
