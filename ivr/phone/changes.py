"""Two scripts compared as a caller would notice it, in plain sentences.

For: what a person reads before a script is published or undone; nothing that a caller could notice is left out.
Not here: the words themselves (`rewording`, `sayings`), printing and asking (`ivr.cli`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ivr.phone.rewording import reworded
from ivr.phone.sayings import quoted, said_otherwise
from ivr.script.model import Announcement, Language, Listing, Menu, Node, NumberNode, PhoneNumber, Script, Transfer


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that callers will notice.

    language: the language in which they notice it, by its own name; empty where it is all of them.
    number: a phone number, as it is printed, that callers will now be given or put through to; it deserves a second look.
    """

    what: str
    language: str = ""
    number: str = ""


def changes(old: Script, new: Script) -> list[Change]:
    """What callers will notice when `new` takes the place of `old`, the most consequential first."""
    return [
        *_numbers(old, new),
        *(Change(what) for what in _everywhere(old, new)),
        *_places(old, new),
        *(Change(what, new.words[tag].own_name) for tag in _both(old, new) for what in _language(old, new, tag)),
    ]


def _both(old: Script, new: Script) -> list[str]:
    return [tag for tag in new.languages if tag in old.languages]


def _differing(*compared: tuple[object, object, str]) -> Iterator[str]:
    """The sentence of each pair that is not the same any more."""
    return (sentence for was, now, sentence in compared if was != now)


# --- numbers -------------------------------------------------------------------------------------


def _numbers(old: Script, new: Script) -> Iterator[Change]:
    for name, number in new.numbers.items():
        was, who = old.numbers.get(name), _who(new, name)
        if was is None:
            yield Change(f"There is a new number, {number.written}, of {who}.", number=number.written)
        elif was.e164 != number.e164:
            what = f"The number of {who} was {was.written} and becomes {number.written}."
            yield Change(what, number=number.written)
        if was is not None:
            yield from (Change(what) for what in _handling(was, number, who))
    for name in [name for name in old.numbers if name not in new.numbers]:
        yield Change(f"The number of {_who(old, name)}, {old.numbers[name].written}, is gone.")


def _handling(was: PhoneNumber, number: PhoneNumber, who: str) -> Iterator[str]:
    of = f"The number of {who}"
    respaced = was.groups != number.groups and was.e164 == number.e164
    return _differing(
        (was.kind, number.kind, f"{of} was a {was.kind} line and becomes a {number.kind} line."),
        (False, respaced, f"{of} is read as {number.written} instead of {was.written}."),
        (was.uses, number.uses, f"{of} was there to {_uses(was)} and is now there to {_uses(number)}."),
        (was.hours, number.hours, f"The hours of {who} change."),
        (was.taken_with_key, number.taken_with_key, f"Whoever answers {who} {_taken(number)}."),
    )


def _uses(number: PhoneNumber) -> str:
    return " and ".join(sorted(number.uses)) or "do nothing"


def _taken(number: PhoneNumber) -> str:
    takes = "now presses a key to take a call" if number.taken_with_key else "takes a call by answering, without a key"
    return f"{takes} that the line puts through"


def _who(script: Script, name: str) -> str:
    return script.words[script.first_language].numbers.get(name, name)


# --- the whole line ------------------------------------------------------------------------------


def _everywhere(old: Script, new: Script) -> Iterator[str]:
    for tag in [tag for tag in new.languages if tag not in old.languages]:
        yield f"The line now also speaks {new.words[tag].own_name}."
    for tag in [tag for tag in old.languages if tag not in new.languages]:
        yield f"The line no longer speaks {old.words[tag].own_name}."
    first, order = new.words[new.first_language].own_name, [tag for tag in old.languages if tag in new.languages]
    yield from _differing(
        (order, _both(old, new), f"Calls begin in {first}; the languages come in another order."),
        (old.start, new.start, f"Calls begin at {_label(new, new.start)} instead of {_label(old, old.start)}."),
        (old.person, new.person, f"Key 0 leads to {_label(new, new.person)} instead of {_label(old, old.person)}."),
        (old.waits, new.waits, f"The line waits {_seconds(new)} seconds for an answer instead of {_seconds(old)}."),
        (
            old.ring_seconds,
            new.ring_seconds,
            f"A transfer rings {new.ring_seconds} seconds instead of {old.ring_seconds}.",
        ),
        (
            old.staff_language,
            new.staff_language,
            f"Whoever answers a transfer hears {_staff(new)} instead of {_staff(old)}.",
        ),
        (old.time_zone, new.time_zone, f"The clock of the line is that of {new.time_zone} instead of {old.time_zone}."),
    )


def _staff(script: Script) -> str:
    return script.words[script.staff_language].own_name


def _seconds(script: Script) -> str:
    return ", ".join(map(str, script.waits))


# --- places --------------------------------------------------------------------------------------


def _places(old: Script, new: Script) -> Iterator[Change]:
    yield from (Change(f"There is a new place, {_label(new, name)}.") for name in new.nodes if name not in old.nodes)
    yield from (Change(f"The place {_label(old, name)} is gone.") for name in old.nodes if name not in new.nodes)
    for name, node in new.nodes.items():
        before = old.nodes.get(name)
        label = _label(new, name)
        if type(before) is type(node):
            yield from _wired_otherwise(old, new, before, node)
        elif before is not None:
            yield Change(f"{label} was {_kind(before)} and becomes {_kind(node)}.")
        if before is None or type(before) is not type(node):
            yield from (Change(f"At {label}, {what}.") for what in _offered(new, node))


def _wired_otherwise(old: Script, new: Script, before: Node | None, node: Node) -> Iterator[Change]:
    label = _label(new, node.name)
    match before, node:
        case Menu(), Menu():
            yield from (Change(what) for what in _keys(old, new, before, node))
        case Announcement(parts=was), Announcement(parts=parts) if _moved(was, parts):
            yield Change(f"At {label} the parts are read in another order.")
        case Listing(), Listing():
            yield from (Change(what) for what in _names(old, new, before, node))
        case (NumberNode(number=was_number), NumberNode(number=number)) | (
            Transfer(number=was_number),
            Transfer(number=number),
        ) if was_number != number:
            now, then = (f"{_who(s, n)} ({s.numbers[n].written})" for s, n in ((new, number), (old, was_number)))
            what = f"At {label} callers will get {now} instead of {then}."
            yield Change(what, number=new.numbers[number].written)
    if isinstance(before, NumberNode) and isinstance(node, NumberNode) and before.connect != node.connect:
        can = "can now" if node.connect else "can no longer"
        yield Change(f"At {label} callers {can} ask to be connected.")


def _offered(new: Script, node: Node) -> Iterator[str]:
    match node:
        case Menu(options=options):
            yield from (f"key {option.key} is {_label(new, option.target)}" for option in options)
        case NumberNode(number=number) | Transfer(number=number):
            yield f"callers get {_who(new, number)} ({new.numbers[number].written})"


def _keys(old: Script, new: Script, before: Menu, menu: Menu) -> Iterator[str]:
    was = {option.key: option.target for option in before.options}
    now = {option.key: option.target for option in menu.options}
    at = f"At {_label(new, menu.name)}, key"
    for key in sorted(was.keys() | now.keys()):
        if key not in now:
            yield f"{at} {key} was {_label(old, was[key])} and is gone."
        elif key not in was:
            yield f"{at} {key} is new: {_label(new, now[key])}."
        elif was[key] != now[key]:
            yield f"{at} {key} was {_label(old, was[key])} and becomes {_label(new, now[key])}."
    if _moved(tuple(was), tuple(now)):
        yield f"At {_label(new, menu.name)} the choices are read in another order."


def _names(old: Script, new: Script, before: Listing, listing: Listing) -> Iterator[str]:
    """What is on a list; names that come or go are told with the words."""
    at = f"At {_label(new, listing.name)}"
    if _moved(before.items, listing.items):
        yield f"{at} the names are read in another order, so their keys change."
    for name in [name for name in listing.mentioned if name in before.items]:
        yield f"{at}, {_item(new, listing, name)} was on the list and is now only mentioned beside it."
    for name in [name for name in listing.items if name in before.mentioned]:
        yield f"{at}, {_item(old, before, name)} was only mentioned and is now on the list."


def _item(script: Script, listing: Listing, name: str) -> str:
    words = script.words[script.first_language].nodes[listing.name]
    return (words.items.get(name) or words.mentioned[name]).label


def _moved(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether what stands in both stands in another order."""
    return [name for name in before if name in after] != [name for name in after if name in before]


def _label(script: Script, node: str) -> str:
    return script.words[script.first_language].nodes[node].label


def _kind(node: Node) -> str:
    match node:
        case Menu():
            return "a menu"
        case Announcement():
            return "an announcement"
        case Listing():
            return "a list"
        case NumberNode():
            return "a number that is read out"
        case Transfer():
            return "a transfer"


# --- a language ----------------------------------------------------------------------------------


def _language(old: Script, new: Script, tag: str) -> Iterator[str]:
    yield from _voice(old.languages[tag], new.languages[tag])
    yield from reworded(old, new, tag)
    yield from said_otherwise(old, new, tag)


def _voice(was: Language, now: Language) -> Iterator[str]:
    return _differing(
        (was.voice, now.voice, f"The voice {now.voice} speaks instead of {was.voice}."),
        (
            was.fallback_voice,
            now.fallback_voice,
            f"When the voice is not to be had, {now.fallback_voice} speaks instead of {was.fallback_voice}.",
        ),
        (was.rate, now.rate, f"The line speaks at {now.rate} instead of {was.rate} percent of the voice's own speed."),
        (
            was.speech_model,
            now.speech_model,
            f"What callers say is recognised by {now.speech_model} instead of {was.speech_model}.",
        ),
        (
            was.staff_name,
            now.staff_name,
            f"Whoever answers a transfer hears {_staff_name(now)} of a caller who speaks it, instead of {_staff_name(was)}.",
        ),
    )


def _staff_name(language: Language) -> str:
    return quoted(language.staff_name) if language.staff_name else "the language's own name"
