"""What a check costs, in CPU time: of the sample in all, and of a line of up to a thousand places beside a short one.

Run `pytest -m "bench or load" -n 0 -s tests/bench/test_growth.py` to see the figures; the line of a thousand places takes
two minutes, so that CI grows a smaller one.
"""

import gc
from time import process_time

import pytest

from grown import grown
from ivr.check.run import run
from measured import sample_read_anew

TRIES = 3
MOST_GROWTH = 1.5
"""How much more a place may cost on the long line: a cost that grew with the square of places would be 10."""


@pytest.fixture(autouse=True)
def collected():
    """What a walk makes stays until the end of a check, so the command looks for no garbage, and neither do we."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def seconds(line, **how):
    """CPU seconds of a check, of which the line is in the report; a new script, so that nothing is remembered of it."""
    script = line()
    begun = process_time()
    report = run(script, **how)
    assert report.count("error") == 0
    return process_time() - begun


def soon(line, limit, **how):
    """The least of a few tries: a busy neighbour makes one try dear, and never one cheap."""
    spent = []
    while len(spent) < TRIES and (not spent or min(spent) >= limit):
        spent.append(seconds(line, **how))
    return min(spent)


@pytest.mark.parametrize(("walking", "limit"), [(False, 1), (True, 10)], ids=["what is read", "all that is walked"])
def test_the_sample_is_checked_soon(walking, limit):
    spent = soon(sample_read_anew, limit, walking=walking)
    print(f"\nthe sample, {'with all callers' if walking else 'read only'}: {spent:.2f} s (under {limit})")
    assert spent < limit


@pytest.mark.parametrize(("small", "large"), [(40, 120), pytest.param(100, 1000, marks=pytest.mark.load)])
def test_time_grows_with_places_and_not_faster(small, large):
    few = min(seconds(lambda: grown(small)) for _ in range(2)) / small
    many = seconds(lambda: grown(large)) / large
    print(f"\na place: {1000 * few:.0f} ms of {small}, {1000 * many:.0f} ms of {large:,} (at most {MOST_GROWTH} of it)")
    assert many < MOST_GROWTH * few
