"""A journal to look at before there is one: four weeks of a small practice, the same every time.

For: `ivr report --demo`.  The callers are made up; what they get is what the line really does, as their calls are played
on the dialog and told to a real journal.
Not here: a report.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ivr.channels import plain
from ivr.channels.voice import PACE
from ivr.dialog.events import CallOver
from ivr.dialog.inputs import Arrived, Dialled, Silence
from ivr.dialog.reply import Dial, HangUp, Turn
from ivr.dialog.spoken import seconds
from ivr.dialog.turn import turn
from ivr.phone.engine import goes_on, standing
from ivr.report.period import Period
from ivr.script.model import Script
from ivr.store.journal import Journal
from ivr.store.rows import DAY, Told, Visit, rows

FIRST, LAST = date(2026, 10, 5), date(2026, 11, 1)
"""With the end of summer time in the last night."""

CALLS_A_DAY = 34
THINKING = 2.5
"""Seconds that a caller takes to answer."""

CALLERS: tuple[tuple[int, str], ...] = (
    # how many of a hundred, and what they press, say and do; "-" hangs up
    (12, "5 (answered)"),
    (6, "billing (answered) goodbye"),
    (4, "5 (busy) 1 (answered)"),
    (5, "5 (no answer) 2 -"),
    (4, "5 () -"),
    (2, "5 * 4 -"),
    (10, "0 (answered)"),
    (4, "0 (no answer) -"),
    (3, "6 5 (answered)"),
    (3, "my bill is wrong (answered)"),
    (8, "4 -"),
    (5, "what is the fax number -"),
    (7, "2 does it help with sciatica -"),
    (3, "do you treat a slipped disc -"),
    (3, "does it help with tennis elbow 0 (answered)"),
    (4, "1 1 1 *"),
    (3, "what is active release # slower # -"),
    (5, "8 5 (answered)"),
    (3, "8 2 #"),
    (4, "3 2 -"),
    (3, "the thing from the radio 5 (answered)"),
    (3, "payment people or something like it. yes (answered)"),
    (1, "i have chest pain -"),
    (3, "() () () (answered)"),
    (5, "-"),
)


def fill(journal: Journal, script: Script) -> Period:
    """Tell the journal four weeks of calls; answers with when they were."""
    zone = ZoneInfo(script.time_zone)
    period = Period(FIRST, LAST, zone)
    played = [list(_play(script, _inputs(given))) for _, given in CALLERS]
    chance = random.Random(1)  # noqa: S311 - the same every time is the point
    shares = [share for share, _ in CALLERS]
    for day in period.days():
        told: list[Told] = []
        visits: list[Visit] = []
        for number in range(_how_many(day, chance)):
            began = _moment(day, zone, chance)
            [call] = chance.choices(played, shares)
            told += [t._replace(call=f"{day:%Y%m%d}{number:04}", at=began + t.at, version=script.version) for t in call]
            visits.append(Visit(began // DAY, f"caller {chance.randrange(600)}"))
        journal.keep([row for t in told for row in rows(t)], visits)
    return period


def _inputs(given: str) -> list[str]:
    """Words that stand together are one utterance; keys, outcomes and the end stand alone, and a full stop ends one."""
    inputs: list[str] = []
    spoken: list[str] = []
    for word in given.replace("(no answer)", "(no_answer)").split():
        if word.startswith("(") or word == "-" or word in "1234567890*#":
            inputs += [" ".join(spoken)] * bool(spoken) + [word.replace("_", " ")]
            spoken = []
        else:
            spoken.append(word)
        if word.endswith("."):
            inputs, spoken = [*inputs, " ".join(spoken)], []
    return inputs + [" ".join(spoken)] * bool(spoken)


def _play(script: Script, inputs: list[str]) -> Iterator[Told]:
    """What the call tells, with its moments counted from its beginning."""
    passed = 0.0
    done, step = turn(script, None, Arrived()), 0
    yield _told(done, passed)
    for typed in inputs:
        if typed == "-":
            break
        given = plain.read(typed.replace("()", ""))
        while isinstance(done.steps[step], Dial) != isinstance(given, Dialled) and goes_on(done, step):
            step += 1
        passed += _takes(done, step) + THINKING + (given.seconds if isinstance(given, Dialled) else 0)
        if isinstance(given, Silence) and goes_on(done, step):
            step += 1
            continue
        done, step = turn(script, standing(done, step), given), 0
        yield _told(done, passed)
        if isinstance(done.steps[step], HangUp):
            break
    passed += _takes(done, step)
    over = (CallOver("completed", round(passed)),)
    yield Told("", round(passed * 1000), "voice", "", 0, "", "", over)


def _told(done: Turn, passed: float) -> Told:
    state = done.state
    return Told("", round(passed * 1000), "voice", "", state.turn, state.language, state.node, done.events)


def _takes(done: Turn, step: int) -> float:
    """Seconds that the caller listens, who has mostly heard enough after half of it."""
    now = done.steps[step]
    return 1.0 if isinstance(now, Dial) else seconds(now.speech, PACE[done.state.pace]) / 2


def _how_many(day: date, chance: random.Random) -> int:
    """Calls on a day: many on Mondays, few at the weekend."""
    by_weekday = (1.4, 1.1, 1.0, 1.0, 0.9, 0.2, 0.12)
    return round(CALLS_A_DAY * by_weekday[day.weekday()] * chance.uniform(0.75, 1.25))


def _moment(day: date, zone: ZoneInfo, chance: random.Random) -> int:
    """When a call begins: mostly in the morning, sometimes after hours."""
    hour = chance.choices(range(24), [1] * 7 + [4, 14, 20, 18, 15, 9, 12, 14, 11, 8, 4, 3, 2, 2, 1, 1, 1])[0]
    began = datetime.combine(day, time(hour), zone) + timedelta(seconds=chance.randrange(3600))
    return int(began.timestamp() * 1000)
