"""A PostgreSQL server of our own, from the programs that the system has; on a socket, in a folder that is thrown away."""

import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

USER = "postgres"
MISSING = "PostgreSQL is not installed here (apt-get install postgresql)"


def programs():
    """The folder with pg_ctl and initdb of the newest version, or None."""
    found = [*Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    newest = max(found, key=lambda path: float(path.parent.parent.name), default=None)
    known = newest or shutil.which("initdb")
    return Path(known).resolve().parent if known else None


class Postgres:
    """A server that can be stopped and started again in the middle of a test."""

    def __init__(self, bin_folder):
        self.bin = bin_folder
        self.folder = Path(tempfile.mkdtemp(prefix="ivr-pg-"))
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            account = pwd.getpwnam(USER)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self.run("initdb", "-A", "trust", "-U", USER, "-E", "UTF8", "--no-sync", "-D", self.folder / "data")
        self.databases = 0
        self.start()

    def run(self, program, *args):
        as_user = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
        command = [*as_user, str(self.bin / program), *map(str, args)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self.folder)

    def start(self):
        settings = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c max_connections=40"
        log = self.folder / "log"
        self.run("pg_ctl", "-D", self.folder / "data", "-l", log, "-o", settings, "-w", "start")

    def stop(self):
        self.run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    def new_database(self):
        """The address of an empty database."""
        name = self._name()
        self.run("createdb", "-h", self.folder, "-U", USER, name)
        return f"postgresql://{USER}@/{name}?host={self.folder}"

    def new_schema(self):
        """The same, as far as whoever comes in by this address can see: PostgreSQL copies eight megabytes for each
        database, and takes minutes to delete a hundred of them.
        """
        name = self._name()
        made = f"CREATE ROLE {name} LOGIN SUPERUSER; CREATE SCHEMA AUTHORIZATION {name}"
        self.run("psql", "-q", "-h", self.folder, "-U", USER, "-c", made)
        return f"postgresql://{name}@/{USER}?host={self.folder}"

    def _name(self):
        self.databases += 1
        return f"line{self.databases}"

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def needed():
    """The programs; without them the tests are skipped here, and fail in CI."""
    found = programs()
    if found is None and os.environ.get("CI") == "true":
        pytest.fail(MISSING)
    if found is None:
        pytest.skip(MISSING)
    return found
