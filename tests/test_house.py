"""The rules of the house: which room may know which, that strangers are refused, that everything says what it is for."""

import ast
import re
import sys
from pathlib import Path

import click
import pytest

from ivr.cli import main
from ivr.script.folders import sample
from signed import PUBLIC_URL

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((ROOT / "ivr").rglob("*.py"))

FLOORS = {"script": 0, "dialog": 1, "channels": 2, "store": 2, "phone": 3, "report": 4, "check": 4, "web": 5, "cli": 6}
FLOORS |= {"provision": 3, "doctor": 5}
"""A room may import from its own floor and those below; nothing imports upwards."""

PURE = {"rapidfuzz"}
"""All that the dialog may use beside the standard library: it never touches files, clocks or networks."""

IMPURE = {"os", "io", "time", "datetime", "random", "socket", "pathlib", "subprocess", "threading", "logging"}


def name(path):
    return str(path.relative_to(ROOT))


def imports(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def room(module):
    parts = module.split(".")
    return parts[1] if parts[0] == "ivr" and len(parts) > 1 else None


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_imports_point_inwards_only(path):
    own = FLOORS.get(path.relative_to(ROOT / "ivr").parts[0])
    if own is None:
        return
    above = [module for module in imports(path) if FLOORS.get(room(module), -1) > own]
    assert not above


STORED = ("ivr.store", "ivr.script", "ivr.dialog.events")
"""All of ours that the store may know."""


@pytest.mark.parametrize("path", [path for path in MODULES if path.parent.name == "store"], ids=name)
def test_the_store_knows_scripts_and_events_only(path):
    ours = [module for module in imports(path) if room(module)]
    assert not [module for module in ours if not module.startswith(STORED)]


@pytest.mark.parametrize("path", [path for path in MODULES if path.parent.name == "dialog"], ids=name)
def test_the_dialog_is_pure(path):
    roots = {module.split(".")[0] for module in imports(path)}

    assert not roots & IMPURE
    assert roots <= sys.stdlib_module_names | {"ivr"} | PURE


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_module_says_what_it_is_for_and_what_may_not_stand_in_it(path):
    tree = ast.parse(path.read_text())
    if not tree.body:
        return
    said = ast.get_docstring(tree) or ""

    assert said
    if len(tree.body) > 4:
        assert "Not here:" in said


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_is_long(path):
    assert len(path.read_text().splitlines()) <= 350


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_function_is_long(path):
    functions = (n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef))
    assert not [f.name for f in functions if f.end_lineno - f.lineno + 1 > 50]


def test_only_one_module_writes_twiml():
    """The strict phone reads it; nobody else knows its words."""
    spelt = [
        name(p)
        for p in MODULES
        if "phone" not in p.parts
        if any(f"<{verb}" in p.read_text() for verb in ("Say ", "Gather ", "Dial ", "Response>"))
    ]
    assert spelt == ["ivr/channels/twiml.py"]


def test_every_route_that_takes_a_post_refuses_strangers(app):
    posts = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]

    assert {rule.rule for rule in posts} == {"/voice", "/status", "/text", "/whisper"}
    for rule in posts:
        assert app.test_client().post(rule.rule, base_url=PUBLIC_URL).status_code == 403


def commands():
    return sorted(main.commands.items())


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_every_command_has_help_and_stands_in_the_readme(name, command):
    assert command.help
    assert f"ivr {name}" in (ROOT / "README.md").read_text()
    for option in (p for p in command.params if isinstance(p, click.Option)):
        assert option.help, option.name


def test_the_sample_is_in_the_package_settings():
    assert sample().is_dir()
    assert '"scripts" = "ivr/scripts"' in (ROOT / "pyproject.toml").read_text()


CITED = re.compile(r"(?<![\w/-])((?:\w[\w.-]*/)*\w[\w.-]*\.md)\b|promises? (\d+)", re.IGNORECASE)
README = (ROOT / "README.md").read_text()


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_what_a_module_cites_can_be_read_here(path):
    """A page of this repository, or a promise of the readme."""
    for page, promise in CITED.findall(path.read_text()):
        assert f"\n{promise}. " in README if promise else (ROOT / page).is_file(), page or promise
