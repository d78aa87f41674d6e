"""Every setting that the program reads stands wherever an operator looks for it, and reaches the program in every deployment.

The settings are found in the program, so that a new one cannot be forgotten here.
"""

import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from ivr.cli import main

ROOT = Path(__file__).resolve().parent.parent
DEPLOY = ROOT / "deploy"


@cache
def settings():
    """Each string of the program that is the name of a setting, and nothing else."""
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "ivr").rglob("*.py")]
    return {name for text in texts for name in re.findall('"((?:IVR|TWILIO)_[A-Z_]+)"', text)}


def composed():
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text())["services"]["line"]


def deployed():
    spec = yaml.safe_load((DEPLOY / "kubernetes" / "deployment.yaml").read_text())["spec"]["template"]["spec"]
    return spec["containers"][0]["env"]


def served():
    return main.commands["serve"].help


PLACES = {
    "compose.yaml": lambda: composed()["environment"],
    "deployment.yaml": lambda: [one["name"] for one in deployed()],
    "ivr.env.sample": lambda: re.findall("^#?([A-Z_]+)=", (DEPLOY / "ivr.env.sample").read_text(), re.MULTILINE),
    "ivr serve --help": lambda: re.findall(r"\b[A-Z_]+\b", served()),
    "README.md": lambda: re.findall(r"\b[A-Z_]+\b", (ROOT / "README.md").read_text(encoding="utf-8")),
}


@pytest.mark.parametrize("place", PLACES)
def test_every_setting_stands_where_it_is_looked_for(place):
    assert len(settings()) > 10
    assert settings() - set(PLACES[place]()) == set()


def test_each_setting_is_passed_on_as_itself():
    """A slip in one name would set another, or nothing."""
    passed = {name: re.match(r"\$\{(\w+)", value) for name, value in composed()["environment"].items()}
    secrets = {one["name"]: one["valueFrom"]["secretKeyRef"]["key"] for one in deployed() if "valueFrom" in one}

    assert all(found[1] == name for name, found in passed.items() if found)
    assert {name for name, found in passed.items() if not found} == {"IVR_CACHE"}
    assert all(name == key for name, key in secrets.items())
    assert set(passed) - set(secrets) == {"IVR_CACHE"}


def test_the_folder_of_the_line_is_there_in_the_container():
    assert "${IVR_SCRIPT:-../scripts}:${IVR_SCRIPT:-/srv/scripts}:ro" in composed()["volumes"]
