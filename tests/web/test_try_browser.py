"""The page on which a draft is tried, in a real browser: by keyboard alone, in both languages, judged by axe-core.

They need Debian's `chromium` and `chromium-driver`, and the file axe.min.js of the npm package axe-core, named by AXE_PATH.
"""

import os
import shutil
from pathlib import Path
from threading import Thread

import pytest

from ivr.check.finding import Finding, Severity
from ivr.script.folders import sample
from ivr.script.model import Place
from ivr.web.draft import Draft
from ivr.web.local import local_server
from ivr.web.trying import create_try_app
from web.lines import Judge

if os.environ.get("CI") != "true":
    pytest.importorskip("selenium", reason="needs selenium: pip install -e '.[test]'")
from selenium.webdriver import ActionChains, Keys

from browser import Window

DESKTOP, PHONE, ZOOMED = (1440, 900), (390, 844), (320, 256)
"""The last one is what 400 % leaves of a window of 1280 by 1024."""

MOST_STOPS = 60

FAKE_VOICES = """
const said = [];
const voices = [["Paulina", "es-MX", true], ["Lupe", "es-US", false], ["Joanna", "en_US", true]].map(
  ([name, lang, localService]) => ({ name, lang, localService, voiceURI: name }));
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  said, getVoices: () => voices, addEventListener() {},
  speak({ text, lang, rate, voice }) { said.push({ text, lang, rate, voice: voice?.name }); },
  cancel() { said.length = 0; },
} });
"""


@pytest.fixture
def folder(tmp_path):
    """A copy of the sample that may be spoilt."""
    return Path(shutil.copytree(sample(), tmp_path / "line"))


@pytest.fixture
def judge():
    """Stands for the checker."""
    return Judge()


@pytest.fixture
def page(driver, folder, judge):
    server = local_server(create_try_app(Draft(folder, judge)))
    Thread(target=server.serve_forever, daemon=True).start()
    page = Page(driver, f"http://127.0.0.1:{server.port}/")
    page.look()
    yield page
    driver.get("about:blank")  # so that nobody asks any more
    server.shutdown()


class Page(Window):
    """The page under the hands of somebody who uses nothing but a keyboard."""

    def look(self, size=DESKTOP, script="", **media):
        super().look(size, script, **media)
        self.until(lambda: self.text("sound").startswith("Sound"))

    def text(self, name):
        return self.run("return document.getElementById(arguments[0]).innerText", name)

    def hears(self, words):
        self.until(lambda: words in self.text("entries"))

    @property
    def focus(self):
        """What has the focus: its id, or what it presses or chooses."""
        return self.run(
            "const e = document.activeElement;"
            "return e.id || e.dataset.key || e.dataset.outcome || (e === document.body ? '' : e.innerText)"
        )

    def type(self, *keys):
        ActionChains(self.driver).send_keys(*keys).perform()

    def go_to(self, name):
        """Press Tab until it has the focus."""
        for _ in range(MOST_STOPS):
            if self.focus == name:
                return self
            self.type(Keys.TAB)
        pytest.fail(f"Tab never comes to {name}")

    def choose(self, name, words):
        """Press Down in a list of choices until the one that begins so is chosen.

        Typing its first letters would depend on how quickly they follow each other.
        """
        self.go_to(name)
        for _ in range(MOST_STOPS):
            if self.run("return document.activeElement.selectedOptions[0].text").startswith(words):
                return
            self.type(Keys.DOWN)
        pytest.fail(f"{name} has no choice that begins with {words}")

    def call(self):
        self.go_to("call").type(Keys.ENTER)
        self.hears("Five choices.")

    def let_it_ring(self):
        self.go_to("silence").type(Keys.SPACE)
        self.until(lambda: self.focus == "busy")


def save(folder, name, old, new):
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


# --- by keyboard alone ---------------------------------------------------------------------------


def test_a_call_by_keyboard_alone_to_a_transfer_and_back_in_both_languages(page):
    page.call()
    page.type("5")
    page.hears("Connecting you now.")
    page.let_it_ring()
    assert "It rings at Billing, 570-386-2366" in page.text("ringing")
    page.type(Keys.ENTER)
    page.hears("The line is busy.")
    assert page.focus == "silence"
    page.type("3")
    page.hears("Main menu. …")

    page.type("8")
    page.hears("Español. …")
    page.go_to("words").type("facturación", Keys.ENTER)
    page.hears("Le comunico ahora.")
    assert (page.focus, page.run("return document.activeElement.value")) == ("words", "")
    page.let_it_ring()
    page.go_to("no answer").type(Keys.SPACE)
    page.hears("Nadie contestó.")
    page.go_to("words").type("adiós", Keys.ENTER)
    page.hears("Gracias por llamar.")
    page.go_to("silence").type(Keys.ENTER)
    page.hears("The line hangs up.")
    assert page.text("call") == "Call the line"
    assert page.focus == "silence"


def test_every_word_is_marked_with_its_language_and_speaker(page):
    page.call()
    page.type("8")
    page.hears("Español. …")
    page.go_to("words").type("dolor de espalda", Keys.ENTER)
    page.hears("Dolor de espalda.")
    said = page.run(
        "return [...document.querySelectorAll('.entry')].map((entry) => [entry.querySelector('b').textContent,"
        " [...entry.querySelectorAll('.words')].map((words) => words.lang).join(' ')])"
    )

    assert said[0] == ["Line", "en-US es-US en-US"]
    assert said[1:] == [["Caller", ""], ["Line", "es-US"], ["Caller", "es-US"], ["Line", "es-US"]]
    assert page.run("return document.querySelector('#log').getAttribute('aria-live')") == "polite"


def test_a_call_can_begin_elsewhere_be_hung_up_and_begun_anew(page):
    page.choose("begin-language", "Espa")
    page.choose("begin-place", "Fax")
    page.go_to("call").type(Keys.ENTER)
    page.hears("Número de fax")
    page.go_to("new-call").type(Keys.ENTER)
    page.until(lambda: page.text("entries").count("Número de fax") == 1)
    page.go_to("call").type(Keys.ENTER)
    page.hears("hangs up")
    assert page.text("clock") != "0:00"
    page.type("1")
    page.until(lambda: page.text("told") == "Nobody is on the phone. Call the line first.")


def test_keys_of_the_keyboard_press_nothing_while_typing_or_when_that_is_switched_off(page):
    page.call()
    page.go_to("words").type("5")
    assert page.run("return document.activeElement.value") == "5"
    page.type(Keys.BACKSPACE)
    page.go_to("typing").type(Keys.SPACE)
    page.go_to("silence").type("5", Keys.ENTER)
    page.hears("says nothing")

    assert "presses" not in page.text("entries")


def test_keys_that_are_pressed_quickly_each_meet_the_place_that_the_one_before_led_to(page):
    page.call()
    page.type("1", "2")
    page.hears("What happens in a session.")


def test_tab_goes_through_the_page_once_and_out_again_and_always_shows_where_it_is(page):
    stops = []
    while not stops or page.focus:
        page.type(Keys.TAB)
        if page.focus:
            stops.append(page.focus)
            assert page.run("return getComputedStyle(document.activeElement).outlineStyle") != "none", page.focus
        assert len(stops) < MOST_STOPS

    assert len(set(stops)) == len(stops)
    assert {"call", "log", "words", "1", "#", "silence", "speaking"} <= set(stops)


def test_the_first_stop_skips_to_the_telephone(page):
    page.type(Keys.TAB)
    assert page.focus == "Skip to the telephone"
    page.type(Keys.ENTER)
    page.until(lambda: page.focus == "telephone")
    page.type(Keys.TAB)
    assert page.focus == "words"


# --- files that are saved ------------------------------------------------------------------------


def test_a_saved_file_is_heard_in_the_call_and_an_unsound_one_is_named(page, folder):
    page.call()
    save(folder, "en-US.yaml", "label: Fax number", "label: Sending a fax")
    page.hears("The call goes on in the new words")
    page.type("#")
    page.hears("Sending a fax")

    save(folder, "line.yaml", "5: billing", "8: billing")
    page.until(lambda: page.text("sound") == "Not sound yet: 1 to mend. The last sound draft keeps answering.")
    assert "Key 8 means the same everywhere" in page.text("findings")
    page.type("5")
    page.hears("Connecting you now.")

    save(folder, "line.yaml", "8: billing", "5: billing")
    page.until(lambda: page.text("sound").startswith("Sound: 16 places in English and Español"))
    assert page.text("findings") == ""


LONG = Finding("MENU-06", Severity.WARNING, Place("en-US.yaml", 3, 5), "this is long", "Say it in fewer words.")
DEAD_END = Finding(
    "ERR-09", Severity.ERROR, Place("line.yaml", 7, 3), "nothing leads on", "Add a way.", call="caller: 1"
)


def test_what_the_checker_finds_stands_beside_the_call_and_throws_nobody_out(page, folder, judge):
    page.look(script=FAKE_VOICES)
    judge.static, judge.walked, judge.at_once = (LONG,), (LONG, DEAD_END), False
    page.go_to("speaking").type(Keys.SPACE)
    page.go_to("voice-en-US")
    save(folder, "en-US.yaml", "label: Fax number", "label: Sending a fax")
    page.until(lambda: page.text("sound").endswith("with one remark. Every call is being walked …"))
    assert "Say it in fewer words." in page.text("findings")

    judge.finish()
    page.until(lambda: page.text("sound").startswith("Not ready: one error to mend before it can be published."))
    assert page.focus == "voice-en-US"
    assert page.driver.title.startswith("(1) ")
    page.go_to("A call that shows it").type(Keys.ENTER)
    assert "caller: 1" in page.text("findings")
    page.call()  # it can be called all the same


def test_a_program_that_has_stopped_is_told(driver, folder):
    server = local_server(create_try_app(Draft(folder, Judge())))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    page = Page(driver, f"http://127.0.0.1:{server.port}/")
    page.look()
    page.call()
    server.shutdown()
    thread.join()
    page.type("1")

    page.until(lambda: "has stopped" in page.text("told"))
    page.until(lambda: "has stopped" in page.text("sound"))
    assert page.text("call") == "Hang up"


# --- aloud ---------------------------------------------------------------------------------------


def test_it_speaks_only_when_asked_in_each_language_and_not_over_the_caller(page):
    page.look(script=FAKE_VOICES)
    said = lambda: page.run("return speechSynthesis.said.map(({ lang, voice }) => `${lang} ${voice}`)")  # noqa: E731
    page.call()
    assert said() == []

    page.go_to("speaking").type(Keys.SPACE)
    assert "Voice for Español" in page.text("voices")
    assert "Paulina" in page.text("voices")
    assert "Lupe (online)" in page.text("voices")
    page.go_to("new-call").type(Keys.ENTER)
    page.until(lambda: set(said()) == {"en-US Joanna", "es-US Lupe"})
    page.choose("voice-es-US", "Pau")
    page.go_to("silence").type("8")
    page.until(lambda: set(said()) == {"es-US Paulina"})
    page.go_to("call").type(Keys.ENTER)
    page.until(lambda: said() == [])


# --- for every eye -------------------------------------------------------------------------------

LOOKS = {
    "desktop": (DESKTOP, {}),
    "phone": (PHONE, {}),
    "zoomed": (ZOOMED, {}),
    "desktop, dark": (DESKTOP, {"prefers-color-scheme": "dark"}),
    "zoomed, dark": (ZOOMED, {"prefers-color-scheme": "dark"}),
    "forced colours": (DESKTOP, {"forced-colors": "active"}),
}


def found_by_axe(page, axe):
    """What axe-core finds wrong; where nothing scrolls in the page, also what it could not decide."""
    scrolls = page.run("return getComputedStyle(document.querySelector('#log')).overflowY !== 'visible'")
    return page.found_by(axe, undecided=not scrolls)


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_nothing_runs_off_the_page(page, folder, axe, look):
    size, media = LOOKS[look]
    page.look(size, script=FAKE_VOICES, **media)
    assert not found_by_axe(page, axe)

    page.go_to("speaking").type(Keys.SPACE)
    page.call()
    page.type("8")
    page.hears("Español. …")
    save(folder, "line.yaml", "5: billing", "8: billing")
    page.until(lambda: "Not sound" in page.text("sound"))
    assert not found_by_axe(page, axe)
    assert not page.is_too_wide()

    page.go_to("words").type("facturación", Keys.ENTER)
    page.hears("Le comunico ahora.")
    page.let_it_ring()
    assert not found_by_axe(page, axe)
    assert not page.is_too_wide()


@pytest.mark.parametrize("size", [DESKTOP, PHONE, ZOOMED])
def test_whatever_is_pressed_is_large_enough(page, size):
    page.look(size)
    page.call()
    small = page.run(
        "return [...document.querySelectorAll('button, select, input[type=text], label.tick')]"
        ".map((e) => [e.innerText || e.id, e.getBoundingClientRect()])"
        ".filter(([, box]) => box.width && (box.width < 44 || box.height < 44)).map(([name]) => name)"
    )

    assert not small


@pytest.mark.parametrize(("motion", "name"), [("reduce", "none"), ("no-preference", "arrive")])
def test_nothing_moves_for_those_who_do_not_want_it(page, motion, name):
    page.look(**{"prefers-reduced-motion": motion})
    page.call()

    assert page.run("return getComputedStyle(document.querySelector('.entry')).animationName") == name


def test_the_page_asks_nobody_else_and_breaks_no_rule_of_its_own(page):
    page.driver.get_log("browser")
    page.look()
    page.call()
    asked = page.run("return performance.getEntriesByType('resource').map(({ name }) => name)")

    assert asked
    assert all(address.startswith(page.address) for address in asked)
    assert page.driver.get_log("browser") == []
