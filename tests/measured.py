"""Measuring CPU, for the benchmarks: one application against another, in the same run."""

import io
import itertools
import time

from ivr.script.folders import contents, sample
from ivr.script.reader import read_files

ROUNDS, TURNS = 15, 200

SAVED = itertools.count()


def sample_read_anew():
    """The sample with a remark in each file, so that nothing of it is remembered."""
    remark = b"\n# saved for the %dth time\n" % next(SAVED)
    return read_files(sample().name, {name: text + remark for name, text in contents(sample()).items()})


def spend(app, requests):
    """CPU seconds of one signed request, on the average of a round."""
    statuses = set()
    begun = time.process_time()
    for asked in requests:
        b"".join(app(asked | {"wsgi.input": io.BytesIO(asked["body"])}, lambda status, *_: statuses.add(status)))
    spent = (time.process_time() - begun) / len(requests)
    assert statuses == {"200 OK"}
    return spent


def ratio(one, other, requests_one, requests_other=None, most=0.0):
    """How much `one` costs of `other`: rounds alternate, and the cheapest of each is its cost without the neighbours.

    A neighbour can spoil a whole measurement, so one that is over `most` is taken up to twice more.
    """
    for _ in range(3):
        rounds = [(spend(one, requests_one), spend(other, requests_other or requests_one)) for _ in range(ROUNDS)]
        found = min(mine for mine, _ in rounds) / min(theirs for _, theirs in rounds)
        if found <= most:
            break
    return found
