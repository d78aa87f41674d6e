"""What a caller can choose at each place, and by which key.

For: the one list from which the spoken menu, the meaning of the keys, the meaning of spoken keys and the help
are all made, so that what is offered is what is accepted.
Not here: how a choice is worded (`prompts`), how speech becomes a choice (`understand`), what it does (`actions`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from ivr.dialog.state import State
from ivr.script.catalogue import COMMANDS, LOCAL_COMMANDS, OPTION_KEYS
from ivr.script.model import Announcement, Listing, Menu, NumberNode, Script, Transfer


class Kind(StrEnum):
    GO = "go"  # to a node
    ITEM = "item"  # is this on the list?
    CLOSEST = "closest"  # lay words, to which this item comes closest
    UNLISTED = "unlisted"  # asked of this list, and not on it
    LANGUAGE = "language"
    COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Action:
    """What a caller wants, with the name of the node, item, language or command."""

    kind: Kind
    name: str

    def __str__(self) -> str:
        return f"{self.kind}.{self.name}"

    @classmethod
    def parse(cls, text: str) -> Action | None:
        """The action that `str` wrote, or None."""
        kind, _, name = text.partition(".")
        return cls(Kind(kind), name) if kind in set(Kind) else None


def go(node: str) -> Action:
    return Action(Kind.GO, node)


def item(name: str) -> Action:
    return Action(Kind.ITEM, name)


def command(name: str) -> Action:
    return Action(Kind.COMMAND, name)


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    action: Action


class Question(StrEnum):
    """What is asked or waited for, instead of a node's own choices; it travels in the state."""

    NONE = ""
    HELP = "help"
    CONFIRM = "confirm"  # did you want ...?
    FAX = "fax"  # you will hear a tone: connect?
    TEXT = "text"  # rates may apply: send one text?
    CUE = "cue"  # get something to write with
    WINDOW = "window"  # a transfer may still be called off
    DIALLING = "dialling"
    AFTER = "after"  # a transfer has come back
    CLOSED = "closed"  # nobody answers there now: call anyway?
    BARRED = "barred"  # the number leads back to this line
    ELSE = "else"  # a call with a person is over
    WAIT = "wait"
    GOODBYE = "goodbye"  # the call may still go on


DANGER_TOLD = "danger"
"""What the state is about when the line has just told whom to call in an emergency, and asked nothing: a no denies it."""


def has_told_of_danger(state: State) -> bool:
    return state.about == DANGER_TOLD and state.question != Question.CONFIRM


UNIVERSAL_KEYS = {
    "8": command("language"),
    "9": command("help"),
    "0": command("person"),
    "*": command("back"),
    "#": command("again"),
}
"""The same at every place, so that a caller learns them once."""

TEXT_ME = Choice("7", command("text me"))
"""At everything that is worth keeping, for callers who can be sent a text (NUM-05)."""

_YES_NO = ("yes", "no")
_QUESTION_COMMANDS: dict[str, tuple[str, ...]] = {
    Question.HELP: ("slower", "faster", "louder", "wait", "main menu", "goodbye"),
    Question.CONFIRM: _YES_NO,
    Question.FAX: _YES_NO,
    Question.TEXT: _YES_NO,
    Question.AFTER: ("try again", "hear number", "main menu"),
    Question.CLOSED: ("call anyway", "hear number", "main menu"),
    Question.BARRED: ("hear number", "main menu"),
    Question.ELSE: ("main menu", "goodbye"),
    Question.CUE: (),
    Question.WINDOW: (),
    Question.WAIT: (),
    Question.DIALLING: (),
    Question.GOODBYE: (),
}

_BESIDE: dict[str, tuple[str, ...]] = {
    Question.WINDOW: _YES_NO,
    Question.ELSE: _YES_NO,
    Question.CLOSED: ("connect", "try again"),
}

_NAMES_A_PAGE = 4


def choices(script: Script, state: State) -> tuple[Choice, ...]:
    """The choices at the caller's place, in the order in which they are offered."""
    found = _choices(script, state.node, state.question, state.position, answered=bool(state.answer))
    return (*found, TEXT_ME) if state.texting and can_be_texted(script, state) else found


def can_be_texted(script: Script, state: State) -> bool:
    """Whether this is worth keeping: an announcement, a number, or that of a transfer which has come back."""
    if state.question in _CAME_BACK:
        return True
    return not state.question and isinstance(script.nodes[state.node], Announcement | NumberNode)


_CAME_BACK = frozenset({Question.AFTER, Question.BARRED})


@lru_cache(maxsize=4096)
def _choices(script: Script, node: str, question: str, position: int, *, answered: bool) -> tuple[Choice, ...]:
    if question in _QUESTION_COMMANDS:
        return _numbered(*map(command, _QUESTION_COMMANDS[question]))
    match script.nodes[node]:
        case Menu(options=options):
            return tuple(Choice(option.key, go(option.target)) for option in options)
        case Announcement(parts=parts) if position + 1 < len(parts):
            return _numbered(command("more"))
        case Listing() as listing if not answered:
            return _numbered(*_page(listing, position))
        case NumberNode(connect=connect):
            return _numbered(*map(command, ("again", "connect") if connect else ("again",)))
    return ()


def _numbered(*actions: Action) -> tuple[Choice, ...]:
    return tuple(Choice(key, action) for key, action in zip(OPTION_KEYS, actions, strict=False))


def offered(script: Script, state: State) -> frozenset[Action]:
    """The actions whose words are understood here because the line has just offered them.

    While a transfer can be called off, and to "anything else?", yes and no are answers, although they have no keys there; who is told that a
    number is closed may ask for the call in the words that are otherwise used for it; and who is told to get a pen may
    rather have a text.  "More" is understood where there was some, and a no where an emergency was told of.
    """
    found = {choice.action for choice in choices(script, state)}
    found.update(map(command, _BESIDE.get(state.question, ())))
    if state.question == Question.CUE and state.texting:
        found.add(TEXT_ME.action)
    if has_told_of_danger(state):
        found.add(command("no"))
    if _has_ended(script, state):
        found.add(command("more"))
    return frozenset(found)


def _has_ended(script: Script, state: State) -> bool:
    """Whether a text has been heard to its end."""
    node = script.nodes[state.node]
    return not state.question and (isinstance(node, Announcement) or bool(state.answer))


def page(node: Listing, position: int) -> tuple[str, ...]:
    """The names that are read at once: all of a short list, else four (OPT-18)."""
    if len(node.items) <= len(OPTION_KEYS):
        return node.items
    return node.items[position * _NAMES_A_PAGE :][:_NAMES_A_PAGE]


def pages(node: Listing) -> int:
    return 1 if len(node.items) <= len(OPTION_KEYS) else -(-len(node.items) // _NAMES_A_PAGE)


def _page(node: Listing, position: int) -> tuple[Action, ...]:
    names = tuple(item(name) for name in page(node, position))
    return names if pages(node) == 1 else (*names, command("more"))


def _offered_at_rest(script: Script, state: State) -> set[Action]:
    """What the place offers when nothing is asked, and around a transfer from it, which a question may lie over."""
    rings = isinstance(script.nodes[state.node], NumberNode | Transfer)
    questions = (Question.NONE, Question.AFTER, Question.CLOSED) if rings else (Question.NONE,)
    return {action for asked in questions for action in offered(script, state.but(question=asked))}


def knows(script: Script, state: State, action: Action) -> bool:
    """Whether the script has what an action names, and the action has a meaning at this place."""
    match action.kind:
        case Kind.GO:
            return action.name in script.nodes
        case Kind.LANGUAGE:
            return action.name in script.languages
        case Kind.COMMAND:
            local = action.name in LOCAL_COMMANDS
            return action.name in COMMANDS and (not local or action in _offered_at_rest(script, state))
    lists = [node for node in script.nodes.values() if isinstance(node, Listing)]
    if action.kind is Kind.UNLISTED:
        return action.name in {node.name for node in lists}
    return any(action.name in (*node.items, *node.mentioned) for node in lists)
