"""A crowd on the phone while everything around it fails: nobody hears a failure, nobody hears a wrong answer.

The small crowd runs with the other benches.  A thousand callers, and each failure by itself for half a minute, run with
`pytest -m load -n 0 -s tests/bench/test_crowd.py`; deploy/load.md has figures.  Loopback only, bounded in time.
"""

import asyncio
import os
import shutil
import subprocess
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Event, Thread

import pytest

from bench.counted import HUNG_SECONDS, LAST_SECONDS, Missing
from bench.crowd import Crowd
from bench.machine import Serving, free_port, until
from bench.walks import walks
from ivr.script.reader import read
from ivr.store.records import Version
from ivr.store.where import StoreError, location, open_store
from web.lines import GREETING, edit, publish, script_folder

KILLED_EVERY = 2
"""Seconds."""

CALLERS, SECONDS, THINK = 1000, 30, (4, 12)
"""A menu of the sample takes five to twenty seconds to be heard."""

FEW, SHORT, QUICK = 100, 6, (0.2, 1.0)
"""So many turns a second as a thousand callers make, for CI."""


class Editions:
    """Versions of the sample that are told apart by their greeting, each with its right answers."""

    def __init__(self, folder, public_url, count):
        self.folders = [script_folder(folder / str(number) / "line") for number in range(count)]
        for number, one in enumerate(self.folders):
            edit(one, GREETING, f"Line number {number}.")
        self.versions = [self._version(one) for one in self.folders]
        self.walks = [walks(one, public_url) for one in self.folders]

    def _version(self, folder):
        names = ("line.yaml", "en-US.yaml", "es-US.yaml")
        return Version.of(read(folder), {name: (folder / name).read_text(encoding="utf-8") for name in names})


@contextmanager
def meanwhile(*troubles):
    """Each trouble is a time in seconds and what then happens, again and again, until the `with` ends."""
    over, failed = Event(), []

    def run(every, happens):
        turn = 0
        while not over.wait(every):
            try:
                happens(turn)
            except BaseException as error:  # noqa: BLE001 - told by the test
                failed.append(error)
                return
            turn += 1

    threads = [Thread(target=run, args=trouble) for trouble in troubles]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert not failed, failed


def called(server, known, callers=CALLERS, seconds=SECONDS, think=THINK, versions=1):
    """Let the crowd call; prints what it met, and the CPU of the workers where they all lived."""
    pids, began, used = server.pids(), time.monotonic(), server.cpu()
    report = asyncio.run(
        Crowd(server.address, known, callers, seconds, think, lambda met: len(met.versions) >= versions).call()
    )
    lived = server.pids() == pids
    each = f", {1000 * (server.cpu() - used) / len(report.seconds):.2f} ms of CPU a turn" if lived else ""
    heard = ", ".join(f"{seconds:.0f} s" for seconds in report.versions.values())
    print(
        f"\n{report}{each}; {len(report.seconds) / (time.monotonic() - began):.0f} turns a second; versions first heard after {heard}"
    )
    assert not report.wrong, report.wrong[:3]
    assert not report.failures
    assert len(report.versions) >= versions
    return report


def counted(report, server, where, longest=LAST_SECONDS):
    """Once the server was stopped, the journal holds all that was answered, but for what a kill may take."""
    missing = Missing(report, where, server.kills, longest)
    print(missing)
    assert not missing.beyond, missing.beyond[:9]
    return missing


def brought_in(server):
    """The next server brings in what those that were killed had put aside."""
    cache = Path(server.environ["IVR_CACHE"])
    with server:
        until(lambda: not [*cache.glob("journal-*/*.spool")])


def test_a_small_crowd_while_versions_are_published_and_workers_die(tmp_path):
    port, where = free_port(), location({"IVR_STORE": str(tmp_path / "store.sqlite3")})
    editions = Editions(tmp_path, f"http://127.0.0.1:{port}", 3)
    store = open_store(where)
    publish(store, editions.versions[0])
    with Serving(tmp_path, port=port, IVR_STORE=str(where.path)) as server, meanwhile(
        (2, lambda turn: publish(store, editions.versions[(turn + 1) % 3])), (3, server.kill_one)
    ):  # fmt: skip
        report = called(server, editions.walks, FEW, SHORT, QUICK, versions=2)
    store.close()
    assert report.calls >= FEW


@pytest.mark.load
def test_a_thousand_callers(tmp_path):
    port, where = free_port(), location({"IVR_STORE": str(tmp_path / "store.sqlite3")})
    known = Editions(tmp_path, f"http://127.0.0.1:{port}", 1)
    with Serving(tmp_path, port=port, IVR_SCRIPT=str(known.folders[0]), IVR_STORE=str(where.path)) as server:
        report = called(server, known.walks)
    assert not counted(report, server, where).before_kill
    assert not report.retries
    assert report.at(0.99) < 0.25


@pytest.mark.load
def test_a_thousand_callers_while_postgresql_comes_and_goes_versions_are_published_and_workers_die(tmp_path, postgres):
    port, address = free_port(), postgres.new_database()
    editions = Editions(tmp_path, f"http://127.0.0.1:{port}", 4)
    store = open_store(location({"IVR_STORE": address}))
    publish(store, editions.versions[0])
    refused = []

    def publish_next(turn):
        try:
            publish(store, editions.versions[(turn + 1) % 4])
        except StoreError as error:  # it is stopped just now
            refused.append(error)

    def come_and_go(turn):
        (postgres.start if turn % 2 else postgres.stop)()

    with Serving(tmp_path, port=port, IVR_STORE=address) as server:
        try:
            with meanwhile((5, publish_next), (KILLED_EVERY, server.kill_one), (4, come_and_go)):
                report = called(server, editions.walks, versions=2)
        finally:
            with_server_again(postgres)
    store.close()
    brought_in(server)
    counted(report, server, location({"IVR_STORE": address}), LAST_SECONDS + HUNG_SECONDS)
    print(f"publications refused while PostgreSQL was away: {len(refused)}")
    assert refused


def with_server_again(postgres):
    with suppress(subprocess.CalledProcessError):  # it runs
        postgres.start()


@pytest.mark.load
def test_a_thousand_callers_while_half_the_saves_are_broken_and_workers_die(tmp_path):
    port, where = free_port(), location({"IVR_STORE": str(tmp_path / "store.sqlite3")})
    editions = Editions(tmp_path, f"http://127.0.0.1:{port}", 4)
    folder = script_folder(tmp_path / "followed" / "line")
    words = [(one / "en-US.yaml").read_text(encoding="utf-8") for one in editions.folders]
    (folder / "en-US.yaml").write_text(words[0], encoding="utf-8")

    def save(turn):
        """Twelve saves in six seconds, the last of them sound; then time for the checker, which looks at the last."""
        if turn % 48 >= 12:
            return
        text = words[(turn // 48 + 1) % 4]
        (folder / "en-US.yaml").write_text(
            text if turn % 2 else text[: len(text) * (turn % 97) // 97], encoding="utf-8"
        )

    with (
        Serving(tmp_path, "--follow", str(folder), port=port, IVR_STORE=str(where.path)) as server,
        meanwhile((0.5, save), (KILLED_EVERY, server.kill_one)),
    ):
        report = called(server, editions.walks, versions=2)
    counted(report, server, where)


@pytest.fixture
def small_disk(tmp_path):
    """A disk of eight megabytes."""
    if os.geteuid():
        pytest.skip("only root can make a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)], check=True)
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


@pytest.mark.load
def test_a_thousand_callers_while_the_disk_of_the_store_is_full_and_workers_die(tmp_path, small_disk):
    """Store and cache are on it; publishing fails with a sentence, and callers hear what they heard.  Of the journal only
    what finds room is kept, the log tells how much is lost, and when there is room again nothing is lost any more.
    """
    port, where = free_port(), location({"IVR_STORE": str(small_disk / "store.sqlite3")})
    editions = Editions(tmp_path, f"http://127.0.0.1:{port}", 2)
    store = open_store(where)
    publish(store, editions.versions[0])
    refused = []

    def publish_next(turn):
        try:
            publish(store, editions.versions[1])
        except StoreError as error:
            refused.append(str(error))

    environ = {"IVR_STORE": str(where.path), "IVR_CACHE": str(small_disk / "cache")}
    with Serving(tmp_path, port=port, **environ) as server:
        fill(small_disk)
        with meanwhile((3, publish_next), (KILLED_EVERY, server.kill_one)):
            report = called(server, editions.walks)
        said = server.log.read_text()
        (small_disk / "filling").unlink()
        later = called(server, editions.walks, FEW, SHORT, QUICK)
    store.close()
    brought_in(server)
    print(
        f"while the disk was full {len(Missing(report, where).before_kill)} of {len(report.answered)} turns were not kept"
    )
    assert "facts of the journal are lost so far" in said
    assert not Missing(later, where).before_kill
    print(f"publications refused: {len(refused)}, such as: {refused[0]}")
    assert set(report.versions) == {0}
    assert "full" in refused[0]


def fill(disk):
    with (disk / "filling").open("wb") as file:
        while shutil.disk_usage(disk).free > 0:
            file.write(b"x" * 4096)
            file.flush()
    assert Path(disk / "filling").stat().st_size
