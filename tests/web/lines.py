"""A line with a store or a folder behind it, for tests of what is live: its saves, publications, servers and callers."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime

from caller import Caller
from ivr.phone.played import TwimlPhone
from ivr.phone.twiml import TwimlCall
from ivr.script.folders import contents, sample, texts
from ivr.script.reader import read_files
from ivr.store.records import Act, Version
from ivr.web import create_app
from ivr.web.app import LIBRARY
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
    """A version of the sample that can be told by its greeting."""
    files = texts(contents(sample()), ["en-US", "es-US"])
    files["en-US.yaml"] = files["en-US.yaml"].replace(GREETING, f"Line number {number}.")
    for name in ("what it is", "billing", "about us"):
        label = {"what it is": "What it is", "billing": "Billing", "about us": "About our center"}[name]
        files["en-US.yaml"] = files["en-US.yaml"].replace(f"label: {label}\n", f"label: {label} {number}\n")
    return Version.of(read_files("line", {name: text.encode() for name, text in files.items()}), files)


def publish(store, version):
    live = store.live()
    return store.publish(version, Act("ann", datetime.now(UTC)), over=live.number if live else None)


class Server:
    """One process, as far as anybody can tell; it looks when it is told to."""

    def __init__(self, cache, **settings):
        self.settings = Settings(
            (TOKEN,), PUBLIC_URL, settings.pop("script", sample()), cache=cache, look_every=0, journal=False
        )
        self.app = create_app(replace(self.settings, **settings))
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
