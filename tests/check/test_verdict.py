"""A verdict is that of one program: another rule, another word on a list, and it is found out anew."""

import pytest

from ivr.check.verdict import digest, left


@pytest.mark.parametrize(
    ("name", "counts"), [("rules/menus.py", True), ("wordlists/en.yaml", True), ("rules/menus.pyc", False)]
)
def test_what_makes_another_program(tmp_path, name, counts):
    for folder in ("rules", "wordlists"):
        (tmp_path / folder).mkdir()
    (tmp_path / name).write_text("one")
    before = digest(tmp_path)
    (tmp_path / name).write_text("two")

    assert (digest(tmp_path) != before) is counts


@pytest.mark.parametrize("spoilt", ["", "{", "{}", "7"])
def test_a_spoilt_verdict_is_none(tmp_path, spoilt):
    (tmp_path / "verdict").write_text(spoilt)

    assert left(tmp_path / "verdict") is None
