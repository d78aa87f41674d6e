"""What the checker has to say reaches servers: it keeps a save from callers, and takes nothing down that was live."""

import errno
import logging
import pickle
import subprocess
import sys

import pytest

import cut
from ivr.check.finding import Finding, Severity
from ivr.script.model import Place
from ivr.script.reader import read
from ivr.store.where import location, open_store
from ivr.web.followed import STATUS
from ivr.web.judging import FAILED, Errors
from ivr.web.shelf import Shelf
from small import tiny
from web.lines import GREETING, Judge, Server, edit, greeted, publish

DEAD_END = Finding("ERR-09", Severity.ERROR, Place("en-US.yaml", 7, 3), "nothing leads on", "Add a way on.", ())
LONG = Finding("MENU-06", Severity.WARNING, Place("en-US.yaml", 3, 5), "this is long", "Say it in fewer words.", ())
BROKEN = ("start: main menu", "start: nowhere", "line.yaml")
TOLD = "en-US.yaml:7:3: Nothing leads on. Add a way on. (ERR-09)"


@pytest.fixture
def folder(tmp_path):
    return cut.folder(tmp_path / "line")


@pytest.fixture
def follow(tmp_path, folder):
    """One more process that follows the folder; all of them share a disk unless they are given one."""

    servers = []

    def started(judge=None, disk="disk"):
        servers.append(Server(tmp_path / disk, judge, follow=folder))
        return servers[-1]

    yield started
    for server in servers:
        server.library.close()


def status(folder):
    return (folder / STATUS).read_text(encoding="utf-8")


# --- a folder that is followed -------------------------------------------------------------------


def test_a_save_with_an_error_of_the_checker_is_never_heard_and_staff_are_told(follow, folder, caplog):
    judge = Judge()
    one = follow(judge)
    before = one.version
    judge.walked = (LONG, DEAD_END)
    edit(folder, GREETING, "We are here.")

    assert GREETING in one.look().call().text
    assert (one.version, one.health["problems"]) == (before, [TOLD])
    assert TOLD in caplog.text
    assert status(folder) == (
        f"Callers do not hear what was saved last. They still hear version {before}, until this is mended:\n\n- {TOLD}\n"
    )
    judge.walked = (LONG,)
    edit(folder, "We are here.", "We are all here.")
    assert "We are all here." in one.look().call().text
    assert one.health["problems"] == []


def test_while_a_save_is_checked_callers_hear_the_one_before_and_health_and_staff_are_told(follow, folder):
    judge = Judge()
    one = follow(judge)
    before, judge.at_once = one.version, False
    edit(folder, GREETING, "We are here.")

    for _ in range(3):
        assert GREETING in one.look().call().text
        assert one.health["checking"] == f"Version {judge.asked[-1]} was saved and is being checked."
        assert status(folder) == (
            f"What was saved last is being checked, which takes some seconds. Until then callers hear version {before}.\n"
        )
    assert len(judge.asked) == 2  # the first save and this one, each once
    judge.finish()
    assert "We are here." in one.look().call().text
    assert one.health["checking"] is None


def test_an_error_that_is_found_by_reading_is_told_without_waiting_for_the_walk(follow, folder):
    judge = Judge()
    one = follow(judge)
    judge.at_once, judge.static = False, (DEAD_END,)
    edit(folder, GREETING, "We are here.")

    assert one.look().health["problems"] == [TOLD]
    assert judge.stopped == [judge.asked[-1]]


def test_a_save_that_was_saved_over_is_checked_no_longer(follow, folder):
    judge = Judge()
    one = follow(judge)
    judge.at_once = False
    edit(folder, GREETING, "We are here.")
    one.look()
    passed_over = judge.asked[-1]
    edit(folder, "We are here.", "We are there.")

    assert GREETING in one.look().call().text
    assert judge.stopped == [passed_over]


def half_saved(server, judge, folder):
    """A save is being checked, and one that cannot be read is saved over it."""
    judge.at_once = False
    edit(folder, GREETING, "We are here.")
    server.look()
    edit(folder, *BROKEN)
    server.look()
    return judge.asked[-1]


def test_a_save_that_cannot_be_read_takes_nothing_from_the_one_before_it(follow, folder):
    judge = Judge()
    one = follow(judge)
    before, checked = one.version, half_saved(one, judge, folder)

    assert GREETING in one.look().call().text
    assert "nowhere" in one.health["problems"][0]
    assert one.health["checking"] == f"Version {checked} was saved and is being checked."
    assert f"They still hear version {before}, until this is mended" in status(folder)
    assert f"The save before it, version {checked}, is being checked" in status(folder)
    judge.finish()
    assert "We are here." in one.look().look().call().text
    assert "nowhere" in one.health["problems"][0]
    assert one.health["checking"] is None
    assert f"They still hear version {checked}, until this is mended" in status(folder)
    assert "The save before it" not in status(folder)
    assert judge.stopped == []


def test_of_two_saves_that_are_both_unsound_the_last_is_told(follow, folder):
    judge = Judge()
    one = follow(judge)
    half_saved(one, judge, folder)
    judge.walked = (DEAD_END,)
    judge.finish()

    assert GREETING in one.look().call().text
    assert "nowhere" in one.health["problems"][0]
    assert len(one.health["problems"]) == 1
    assert TOLD not in status(folder)


def test_a_process_that_never_saw_the_sound_save_speaks_it_when_another_one_has_let_it_pass(follow, folder):
    judge = Judge()
    one = follow(judge)
    half_saved(one, judge, folder)
    anew = follow(Judge())
    assert GREETING in anew.call().text
    judge.finish()
    one.look()

    assert "We are here." in anew.look().call().text
    assert (anew.version, anew.health["source"]) == (one.version, "disk")
    assert "nowhere" in anew.health["problems"][0]


def test_of_all_processes_of_a_machine_one_checks_and_the_others_take_what_it_found(follow, folder):
    first, second = Judge(), Judge()
    one, two = follow(first), follow(second)
    assert (len(first.asked), len(second.asked)) == (1, 0)

    first.at_once = False
    edit(folder, GREETING, "We are here.")
    for server in (one, two, two, one):
        assert GREETING in server.look().call().text
    assert two.health["checking"] == one.health["checking"]
    first.finish()
    one.look()
    assert "We are here." in two.look().call().text
    assert (len(first.asked), len(second.asked)) == (2, 0)


def test_when_the_process_that_checks_dies_another_one_does_it(follow, folder):
    first, second = Judge(), Judge()
    one, two = follow(first), follow(second)
    first.at_once = False
    edit(folder, GREETING, "We are here.")
    one.look()
    two.look()
    one.library.close()

    assert "We are here." in two.look().call().text
    assert first.stopped == second.asked


def test_where_nothing_can_be_written_each_process_finds_out_alone_and_once(follow, folder, tmp_path):
    (tmp_path / "file").touch()
    judges = [Judge(), Judge()]
    servers = [follow(judge, "file/below") for judge in judges]
    edit(folder, GREETING, "We are here.")

    for server in servers:
        assert "We are here." in server.look().look().call().text
    assert [len(judge.asked) for judge in judges] == [2, 2]


@pytest.mark.parametrize("again", ["We are there.", "We are here."], ids=["other words", "the same once more"])
def test_a_check_that_comes_to_nothing_keeps_the_save_back_until_the_next_one(follow, folder, caplog, again):
    judge = Judge()
    one = follow(judge)
    judge.at_once = False
    edit(folder, GREETING, "We are here.")
    one.look()
    judge.fail()

    assert GREETING in one.look().look().call().text
    assert one.health["problems"] == [FAILED]
    assert "out of memory" in caplog.text
    assert len(judge.asked) == 2
    judge.at_once = True
    edit(folder, "We are here.", again)
    assert again in one.look().call().text
    assert one.health["problems"] == []


def test_a_start_with_nothing_to_say_waits_for_the_first_check(tmp_path, folder):
    """Better to answer some seconds late than to send callers away."""
    judge, pauses = Judge(at_once=False), []
    errors = Errors(Shelf(tmp_path / "disk", "here"), judge)

    def pause(seconds):
        pauses.append(seconds)
        if len(pauses) == 3:
            judge.finish()

    assert errors.wait(read(folder), pause) == ()
    assert pauses == [0.1] * 3


def test_a_start_on_a_save_that_is_not_checked_yet_speaks_what_was_live_meanwhile(follow, folder):
    before = follow().version
    edit(folder, GREETING, "We are here.")
    judge = Judge(at_once=False)
    anew = follow(judge)

    assert GREETING in anew.call().text
    assert (anew.version, anew.health["source"]) == (before, "disk")
    judge.finish()
    assert "We are here." in anew.look().call().text


# --- what was live stays live --------------------------------------------------------------------


@pytest.fixture
def watched(tmp_path):
    """A server that also judges what is live, as servers do that look by themselves."""

    def started(judge, **settings):
        return Server(tmp_path / "disk", judge, look_every=10**6, **settings)

    return started


def test_a_version_that_was_live_is_served_though_the_checker_has_become_stricter(watched, tmp_path, caplog):
    where = location({"IVR_STORE": str(tmp_path / "store")})
    store = open_store(where)
    version = greeted(1)
    publish(store, version)
    one = watched(Judge(walked=(DEAD_END, LONG)), store=where)

    problem = f"Version {version.digest} stays live, though the checker finds an error in it. {TOLD}"
    for _ in range(2):
        assert "Line number 1." in one.look().call().text
        assert (one.health["status"], one.health["problems"]) == ("ok", [problem])
    assert caplog.text.count(problem) == 1
    publish(store, greeted(2))
    one.look()
    assert greeted(2).digest in one.health["problems"][0]
    one.library.close()
    store.close()


def test_a_folder_that_was_live_is_served_though_a_newer_program_finds_an_error(watched, folder, monkeypatch):
    first = watched(Judge(), follow=folder)
    assert first.health["problems"] == []
    monkeypatch.setattr("ivr.web.shelf.program", lambda: "another")  # what another program found is not this one's
    anew = watched(Judge(walked=(DEAD_END,)), follow=folder)

    assert GREETING in anew.look().call().text
    assert "stays live, though the checker finds an error" in anew.health["problems"][0]


def test_a_machine_that_can_start_no_process_takes_nothing_down(watched, tmp_path, caplog):
    where = location({"IVR_STORE": str(tmp_path / "store")})
    store = open_store(where)
    publish(store, greeted(1))

    def no_memory(*_):
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    one = watched(no_memory, store=where)
    assert "Line number 1." in one.call().text
    publish(store, greeted(2))
    assert "Line number 2." in one.look().call().text
    assert "could not check it" in one.health["problems"][0]
    assert "Cannot allocate memory" in caplog.text
    one.library.close()
    store.close()


def test_what_is_live_is_judged_once_on_a_machine(watched, tmp_path):
    where = location({"IVR_STORE": str(tmp_path / "store")})
    store = open_store(where)
    publish(store, greeted(1))
    judges = [Judge(), Judge()]
    for judge in judges:
        server = watched(judge, store=where)
        server.look()
        server.library.close()

    assert [len(judge.asked) for judge in judges] == [1, 0]
    store.close()


def test_the_log_tells_when_a_save_is_being_checked(follow, folder, caplog):
    caplog.set_level(logging.INFO, "ivr.library")
    judge = Judge()
    one = follow(judge)
    judge.at_once = False
    edit(folder, GREETING, "We are here.")
    one.look().look()

    assert caplog.text.count("is being checked") == 1


# --- with the real checker, in real processes ----------------------------------------------------

WORKER = """
import pickle, sys
from pathlib import Path
from ivr.web.judging import Errors
from ivr.web.shelf import Shelf
print(Errors(Shelf(Path(sys.argv[1]), "here")).of(pickle.load(sys.stdin.buffer)), flush=True)
sys.stdin.read()
"""


def test_a_verdict_outlives_the_process_that_wanted_it_and_nobody_judges_a_second_time(tmp_path, script):
    line, second = tiny(script), Judge()
    command = [sys.executable, "-c", WORKER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        pickle.dump(line, worker.stdin)
        worker.stdin.flush()
        assert worker.stdout.readline() == b"None\n"
        worker.kill()
    errors = Errors(Shelf(tmp_path, "here"), second)

    assert errors.wait(line) == ()
    assert second.asked == []


def test_who_no_longer_wants_to_know_frees_the_turn_at_once(tmp_path, script):
    shelf = Shelf(tmp_path, "here")
    errors = Errors(shelf)
    assert errors.of(tiny(script)) is None
    assert shelf.turn() is None
    errors.stop()

    with shelf.turn():
        assert shelf.turn() is None
