"""The journal, on SQLite and PostgreSQL alike: each fact once, in any order, and gone when its time is over."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from ivr.dialog import events as facts
from ivr.store.rows import DAY, Told, Visit, rows
from ivr.store.tables import callers, events
from ivr.store.where import RefusedError, location, open_journal

NOON = int(datetime(2026, 11, 23, 12, tzinfo=UTC).timestamp() * 1000)


@pytest.fixture
def open_journals(store_address):
    opened = []

    def another():
        opened.append(open_journal(location({"IVR_STORE": store_address})))
        return opened[-1]

    yield another
    for journal in opened:
        journal.close()


@pytest.fixture
def journal(open_journals):
    return open_journals()


def told(*happened, call="a", turn=1, at=NOON, node="main menu"):
    return rows(Told(call, at, "voice", "v1", turn, "en-US", node, happened))


A_CALL = [
    *told(facts.CallStarted("en-US")),
    *told(
        facts.InputMatched("main menu", "go.billing", "keypad"),
        facts.NodeEntered("billing"),
        facts.TransferStarted("billing", "billing"),
        turn=2,
        node="billing",
    ),
    *told(facts.TransferEnded("billing", "busy", None, 0), turn=3, node="billing"),
    *told(facts.CallOver("completed", 61), turn=0, node=""),
]


def kept(journal, *columns):
    with journal.reading() as connection:
        wanted = [events.c[name] for name in columns] or [events]
        return sorted(tuple(row) for row in connection.execute(select(*wanted)))


def test_every_kind_of_event_becomes_a_row_that_fits():
    happened = [
        facts.CallStarted("es-US"),
        facts.InputAsked("main menu", "go.billing", "speech", "phrase"),
        facts.DeliveryChanged(-1, 2),
        facts.TransferEnded("billing", "talked", True, 40),  # noqa: FBT003
        facts.TransferStarted("billing", "main"),
    ]
    started, asked, slower, ended, ringing = told(*happened, turn=4)

    assert (started.kind, started.language, started.node) == ("call_started", "es-US", "main menu")
    assert (asked.kind, asked.meaning, asked.mode, asked.evidence) == ("input_asked", "go.billing", "speech", "phrase")
    assert (slower.kind, slower.pace, slower.volume) == ("delivery_changed", -1, 2)
    assert (ended.outcome, ended.bridged, ended.seconds, ended.node) == ("talked", 1, 40, "billing")
    assert (ringing.kind, ringing.meaning) == ("transfer_started", "main")


def test_what_is_too_long_or_no_text_for_a_database_is_cut_to_fit(journal):
    journal.keep(told(facts.InputMatched("x" * 99, "go.\0" + "y" * 99, "speech", "z" * 99)))

    assert kept(journal, "node", "meaning", "evidence") == [("x" * 40, "go." + "y" * 57, "z" * 40)]


def test_facts_of_one_kind_in_one_turn_are_told_apart(journal):
    journal.keep(told(facts.NodeEntered("billing"), facts.NodeEntered("reception")))

    assert kept(journal, "ordinal", "node") == [(0, "billing"), (1, "reception")]


@pytest.mark.parametrize("order", [1, -1], ids=["in order", "the last first"])
def test_a_fact_that_is_told_again_in_any_order_is_kept_once(journal, open_journals, order):
    journal.keep(A_CALL[::order])
    open_journals().keep(A_CALL[2:])
    journal.keep(A_CALL[::-order])

    assert kept(journal) == sorted(tuple(row) for row in A_CALL)


def test_several_processes_tell_the_same_at_once(open_journals):
    journals = [open_journals() for _ in range(4)]
    many = [told(facts.NodeEntered("billing"), call=f"c{n}")[0] for n in range(200)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda journal: journal.keep(many), journals))

    assert len(kept(journals[0])) == 200


def test_a_caller_is_kept_once_a_day_and_beside_no_call(journal):
    journal.keep(A_CALL, [Visit(1, "x"), Visit(1, "x"), Visit(2, "x"), Visit(2, "y")])
    with journal.reading() as connection:
        assert sorted(map(tuple, connection.execute(select(callers)))) == [(1, "x"), (2, "x"), (2, "y")]
    assert {column.name for column in callers.columns} == {"day", "caller"}


def test_a_batch_that_the_store_will_never_take_is_told_apart_from_a_store_that_is_away(journal):
    [row] = told(facts.NodeEntered("billing"))
    with pytest.raises(RefusedError, match="refused 1 events"):
        journal.keep([row._replace(node=None)])


def test_purging_deletes_what_is_older_and_nothing_else(journal):
    for days in range(5):
        journal.keep(told(facts.NodeEntered("billing"), call=f"c{days}", at=NOON - days * DAY))
        journal.keep([], [Visit(NOON // DAY - days, "x")])

    assert journal.purge(NOON - 2 * DAY) == 2
    assert kept(journal, "call") == [("c0",), ("c1",), ("c2",)]
    with journal.reading() as connection:
        assert len(connection.execute(select(callers)).all()) == 3
    assert journal.purge(NOON - 2 * DAY) == 0


def test_purging_goes_in_portions_with_the_oldest_first(journal, monkeypatch):
    monkeypatch.setattr("ivr.store.journal.PORTION", 2)
    for number in range(6):
        happened = facts.NodeEntered("billing"), facts.NodeEntered("fax")
        journal.keep(told(*happened, call=f"c{number}", at=NOON + number // 2))

    assert journal.purge(NOON + 2, portions=1) == 4, "what happened in one moment goes together"
    assert {call for (call,) in kept(journal, "call")} == {"c2", "c3", "c4", "c5"}
    assert journal.purge(NOON + 2) == 4
    assert journal.purge(NOON + 2) == 0
    assert {call for (call,) in kept(journal, "call")} == {"c4", "c5"}


def test_what_is_too_old_is_found_without_reading_all_that_is_kept(journal):
    journal.keep(A_CALL)
    old = select(events.c.at).where(events.c.at < NOON).order_by(events.c.at)
    explain = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}
    with journal.reading() as connection:
        dialect = connection.dialect
        if dialect.name == "postgresql":  # it reads a table of one page whole
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        asked = str(old.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
        plan = str(connection.exec_driver_sql(explain[dialect.name] + asked).all())
    assert "events_by_age" in plan
