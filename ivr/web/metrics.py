"""What an operator's Prometheus reads: how fast turns are, how they end, and what is wrong.

For: `Metrics`, counters and a histogram that all processes of a server share through files, and the page on which they
are shown together with what only the answering process knows.
Not here: who may read them (`scraping`), alerts (`deploy/alerts.yaml`), what callers wanted (`ivr report`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

from ivr.dialog.events import (
    EmergencyHeard,
    Event,
    InputAsked,
    InputMatched,
    InputMissing,
    InputNotMatched,
    TransferEnded,
    TransferStarted,
)
from ivr.web.counters import FOLDER

BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 4.0)
"""Seconds; callers notice two (TIME-12), and Twilio waits four."""

OUTCOMES: dict[type[Event], str] = {
    InputMatched: "matched",
    InputAsked: "asked",
    InputNotMatched: "not_matched",
    InputMissing: "missing",
    EmergencyHeard: "emergency",
}


class Metrics:
    """The counters of one process.

    health: what `/health` tells of this process.  backlog: bytes of the journal that wait on this machine.
    """

    def __init__(self, health: Callable[[], dict[str, object]], backlog: Callable[[], int]) -> None:
        self._health, self._backlog = health, backlog
        self._registry = registry = CollectorRegistry()
        self._seconds = Histogram("ivr_turn_seconds", "How long answers took", buckets=BUCKETS, registry=registry)
        self._inputs = Counter(
            "ivr_inputs", "What callers did, by what the line made of it", ["outcome"], registry=registry
        )
        self._started = Counter("ivr_transfers_started", "Transfers that were announced", registry=registry)
        self._transfers = Counter("ivr_transfers", "Transfers that ended, by outcome", ["outcome"], registry=registry)
        self._landings = Counter("ivr_landings", "Turns that failed: the caller was put through", registry=registry)
        self._refused = Counter("ivr_refused", "Requests without a valid signature", registry=registry)
        self._journal = Counter(
            "ivr_journal_facts", "Facts of calls: kept, spooled or dropped", ["what"], registry=registry
        )

    def turn(self, seconds: float, events: tuple[Event, ...]) -> None:
        self._seconds.observe(seconds)
        for event in events:
            if outcome := OUTCOMES.get(type(event)):
                self._inputs.labels(outcome).inc()
            elif isinstance(event, TransferStarted):
                self._started.inc()
            elif isinstance(event, TransferEnded):
                self._transfers.labels(event.outcome.replace(" ", "_")).inc()

    def landed(self) -> None:
        self._landings.inc()

    def refused(self) -> None:
        self._refused.inc()

    def journal(self, what: str, count: int) -> None:
        self._journal.labels(what).inc(count)

    def page(self) -> bytes:
        """Everything, as Prometheus reads it."""
        shown = CollectorRegistry()
        if os.environ.get(FOLDER):
            MultiProcessCollector(shown)  # type: ignore[no-untyped-call]
        else:
            shown = self._registry
        now = CollectorRegistry()
        now.register(self)
        return generate_latest(shown) + generate_latest(now)

    def collect(self) -> Iterator[Metric]:
        """What is so at this moment, as the answering process knows it; it is called by the library."""
        health = self._health()
        live = GaugeMetricFamily(
            "ivr_live", "The version that new calls hear, and where it came from", labels=["version", "source"]
        )
        if health["version"]:
            live.add_metric([str(health["version"]), str(health["source"])], 1)
        yield live
        problems = health["problems"]
        count = len(problems) if isinstance(problems, list) else 0
        yield GaugeMetricFamily("ivr_problems", "Sentences about what is wrong, in /health", value=count)
        yield GaugeMetricFamily(
            "ivr_journal_waiting_bytes", "Facts that wait on the disk for the store", value=self._backlog()
        )
