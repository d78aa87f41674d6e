"""Measuring CPU, for the benchmarks: one application against another, in the same run."""

import io
import time

ROUNDS, TURNS = 15, 200


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
