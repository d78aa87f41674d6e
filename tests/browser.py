"""One Chromium for all tests of pages, and a window of it, of any size and with any preferences.

They need Debian's `chromium` and `chromium-driver`, and the file axe.min.js of the npm package axe-core, named by AXE_PATH.
"""

import base64
import os
import shutil
from pathlib import Path

import pytest

FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
PATIENCE = 60
"""Seconds; a machine that is busy with other tests is slow to show a page."""


def need(found, what):
    """Skips without it on a desk, and fails in CI."""
    if not found:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"needs {what}")
    return found


def axe_core():
    path = need(os.environ.get("AXE_PATH"), "axe-core: AXE_PATH has to name its axe.min.js")
    return Path(path).read_text(encoding="utf-8")


def chromium():
    if os.environ.get("CI") != "true":
        pytest.importorskip("selenium", reason="needs selenium: pip install -e '.[test]'")
    from selenium import webdriver  # noqa: PLC0415 - only where a browser is asked for
    from selenium.webdriver.chrome.service import Service  # noqa: PLC0415

    options = webdriver.ChromeOptions()
    options.binary_location = need(shutil.which("chromium"), "chromium: apt-get install chromium")
    service = Service(need(shutil.which("chromedriver"), "chromedriver: apt-get install chromium-driver"))
    for flag in FLAGS.split():
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=service)


class Window:
    def __init__(self, driver, address):
        self.driver = driver
        self.address = address

    def look(self, size, script="", **media):
        """Open the page anew: in a window of this size, with these preferences."""
        width, height = size
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        usual = {"prefers-color-scheme": "light", "prefers-reduced-motion": "reduce", "forced-colors": "none"}
        wanted = usual | {"prefers-contrast": "no-preference"} | media
        self.cdp("Emulation.setEmulatedMedia", features=[{"name": n, "value": v} for n, v in wanted.items()])
        first = self.cdp("Page.addScriptToEvaluateOnNewDocument", source=script)
        self.driver.get(self.address)
        self.cdp("Page.removeScriptToEvaluateOnNewDocument", **first)

    def cdp(self, command, **arguments):
        return self.driver.execute_cdp_cmd(command, arguments)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def until(self, holds):
        from selenium.common import TimeoutException  # noqa: PLC0415
        from selenium.webdriver.support.wait import WebDriverWait  # noqa: PLC0415

        try:
            return WebDriverWait(self.driver, PATIENCE, poll_frequency=0.02).until(lambda _: holds())
        except TimeoutException:
            pytest.fail(f"waited in vain; the page shows:\n{self.run('return document.body.innerText')}")

    def found_by(self, axe, *, undecided=True):
        """What axe-core finds wrong, and what it could not decide."""
        run = (
            f"{axe}; const done = arguments[0]; axe.run(document).then((all) => done([all.violations, all.incomplete]"
            ".map((kind) => kind.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)))))"
        )
        wrong, unclear = self.driver.execute_async_script(run)
        return wrong + unclear if undecided else wrong

    def is_too_wide(self):
        return self.run("return document.documentElement.scrollWidth > innerWidth")

    def sheets(self):
        """Sides of paper that the page takes, on the paper that it asks for."""
        printed = self.cdp("Page.printToPDF", preferCSSPageSize=True)["data"]
        return base64.b64decode(printed).count(b"/Type /Page\n")
