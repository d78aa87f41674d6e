"""The page of `ivr report` in a real browser, judged by axe-core."""

import pytest

from report.test_report import ivr
from web.test_try_browser import DESKTOP, PHONE, axe, driver  # noqa: F401 - fixtures


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    file = tmp_path_factory.mktemp("page") / "report.html"
    file.write_text(ivr("report", "--demo", "--format", "html"), encoding="utf-8")
    return file.as_uri()


RUN = "; const done = arguments[0]; axe.run(document).then((all) => done([...all.violations, ...all.incomplete].flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.any.map((any) => any.message)}`))))"


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_and_nothing_runs_off_the_page(driver, axe, shown, window):  # noqa: F811
    driver.set_window_size(*window)
    driver.get(shown)

    assert driver.execute_async_script(axe + RUN) == []
    assert driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")
    assert driver.execute_script("return [...document.images].every((image) => image.naturalWidth > 0)")
