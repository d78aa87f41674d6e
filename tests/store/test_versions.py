"""The store, on SQLite and PostgreSQL alike: publishing, going back, and several programs at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import inspect, text

from ivr.store import steps, tables
from ivr.store.database import transaction
from ivr.store.records import Act, Version
from ivr.store.versions import ChangedMeanwhileError
from ivr.store.where import StoreAwayError, StoreError, location, open_store

AT = datetime(2026, 11, 23, 8, 55, tzinfo=UTC)


def version(digest):
    return Version(digest, "our-line", {"line.yaml": f"start: {digest}", "es-US.yaml": "¿Dónde?"})


def publish(store, *digests):
    for digest in digests:
        live = store.live()
        made = store.publish(version(digest), Act("ann", AT, f"about {digest}"), over=live.number if live else None)
    return made


def undo(store):
    return store.undo(Act("ann", AT), over=store.live().number)


# --- publishing and going back -------------------------------------------------------------------


def test_nothing_is_live_before_anything_was_published(store):
    assert store.live() is None
    assert store.history() == []
    assert store.version("a1") is None


def test_what_was_published_is_live_and_can_be_read_by_another_program(store, open_stores):
    made = publish(store, "a1")
    seen = open_stores()

    assert seen.live() == made
    assert (made.digest, made.by, made.note, made.at, made.previous) == ("a1", "ann", "about a1", AT, None)
    assert seen.version("a1") == version("a1")


def test_the_time_is_kept_in_utc(store):
    eastern = timezone(timedelta(hours=-5))
    store.publish(version("a1"), Act("ann", AT.astimezone(eastern)), over=None)

    assert store.live().at.utcoffset() == timedelta(0)
    assert store.live().at == AT


def test_undo_goes_back_one_version_each_time_and_never_forth(store):
    publish(store, "a1", "b2", "c3")

    assert [undo(store).digest for _ in "xx"] == ["b2", "a1"]
    with pytest.raises(StoreError, match="no version before"):
        undo(store)
    assert [p.digest for p in store.history()] == ["a1", "b2", "c3", "b2", "a1"]


def test_after_an_undo_a_new_version_stands_on_the_one_that_was_live(store):
    publish(store, "a1", "b2")
    undo(store)
    publish(store, "c3")

    assert undo(store).digest == "a1"


def test_undo_without_anything_published_says_so(store):
    with pytest.raises(StoreError, match=r"^There is no version before this one\.$"):
        store.undo(Act("ann", AT), over=None)


def test_the_same_words_can_be_published_again(store):
    publish(store, "a1", "b2", "a1")

    assert [p.digest for p in store.history()] == ["a1", "b2", "a1"]


def test_who_has_not_seen_the_live_version_cannot_replace_it(store):
    first = publish(store, "a1")
    publish(store, "b2")

    with pytest.raises(ChangedMeanwhileError):
        store.publish(version("c3"), Act("bob", AT), over=first.number)
    with pytest.raises(ChangedMeanwhileError):
        store.undo(Act("bob", AT), over=first.number)
    assert store.live().digest == "b2"
    assert store.version("c3") is None


def test_of_two_who_publish_at_the_same_moment_one_is_told(store, open_stores):
    publish(store, "a1")

    def one(digest):
        try:
            return open_stores().publish(version(digest), Act(digest, AT), over=1).digest
        except ChangedMeanwhileError:
            return "told"

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(one, ["b1", "b2", "b3", "b4"]))
    assert outcomes.count("told") == 3
    assert store.live().digest in outcomes


# --- the steps -----------------------------------------------------------------------------------


def test_many_programs_may_start_at_once(open_stores):
    stores = [open_stores() for _ in range(6)]
    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lambda store: store.live(), stores)) == [None] * 6


def test_the_steps_make_the_tables_that_the_queries_expect(store):
    store.prepare()
    there = inspect(store._engine)

    for table in tables.metadata.sorted_tables:
        found = {column["name"]: column["nullable"] for column in there.get_columns(table.name)}
        assert found == {column.name: column.nullable for column in table.columns}


def test_a_step_is_taken_once_and_later_ones_are_added(store):
    store.prepare()
    taken = []

    def another_step(connection):
        taken.append(connection.execute(text("SELECT count(*) FROM publications")).scalar())

    for _ in "xx":
        steps.take(store._engine, [*steps.STEPS, another_step])
    assert taken == [0]


def test_a_step_that_fails_leaves_nothing_behind(store):
    store.prepare()

    def half(connection):
        connection.execute(text("CREATE TABLE half (x INTEGER)"))
        connection.execute(text("SELECT nothing FROM nowhere"))

    with pytest.raises(StoreError):
        steps.take(store._engine, [half])
    assert "half" not in inspect(store._engine).get_table_names()


def test_a_database_that_a_newer_program_has_changed_still_serves(store, open_stores):
    publish(store, "a1")
    with transaction(store._engine, writes=True) as connection:
        connection.execute(text("INSERT INTO applied (step) VALUES ('of_next_year')"))

    assert open_stores().live().digest == "a1"


# --- trouble -------------------------------------------------------------------------------------


def test_a_server_that_is_away_is_told_in_one_sentence_and_comes_back(postgres):
    where = location({"IVR_STORE": postgres.new_database()})
    store = open_store(where)
    publish(store, "a1")
    postgres.stop()
    try:
        with pytest.raises(StoreAwayError, match=r"^The store at this machine/line\d+ does not answer \(.*\)\.$"):
            store.live()
    finally:
        postgres.start()
    assert store.live().digest == "a1"
    store.close()


def test_a_file_that_is_no_database_is_told_in_one_sentence(tmp_path):
    (tmp_path / "s").write_text("hello " * 999)
    store = open_store(location({"IVR_STORE": str(tmp_path / "s")}))
    with pytest.raises(StoreAwayError, match="does not answer"):
        store.live()
    store.close()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be made"):
        open_store(location({"IVR_STORE": str(tmp_path / "file" / "s")})).live()


# --- where it lies -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environ", "url"),
    [
        ({"XDG_STATE_HOME": "/state"}, "sqlite:////state/ivr/store.sqlite3"),
        ({"XDG_STATE_HOME": "/state", "IVR_STORE": "/srv/s.db"}, "sqlite:////srv/s.db"),
        ({"IVR_STORE": "sqlite:////srv/s.db"}, "sqlite:////srv/s.db"),
        ({"IVR_STORE": "postgres://u:p@h/db"}, "postgresql+psycopg://u:p@h/db"),
        ({"IVR_STORE": " postgresql://u:p@h/db "}, "postgresql+psycopg://u:p@h/db"),
    ],
)
def test_where_it_lies(environ, url):
    assert location(environ).url == url


@pytest.mark.parametrize("address", ["mysql://h/db", "postgresql://", "sqlite://", "sqlite:///"])
def test_an_address_that_makes_no_sense_is_told(address):
    with pytest.raises(StoreError, match="IVR_STORE is neither"):
        location({"IVR_STORE": address})


def test_a_password_is_never_shown():
    store = open_store(location({"IVR_STORE": "postgresql://ivr:secret@db.example.org/line"}))
    assert str(store) == "db.example.org/line"
