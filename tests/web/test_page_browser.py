"""The readable page in a real browser: judged by axe-core in every look, reflowed, printed."""

import pytest

from browser import Window
from ivr.channels.page import Contact, page

LANGUAGES = ("en-US", "es-US")
LOOKS = {
    "desktop": ((1280, 900), {}),
    "phone": ((360, 780), {}),
    "400 %": ((320, 225), {}),
    "phone, dark": ((360, 780), {"prefers-color-scheme": "dark"}),
    "desktop, more contrast": ((1280, 900), {"prefers-contrast": "more"}),
    "desktop, forced colours": ((1280, 900), {"forced-colors": "active"}),
}


@pytest.fixture(params=LANGUAGES)
def shown(request, driver, script, tmp_path):
    document = tmp_path / "page.html"
    links = dict.fromkeys(script.languages, "other.html")
    document.write_text(
        page(script, request.param, links, picture="map", contact=Contact("+19735550123", "+19735550124")),
        encoding="utf-8",
    )
    return Window(driver, document.as_uri())


def test_axe_finds_nothing_and_nothing_runs_off_the_page_in_any_look(shown, axe):
    for look, (size, media) in LOOKS.items():
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
