"""`ivr serve` where workers die: it goes on, and nobody who calls is turned away."""

import time

import requests

from bench.machine import Serving, until
from caller import Caller
from ivr.phone.remote import RemotePhone
from signed import TOKEN


def test_a_worker_that_dies_again_and_again_takes_nobody_with_it(tmp_path):
    """Twilio asks three times: a request that kills a worker kills three, one soon after the other."""
    with Serving(tmp_path, workers=1) as server:
        for _ in range(3):
            (before,) = server.pids()
            assert server.kill_one()
            until(lambda before=before: server.pids() not in ([], [before]))
        assert "automated line" in Caller(RemotePhone(server.address, TOKEN, server.address)).text
        assert server.process.poll() is None


def test_who_calls_while_no_worker_lives_waits_for_the_next(tmp_path):
    with Serving(tmp_path, workers=1) as server:
        (before,) = server.pids()
        server.kill_one()
        began = time.monotonic()
        answer = requests.get(f"{server.address}/health", timeout=30)  # nobody is there yet to answer

        assert answer.ok
        assert server.pids() != [before]
        print(f"waited {time.monotonic() - began:.1f} s")
