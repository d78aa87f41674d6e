"""How often each choice of each menu was taken, as the checker reads it.

For: `ivr report --format asked`, whose file `ivr check --asked` reads.
Not here: counting (`figures`), the rules that judge by it (`ivr.check.asked`).
"""

from __future__ import annotations

import json

from ivr.report.figures import Figures
from ivr.script.model import Menu, Script


def as_asked(figures: Figures, script: Script) -> str:
    """Every choice that the menus of this script have today, in their order; those that nobody took with 0.

    Where callers went from a menu without its offering that, by a word they knew, is no choice of it.
    """
    menus = [node for node in script.nodes.values() if isinstance(node, Menu)]
    counts = {
        menu.name: {option.target: figures.taken.get((menu.name, f"go.{option.target}"), 0) for option in menu.options}
        for menu in menus
    }
    return json.dumps(counts, ensure_ascii=False, indent=2) + "\n"
