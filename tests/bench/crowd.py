"""A crowd of callers, each of whom asks, listens, thinks, and goes on; Twilio's retries among them.

A caller retries as the overrides in our addresses make Twilio retry (`ivr/channels/twiml.py` RETRIES): two further tries
after a connection that fails within 2 s, an answer that does not come within 4 s, or a 5xx; 15 s in all.  Twilio does not
say what it makes of a connection that breaks off before the answer (recalled: a failed connection), nor that it waits
between tries; here it counts as failed, and nobody waits.
Not here: servers (`machine`), right answers (`walks`), whether the journal holds what was answered (`counted`).
"""

import asyncio
import gc
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode, urlsplit

from ivr.channels.twiml import RETRIES
from signed import HEADER, sign

OVERRIDES = dict(pair.split("=") for pair in RETRIES.lstrip("#").split("&"))
TRIES = 1 + int(OVERRIDES["rc"])
CONNECT, READ = int(OVERRIDES["ct"]) / 1000, int(OVERRIDES["rt"]) / 1000
ALL = 15
assert OVERRIDES["rp"] == "ct,rt,5xx"

_NUMBERS = count(1)
"""No two crowds place the same call."""


@dataclass(frozen=True)
class Answered:
    """A turn of a call, the moment at which its answer was there (`time.monotonic`), and the caller's port then."""

    at: float
    call: str
    port: int
    turn: object


@dataclass
class Report:
    """What the crowd met.

    seconds: of each turn, as the caller waited for it, retries included.  versions: each that a call began on, with the
    seconds after which the first call did.
    """

    seconds: list = field(default_factory=list)
    retries: Counter = field(default_factory=Counter)
    failures: Counter = field(default_factory=Counter)
    wrong: list = field(default_factory=list)
    answered: list = field(default_factory=list)
    versions: dict = field(default_factory=dict)

    @property
    def calls(self):
        """How many there were."""
        return len({one.call for one in self.answered})

    def at(self, share):
        """The waiting time that `share` of all turns kept below."""
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def __str__(self):
        return (
            f"{self.calls} calls, {len(self.seconds)} turns: p50 {1000 * self.at(0.5):.0f} ms, p99 {1000 * self.at(0.99):.0f} ms,"
            f" longest {max(self.seconds):.2f} s; retries {dict(self.retries) or 'none'}; failures {dict(self.failures) or 'none'};"
            f" wrong answers {len(self.wrong)}"
        )


class Crowd:
    """So many callers for so many seconds.

    known: a list of versions, each a list of walks; more may be appended while the crowd calls.  think: the shortest and
    longest time between hearing an answer and acting on it.  enough: tells of a report whether all was met that was meant to
    be met; until then new calls are placed for up to five times as long, as a busy machine is slow to get there.
    """

    def __init__(self, address, known, callers, seconds, think, enough=lambda _: True):
        self.host, self.port = urlsplit(address).hostname, urlsplit(address).port
        self.known, self.callers, self.seconds, self.think = known, callers, seconds, think
        self.enough = enough
        self.report = Report()
        self._chance = random.Random(7)

    async def call(self):
        """All callers at once, each placing calls until the time is over; who is on the phone then finishes the call."""
        gc.collect()
        gc.freeze()  # going through all that a test run has loaded takes so long that it would be taken for the line's
        self.began = time.monotonic()
        await asyncio.gather(*(self._caller() for _ in range(self.callers)))
        gc.unfreeze()
        return self.report

    async def _caller(self):
        await asyncio.sleep(self._chance.uniform(0, self.think[1]))
        while self._goes_on(time.monotonic() - self.began):
            await _Call(self, f"CA{next(_NUMBERS):032x}").place(self._chance.randrange(len(self.known[0])))

    def _goes_on(self, passed):
        return passed < self.seconds or (passed < 5 * self.seconds and not self.enough(self.report))

    async def pause(self):
        await asyncio.sleep(self._chance.uniform(*self.think))


class _Call:
    def __init__(self, crowd, sid):
        self.crowd, self.report, self.sid = crowd, crowd.report, sid
        self.reader = self.writer = None

    async def place(self, path):
        try:
            version = None
            for number in range(99):
                turns = self.crowd.known[version or 0][path]
                if number == len(turns):
                    break
                heard = await self._turn(turns[number])
                if heard is None:
                    break
                if version is None:
                    version = self._version(path, heard)
                    if version is None:
                        break
                elif heard != turns[number].answer:
                    self.report.wrong.append((b"just changed" in heard, turns[number].address, heard[:400]))
                    break
                await self.crowd.pause()
        finally:
            self._hang_up()

    def _version(self, path, heard):
        """Which of the versions the call began on; it must go on with that one."""
        for number, walks in reversed([*enumerate(self.crowd.known)]):
            if walks[path][0].answer == heard:
                self.report.versions.setdefault(number, time.monotonic() - self.crowd.began)
                return number
        self.report.wrong.append((self.sid, "opening", heard[:400]))
        return None

    async def _turn(self, turn):
        """The answer, after as many tries as Twilio would make; None when the caller would hear a failure."""
        body = urlencode({"CallSid": self.sid, **turn.form}).encode()
        parts = urlsplit(turn.address)
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        signature = sign(turn.address, {"CallSid": self.sid, **turn.form})
        head = (
            f"POST {target} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n{HEADER}: {signature}\r\n\r\n"
        )
        began, why = time.monotonic(), ""
        for attempt in range(TRIES):
            try:
                async with asyncio.timeout(ALL - (time.monotonic() - began)):
                    status, heard = await self._ask(head.encode() + body)
            except (OSError, asyncio.IncompleteReadError, TimeoutError) as error:
                self._hang_up()
                why = type(error).__name__
            else:
                if status == 200:
                    self.report.seconds.append(time.monotonic() - began)
                    port = self.writer.get_extra_info("sockname")[1]
                    self.report.answered.append(Answered(time.monotonic(), self.sid, port, turn))
                    return heard
                why = str(status)
                if status < 500:
                    break
            if attempt + 1 < TRIES:
                self.report.retries[why] += 1
        self.report.failures[why] += 1
        return None

    async def _ask(self, request):
        if self.reader is not None and self.reader.at_eof():  # closed while nobody spoke: every client opens another
            self._hang_up()
        if self.writer is None:
            async with asyncio.timeout(CONNECT):
                self.reader, self.writer = await asyncio.open_connection(self.crowd.host, self.crowd.port)
        async with asyncio.timeout(READ):
            self.writer.write(request)
            head = await self.reader.readuntil(b"\r\n\r\n")
            length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])
            return int(head[9:12]), await self.reader.readexactly(length)

    def _hang_up(self):
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None
