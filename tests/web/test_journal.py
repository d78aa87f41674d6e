"""What a server tells the journal: each fact once, whatever Twilio, the store or the disk does, and nothing personal."""

import errno
import os
import subprocess
import sys
from dataclasses import replace
from shutil import rmtree

import pytest
from sqlalchemy import select

from caller import Caller
from ivr.dialog import events as facts
from ivr.phone.played import TwimlPhone
from ivr.phone.twiml import TwimlCall
from ivr.script.folders import sample
from ivr.store.rows import Row, Told, Visit
from ivr.store.tables import callers, events
from ivr.store.where import StoreAwayError, location, open_journal
from ivr.web import create_app, writer
from ivr.web.app import LIBRARY, WRITER
from ivr.web.claim import claim
from ivr.web.settings import Settings
from ivr.web.spool import Spool, SpoolError, left_behind, waiting_bytes
from ivr.web.writer import Writer
from signed import PUBLIC_URL, TOKEN, post, signed_post

SECRET = "s" * 32
CALL = f"CA{'0' * 32}"
NUMBER = "+12015550123"


@pytest.fixture(autouse=True)
def in_a_hurry(monkeypatch, script):
    """A store that was away is asked again at once, batches are small, and the sample is read and learnt only once."""
    monkeypatch.setattr(writer, "MOST_TOGETHER", 500)
    monkeypatch.setattr(writer, "TRY_AGAIN", 0.0)
    monkeypatch.setattr("ivr.web.app.read", lambda _: script)


@pytest.fixture
def served(store_address, tmp_path):
    """Makes a server of the line with a journal; its writer is stopped in the end."""
    apps = []

    def make(**changed):
        where = location({"IVR_STORE": store_address})
        settings = Settings((TOKEN,), PUBLIC_URL, sample(), store=where, cache=tmp_path / "cache", secret=SECRET)
        apps.append(create_app(replace(settings, look_every=0, **changed)))
        return apps[-1]

    yield make
    for app in apps:
        close(app)


def kept(store_address, *columns, table=events):
    journal = open_journal(location({"IVR_STORE": store_address}))
    wanted = [table.c[name] for name in columns] or [table]
    order = [table.c.turn, table.c.at, table.c.kind, table.c.ordinal] if table is events else []
    with journal.reading() as connection:
        found = [tuple(row) for row in connection.execute(select(*wanted).order_by(*order))]
    journal.close()
    return found


def calling(app, times=1, noted=None):
    """A caller whose every request arrives so many times, as Twilio's retries do; `noted` keeps them."""

    def send(url, form):
        if noted is not None:
            noted.append((url, form))
        answers = [signed_post(app)(url, form) for _ in range(times)]
        assert len(set(answers)) == 1
        return answers[0]

    return Caller(TwimlPhone(TwimlCall(send, f"{PUBLIC_URL}/voice")))


def a_call(app, times=1, noted=None):
    """English, words that are not understood, Spanish, billing, which is busy, and the end."""
    caller = calling(app, times, noted)
    caller.say("the purple elephant sings")
    caller.press("8")
    caller.press("5")
    caller.wait()
    caller.ends("busy")
    for _ in range(times):
        over(app)


def over(app, **changed):
    form = {"CallSid": CALL, "CallStatus": "completed", "CallDuration": "61"} | changed
    assert post(app, f"{PUBLIC_URL}/status", form).status_code == 204


A_CALL = [
    (0, "call_over", "", "", "completed", 61),
    (1, "call_started", "main menu", "", "", None),
    (2, "input_not_matched", "main menu", "", "", None),
    (3, "input_matched", "main menu", "command.language", "", None),
    (3, "language_changed", "main menu", "", "", None),
    (4, "input_matched", "main menu", "go.billing", "", None),
    (4, "node_entered", "billing", "", "", None),
    (4, "transfer_started", "billing", "billing", "", None),
    (5, "transfer_ended", "billing", "", "busy", 0),
]
SHOWN = ("turn", "kind", "node", "meaning", "outcome", "seconds")


def close(app):
    app.extensions[LIBRARY].close()
    if app.extensions[WRITER]:
        app.extensions[WRITER].close()


def flush(app):
    app.extensions[WRITER].flush()


# --- what is kept --------------------------------------------------------------------------------


@pytest.mark.parametrize("times", [1, 3])
def test_a_call_is_kept_once_however_often_twilio_asks(served, store_address, times):
    app = served()
    a_call(app, times)
    flush(app)

    assert kept(store_address, *SHOWN) == A_CALL
    assert len({call for (call,) in kept(store_address, "call")}) == 1


def test_a_text_is_kept_once_and_nobodys_texts_are_joined(served, store_address):
    """Also what Twilio answers itself, such as STOP."""
    app = served()
    for number, body in enumerate(["STOP", "billing", "STOP"]):
        form = {"MessageSid": f"SM{number % 2}", "From": "+12015550111", "To": "+12015550100", "Body": body}
        post(app, f"{PUBLIC_URL}/text", form)
    flush(app)

    assert kept(store_address, "channel", "kind", "meaning") == [
        ("text", "keyword_received", "STOP"),
        ("text", "input_matched", "go.billing"),
        ("text", "node_entered", ""),
        ("text", "number_given", "billing"),
        ("text", "texts_started", ""),
    ]
    assert len({call for (call,) in kept(store_address, "call")}) == 2


def test_callbacks_that_come_in_another_order_through_other_servers_change_nothing(served, store_address):
    noted = []
    a_call(served(), noted=noted)
    one, other = served(), served()
    for number, (url, form) in enumerate(reversed(noted)):
        signed_post((one, other)[number % 2])(url, form)
    over(one, CallDuration="62")
    for app in (one, other):
        flush(app)

    assert [row[1:] for row in kept(store_address, *SHOWN)][1:] == [row[1:] for row in A_CALL][1:]


def test_neither_numbers_nor_words_are_kept(served, store_address):
    app = served()
    a_call(app)
    flush(app)
    everything = str(kept(store_address)) + str(kept(store_address, table=callers))

    assert not [
        word for word in (NUMBER, NUMBER[1:], "5550123", "elephant", "purple", CALL, TOKEN) if word in everything
    ]


def test_a_caller_is_known_again_only_by_who_has_the_secret(served, store_address):
    for secret in (SECRET, SECRET, "x" * 32):
        app = served(secret=secret)
        calling(app)
        flush(app)

    assert len({caller for _, caller in kept(store_address, table=callers)}) == 2


@pytest.mark.parametrize(
    ("secret", "number"), [("", NUMBER), (SECRET, "anonymous"), (SECRET, "client:ann"), (SECRET, "")]
)
def test_without_a_secret_or_a_number_no_caller_is_kept(served, store_address, secret, number):
    app = served(secret=secret)
    post(app, f"{PUBLIC_URL}/voice", {"CallSid": CALL, "CallStatus": "ringing", "From": number})
    flush(app)

    assert kept(store_address, "kind") == [("call_started",)]
    assert kept(store_address, table=callers) == []


@pytest.mark.parametrize(
    "told", [{"CallStatus": "ringing"}, {"CallStatus": ""}, {"ParentCallSid": "CA1"}, {"CallSid": ""}]
)
def test_a_status_that_is_not_the_end_of_a_call_is_no_fact(served, store_address, told):
    app = served()
    over(app, **told)
    flush(app)

    assert kept(store_address, "kind") == []


def test_there_is_no_thread_where_there_is_no_store():
    app = create_app(Settings((TOKEN,), PUBLIC_URL, sample(), look_every=0))
    assert app.extensions[WRITER] is None
    a_call(app)
    close(app)


def test_facts_are_kept_from_the_first_publication_on_and_no_call_makes_a_store(tmp_path):
    nowhere = location({"XDG_STATE_HOME": str(tmp_path)})
    app = create_app(Settings((TOKEN,), PUBLIC_URL, sample(), store=nowhere, cache=tmp_path, look_every=0))
    a_call(app)
    settled(app.extensions[WRITER])
    assert not nowhere.path.parent.exists()
    assert waiting_bytes(tmp_path) == 0

    open_journal(nowhere).prepare()
    calling(app)
    close(app)
    assert kept(str(nowhere.path), "kind") == [("call_started",)]


def test_a_turn_is_answered_whatever_happens_beside_it(served, monkeypatch, caplog):
    monkeypatch.setattr("ivr.web.recorder.Recorder.turn", lambda *_: 1 / 0)

    assert "automated line" in calling(served()).text
    assert "could not be noted" in caplog.text


def test_who_takes_a_call_with_a_key_is_a_fact_of_the_callers_call(served, store_address, script):
    app = served()
    a_call(app)
    url = f"{PUBLIC_URL}/whisper?l=es-US&n=billing&t=4&u=1&v=1.{script.version}"
    for _ in "xx":
        post(app, url, {"CallSid": "CA2", "ParentCallSid": CALL, "Digits": "1"})
    flush(app)

    assert (4, "whisper_accepted", "billing") in kept(store_address, "turn", "kind", "node")
    assert len(kept(store_address)) == len(A_CALL) + 1
    assert len({call for (call,) in kept(store_address, "call")}) == 1


# --- trouble -------------------------------------------------------------------------------------


def fact(number, node="billing"):
    return Told(f"c{number}", 0, "voice", "v1", 2, "en-US", node, (facts.NodeEntered(node),))


class Keeper:
    """A journal that is away when told so."""

    def __init__(self):
        self.kept, self.visits, self.away = [], [], False

    def keep(self, rows, visits):
        if self.away:
            raise StoreAwayError("The store does not answer.")
        self.kept += [row.call for row in rows]
        self.visits += visits

    def purge(self, before, portions):
        self.purged = before
        return 0

    def forget_heard(self, before):
        self.forgot = before

    def close(self):
        self.closed = True


@pytest.fixture
def writing(tmp_path):
    """A writer with such a journal, and what it counted."""
    keeper, counts, writers = Keeper(), {}, []

    def count(what, number):
        counts[what] = counts.get(what, 0) + number

    def make():
        writers.append(Writer(lambda: keeper, tmp_path / "spools", 400, count).start())
        return writers[-1], keeper, counts

    yield make
    for made in writers:
        made.close()


def settled(writer):
    """Everything is written, and what was spooled has been looked at: that follows the first flush."""
    writer.flush()
    writer.flush()


def test_while_the_store_is_away_facts_wait_on_the_disk_and_come_back_in_order(writing, tmp_path):
    writer, keeper, counts = writing()
    keeper.away = True
    for number in range(1200):
        writer.put(fact(number))
        if number % 100 == 0:
            writer.put(Visit(1, f"x{number}"))
    settled(writer)
    assert keeper.kept == []
    assert waiting_bytes(tmp_path / "spools") > 0
    keeper.away = False
    writer.put(fact(1200))
    settled(writer)

    assert keeper.kept == [f"c{number}" for number in range(1201)]
    assert len(keeper.visits) == 12
    assert waiting_bytes(tmp_path / "spools") == 0
    assert counts["kept"] == 1201
    assert "dropped" not in counts


def test_a_store_that_goes_away_in_the_middle_of_catching_up_loses_nothing(writing):
    writer, keeper, _ = writing()
    keeper.away = True
    for number in range(1200):
        writer.put(fact(number))
    settled(writer)
    keep, keeper.away = keeper.keep, False

    def only_once(rows, visits):
        keep(rows, visits)
        keeper.away = True

    keeper.keep = only_once
    settled(writer)
    assert len(keeper.kept) == 500
    keeper.keep, keeper.away = keep, False
    settled(writer)

    assert keeper.kept == [f"c{number}" for number in range(1200)]


def test_what_a_dead_process_left_behind_is_kept_by_another(writing, tmp_path):
    left = Spool.new(tmp_path / "spools")
    left.append([Row("c1", 2, "node_entered", 0, 5, "v1", "voice", "en-US", "billing", "billing")], [(1, "x")])
    writer, keeper, _ = writing()
    settled(writer)
    assert keeper.kept == []  # its process lives, for all that anybody can tell
    os.close(left._file)
    writer.close()
    writer, keeper, _ = writing()
    settled(writer)

    assert keeper.kept == ["c1"]
    assert keeper.visits == [Visit(1, "x")]
    assert list((tmp_path / "spools").iterdir()) == []


def test_what_a_dead_process_left_behind_empty_is_cleared_away(writing, tmp_path):
    """As when the disk was full, and it was killed."""
    (tmp_path / "spools").mkdir()
    (tmp_path / "spools" / "1-a.spool").touch()
    writer, _, _ = writing()
    settled(writer)

    assert list((tmp_path / "spools").iterdir()) == []


def test_a_cache_that_is_emptied_while_the_store_is_away_costs_nothing(writing, tmp_path, caplog):
    writer, keeper, _ = writing()
    keeper.away = True
    writer.put(fact(1))
    settled(writer)
    rmtree(tmp_path / "spools")
    writer.put(fact(2))
    settled(writer)
    keeper.away = False
    settled(writer)
    assert keeper.kept == ["c1", "c2"]
    keeper.away = True
    writer.put(fact(3))
    settled(writer)
    assert waiting_bytes(tmp_path / "spools") > 0
    keeper.away = False
    settled(writer)

    assert keeper.kept == ["c1", "c2", "c3"]
    assert "stumbled" not in caplog.text


def test_a_disk_that_cannot_be_read_now_stops_neither_what_is_new_nor_deletion(writing, tmp_path, monkeypatch, caplog):
    writer, keeper, counts = writing()
    keeper.away = True
    writer.put(fact(1))
    settled(writer)
    with monkeypatch.context() as patched:
        patched.setattr("ivr.web.spool.os.fdopen", lambda *_, **__: (_ for _ in ()).throw(OSError(errno.EIO, "broken")))
        settled(writer)
        keeper.away = False
        writer.put(fact(2))
        settled(writer)
    assert keeper.kept == ["c2"]
    assert keeper.purged
    assert keeper.forgot
    assert caplog.text.count("cannot be read now (broken)") == 1
    writer.close()
    writer, keeper, _ = writing()
    settled(writer)

    assert keeper.kept == ["c2", "c1"]
    assert waiting_bytes(tmp_path / "spools") == 0
    assert "dropped" not in counts


@pytest.mark.parametrize("deletes", [True, False], ids=["and deletes it", "and dies"])
def test_a_spool_that_another_process_claims_first_is_not_ours_too(tmp_path, monkeypatch, deletes):
    """It looks for what was left behind just between the making of a file and its claim."""
    others = []

    def quicker(path, flags, *mode):
        file = make(path, flags, *mode)
        if not others:
            others.append(make(path, os.O_RDWR))
            assert claim(others[0])
            if deletes:
                path.unlink()
        return file

    make = os.open
    spool = Spool.new(tmp_path)
    with monkeypatch.context() as patched:
        patched.setattr("ivr.web.spool.os.open", quicker)
        spool.append([Row("c1", 2, "node_entered", 0, 5, "v1", "voice", "en-US", "billing", "billing")], [])
    os.close(others[0])

    assert waiting_bytes(tmp_path) > 0
    assert list(left_behind(tmp_path)) == [], "it is claimed"
    assert len(list(tmp_path.iterdir())) == 1
    spool.drop()


def test_a_line_that_was_cut_off_in_the_middle_costs_that_line_only(writing, tmp_path, caplog):
    (tmp_path / "spools").mkdir()
    whole = '["c1", 2, "node_entered", 0, 5, "v1", "voice", "en-US", "billing", "billing"]\n'
    (tmp_path / "spools" / "1-a.spool").write_text(whole + whole[:20])
    writer, keeper, _ = writing()
    settled(writer)

    assert keeper.kept == ["c1"]
    assert "broken line" in caplog.text


def full(monkeypatch, *, after):
    """A disk that takes so many bytes more."""
    left = [after]
    write = os.pwrite

    def pwrite(file, data, offset):
        if not left[0]:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = write(file, data[: left[0]], offset)
        left[0] -= written
        return written

    monkeypatch.setattr(os, "pwrite", pwrite)


def test_on_a_full_disk_facts_are_dropped_and_counted_and_what_was_there_stays_whole(writing, monkeypatch, caplog):
    writer, keeper, counts = writing()
    keeper.away = True
    writer.put(fact(1))
    settled(writer)
    with monkeypatch.context() as patched:
        full(patched, after=30)
        for number in range(2, 12):
            writer.put(fact(number))
        settled(writer)
    writer.put(fact(12))
    keeper.away = False
    settled(writer)

    assert keeper.kept == ["c1", "c12"]
    assert counts["dropped"] == 10
    assert "10 facts of the journal are lost so far" in caplog.text
    assert "No space left on device" in caplog.text


def test_a_caller_on_a_machine_with_a_full_disk_hears_what_all_others_hear(served, monkeypatch, tmp_path):
    (tmp_path / "cache").mkdir()
    app = served()
    monkeypatch.setattr("ivr.store.journal.Journal.keep", lambda *_: (_ for _ in ()).throw(StoreAwayError("Full.")))
    full(monkeypatch, after=0)
    a_call(app)
    flush(app)

    assert app.extensions[WRITER]._dropped == len(A_CALL)


def test_a_spool_takes_no_more_than_its_share_of_the_disk(tmp_path, monkeypatch):
    monkeypatch.setattr("ivr.web.spool.MOST_BYTES", 10)
    with pytest.raises(SpoolError, match="as big as it may become"):
        Spool.new(tmp_path).append(
            [Row("c1", 2, "node_entered", 0, 5, "v1", "voice", "en-US", "billing", "billing")], []
        )


def test_what_comes_faster_than_it_can_be_written_is_dropped_and_never_waited_for(writing, monkeypatch):
    monkeypatch.setattr(writer, "MOST_WAITING", 0)
    one, keeper, counts = writing()
    one.put(fact(1))
    settled(one)

    assert (keeper.kept, counts["dropped"]) == ([], 1)


def test_a_writer_that_stumbles_goes_on(writing, monkeypatch, caplog):
    one, keeper, counts = writing()
    with monkeypatch.context() as patched:
        patched.setattr("ivr.web.writer.rows", lambda _: 1 / 0)
        one.put(fact(1))
        settled(one)
    one.put(fact(2))
    settled(one)

    assert (keeper.kept, counts["dropped"]) == (["c2"], 1)
    assert "stumbled" in caplog.text


def test_a_deletion_that_fails_is_told_once_and_tried_again(writing, monkeypatch, caplog):
    monkeypatch.setattr(writer, "FORGET_EVERY", 0.0)
    tried = []

    def too_slow(*_, **__):
        tried.append(1)
        raise StoreAwayError("The store does not answer (canceling statement due to statement timeout).")

    monkeypatch.setattr(Keeper, "purge", too_slow)
    one, keeper, _ = writing()
    for _ in range(3):
        settled(one)

    assert len(tried) > 1
    assert caplog.text.count("Facts of calls that are too old cannot be deleted now") == 1
    assert keeper.forgot


def test_a_stop_writes_what_waits(writing):
    one, keeper, _ = writing()
    for number in range(5):
        one.put(fact(number))
    one.close()

    assert len(keeper.kept) == 5
    assert keeper.closed


ENDS = """
from ivr.store.rows import Told
from ivr.dialog.events import NodeEntered
from ivr.web.writer import Writer
from pathlib import Path
import sys
class Keeper:
    def keep(self, rows, visits): print("kept", len(rows))
    def purge(self, before, portions): return 0
    def forget_heard(self, before): pass
    def close(self): print("closed")
writer = Writer(Keeper, Path(sys.argv[1]), 400).start()
writer.put(Told("c", 0, "voice", "v", 1, "en-US", "n", (NodeEntered("n"),)))
"""


def test_the_end_of_the_program_is_a_stop(tmp_path):
    done = subprocess.run([sys.executable, "-c", ENDS, str(tmp_path)], check=True, capture_output=True, text=True)

    assert done.stdout == "kept 1\nclosed\n"


def test_a_server_that_was_stopped_and_started_in_the_middle_of_calls_costs_no_fact(postgres, tmp_path):
    address = postgres.new_database()
    where = location({"IVR_STORE": address})
    settings = Settings((TOKEN,), PUBLIC_URL, sample(), store=where, cache=tmp_path, secret=SECRET, look_every=0)
    app = create_app(settings)
    calling(app)
    flush(app)
    postgres.stop()
    try:
        caller = calling(app)
        caller.press("1")
        flush(app)
        caller.press("1")
    finally:
        postgres.start()
    caller.press("0")
    settled(app.extensions[WRITER])
    close(app)

    assert [kind for _, kind in kept(address, "turn", "kind")].count("node_entered") == 3
    assert list(left_behind(tmp_path)) == []


def test_what_is_too_old_is_deleted_by_the_server_itself(served, store_address):
    journal = open_journal(location({"IVR_STORE": store_address}))
    journal.keep([Row("c1", 2, "node_entered", 0, 5, "v1", "voice", "en-US", "billing", "billing")])
    journal.close()
    app = served(keep_days=30)
    calling(app)
    for _ in range(3):
        flush(app)

    assert kept(store_address, "kind") == [("call_started",)]
