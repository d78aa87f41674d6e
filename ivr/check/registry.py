"""Which rules there are: the functions in the files of `ivr.check.rules`, and nothing else.

For: finding every rule and reading its manual.  A function named `menu_01` is the rule MENU-01.  One that takes
`script` is judged on the script, one that takes `walk` on the calls that were walked, one that takes `asked` on what
callers asked for, where that is known, and one that takes nothing is only told of: it holds by construction, a person
must see to it, or it does not apply yet.  What is read from the script and proved on the calls as well has a second
function, `menu_01_walked`, whose docstring is one sentence: what the calls must show.  The docstring of a rule has
fixed parts, in this order, of which the last three stand only where they mean something:

    Title in one line

    Level: must. Kind: static.                 (should, tip; walked, measured, construction, person, not yet; "Never waived.")
    What: ...   Why: ...   Source: ...   Bad: ...   Good: ...
    Held by: tests/dialog/test_promises.py::test_...
    Ask: what a person is to look at
    Until: why it does not apply yet

Not here: the rules, and running them (`run`).
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from ivr.check import rules as package
from ivr.check.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ivr.check.finding import Finding

NAME = re.compile(r"[a-z]+_[0-9]{2}")
WALKED = "_walked"
PART = re.compile(r"(Level|What|Why|Source|Bad|Good|Held by|Ask|Until):[ \n]?", re.MULTILINE)


Judge = Callable[..., "Iterator[Finding] | None"]


class Kind(StrEnum):
    """How it is known that a rule is kept."""

    STATIC = "static"
    WALKED = "walked"
    MEASURED = "measured"
    CONSTRUCTION = "construction"
    PERSON = "person"
    NOT_YET = "not yet"


SUBJECTS = {"script": Kind.STATIC, "walk": Kind.WALKED, "asked": Kind.MEASURED}
"""What a rule looks at, by the name of its parameter."""

MOST_SEVERE = {"must": Severity.ERROR, "should": Severity.WARNING, "tip": Severity.ADVICE}
"""What a finding of a level may be at most."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its manual; `parts` are those of the docstring by name, `title` its first line.

    judge: what judges it, by its kind; walks: what judges the calls, where that is something else.
    """

    id: str
    title: str
    parts: Mapping[str, str]
    judge: Judge
    walks: Judge | None = None

    @property
    def kind(self) -> Kind:
        return Kind(self._said(r"Kind: ([a-z ]+)\."))

    @property
    def level(self) -> str:
        return self._said(r"(must|should|tip)\.")

    @property
    def judges(self) -> Mapping[Kind, Judge]:
        """What judges it, by what that looks at."""
        return {self.kind: self.judge} | ({Kind.WALKED: self.walks} if self.walks else {})

    @property
    def waivable(self) -> bool:
        """What protects life, and every way out, is never waived."""
        return "Never waived." not in self.parts["Level"]

    @property
    def subject(self) -> str:
        """The name of what it is given: "script", "walk", "asked" or nothing."""
        return next(iter(inspect.signature(self.judge).parameters), "")

    def _said(self, pattern: str) -> str:
        found = re.search(pattern, self.parts["Level"])
        assert found, f"{self.id} says no level and kind"
        return found[1]


@lru_cache(maxsize=1)
def every_rule() -> Mapping[str, Rule]:
    """All rules by their ids, in the order of the ids."""
    found: dict[str, Rule] = {}
    for rule in _read():
        assert rule.id not in found, f"{rule.id} is there twice"
        assert SUBJECTS.get(rule.subject, rule.kind) is rule.kind, f"{rule.id} is {rule.kind} and takes {rule.subject}"
        found[rule.id] = rule
    return dict(sorted(found.items()))


def _read() -> Iterator[Rule]:
    functions = list(_functions())
    walks = {judge.__name__: judge for judge in functions if judge.__name__.endswith(WALKED)}
    for judge in functions:
        if NAME.fullmatch(judge.__name__):
            yield read_rule(judge, walks.pop(judge.__name__ + WALKED, None))
    assert not walks, f"there is no rule for {', '.join(walks)}"


def _functions() -> Iterator[Judge]:
    for file in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(file.name)
        for _, found in inspect.getmembers(module, inspect.isfunction):
            if found.__module__ == module.__name__:
                yield found


def read_rule(judge: Judge, walks: Judge | None = None) -> Rule:
    """The rule that a function is, with what judges the calls besides."""
    title, _, manual = (inspect.getdoc(judge) or "").partition("\n")
    cut = PART.split(manual)  # "", name, text, name, text ...
    parts = {name: _dedent(text) for name, text in zip(cut[1::2], cut[2::2], strict=True)}
    if walks:
        parts["On the calls"] = inspect.getdoc(walks) or ""
    return Rule(judge.__name__.upper().replace("_", "-"), title, parts, judge, walks)


def _dedent(text: str) -> str:
    """The text of a part: its first line stands beside the name, the others a little to the right."""
    first, _, rest = text.partition("\n")
    return "\n".join(filter(None, [first.strip(), textwrap.dedent(rest).rstrip()]))
