"""What deploy/Containerfile does, done without a container: its steps in empty folders, its program on a root that is read only.

No container engine is at hand where this is tested, so that the base image itself, and COPY between stages, are not.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from caller import Caller
from ivr.phone.remote import RemotePhone
from signed import TOKEN

ROOT = Path(__file__).resolve().parents[2]
USER = 10001

pytestmark = [
    pytest.mark.image,
    pytest.mark.skipif(os.environ.get("CI") != "true" and os.geteuid() != 0, reason="needs root, for a read-only root"),
]


def instructions():
    lines = (ROOT / "deploy" / "Containerfile").read_text().splitlines()
    split = [line.split(" ", 1) for line in lines if line and not line.startswith("#")]
    return [(word, rest) for word, rest in split if word.isupper()]


def last(word):
    return [rest for name, rest in instructions() if name == word][-1]


class Image:
    """The folders of the image, below one that is thrown away."""

    def __init__(self, root):
        self.root = root
        self.folder = root / "src"
        self.environ = {
            **os.environ,
            "PATH": f"{sys.base_prefix}/bin:/usr/bin:/bin",
            "PIP_NO_COMPILE": "1",
        }  # saves a minute

    def here(self, text):
        return re.sub(r"(?<![\w/])/(opt|src|var/cache)(?=[/\s]|$)", rf"{self.root}/\1", text)

    def build(self):
        """The first stage."""
        self.folder.mkdir()
        steps = iter(instructions())
        next(steps), next(steps)
        for word, rest in steps:
            if word == "FROM":
                return
            if word == "COPY":
                *sources, target = rest.split()
                for source in sources:
                    self.copy(ROOT / source, self.folder / target)
            elif word == "RUN":
                subprocess.run(["sh", "-ec", self.here(rest)], cwd=self.folder, env=self.environ, check=True)

    def copy(self, source, target):
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            target.mkdir(exist_ok=True)
            shutil.copy(source, target)

    def command(self, port):
        """The program as the image starts it, as its user, on a root that is read only but for what the image says."""
        starts = " ".join([*json.loads(last("ENTRYPOINT")), *json.loads(last("CMD"))]).replace("8000", str(port))
        cache = self.here("/var/cache/ivr")
        return (
            f"mkdir -p {cache} && mount -o remount,bind,ro / && mount -t tmpfs -o size=16m,mode=1777 tmpfs {cache}"
            f" && ! touch {self.root}/opt/ivr/x 2>/dev/null"
            f" && exec setpriv --reuid {USER} --regid {USER} --clear-groups --no-new-privs --bounding-set=-all {starts}"
        )


@pytest.fixture(scope="module")
def image():
    root = Path(tempfile.mkdtemp(prefix="ivr-image-"))
    root.chmod(0o755)
    built = Image(root)
    built.build()
    yield built
    shutil.rmtree(root)


@pytest.fixture
def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def test_the_image_starts_is_healthy_answers_and_stops(image, port):
    address = f"http://127.0.0.1:{port}"
    environ = dict(pair.split("=", 1) for pair in image.here(last("ENV")).split())
    environ |= {"TWILIO_AUTH_TOKEN": TOKEN, "IVR_PUBLIC_URL": address, "LANG": "C.UTF-8"}
    environ["PATH"] += f":{sys.base_prefix}/bin:/usr/sbin:/sbin"
    check = json.loads(re.search(r"CMD (\[.*\])", last("HEALTHCHECK"))[1].replace("8000", str(port)))
    check[0] = str(image.root / "opt/ivr/bin/python")
    server = subprocess.Popen(
        ["unshare", "-m", "sh", "-ec", image.command(port)],
        cwd="/", env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    try:
        end = time.monotonic() + 60
        while (healthy := subprocess.run(check, capture_output=True, check=False).returncode) and server.poll() is None:
            assert time.monotonic() < end
            time.sleep(0.5)  # another program starts
        assert healthy == 0, server.stdout.read()
        caller = Caller(RemotePhone(address, TOKEN, address))
        assert "automated line" in caller.text
        assert "Active release technique." in caller.press("1")
    finally:
        server.terminate()
        said = server.communicate(timeout=30)[0]
    assert server.returncode == 0, said
    assert "nothing can be kept" not in said


def test_the_image_holds_the_program_and_nothing_to_install_with(image):
    python = image.root / "opt/ivr/bin/python"
    told = subprocess.run(
        [python, "-c", "import ivr, psycopg; print(ivr.__file__)"], capture_output=True, text=True, check=True, cwd="/"
    )

    assert str(image.root) in told.stdout
    assert not (image.root / "opt/ivr/bin/pip").exists()


def test_nobody_runs_it_as_root():
    assert last("USER") == f"{USER}:{USER}"
    assert "--cap-add" not in (ROOT / "deploy" / "Containerfile").read_text()


def test_what_is_not_copied_does_not_reach_the_builder():
    """The file of settings beside the container file must never be sent along."""
    kept = (ROOT / "deploy/Containerfile.dockerignore").read_text().splitlines()
    copied = {
        source
        for word, rest in instructions()
        if word == "COPY" and "--from" not in rest
        for source in rest.split()[:-1]
    }

    assert kept[1] == "*"
    allowed = {line[1:].rstrip("/") for line in kept if line.startswith("!")}
    assert {name if "requirements" not in name else "deploy/requirements*.txt" for name in copied} == allowed
