"""Judging a script in a process of its own, because walking every call takes seconds of computing.

For: `Judgement`, which whoever must not wait can look at now and again: a server, whose threads answer callers, and
the page of `ivr try`.  A thread would not do: it takes turns with the one that answers.  A process runs on another
core, steps back for everybody else, and can be ended when its script has been saved again.  Where it is told to leave
its verdict in a file, it outlives whoever started it: a server process that is killed takes nothing of it away.
Not here: the rules and the walk (`run`), what a verdict says (`verdict`), what becomes of what is found.
"""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
import tempfile
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, BinaryIO

from ivr.check import verdict
from ivr.check.run import run

if TYPE_CHECKING:
    from ivr.check.finding import Finding
    from ivr.script.model import Script

Findings = tuple["Finding", ...]

NICE = 10
"""How far the process steps back for those that answer callers."""

log = logging.getLogger("ivr.judging")


class Judgement:
    """A script that is being judged.

    static: what is found by reading, within a second or two.  whole: everything, once every call has been walked;
    it raises RuntimeError when the process came to nothing.
    """

    def __init__(self, script: Script, held: BinaryIO | None = None, into: Path | None = None) -> None:
        """into: where the verdict is left as soon as it is known, also when whoever wanted it has gone meanwhile.
        held: an open file whose lock is kept for as long as this process works, whoever else lets go of it.
        """
        self.static: Future[Findings] = Future()
        self.whole: Future[Findings] = Future()
        with _given(script) as given:
            self._process = subprocess.Popen(  # noqa: S603 - ourselves
                [sys.executable, "-m", __name__, *([str(into)] if into else [])],
                stdin=given,
                stdout=subprocess.PIPE,
                pass_fds=[held.fileno()] if held else [],
                start_new_session=True,  # Ctrl-C is for whoever waits, who then ends this
            )
        Thread(target=self._listen, name="ivr-judgement", daemon=True).start()

    def stop(self) -> None:
        """Nobody wants to know any more; when this returns, nothing is held."""
        self._process.kill()
        self._process.wait()

    def _listen(self) -> None:
        """The two talk in pickles: it is our own program on both ends, and nobody else can write to its pipe."""
        with self._process as process:
            assert process.stdout, "it was asked for"
            try:
                for found in (self.static, self.whole):
                    found.set_result(pickle.load(process.stdout))  # noqa: S301 - see above
            except Exception:  # noqa: BLE001 - half a pickle breaks in any way, and whoever waits must be told
                for found in (self.static, self.whole):
                    if not found.done():
                        found.set_exception(RuntimeError("a script could not be judged; the reason stands above"))


def _given(script: Script) -> BinaryIO:
    """The script in a file without a name, which is whole before anybody reads it: whoever wrote it may die then.  It
    lies in memory where the system can do that, so that a full disk is no hindrance.
    """
    in_memory = hasattr(os, "memfd_create")
    file = os.fdopen(os.memfd_create("script"), "w+b") if in_memory else tempfile.TemporaryFile()  # noqa: SIM115
    pickle.dump(script, file)
    file.seek(0)
    return file


def main() -> None:
    """Judge the script that comes in, and tell what was found: once after reading, once after walking.

    With a file to leave the verdict in, it ends when that is written; without one, when nobody listens any more.
    """
    into = Path(sys.argv[1]) if sys.argv[1:] else None
    if hasattr(os, "nice"):
        os.nice(NICE)
    script = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the `Judgement` that started this process
    for walking in (False, True):
        findings = run(script, walking=walking).findings
        decided = into is None or walking or bool(verdict.told(findings))
        if into and decided:
            _leave(into, findings)
        if not _heard(findings) and decided:
            return


def _leave(into: Path, findings: Findings) -> None:
    try:
        verdict.leave(into, verdict.told(findings))
    except OSError as error:  # whoever listens is told all the same
        log.warning("a verdict cannot be kept in %s (%s)", into.parent, error.strerror)


def _heard(findings: Findings) -> bool:
    """Whether somebody still listens."""
    try:
        pickle.dump(findings, sys.stdout.buffer)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # or Python tries once more at its end, and complains
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return False
    return True


if __name__ == "__main__":
    main()
