"""Is every turn that was answered in the journal?  What is missing, and whether it may be.

For: `facts_of`, what the journal holds, and `Missing`, what it should hold of a crowd's report and does not.
What may be missing is what the docs state (deploy/journal.md): the last second of a worker that was killed.
Not here: who called (`crowd`), what kills (`machine`).
"""

from collections import defaultdict

from sqlalchemy import text

from ivr.dialog.events import CallOver
from ivr.store.where import open_journal
from ivr.web.recorder import Recorder

LAST_SECONDS = 1.0
"""Of a worker that is killed, which it may take with it."""

HUNG_SECONDS = 2.0
"""More, where the store hangs while it writes."""

MARGIN = 0.25
"""Seconds by which either clock may be late on a busy machine."""


def known_as(call):
    """The name of a call in the journal of a server without a secret."""
    told = []
    Recorder(told.append).over("voice", call, CallOver("completed", 1))
    return told[0].call


def facts_of(where):
    """By the name of a call: turn, kind and ordinal of each fact."""
    journal, found = open_journal(where), defaultdict(set)
    with journal.reading() as connection:
        for call, *fact in connection.execute(text("SELECT call, turn, kind, ordinal FROM events")):
            found[call].add(tuple(fact))
    journal.close()
    return found


class Missing:
    """The turns of a report that are not in the journal with all their facts.

    kills: the workers that were killed, each with the moment and the connections that it had (`machine.Kill`).
    """

    def __init__(self, report, where, kills=(), longest=LAST_SECONDS):
        kept = facts_of(where)
        lost = [one for one in report.answered if not one.turn.facts <= kept[known_as(one.call)]]
        self.answered, self.kills = len(report.answered), kills
        self.before_kill = [self._before_kill(one) for one in lost]
        """For each, how many seconds before its worker was killed it was answered; None where the worker lived on."""
        self.beyond = [passed for passed in self.before_kill if passed is None or passed > longest + MARGIN]

    def _before_kill(self, one):
        passed = [kill.at - one.at for kill in self.kills if one.port in kill.ports]
        return min(passed, key=abs, default=None)

    def __str__(self):
        earliest = max((passed for passed in self.before_kill if passed is not None), default=0)
        return (
            f"of {self.answered} answered turns, {len(self.before_kill)} are not in the journal after {len(self.kills)} kills;"
            f" the earliest was answered {earliest:.2f} s before its worker died; {len(self.beyond)} should be there"
        )
