"""The report in words: a title, a sentence and a table for each thing that it tells.

For: one list of sections, from which the terminal, the page and the JSON are all made, so that none can tell another
number.  Names of places are shown as callers hear them.
Not here: counting (`figures`), drawing (`terminal`, `charts`, `page`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ivr.report.figures import PUT_THROUGH, SOON, Figures, median
from ivr.script.model import Script

Cell = str | int
Rows = tuple[tuple[Cell, ...], ...]

MOST_ROWS = 20
"""Of a table; the rest is summed up in one row."""

ENDINGS = {
    "talked": "talked with a person",
    "connecting": "hung up while being connected, or after talking with a person",
    "goodbye": "said goodbye, or was silent to the end",
    "informed": "hung up after coming to what the line tells",
    "nothing": "hung up before that",
}
MODES = {
    "keypad": "keys only",
    "speech": "speech only",
    "both": "both keys and speech",
    "neither": "neither: silent all along",
}
TEXTS = {
    "texts_started": "conversations begun",
    "node_entered": "places that were read",
    "number_given": "numbers given to call",
    "input_not_matched": "texts that were not understood",
    "emergency_heard": "words of danger",
    "keyword_received": "STOP, HELP and their kin, answered by the network",
    "texts_rested": "times the line fell silent, most likely before another machine",
}
LISTS = {"item": "on the list", "closest": "comes close", "unlisted": "not on the list"}


@dataclass(frozen=True, slots=True)
class Section:
    """A table: its first column names, the others count.  `charted` is the column that is worth a chart (0: none);
    `in_order`: its rows follow each other in time.
    """

    key: str
    title: str
    told: str
    columns: tuple[str, ...]
    rows: Rows
    charted: int = 1
    in_order: bool = False


def summary(figures: Figures) -> list[tuple[str, str]]:
    """The few figures that come first, each with what it is."""
    put_through = sum(figures.endings.get(ending, 0) for ending in PUT_THROUGH)
    early = figures.endings.get("nothing", 0)
    soon = sum(found.calls for found in figures.waits if found.seconds <= SOON)
    told = [("calls", str(figures.calls))]
    if figures.callers:
        told.append(("different callers", str(figures.callers[0])))
        told.append(("of them called on several days", str(figures.callers[1])))
    told += [
        ("half of all calls were over after", _time(median(figures.lengths))),
        ("half of all callers came to something within", _time(median(figures.waits))),
        (f"came to something within {SOON} seconds", _share(soon, figures.calls)),
        ("were put through to a person", _share(put_through, figures.calls)),
        ("hung up before they came to anything", _share(early, figures.calls)),
        ("heard the emergency sentence again", str(figures.emergencies)),
    ]
    return told


def sections(figures: Figures, script: Script) -> list[Section]:
    """All that there is to tell; what has no rows is left out."""
    return [section for section in _sections(figures, _Names(script)) if section.rows]


def _sections(figures: Figures, names: _Names) -> Iterator[Section]:
    by_day = tuple((f"{day:%a %d %b}", calls) for day, calls in figures.by_day.items())
    yield Section("days", "Calls by day", "", ("day", "calls"), by_day, in_order=True)
    by_hour = tuple((f"{hour:02}:00", calls) for hour, calls in enumerate(figures.by_hour))
    yield Section("hours", "Calls by hour of the day", "", ("hour", "calls"), by_hour, in_order=True)
    yield Section("endings", "How calls ended", "", ("the caller", "calls"), _named(figures.endings, ENDINGS))
    yield Section("places", "Where callers went", "", ("place", "visits"), _named(figures.places, names))
    yield _waits(figures)
    yield _left(figures, names)
    yield _transfers(figures, names)
    yield _tries(figures, names)
    yield _asked_back(figures, names)
    yield _lists(figures, names)
    yield Section("commands", "Commands that callers used", "", ("command", "times"), _named(figures.commands, names))
    yield Section("modes", "Keys or speech", "", ("callers used", "calls"), _named(figures.modes, MODES))
    told = "The language in which each call ended."
    yield Section("languages", "Languages", told, ("language", "calls"), _named(figures.languages, names))
    texts = tuple((name, figures.texts[kind]) for kind, name in TEXTS.items() if kind in figures.texts)
    yield Section("texts", "Text messages", "They are not counted among the calls.", ("what", "times"), texts)


def _named(counts: Mapping[str, int], names: Mapping[str, str] | _Names) -> Rows:
    return _shortened(tuple((names.get(name, name), times) for name, times in counts.items()))


def _shortened(rows: Rows) -> Rows:
    """The first rows, and one for all others."""
    rest = rows[MOST_ROWS - 1 :]
    if len(rest) < 2:  # noqa: PLR2004 - one row needs no summing up
        return rows
    counts = list(zip(*rest, strict=True))[1:]
    sums = tuple(sum(cell for cell in column if isinstance(cell, int)) for column in counts)
    return (*rows[: MOST_ROWS - 1], (f"{len(rest)} others", *sums))


def _waits(figures: Figures) -> Section:
    steps = ((0, 10), (11, 20), (21, 30), (31, 60), (61, 120), (121, None))
    rows = []
    for least, most in steps:
        calls = sum(f.calls for f in figures.waits if f.seconds >= least and (most is None or f.seconds <= most))
        rows.append((f"{least} to {most} seconds" if most else f"more than {least - 1} seconds", calls))
    never = figures.calls - sum(found.calls for found in figures.waits)
    told = "Until they came to a place that tells something, or to a transfer."
    rows.append(("never", max(never, 0)))
    shown = tuple(rows) if figures.calls else ()
    return Section("waits", "How long callers looked for it", told, ("time", "calls"), shown, in_order=True)


def _left(figures: Figures, names: _Names) -> Section:
    rows = tuple((names.get(node, node), calls, early) for node, (calls, early) in figures.left_at.items())
    told = "The last place of callers who hung up. Many who had heard nothing yet: that place loses them."
    return Section("left", "Where callers hung up", told, ("place", "calls", "had heard nothing yet"), _shortened(rows))


def _transfers(figures: Figures, names: _Names) -> Section:
    outcomes = sorted({outcome for transfer in figures.transfers.values() for outcome in transfer.failed})
    rows: Rows = tuple(
        (names.get(node, node), t.started, t.talked, t.left, t.called_off, *(t.failed.get(o, 0) for o in outcomes))
        for node, t in figures.transfers.items()
    )
    columns = ("to", "announced", "talked", "caller hung up", "called off", *outcomes)
    told = "Callers who hang up while they are connected may have talked first: nobody tells the line."
    return Section("transfers", "Transfers, and those that failed", told, columns, _shortened(rows))


def _tries(figures: Figures, names: _Names) -> Section:
    kinds = ("speech", "keypad", "silence", "asked")
    rows: Rows = tuple(
        (names.get(node, node), sum(found.values()), *(found.get(kind, 0) for kind in kinds))
        for node, found in figures.tries.items()
    )
    told = "Where words were not understood, look whether phrases are missing."
    columns = ("place", "in all", "words not understood", "key without a choice", "silence", "asked back")
    return Section("tries", "Where callers needed more tries", told, columns, _shortened(rows))


def _asked_back(figures: Figures, names: _Names) -> Section:
    rows = tuple(
        (f"{names.get(meaning, meaning)}, at {names.get(node, node)}", times)
        for (node, meaning), times in figures.asked_back.items()
    )
    told = "The line was not sure and asked “Did you want …?”. A phrase more spares callers the question."
    return Section("asked", "Questions asked back", told, ("did you want", "times"), _shortened(rows))


def _lists(figures: Figures, names: _Names) -> Section:
    rows = tuple(
        (f"{names.get(f'item.{name}', name)} ({LISTS[kind]})" if name else "something that is not on the list", times)
        for (name, kind), times in figures.asked_of_lists.items()
    )
    return Section("lists", "What callers asked the lists about", "", ("name", "times"), _shortened(rows))


def _time(seconds: int | None) -> str:
    if seconds is None:
        return "unknown"
    return f"{seconds} s" if seconds < 60 else f"{seconds // 60} min {seconds % 60:02} s"  # noqa: PLR2004


def _share(part: int, whole: int) -> str:
    return f"{part} ({round(100 * part / whole)} %)" if whole else "0"


class _Names:
    """What callers hear for the names in the journal, in the first language; a name that is gone is shown as it was."""

    def __init__(self, script: Script) -> None:
        words = script.words[script.first_language]
        self._known = {name: words.nodes[name].label for name in script.nodes}
        self._known |= {f"go.{name}": label for name, label in self._known.items()}
        self._known |= {f"command.{name}": found.label for name, found in words.commands.items()}
        self._known |= {name: found.label for name, found in words.commands.items() if name not in self._known}
        self._known |= {tag: other.own_name for tag, other in script.words.items()}
        self._known |= {f"language.{tag}": other.own_name for tag, other in script.words.items()}
        for node in words.nodes.values():
            for name, item in (*node.items.items(), *node.mentioned.items()):
                self._known |= {f"item.{name}": item.label, f"closest.{name}": item.label}

    def get(self, name: str, _otherwise: str = "") -> str:
        return self._known.get(name, name)
