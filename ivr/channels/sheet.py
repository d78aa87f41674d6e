"""The whole line on paper, as data: what can be chosen, what can be heard, and the numbers, in one language.

For: `sheet(script, language)`, from which the readable page and the outline of the map are made.  It asks the dialog
which key leads where, so that what stands on paper is what a caller can press.
Not here: HTML (`page`), the flow of a call with its failures (`flow`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from ivr.channels.openings import Openings, openings
from ivr.channels.readable import Dialable, Text, sentence, written
from ivr.dialog import prompts
from ivr.dialog.choices import UNIVERSAL_KEYS, Kind, Question, choices, command, pages
from ivr.dialog.state import State
from ivr.script.model import (
    Announcement,
    ItemWords,
    Listing,
    Menu,
    Node,
    NodeWords,
    NumberNode,
    PhoneNumber,
    Prompt,
    Script,
    Transfer,
)

TO_THE_START = "*"
"""Pressed twice, it leads to the first menu (`ivr.dialog.turn`)."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the menu on paper.  `keys` are pressed one after the other; `anchor` is where it is told about."""

    label: str
    keys: tuple[str, ...]
    anchor: str = ""
    below: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """A name of a list, and what the line says when it is asked for."""

    label: str
    anchor: str
    answer: Text


@dataclass(frozen=True, slots=True)
class Place:
    """A node with all that can be heard there, and the places below it.  `keys` lead to it from the first menu."""

    name: str
    label: str
    anchor: str
    keys: tuple[str, ...]
    texts: tuple[Text, ...] = ()
    items: tuple[Item, ...] = ()
    note: Text = ()
    mentioned: tuple[Item, ...] = ()
    number: Number | None = None
    below: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A phone number, who answers there, and when, where that is known."""

    name: str
    who: str
    number: Dialable
    openings: Openings | None


@dataclass(frozen=True, slots=True)
class Key:
    """A key that means the same everywhere; `language` is that of its label."""

    keys: tuple[str, ...]
    label: str
    language: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The line in one language.  `emergency` holds the sentence of each language, this one's first."""

    language: str
    title: str
    emergency: tuple[tuple[str, Text], ...]
    crisis: Text
    relay: Text
    how: Text
    menu: Choice
    places: tuple[Place, ...]
    numbers: tuple[Number, ...]
    keys: tuple[Key, ...]
    settings: tuple[Key, ...] = field(default=())


def sheet(script: Script, language: str) -> Sheet:
    """Everything that the line says and offers in a language."""
    words = script.words[language]
    order = [language, *(tag for tag in script.languages if tag != language)]
    return Sheet(
        language=language,
        title=title(script, language),
        emergency=tuple((tag, written(script, tag, script.words[tag].emergency.say)) for tag in order),
        crisis=written(script, language, words.emergency.crisis),
        relay=sentence(script, language, "relay"),
        how=sentence(script, language, "how to choose"),
        menu=menu(script, language),
        places=tuple(_places(script, language)),
        numbers=tuple(_number(script, language, n) for n in script.numbers.values() if "read" in n.uses),
        keys=tuple(everywhere(script, language)),
        settings=tuple(_settings(script, language)),
    )


def title(script: Script, language: str) -> str:
    """What the line calls itself."""
    return str(script.words[language].sentences["greeting"][0]).strip().rstrip(".")


def anchor(*names: str) -> str:
    """An address within a page; names are small letters, digits and spaces (`ivr.script.wiring.NAME`)."""
    return "--".join(name.replace(" ", "-") for name in names)


# --- what can be chosen --------------------------------------------------------------------------


def menu(script: Script, language: str) -> Choice:
    """The first menu, with everything below it; what stands in two menus is unfolded in the first of them."""
    return _choice(script, language, script.start, (), set())


def _choice(script: Script, language: str, name: str, keys: tuple[str, ...], seen: set[str]) -> Choice:
    node, label = script.nodes[name], script.words[language].nodes[name].label
    if name in seen:
        return Choice(label, keys, anchor(name))
    seen.add(name)
    match node:
        case Menu(options=options):
            below = tuple(_choice(script, language, o.target, (o.key,), seen) for o in options)
        case Listing():
            below = tuple(_names(script, language, node))
        case _:
            below = ()
    return Choice(label, keys, anchor(name), below)


def _names(script: Script, language: str, node: Listing) -> Iterator[Choice]:
    """The names of a list; those that are read later come behind the key for more."""
    way: tuple[str, ...] = ()
    for position in range(pages(node)):
        state = State(script.version, language, node.name, position)
        for choice in choices(script, state):
            if choice.action.kind is Kind.ITEM:
                label = prompts.label(script, language, choice.action)
                yield Choice(label, (*way, choice.key), anchor(node.name, choice.action.name))
        way += tuple(choice.key for choice in choices(script, state) if choice.action == command("more"))


def everywhere(script: Script, language: str) -> Iterator[Key]:
    """The keys that mean the same at every place."""
    for key, action in UNIVERSAL_KEYS.items():
        others = [tag for tag in script.languages if tag != language]
        if action != command("language"):
            yield Key((key,), prompts.label(script, language, action), language)
        elif others:
            other = script.next_language(language)
            yield Key((key,), script.words[other].own_name, other)
    yield Key((TO_THE_START,) * 2, prompts.label(script, language, command("main menu")), language)


def _settings(script: Script, language: str) -> Iterator[Key]:
    """What help offers, each behind the key for help."""
    asked = State(script.version, language, script.start, question=Question.HELP)
    first = next(key for key, action in UNIVERSAL_KEYS.items() if action == command("help"))
    for choice in choices(script, asked):
        yield Key((first, choice.key), prompts.label(script, language, choice.action), language)


# --- what can be heard ---------------------------------------------------------------------------


def _places(script: Script, language: str) -> Iterator[Place]:
    """The first menu with every node below it, each once; then those to which no menu leads, such as a person."""
    seen: set[str] = set()
    yield _place(script, language, script.start, (), seen)
    for key, action in UNIVERSAL_KEYS.items():
        if action == command("person") and script.person not in seen:
            yield _place(script, language, script.person, (key,), seen)


def _place(script: Script, language: str, name: str, keys: tuple[str, ...], seen: set[str]) -> Place:
    seen.add(name)
    node, words = script.nodes[name], script.words[language].nodes[name]
    listed = _items(script, language, name, words.items)
    options = node.options if isinstance(node, Menu) else ()
    return Place(
        name=name,
        label=words.label,
        anchor=anchor(name),
        keys=keys,
        texts=tuple(written(script, language, prompt) for prompt in _texts(node, words)),
        items=listed,
        note=sentence(script, language, "only an examination") if listed else (),
        mentioned=_items(script, language, name, words.mentioned),
        number=_number(script, language, script.numbers[node.number])
        if isinstance(node, NumberNode | Transfer)
        else None,
        below=tuple(_place(script, language, o.target, (*keys, o.key), seen) for o in options if o.target not in seen),
    )


def _texts(node: Node, words: NodeWords) -> Iterator[Prompt]:
    if words.intro:
        yield words.intro
    if isinstance(node, Announcement):
        yield from (words.parts[part] for part in node.parts)
    if words.help:
        yield words.help


def _items(script: Script, language: str, node: str, items: Mapping[str, ItemWords]) -> tuple[Item, ...]:
    return tuple(_item(script, language, node, name, item) for name, item in items.items())


def _item(script: Script, language: str, node: str, name: str, item: ItemWords) -> Item:
    answer = written(script, language, item.answer) if item.answer else ()
    return Item(item.label, anchor(node, name), answer)


def _number(script: Script, language: str, number: PhoneNumber) -> Number:
    who = script.words[language].numbers[number.name]
    return Number(number.name, who, Dialable.of(number), openings(script, language, number))
