"""A line with a store or a folder behind it, for tests of what is live: its saves, publications, servers and callers."""

import shutil
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import cut
from caller import Caller
from ivr.check.verdict import leave, told
from ivr.phone.played import TwimlPhone
from ivr.phone.twiml import TwimlCall
from ivr.script.folders import contents, sample
from ivr.script.reader import read_files
from ivr.store.records import Act, Version
from ivr.web import create_app
from ivr.web.app import LIBRARY
from ivr.web.moment import now
from ivr.web.settings import Settings
from signed import PUBLIC_URL, TOKEN, signed_post

GREETING = "Specialty Surgical Center, automated line."
SORRY = "Something went wrong"


def script_folder(path):
    """A copy of the sample's files, to be edited."""
    path.mkdir(parents=True)
    for name in contents(sample()):
        shutil.copy(sample() / name, path / name)
    return path


def edit(folder, old, new, name="en-US.yaml"):
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text, old
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def greeted(number):
    """A version that can be told by its greeting, and by two of its labels."""
    files = dict(cut.files())
    for old, new in {
        GREETING: f"Line number {number}.",
        "label: Billing\n": f"label: Billing {number}\n",
        "label: About our center\n": f"label: About our center {number}\n",
    }.items():
        files["en-US.yaml"] = files["en-US.yaml"].replace(old, new)
    return Version.of(read_files("line", {name: text.encode() for name, text in files.items()}), files)


def version(folder):
    """The version that a folder would be."""
    files = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.yaml")}
    return Version.of(read_files("line", {name: text.encode() for name, text in files.items()}), files)


def publish(store, version):
    live = store.live()
    return store.publish(version, Act("ann", datetime.now(UTC)), over=live.number if live else None)


class Judge:
    """Stands for the checker, which takes seconds: finds what it is told to find, when it is told to, and leaves its
    verdict where it is asked to.
    """

    def __init__(self, static=(), walked=(), *, at_once=True):
        self.asked, self.stopped, self.under_way = [], [], []
        self.static, self.walked, self.at_once = static, walked, at_once

    def __call__(self, script, held=None, into=None):
        self.asked.append(script.version)
        judging = _Judging(script.version, self.stopped, into)
        judging.static.set_result(self.static)
        self.under_way.append(judging)
        if self.at_once:
            self.finish()
        return judging

    def finish(self):
        """The walk of the script that was asked about last comes to its end."""
        judging = self.under_way[-1]
        if judging.into:
            with suppress(OSError):
                leave(judging.into, told(self.walked))
        judging.whole.set_result(self.walked)

    def fail(self):
        self.under_way[-1].whole.set_exception(RuntimeError("out of memory"))


class _Judging:
    def __init__(self, version, stopped, into):
        self.static, self.whole, self.into = Future(), Future(), into
        self._version, self._stopped = version, stopped

    def stop(self):
        if not self.whole.done():
            self._stopped.append(self._version)


UNHURRIED = 60
"""Seconds for what takes a moment, so that no test hangs on how busy the machine is."""


class Server:
    """One process, as far as anybody can tell; it looks when it is told to."""

    def __init__(self, cache, judge=None, clock=now, script=None, store=None, **settings):
        store = store and replace(store, patience=UNHURRIED)
        self.settings = Settings(
            (TOKEN,), PUBLIC_URL, script or sample(),
            store=store, cache=cache, look_every=0, longest_fetch=UNHURRIED, journal=False,
        )  # fmt: skip
        self.app = create_app(replace(self.settings, **settings), judge=judge or Judge(), clock=clock)
        self.library = self.app.extensions[LIBRARY]

    def look(self):
        self.library.look()
        return self

    @property
    def health(self):
        return self.app.test_client().get("/health").json

    @property
    def version(self):
        return self.health["version"]

    def call(self):
        return Caller(self.phone())

    def phone(self):
        return TwimlPhone(TwimlCall(signed_post(self.app), f"{PUBLIC_URL}/voice"))


def across(servers):
    """A call of which every turn is answered by the next of the servers."""
    posts = [signed_post(server.app) for server in servers]
    turns = iter(range(10**6))

    def post(url, form):
        return posts[next(turns) % len(posts)](url, form)

    return TwimlPhone(TwimlCall(post, f"{PUBLIC_URL}/voice"))
