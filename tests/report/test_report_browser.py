"""The page of `ivr report` in a real browser, judged by axe-core."""

import pytest

from browser import Window
from report.test_report import ivr

DESKTOP, PHONE = (1440, 900), (390, 844)


@pytest.fixture(scope="module")
def shown(driver, tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(ivr("report", "--demo", "--format", "html"), encoding="utf-8")
    return Window(driver, file.as_uri())


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_and_nothing_runs_off_the_page(shown, axe, size):
    shown.look(size)

    assert shown.found_by(axe) == []
    assert not shown.is_too_wide()
    assert shown.run("return [...document.images].every((image) => image.naturalWidth > 0)")
