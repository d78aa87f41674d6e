"""Save the store of a line to a file, and bring it back: `backup.py save FOLDER`, `backup.py restore FILE`.

For: SQLite and PostgreSQL alike, while the line runs; every file that is written is read back before it counts.
It needs Python alone for SQLite, and pg_dump, pg_restore and psql for PostgreSQL.  deploy/backup.md says when to run it.
Not here: what is in the store (`ivr.store`), copying files elsewhere.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

LEFT_OUT = "not_understood"
"""A table with words of callers, which are deleted after days (deploy/journal.md); a file that is kept would keep them."""

PREFIX, SQLITE, POSTGRES = "store-", ".sqlite3", ".pgdump"
SERVERS = ("postgresql://", "postgres://", "postgresql+psycopg://")


class BackupError(Exception):
    """Raised when nothing was saved or brought back; its text says why."""


def store() -> str:
    """IVR_STORE, or the file that is used when it is not set."""
    text = os.environ.get("IVR_STORE", "").strip()
    state = os.environ.get("XDG_STATE_HOME", "").strip() or "~/.local/state"
    return text or str(Path(state).expanduser() / "ivr" / "store.sqlite3")


def is_server(where: str) -> bool:
    return where.startswith(SERVERS)


def save(folder: Path, keep: int) -> Path:
    """A new file in `folder`; the oldest are deleted so that `keep` stay."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    where = store()
    ending = POSTGRES if is_server(where) else SQLITE
    file = folder / f"{PREFIX}{datetime.now(UTC):%Y%m%dT%H%M%S%f}{ending}"
    draft = file.with_suffix(".part")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        if is_server(where):
            options = ("--format=custom", "--no-owner", "--no-privileges", f"--exclude-table-data={LEFT_OUT}")
            run("pg_dump", *options, f"--file={draft}", address(where))
            run("pg_restore", "--list", str(draft))
        else:
            copy_file(file_of(where), draft)
            leave_out(draft)
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
    for old in sorted(folder.glob(f"{PREFIX}*{ending}"))[:-keep]:
        old.unlink()
    return file


def restore(file: Path, *, replace: bool) -> None:
    """Bring a saved store back; one that holds publications is replaced only when told to."""
    if not file.is_file():
        raise BackupError(f"There is no file {file}.")
    where = store()
    if is_server(where) != (file.suffix == POSTGRES):
        raise BackupError(f"{file.name} is of the other kind of database than IVR_STORE.")
    if publications(where) and not replace:
        raise BackupError("The store holds publications. Say --replace to put the saved ones in their place.")
    if is_server(where):
        options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")
        run("pg_restore", *options, f"--dbname={address(where)}", str(file))
    else:
        target = file_of(where)
        target.parent.mkdir(parents=True, exist_ok=True)
        copy_file(file, target)


def copy_file(source: Path, target: Path) -> None:
    """All pages of one SQLite file into another, as of one moment, also while either is being used."""
    if not source.is_file():
        raise BackupError(f"There is no store at {source}.")
    try:
        with (
            closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
            if new.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise BackupError(f"What was copied from {source} is damaged.")
    except sqlite3.Error as error:
        raise BackupError(f"{source} cannot be copied ({error}).") from None


def leave_out(file: Path) -> None:
    """Empty the table that is not kept, and write the file anew, so that nothing of it stands between the pages."""
    try:
        with closing(sqlite3.connect(file, isolation_level=None)) as opened:
            if opened.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (LEFT_OUT,)).fetchone():
                opened.execute(f"DELETE FROM {LEFT_OUT}")  # noqa: S608 - our own word
                opened.execute("VACUUM")
    except sqlite3.Error as error:
        raise BackupError(f"{file} cannot be written ({error}).") from None


def publications(where: str) -> int:
    """How many there are; 0 too where there is no table yet."""
    question = "SELECT count(*) FROM publications"
    if is_server(where):
        told = run("psql", "-At", "-d", address(where), "-c", "SELECT to_regclass('publications')").strip()
        return int(run("psql", "-At", "-d", address(where), "-c", question)) if told else 0
    if not file_of(where).is_file():
        return 0
    with closing(sqlite3.connect(f"file:{file_of(where)}?mode=ro", uri=True)) as opened:
        try:
            return int(opened.execute(question).fetchone()[0])
        except sqlite3.Error:
            return 0


def address(where: str) -> str:
    """The address without its password, as everybody on a machine sees how programs were started."""
    parts = urlsplit(where.replace("postgresql+psycopg://", "postgresql://", 1))
    before, _, host = parts.netloc.rpartition("@")
    user = before.partition(":")[0]
    return urlunsplit(parts._replace(netloc=f"{user}@{host}" if user else host))


def password(where: str) -> dict[str, str]:
    """The password, where programs of PostgreSQL look for it."""
    before = urlsplit(where).netloc.rpartition("@")[0]
    return {"PGPASSWORD": unquote(before.partition(":")[2])} if ":" in before else {}


def file_of(where: str) -> Path:
    return Path(where.removeprefix("sqlite:///")).expanduser()


def run(*command: str) -> str:
    """What one program of PostgreSQL prints."""
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            command, capture_output=True, text=True, check=False, env=os.environ | password(store())
        )
    except FileNotFoundError:
        raise BackupError(f"{command[0]} is not installed here (apt-get install postgresql-client).") from None
    if done.returncode:
        raise BackupError(
            f"{command[0]} failed: {done.stderr.strip().splitlines()[0] if done.stderr else 'no reason given'}"
        )
    return done.stdout


def main() -> int:
    parser = argparse.ArgumentParser(
        description="Save the store of a line, or bring it back. IVR_STORE names the store."
    )
    commands = parser.add_subparsers(dest="command", required=True)
    saving = commands.add_parser("save", help="write a new file into FOLDER")
    saving.add_argument("folder", type=Path)
    saving.add_argument("--keep", type=int, default=30, help="so many files stay (30)")
    restoring = commands.add_parser("restore", help="bring FILE back into the store")
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--replace", action="store_true", help="also when the store holds something")
    given = parser.parse_args()
    try:
        if given.command == "save":
            print(save(given.folder, max(1, given.keep)))
        else:
            restore(given.file, replace=given.replace)
            print(f"Brought back; the store holds {publications(store())} publications.")
    except BackupError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
