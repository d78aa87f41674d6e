"""deploy/backup.py as it runs each night, on both databases: what was saved comes back, and nothing is lost by saving."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import select

from ivr.store.rows import Heard
from ivr.store.tables import not_understood
from ivr.store.where import location, open_journal, open_store
from web.lines import Server, greeted, publish

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
BACKUP = DEPLOY / "backup.py"
ONE, TWO, THREE = greeted(1), greeted(2), greeted(3)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_address(request, tmp_path):
    """A database of its own, as nothing less can be saved and brought back whole."""
    if request.param == "sqlite":
        return str(tmp_path / "new folder" / "store.sqlite3")
    return request.getfixturevalue("postgres").new_database()


@pytest.fixture
def backup(store_address, postgres):
    """One run of the program; answers with its exit code and all that it said."""

    def run(*args, store=store_address):
        environ = os.environ | {"IVR_STORE": store, "PATH": f"{postgres.bin}:{os.environ['PATH']}"}
        done = subprocess.run(
            [sys.executable, BACKUP, *map(str, args)], env=environ, capture_output=True, text=True, check=False
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, (done.stdout + done.stderr).strip()

    return run


@pytest.fixture
def elsewhere(store_address, postgres, tmp_path):
    """Another store of the same kind, with nothing in it."""
    return postgres.new_database() if "postgresql" in store_address else str(tmp_path / "elsewhere.sqlite3")


def opened(address):
    return open_store(location({"IVR_STORE": address}))


def test_what_was_saved_comes_back_whole(store, backup, elsewhere, tmp_path):
    for version in (ONE, TWO, ONE, THREE):
        publish(store, version)
    code, file = backup("save", tmp_path / "saved")
    assert code == 0, file

    code, said = backup("restore", file, store=elsewhere)
    assert (code, said) == (0, "Brought back; the store holds 4 publications.")
    other = opened(elsewhere)
    assert other.history() == store.history()
    assert [other.version(v.digest) for v in (ONE, TWO, THREE)] == [store.version(v.digest) for v in (ONE, TWO, THREE)]
    publish(other, TWO)  # it can be worked on
    other.close()


def test_a_store_is_replaced_only_when_told_to_and_servers_follow(store, backup, store_address, tmp_path):
    publish(store, ONE)
    file = backup("save", tmp_path / "saved")[1]
    publish(store, TWO)
    server = Server(tmp_path / "disk", store=location({"IVR_STORE": store_address}))
    assert server.version == TWO.digest

    code, said = backup("restore", file)
    assert (code, "Say --replace" in said) == (1, True)
    assert store.live().digest == TWO.digest

    assert backup("restore", "--replace", file)[0] == 0
    assert store.live().digest == ONE.digest
    assert server.look().version == ONE.digest
    server.library.close()


def test_saving_while_others_publish_saves_one_moment(store, backup, elsewhere, tmp_path):
    publish(store, ONE)
    more = [greeted(number) for number in range(10, 18)]
    busy = Thread(target=lambda: [publish(store, version) for version in more])
    busy.start()
    code, file = backup("save", tmp_path / "saved")
    busy.join()

    assert code == 0, file
    assert backup("restore", file, store=elsewhere)[0] == 0
    other = opened(elsewhere)
    saved = other.history()
    assert saved == store.history()[-len(saved) :]
    assert other.version(saved[0].digest) is not None
    other.close()


def test_files_are_for_their_owner_alone_and_the_oldest_go(store, backup, tmp_path):
    publish(store, ONE)
    files = [Path(backup("save", tmp_path / "saved", "--keep", 2)[1]) for _ in range(3)]
    kept = sorted((tmp_path / "saved").iterdir())

    assert kept == files[1:]
    assert stat.S_IMODE(kept[0].stat().st_mode) == 0o600


def test_words_of_callers_are_not_in_the_files(store, backup, store_address, elsewhere, tmp_path):
    """They are deleted after days, and the files are kept for longer."""
    publish(store, ONE)
    journal = open_journal(location({"IVR_STORE": store_address}))
    journal.hear([Heard(day, "en-US", "main menu", "… xylotomy … roof") for day in range(200)])
    journal.close()
    file = Path(backup("save", tmp_path / "saved")[1])

    assert b"xylotomy" not in file.read_bytes()
    assert backup("restore", file, store=elsewhere)[0] == 0
    other = open_journal(location({"IVR_STORE": elsewhere}))
    with other.reading() as connection:
        assert connection.execute(select(not_understood)).all() == []
    other.hear([Heard(1, "en-US", "main menu", "…")])  # the table is there
    other.close()


def test_a_damaged_file_changes_nothing(store, backup, tmp_path):
    publish(store, ONE)
    file = Path(backup("save", tmp_path / "saved")[1])
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])

    assert backup("restore", "--replace", file)[0] == 1
    assert store.live().digest == ONE.digest


def test_where_there_is_nothing_to_save_no_file_is_left(backup, tmp_path):
    code, said = backup("save", tmp_path / "saved", store=str(tmp_path / "none.sqlite3"))

    assert (code, "There is no store" in said) == (1, True)
    assert list((tmp_path / "saved").iterdir()) == []


def test_a_file_of_the_other_kind_is_refused(backup, tmp_path, store_address):
    wrong = tmp_path / ("store-1.sqlite3" if "postgresql" in store_address else "store-1.pgdump")
    wrong.touch()
    assert "the other kind of database" in backup("restore", wrong)[1]


def test_the_nightly_unit_saves_the_store_that_the_line_serves(tmp_path):
    """With what the unit itself says, and nothing else: its program, its settings, its folders."""
    night = unit("ivr-backup.service")
    there = {"/opt/ivr/bin/python": sys.executable, "/opt/ivr/backup.py": str(BACKUP), "/var/lib": str(tmp_path)}
    here = re.compile("|".join(there))
    (environment,), (start,) = night["Environment"], night["ExecStart"]
    environ = dict(pair.split("=", 1) for pair in here.sub(lambda found: there[found[0]], environment).split())
    for folder in night["StateDirectory"][0].split():
        (tmp_path / folder).mkdir(mode=int(night["StateDirectoryMode"][0], 8))
    opened = open_store(location(environ))
    publish(opened, ONE)
    opened.close()

    command = here.sub(lambda found: there[found[0]], start).split()
    done = subprocess.run(command, env=environ, capture_output=True, text=True, check=True)
    file = Path(done.stdout.strip())
    assert file.parent.parent == tmp_path
    assert file.parent.name in night["StateDirectory"][0].split()[1:]


def test_the_nightly_unit_is_the_lines_own_user_with_the_lines_own_settings():
    line, night = unit("ivr.service"), unit("ivr-backup.service")

    for name in ("User", "EnvironmentFile"):
        assert night[name] == line[name]
    assert of_state(night["Environment"][0]) == of_state(line["Environment"][0])
    assert line["StateDirectory"][0] in night["StateDirectory"][0].split()
    assert "install -m 644 deploy/backup.py /opt/ivr/backup.py" in (DEPLOY / "ivr-backup.service").read_text()


def test_who_publishes_by_the_units_own_words_publishes_where_the_line_looks():
    line = unit("ivr.service")
    (told,) = re.findall(r"^#\s+(sudo .* publish FOLDER)$", (DEPLOY / "ivr.service").read_text(), re.MULTILINE)

    assert {f"User={line['User'][0]}", f"EnvironmentFile={line['EnvironmentFile'][0]}"} <= set(told.split())
    assert of_state(told.replace("Environment=XDG", "XDG")) == of_state(line["Environment"][0])


def of_state(words):
    return re.findall(r"(?<!\S)XDG_STATE_HOME=\S+", words)


def unit(name):
    """What a unit says, each word with all that it is set to."""
    found = {}
    for word, value in re.findall(r"^(\w+)=(.*)$", (DEPLOY / name).read_text(), re.MULTILINE):
        found.setdefault(word, []).append(value)
    return found


def test_the_password_is_not_where_others_see_it():
    """A program's arguments can be read by everybody on the machine."""
    from_file = BACKUP.read_text(encoding="utf-8")
    names = {"__name__": "backup"}
    exec(compile(from_file, str(BACKUP), "exec"), names)

    where = "postgresql+psycopg://ivr:p%40ss@db:5433/line?sslmode=require"
    assert names["address"](where) == "postgresql://ivr@db:5433/line?sslmode=require"
    assert names["password"](where) == {"PGPASSWORD": "p@ss"}
    assert names["address"]("postgresql://postgres@/line1?host=/tmp/x") == "postgresql://postgres@/line1?host=/tmp/x"


def test_what_is_saved_by_hand_leaves_callers_words_out_too():
    """The composition has no Python beside its database."""
    dumps = [line for line in (DEPLOY / "backup.md").read_text().splitlines() if " pg_dump " in line]
    assert dumps
    assert all("--exclude-table-data=not_understood" in line for line in dumps)
