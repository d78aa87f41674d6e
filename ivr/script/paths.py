"""Whether every call can begin, get everywhere, and end with a person.

For: what the nodes must be to each other.
Not here: what each node holds (`wiring`), how good the menus are (the checker).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.script import tree as trees
from ivr.script.model import Menu, Transfer
from ivr.script.problems import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.script.wiring import Wiring


def judge_paths(wiring: Wiring) -> None:
    """Note what is wrong with the start, the person, and the ways between the nodes."""
    _judge_start(wiring)
    _judge_person(wiring)
    if _is_whole(wiring):
        _judge_reach(wiring)


def _is_whole(wiring: Wiring) -> bool:
    """Whether every way leads somewhere; if not, that is told already, and what nobody reaches follows from it."""
    menus = [node for node in wiring.nodes.values() if isinstance(node, Menu)]
    ends = {option.target for menu in menus for option in menu.options}
    whole = len(wiring.nodes) == len(wiring.names) and all(menu.options for menu in menus)
    return whole and ends <= wiring.nodes.keys() and isinstance(wiring.nodes.get(wiring.start), Menu)


def _judge_start(wiring: Wiring) -> None:
    node = wiring.nodes.get(wiring.start)
    if node is not None and not isinstance(node, Menu):
        wiring.fields["start"].note(
            f"a call cannot begin at '{shown(node.name)}', which is no menu", "Write the name of a menu."
        )


def _judge_person(wiring: Wiring) -> None:
    node = wiring.nodes.get(wiring.person)
    if node is not None and not isinstance(node, Transfer):
        mend = "Write the name of a node that is a transfer."
        wiring.fields["person"].note(f"'{shown(node.name)}' does not lead to a person: it is no transfer", mend)


def _under_a_key_twice(wiring: Wiring) -> Iterator[str]:
    """Where keys would lead that stand in their menu a second time, of which enough has been said."""
    for field in wiring.names.values():
        menu = trees.find(field.tree, ("menu",))
        for option in menu.again if isinstance(menu, trees.Mapping) else ():
            yield trees.first_words(trees.find(option.value, ("to",)) or option.value)


def _judge_reach(wiring: Wiring) -> None:
    reached: set[str] = set()
    ahead = [wiring.start, wiring.person, *_under_a_key_twice(wiring)]
    while ahead:
        name = ahead.pop()
        node = wiring.nodes.get(name)
        if name not in reached and isinstance(node, Menu):
            ahead += [option.target for option in node.options]
        reached.add(name)
    for name, field in wiring.names.items():
        if name not in reached:
            field.note(f"no menu leads to '{shown(name)}'", "Give it a key in a menu, or delete it.")
