"""Judging a script in a process of its own, because walking every call takes seconds of computing.

For: `Judgement`, which whoever must not wait can look at now and again: a server, whose threads answer callers, and
the page of `ivr try`.  A thread would not do: it takes turns with the one that answers.  A process runs on another
core, steps back for everybody else, and can be ended when its script has been saved again.
Not here: the rules and the walk (`run`), what becomes of what is found.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from concurrent.futures import Future
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING

from ivr.check.run import run

if TYPE_CHECKING:
    from ivr.check.finding import Finding
    from ivr.script.model import Script

Findings = tuple["Finding", ...]

NICE = 10
"""How far the process steps back for those that answer callers."""


class Judgement:
    """A script that is being judged.

    static: what is found by reading, within a second or two.  whole: everything, once every call has been walked;
    it raises RuntimeError when the process came to nothing.
    """

    def __init__(self, script: Script) -> None:
        self.static: Future[Findings] = Future()
        self.whole: Future[Findings] = Future()
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-m", __name__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for whoever waits, who then ends this
        )
        Thread(target=self._listen, args=(script,), name="ivr-judgement", daemon=True).start()

    def stop(self) -> None:
        """Nobody wants to know any more."""
        self._process.kill()

    def _listen(self, script: Script) -> None:
        """The two talk in pickles: it is our own program on both ends, and nobody else can write to its pipes."""
        with self._process as process:
            assert process.stdin, "it was asked for"
            assert process.stdout, "it was asked for"
            try:
                with process.stdin:
                    pickle.dump(script, process.stdin)
                for found in (self.static, self.whole):
                    found.set_result(pickle.load(process.stdout))  # noqa: S301 - see above
            except (OSError, EOFError, pickle.UnpicklingError):
                for found in (self.static, self.whole):
                    if not found.done():
                        found.set_exception(RuntimeError("a script could not be judged; the reason stands above"))


def main() -> None:
    """Judge the script that comes in, and tell what was found: once after reading, once after walking."""
    if hasattr(os, "nice"):
        os.nice(NICE)
    script = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the `Judgement` that started this process
    with suppress(BrokenPipeError):  # whoever asked has gone
        for walking in (False, True):
            pickle.dump(run(script, walking=walking).findings, sys.stdout.buffer)
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
