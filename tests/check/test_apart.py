"""A script is judged in a process of its own: the same findings, first those of reading, and nobody waits for it."""

import os
import pickle
import subprocess
import sys
from dataclasses import replace

import pytest

from ivr.check.apart import Judgement
from ivr.check.run import run
from small import tiny


@pytest.fixture(scope="module")
def line(script):
    return tiny(script)


def test_it_finds_what_is_found_here_first_by_reading_and_then_by_walking(line):
    judging = Judgement(replace(line, waits=(10, 5, 5)))

    static, whole = judging.static.result(60), judging.whole.result(60)
    assert static == run(replace(line, waits=(10, 5, 5)), walking=False).findings
    assert whole == run(replace(line, waits=(10, 5, 5))).findings
    assert len(static) < len(whole)


def test_who_no_longer_wants_to_know_ends_it(line):
    judging = Judgement(line)
    judging.stop()

    with pytest.raises(RuntimeError, match="could not be judged"):
        judging.whole.result(60)
    assert judging._process.wait(60)


def test_what_cannot_be_judged_is_told_where_it_is_waited_for(line, capfd):
    judging = Judgement(replace(line, nodes={}))

    for found in (judging.static, judging.whole):
        with pytest.raises(RuntimeError, match="could not be judged"):
            found.result(60)
    assert "Error" in capfd.readouterr().err


def test_it_ends_quietly_when_nobody_listens_any_more(line):
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    alone = subprocess.Popen(
        [sys.executable, "-m", "ivr.check.apart"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environ,
    )  # fmt: skip
    alone.stdout.close()
    alone.stdin.write(pickle.dumps(line))
    alone.stdin.close()

    assert alone.wait(60) == 0
    assert alone.stderr.read() == b""
    alone.stderr.close()
