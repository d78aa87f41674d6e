"""What callers asked for: how often each choice of a menu was taken, as whoever counts it writes it down.

For: `Asked`, by which rules about the order of choices judge, and reading it from a file: {"main menu": {"billing": 120}}.
Not here: counting (the journal), the rules.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ivr.script.model import Menu, Script
from ivr.script.problems import instead

Counts = Mapping[str, Mapping[str, int]]
"""By the name of a menu, and that of the place to which a choice leads."""


class CountsError(Exception):
    """The counts cannot be used; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A script, and what its callers took."""

    script: Script
    counts: Counts

    def of(self, menu: Menu) -> list[int]:
        """How often each choice of a menu was taken, in the order of the menu."""
        taken = self.counts.get(menu.name, {})
        return [taken.get(option.target, 0) for option in menu.options]


def read_counts(path: Path, script: Script) -> Counts:
    """The counts in a file of JSON, of menus that this script has."""
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise CountsError(f"{path} cannot be read as JSON. Write {EXAMPLE}.") from None
    if not _sound(given):
        raise CountsError(f"{path} does not hold counts. Write {EXAMPLE}.")
    menus = {name: node for name, node in script.nodes.items() if isinstance(node, Menu)}
    for name, taken in given.items():
        if name not in menus:
            raise CountsError(
                f"{path} counts the choices of '{name}', and there is no such menu. {instead(name, menus)}"
            )
        _known(path, menus[name], taken)
    counts: Counts = given
    return counts


def _known(path: Path, menu: Menu, taken: Iterable[str]) -> None:
    leads_to = [option.target for option in menu.options]
    for target in taken:
        if target not in leads_to:
            raise CountsError(
                f"{path} counts '{target}', to which no choice of '{menu.name}' leads. {instead(target, leads_to)}"
            )


EXAMPLE = '{"main menu": {"billing": 120, "fax": 8}}: menus, where their choices lead, and how often each was taken'


def _sound(given: Any) -> bool:
    return isinstance(given, dict) and all(
        isinstance(taken, dict) and all(isinstance(count, int) and count >= 0 for count in taken.values())
        for taken in given.values()
    )
