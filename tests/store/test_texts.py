"""Reserving a text before it is sent: once for a turn, and so often a day for a number."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

DAY = date(2026, 11, 25)


def test_once_for_each_turn(store):
    assert store.reserve_text("a", "n", DAY, 5)
    assert not store.reserve_text("a", "n", DAY, 5)
    assert store.reserve_text("b", "n", DAY, 5)


def test_so_often_a_day_for_each_number(store):
    assert [store.reserve_text(f"{n}", "n", DAY, 3) for n in range(5)] == [True] * 3 + [False] * 2
    assert store.reserve_text("x", "m", DAY, 3)
    assert store.reserve_text("y", "n", DAY + timedelta(days=1), 3)


def test_what_is_old_is_forgotten(store):
    assert store.reserve_text("a", "n", DAY, 1)
    assert not store.reserve_text("a", "n", DAY + timedelta(days=2), 1), "a turn is never repeated after so long; still"
    assert store.reserve_text("a", "n", DAY + timedelta(days=3), 1)


def test_many_at_once_never_send_one_too_many(open_stores):
    stores = [open_stores() for _ in range(3)]
    with ThreadPoolExecutor(6) as pool:
        same = list(pool.map(lambda n: stores[n % 3].reserve_text("same", "n", DAY, 9), range(6)))
        other = list(pool.map(lambda n: stores[n % 3].reserve_text(f"{n}", "m", DAY, 2), range(6)))
    assert sorted(same) == [False] * 5 + [True]
    assert sum(other) == 2
