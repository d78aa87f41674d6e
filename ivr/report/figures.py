"""The figures of a report, from what the journal answers.

For: `Figures`: counts by day, hour, place and outcome, under the names that the script gives to places.
Not here: SQL (`ivr.store.questions`), how figures are shown (`sections`, `terminal`, `page`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ivr.report.period import Period
from ivr.script.model import Menu, Script
from ivr.store.journal import Journal
from ivr.store.questions import QUARTER, Answers, Count, Seconds, ask

PUT_THROUGH = ("talked", "connecting")
"""How calls end that reached a person."""

SOON = 30
"""Seconds within which a caller should have got something."""

Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Transfers:
    """What became of the transfers to one place.  `left`: the caller hung up first, or talked to the end."""

    started: int
    talked: int
    left: int
    called_off: int
    failed: Counts


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that a report tells.  A place is a node of the script, by name.

    calls: that began in the period.  callers: known ones, and those of them who called on several days (None: no numbers
    are kept, not even hashed).  lengths, waits: how long calls took, and until a caller came to something, as (seconds,
    calls).  tries: by place, how often something was not understood by words, had no key, was not answered, was asked back.  taken: by place and meaning,
    such as `go.billing`, how often callers went somewhere from there.
    """

    line: str
    period: Period
    calls: int
    callers: tuple[int, int] | None
    by_day: dict[date, int]
    by_hour: list[int]
    endings: Counts
    languages: Counts
    modes: Counts
    lengths: list[Seconds]
    waits: list[Seconds]
    places: Counts
    taken: dict[tuple[str, str], int]
    left_at: dict[str, tuple[int, int]]
    tries: dict[str, Counts]
    asked_back: dict[tuple[str, str], int]
    asked_of_lists: dict[tuple[str, str], int]
    commands: Counts
    transfers: dict[str, Transfers]
    emergencies: int
    texts: Counts


def gather(journal: Journal, script: Script, period: Period) -> Figures:
    """The figures of a period; the script tells which places only lead on."""
    menus = [name for name, node in script.nodes.items() if isinstance(node, Menu)]
    with journal.reading() as connection:
        return figures(ask(connection, *period.moments, menus), script.name, period)


def figures(answers: Answers, line: str, period: Period) -> Figures:
    by_kind = _by_kind(answers.counts)
    known, again = answers.callers
    by_day, by_hour = _moments(answers, period)
    return Figures(
        line=line,
        period=period,
        calls=sum(found.calls for found in answers.quarters),
        callers=(known, again) if known else None,
        by_day=by_day,
        by_hour=by_hour,
        endings=_sums((found.ending, found.calls) for found in answers.endings),
        languages=_sums((found.language, found.calls) for found in answers.endings),
        modes=_sums((_mode(found.modes), found.calls) for found in answers.endings),
        lengths=answers.lengths,
        waits=answers.until_got,
        places=_sums((count.node, count.times) for count in by_kind.get("node_entered", ())),
        taken=_pairs(by_kind.get("input_matched", ()), "go."),
        left_at=_left_at(answers),
        tries=_tries(by_kind),
        asked_back=_pairs(by_kind.get("input_asked", ()), ""),
        asked_of_lists=_asked_of_lists(by_kind),
        commands=_commands(by_kind),
        transfers=_transfers(by_kind, answers),
        emergencies=sum(count.times for count in by_kind.get("emergency_heard", ())),
        texts=_sums((count.kind, count.times) for count in answers.texts),
    )


def median(seconds: Iterable[Seconds], share: float = 0.5) -> int | None:
    """The seconds that this share of the calls did not exceed."""
    ordered = sorted(seconds)
    rest = share * sum(found.calls for found in ordered)
    for found in ordered:
        rest -= found.calls
        if rest <= 0:
            return found.seconds
    return None


def _by_kind(counts: Iterable[Count]) -> dict[str, list[Count]]:
    kinds: dict[str, list[Count]] = {}
    for count in counts:
        kinds.setdefault(count.kind, []).append(count)
    return kinds


def _sums(pairs: Iterable[tuple[str, int]]) -> Counts:
    """Summed up by name, the greatest first."""
    sums: Counter[str] = Counter()
    for name, times in pairs:
        sums[name] += times
    return dict(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))


def _pairs(counts: Iterable[Count], prefix: str) -> dict[tuple[str, str], int]:
    sums: Counter[tuple[str, str]] = Counter()
    for count in counts:
        if count.meaning.startswith(prefix):
            sums[count.node, count.meaning] += count.times
    return dict(sorted(sums.items(), key=lambda pair: (-pair[1], pair[0])))


def _moments(answers: Answers, period: Period) -> tuple[dict[date, int], list[int]]:
    by_day, by_hour = dict.fromkeys(period.days(), 0), [0] * 24
    for quarter, calls in answers.quarters:
        began = period.local(quarter * QUARTER)
        by_day[began.date()] = by_day.get(began.date(), 0) + calls
        by_hour[began.hour] += calls
    return by_day, by_hour


def _mode(modes: frozenset[str]) -> str:
    return "both" if len(modes) > 1 else next(iter(modes), "neither")


def _left_at(answers: Answers) -> dict[str, tuple[int, int]]:
    """Where callers hung up: all who did, and those of them who had come to nothing yet."""
    left = [found for found in answers.endings if found.ending in ("informed", "nothing")]
    everybody = _sums((found.node, found.calls) for found in left)
    early = _sums((found.node, found.calls) for found in left if found.ending == "nothing")
    return {node: (calls, early.get(node, 0)) for node, calls in everybody.items()}


def _tries(by_kind: dict[str, list[Count]]) -> dict[str, Counts]:
    """By place: words that were not understood, keys without a choice, silences, questions asked back."""
    found: dict[str, Counter[str]] = {}
    for kind, told in (("input_not_matched", ""), ("input_missing", "silence"), ("input_asked", "asked")):
        for count in by_kind.get(kind, ()):
            found.setdefault(count.node, Counter())[told or count.mode] += count.times
    return {node: dict(tried) for node, tried in sorted(found.items(), key=lambda pair: (-pair[1].total(), pair[0]))}


def _asked_of_lists(by_kind: dict[str, list[Count]]) -> dict[tuple[str, str], int]:
    """What lists were asked about: what is on them, what came close, and what is not on them (never which words)."""
    matched = by_kind.get("input_matched", ())
    found: Counter[tuple[str, str]] = Counter()
    for count in matched:
        kind, _, name = count.meaning.partition(".")
        if kind in ("item", "closest"):
            found[name, kind] += count.times
        elif kind == "unlisted":
            found["", kind] += count.times
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _commands(by_kind: dict[str, list[Count]]) -> Counts:
    """How often each command was used, and the other language chosen."""
    used = [(count.meaning.partition("."), count.times) for count in by_kind.get("input_matched", ())]
    return _sums(
        (name if kind == "command" else kind, times)
        for (kind, _, name), times in used
        if kind in ("command", "language")
    )


def _transfers(by_kind: dict[str, list[Count]], answers: Answers) -> dict[str, Transfers]:
    started = _sums((count.node, count.times) for count in by_kind.get("transfer_started", ()))
    called_off = _sums((count.node, count.times) for count in by_kind.get("transfer_called_off", ()))
    left = _sums((found.node, found.calls) for found in answers.endings if found.ending == "connecting")
    ended = by_kind.get("transfer_ended", ())
    return {
        node: Transfers(
            started=times,
            talked=sum(count.times for count in ended if (count.node, count.outcome) == (node, "talked")),
            left=left.get(node, 0),
            called_off=called_off.get(node, 0),
            failed=_sums((c.outcome, c.times) for c in ended if c.node == node and c.outcome != "talked"),
        )
        for node, times in started.items()
    }
