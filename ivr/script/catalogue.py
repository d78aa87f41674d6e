"""What every line says and understands of its own accord: the stock sentences, the commands, the keys.

For: the names that a words file must hold, with the slots that each sentence may use.  The reader demands
them in every language; the dialog speaks them.  To add a sentence, add a row here, say it in the words files,
and speak it from `ivr.dialog`.
Not here: the words themselves (they are staff's, in YAML), and when they are said.
"""

from __future__ import annotations

from dataclasses import dataclass

KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "*", "#")
OPTION_KEYS = KEYS[:6]

KEY_SLOTS = {
    "yes key": "1",
    "no key": "2",
    "language key": "8",
    "help key": "9",
    "person key": "0",
    "back key": "*",
    "again key": "#",
}
"""Slots that any stock sentence may use; each is filled with the spoken name of the key, or in a text with the key."""

SHORT_NUMBERS = ("911", "988", "711")
"""Slots of the sentences that are only read: a number that would be spoken digit by digit."""

COMMANDS = (
    "person",
    "again",
    "back",
    "main menu",
    "help",
    "slower",
    "faster",
    "louder",
    "wait",
    "language",
    "goodbye",
    "stop",
    "more",
    "connect",
    "try again",
    "hear number",
    "call anyway",
    "text me",
    "yes",
    "no",
)
"""Defined once for the line, so that no node can give them another meaning (UNI-07, MENU-06)."""

LOCAL_COMMANDS = frozenset({"more", "connect", "try again", "hear number", "call anyway", "text me", "yes", "no"})
"""Commands that are understood only where the line offers them."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A stock sentence: the slots that it may use beside the key slots, those that it must, and how many
    versions it has (a tapered sentence differs on each try, ERR-04).  One that is `written` is only read, never spoken.
    """

    slots: frozenset[str] = frozenset()
    needs: frozenset[str] = frozenset()
    versions: int = 1
    written: bool = False


def _says(*slots: str, needs: str = "", versions: int = 1) -> Sentence:
    required = frozenset(needs.split(",")) - {""}
    return Sentence(frozenset(slots) | required, required, versions)


def _writes(needs: str = "", versions: int = 1) -> Sentence:
    required = frozenset(needs.split(",")) - {""}
    return Sentence(required.union(SHORT_NUMBERS), required, versions, written=True)


SENTENCES: dict[str, Sentence] = {
    # the opening
    "language offer": _says(needs="language key"),
    "person offer": _says(needs="person key"),
    "greeting": _says(),
    "how to choose": _says(),
    # menus and what is read
    "choices": _says(needs="count"),
    "one choice": _says(),
    "press": _says(needs="key"),
    "you can say": _says(),
    "that was all": _says(),
    "after a text": _says(needs="again key,back key,person key"),
    "first names": _says(),
    # lists
    "on the list": _says(needs="item"),
    "closest on the list": _says(needs="item"),
    "only an examination": _says(),
    "not on the list": _says(),
    # numbers
    "number cue": _says(),
    "the number": _says(needs="number"),
    "the number again": _says(needs="number"),
    "fax warning": _says(),
    # transfers
    "connecting": _says(needs="back key"),
    "not connecting": _says(),
    "busy": _says(),
    "no answer": _says(),
    "failed": _says(),
    "cut short": _says(),
    "not taken": _says(),
    "same line": _says(),
    "anything else": _says(),
    # hours and notices
    "closed": _says(),
    "opens": _says(needs="day,time"),
    "opens later": _says(needs="day,time"),
    "open now": _says(),
    "hours unknown": _says(),
    "closed today": _says(),
    "news today": _says(),
    # said to whoever answers a transfer, and not to the caller
    "whisper": _says(needs="their language,label"),
    "whisper silent": _says(),
    "whisper unclear": _says(),
    "whisper take": _says(),
    # silence and what is not understood
    "silence": _says(versions=2),
    "silence when closed": _says(),
    "not understood": _says(versions=2),
    "not understood here": _says(),
    "key without a choice": _says("key", versions=2),
    "to a person": _says(),
    "waiting": _says(),
    "still waiting": _says(),
    # questions
    "did you want": _says(needs="label"),
    "want a person": _says(),
    "all right": _says(),
    "a person knows": _says(),
    "automated": _says(),
    # help, pace, language
    "help": _says("label", needs="person key"),
    "emergency help": _says(),
    "relay": _says(),
    "at the limit": _says(),
    # beginnings and ends
    "start again": _says(),
    "we changed": _says(),
    "goodbye": _says(),
    "the end": _says(),
    "trouble": _says(),
    "our number": _says(needs="number"),
    # texts: these are read, and never spoken
    "text opening": _writes(needs="911"),
    "text emergency": _writes(needs="911"),
    "text crisis": _writes(needs="988"),
    "text relay": _writes(needs="711"),
    "text call": _writes(needs="number"),
    "text more": _writes(),
    "text ways": _writes(needs="person key"),
    "text help": _writes(needs="person key"),
    "text not understood": _writes(versions=2),
    "text not sure": _writes(needs="yes key,no key"),
    "text something else": _writes(),
    "text words only": _writes(),
    "text no calls": _writes(),
    "text no more": _writes(),
    "text goodbye": _writes(),
    "text rests": _writes(),
    # on the telephone: "text me this"
    "text me": _says(needs="digits"),
    "text me sent": _says(),
    "text me not": _says(),
}
