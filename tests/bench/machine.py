"""A server as an operator starts it, with what one needs to measure it and to hurt it.

Not here: callers (`crowd`), what they ask (`walks`).
"""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import requests

from signed import TOKEN

TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@dataclass(frozen=True)
class Kill:
    """When a worker was killed (`time.monotonic`), and the ports of all who were connected to it."""

    at: float
    ports: frozenset


class Serving:
    """`ivr serve` on a port of its own, for as long as a `with` lasts.  code: other Python to start in its place."""

    def __init__(self, folder, *options, workers=2, port=None, code="", **environ):
        self.port = port or free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"log{self.port}"
        cache = {"IVR_CACHE": str(folder / "cache")}
        self.environ = os.environ | cache | {"TWILIO_AUTH_TOKEN": TOKEN, "IVR_PUBLIC_URL": self.address} | environ
        serve = ["-m", "ivr", "serve", "--port", str(self.port), "--workers", str(workers), *options]
        self.command = [sys.executable, *(["-c", code, str(self.port), str(workers)] if code else serve)]
        self.workers = workers
        self.kills = []
        """Each worker that was killed."""

    def __enter__(self):
        with self.log.open("w") as log:
            self.process = subprocess.Popen(self.command, env=self.environ, stdout=log, stderr=log)
        until(lambda: self.process.poll() is not None or (answers(self.address) and len(self.pids()) == self.workers))
        assert self.process.poll() is None, self.log.read_text()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def pids(self):
        """The workers that live now."""
        told = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return [int(pid) for pid in told if is_worker(pid)]

    def kill_one(self, turn=0):
        """Kill -9 one of them; what it has in hand is noted while it stands still."""
        pids = self.pids()
        if pids:
            pid = pids[turn % len(pids)]
            os.kill(pid, signal.SIGSTOP)
            self.kills.append(Kill(time.monotonic(), connected(pid)))
            os.kill(pid, signal.SIGKILL)
        return bool(pids)

    def cpu(self):
        """Seconds that the workers have used."""
        return sum(used(pid) for pid in self.pids())


def is_worker(pid):
    try:
        return "resource_tracker" not in Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return False


def connected(pid):
    """The ports of whoever is connected to a process."""
    own = set()
    for file in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            own.add(str(file.readlink()))
    rows = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    return frozenset(int(row[2].rpartition(":")[2], 16) for row in rows if f"socket:[{row[9]}]" in own)


def used(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def answers(address):
    try:
        return requests.get(f"{address}/health", timeout=2).status_code < 600
    except requests.RequestException:
        return False


def until(true, seconds=60):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)  # another program starts
