"""The readable page and the map in a real browser: judged by axe-core in every look, reflowed, printed, made larger."""

import os

import pytest

from ivr.channels.map.document import document
from ivr.channels.page import Contact, page
from small import long
from timed import line

if os.environ.get("CI") != "true":
    pytest.importorskip("selenium", reason="needs selenium: pip install -e '.[test]'")
from selenium.webdriver import ActionChains

from browser import Window

LANGUAGES = ("en-US", "es-US")
WIDTHS = {"desktop": ((1280, 900), {}), "phone": ((360, 780), {}), "400 %": ((320, 225), {})}
LOOKS = WIDTHS | {
    "phone, dark": ((360, 780), {"prefers-color-scheme": "dark"}),
    "desktop, more contrast": ((1280, 900), {"prefers-contrast": "more"}),
    "desktop, forced colours": ((1280, 900), {"forced-colors": "active"}),
}


@pytest.fixture(params=LANGUAGES)
def shown(request, driver, tmp_path):
    """The page of a line with hours, which is the fullest."""
    script = line()
    file = tmp_path / "page.html"
    links = dict.fromkeys(script.languages, "other.html")
    file.write_text(
        page(script, request.param, links, picture="map", contact=Contact("+19735550123", "+19735550124")),
        encoding="utf-8",
    )
    window = Window(driver, file.as_uri())
    window.language = request.param
    return window


def test_axe_finds_nothing_and_nothing_runs_off_the_page_in_any_look(shown, axe):
    looks = LOOKS if shown.language == LANGUAGES[0] else WIDTHS
    for look, (size, media) in looks.items():
        shown.look(size, **media)
        assert shown.found_by(axe) == [], look
        assert not shown.is_too_wide(), look


@pytest.mark.parametrize("size", [(1280, 900), (320, 225)])
def test_whatever_is_touched_is_large_enough_or_stands_apart(shown, size):
    """24 by 24 pixels at least (WCAG 2.5.8)."""
    shown.look(size)
    small = shown.run(
        "return [...document.querySelectorAll('a')].map((e) => [e.innerText, e.getBoundingClientRect()])"
        ".filter(([, box]) => box.width < 24 || box.height < 24).map(([name, box]) => `${name} ${box.width} ${box.height}`)"
    )

    assert small == []


def test_the_menu_fills_the_front_of_one_sheet_and_the_texts_its_back(shown):
    shown.look((1280, 900))
    assert shown.sheets() == 2
    shown.cdp("Emulation.setEmulatedMedia", media="print")
    breaks = shown.run("return getComputedStyle(document.querySelector('.read')).breakBefore")
    shown.cdp("Emulation.setEmulatedMedia", media="")

    assert breaks == "page"


def test_a_link_of_the_menu_leads_to_what_is_told(shown):
    shown.look((360, 780))
    shown.run('document.querySelector(\'a[href="#plantar-fasciitis"], a[href$="--plantar-fasciitis"]\').click()')
    top = shown.run("return document.querySelector(':target').getBoundingClientRect().top")

    assert 0 <= top < 780


# --- the map -------------------------------------------------------------------------------------


@pytest.fixture(params=["en-US", "es-US", "60 places"])
def drawn(request, driver, script, tmp_path):
    line, tag = (script, request.param) if request.param in LANGUAGES else (long(script, 60), "en-US")
    file = tmp_path / "map.html"
    file.write_text(document(line, tag, {}, page="page.html"), encoding="utf-8")
    window = Window(driver, file.as_uri())
    window.looks = LOOKS if request.param == LANGUAGES[0] else {"desktop": WIDTHS["desktop"]}
    return window


def test_axe_finds_nothing_in_the_map_and_it_keeps_to_its_window(drawn, axe):
    for look, (size, media) in drawn.looks.items():
        drawn.look(size, **media)
        assert drawn.found_by(axe, undecided=False) == [], look  # over a picture axe cannot decide about contrast
        assert not drawn.is_too_wide(), look


def test_no_words_of_the_map_leave_their_box(drawn):
    drawn.look((1280, 900))
    outside = drawn.run(
        "return [...document.querySelectorAll('svg .box')].flatMap((box) => { const r = box.querySelector('rect').getBBox();"
        " return [...box.querySelectorAll('text')].filter((t) => { const b = t.getBBox();"
        " return b.x < r.x || b.x + b.width > r.x + r.width || b.y < r.y || b.y + b.height > r.y + r.height; })"
        ".map((t) => t.textContent); })"
    )

    assert outside == []


def test_the_map_is_made_larger_by_buttons_and_by_keys(drawn):
    drawn.look((1280, 900))
    width = lambda: drawn.run("return document.querySelector('svg').getBoundingClientRect().width")  # noqa: E731
    first = width()
    drawn.run("document.querySelector('[data-zoom=in]').click()")
    assert width() == pytest.approx(first * 1.25, rel=0.01)
    drawn.run("document.getElementById('view').focus()")
    for key, factor in (("+", 1.25**2), ("-", 1.25), ("-", 1)):
        ActionChains(drawn.driver).send_keys(key).perform()
        assert width() == pytest.approx(first * factor, rel=0.01)
    ActionChains(drawn.driver).send_keys("0").perform()
    assert width() <= drawn.run("return document.getElementById('view').clientWidth")
    assert drawn.run("return document.getElementById('size').textContent").endswith(" %")
