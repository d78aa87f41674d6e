"""What can become of a caller's words.

For: the outcomes of `understand`: acted on, asked about, an emergency, nothing, not understood.
Not here: how one is found (`understand`), what follows from it (`turn`).
"""

from __future__ import annotations

from dataclasses import dataclass

from ivr.dialog.choices import Action


@dataclass(frozen=True, slots=True)
class Match:
    """`evidence` is the kind of what decided, for the log; `because` the words of the script that did, for staff; `language`
    the one in which the caller goes on, if they have just shown that it is theirs.
    """

    action: Action
    evidence: str
    because: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """The same, when it is not sure enough."""

    action: Action
    evidence: str
    because: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Emergency:
    """Words of an emergency in `language`; `crisis` when they are of suicide.  `besides` is what else was plainly
    asked for: then it may be no emergency at all, and the caller is asked about it after the sentence.
    """

    language: str
    crisis: bool
    because: str = ""
    besides: Action | None = None


@dataclass(frozen=True, slots=True)
class Echo:
    """The line's own words, or nothing but noise words: no answer, and no fault either."""


@dataclass(frozen=True, slots=True)
class NoMatch:
    """Not understood; or understood as what the line does not know and `a_person` may, such as the `hours`; or as a question
    whether the line is `automated`; or as `polite` words, which ask for nothing.
    """

    evidence: str = ""
    because: str = ""
    a_person: bool = False
    hours: bool = False
    automated: bool = False
    polite: bool = False


Understood = Match | Ask | Emergency | Echo | NoMatch
