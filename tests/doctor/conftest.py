"""Servers of these tests read the sample once."""

import pytest


@pytest.fixture(autouse=True)
def read_once(monkeypatch, script):
    monkeypatch.setattr("ivr.web.app.read", lambda _: script)
