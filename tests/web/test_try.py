"""The page on which a draft is tried, as its own requests meet it: calls, saved files, strangers."""

import os
import re
import shutil
from importlib import resources
from pathlib import Path
from queue import Queue

import pytest
from click.testing import CliRunner
from werkzeug.serving import BaseWSGIServer

from ivr.channels import plain
from ivr.channels.plain import OUTCOMES
from ivr.check.finding import Finding, Severity
from ivr.cli import main
from ivr.dialog.inputs import Key, Said, Silence
from ivr.phone import rehearsal
from ivr.phone.heard import Doing, Heard, Line, NotNowError
from ivr.script.catalogue import KEYS
from ivr.script.folders import sample
from ivr.script.model import Place
from ivr.web.draft import Draft
from ivr.web.local import LOOPBACK, local_server
from ivr.web.trying import create_try_app
from web.lines import Judge

HOST = "http://127.0.0.1:5000"
OWN = {"Origin": HOST, "Sec-Fetch-Site": "same-origin"}
FILES = sorted((sample() / "rehearsals").glob("*.txt"))
REHEARSALS = [file for file in FILES if not file.read_text(encoding="utf-8").startswith("channel: text")]
PAGES = resources.files("ivr.web") / "pages"


@pytest.fixture
def folder(tmp_path):
    """A copy of the sample that may be spoilt."""
    return Path(shutil.copytree(sample(), tmp_path / "line"))


@pytest.fixture
def client(folder):
    return create_try_app(Draft(folder, Judge())).test_client()


@pytest.fixture(scope="module")
def sound_client():
    return create_try_app(Draft(sample(), Judge())).test_client()


def ask(client, path, asked, **headers):
    return client.post(path, json=asked, base_url=HOST, headers=OWN | headers)


def draft(client):
    return client.get("/draft", base_url=HOST).get_json()


def save(folder, name, old, new):
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


class PagePhone:
    """A call as the page makes it: the state goes back and forth, and steps follow each other by themselves."""

    def __init__(self, client, script, begin=None):
        self.client = client
        self.written = {number.written: number.e164 for number in script.numbers.values()}
        self.asked = begin or {}
        self.steps = []

    def begin(self):
        return self.play(ask(self.client, "/call", self.asked))

    def give(self, given):
        step, is_silent, is_outcome = self.steps[0], given == Silence(), given in OUTCOMES.values()
        if is_outcome != (step["doing"] == "ringing"):
            raise NotNowError
        if step["goesOn"] and (is_silent or is_outcome):
            return self.hear(self.steps[1:])
        return self.play(ask(self.client, "/turn", {"state": step["state"]} | spelt(given)))

    def play(self, answer):
        assert answer.status_code == 200, answer.text
        return self.hear(answer.get_json()["steps"])

    def hear(self, steps):
        self.steps, step = steps, steps[0]
        lines = tuple(Line(line["language"], line["text"]) for line in step["lines"])
        dialled = self.written.get(step["dialled"], "")
        return Heard(lines, Doing(step["doing"]), step["seconds"], step["window"], dialled)


def spelt(given):
    match given:
        case Key(key):
            return {"key": key}
        case Said(words):
            return {"words": words}
        case Silence():
            return {}
    return {"outcome": plain.spell(given)[1:-1]}


# --- calls ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", REHEARSALS, ids=lambda file: file.stem)
def test_a_call_on_the_page_goes_as_on_every_phone(sound_client, script, file):
    written = rehearsal.parse(file.name, file.read_text(encoding="utf-8"))
    begin = {"language": written.language, "place": written.node}

    assert not rehearsal.differences(written, PagePhone(sound_client, script, begin))


def test_a_transfer_rings_only_after_the_seconds_in_which_it_can_be_called_off(sound_client):
    announced, rings = ask(sound_client, "/call", {"place": "billing"}).get_json()["steps"]

    assert (announced["doing"], announced["goesOn"], announced["window"]) == ("listening", True, 3)
    assert (rings["doing"], rings["goesOn"], rings["dialled"]) == ("ringing", False, "570-386-2366")
    called_off = ask(sound_client, "/turn", {"state": announced["state"], "key": "*"}).get_json()["steps"]
    assert [step["doing"] for step in called_off] == ["listening"]


@pytest.mark.parametrize(("outcome", "passed"), [("busy", 0), ("no answer", 25), ("answered", 60), ("hung up", 8)])
def test_the_clock_is_told_how_long_a_transfer_took(sound_client, outcome, passed):
    rings = ask(sound_client, "/call", {"place": "billing"}).get_json()["steps"][-1]

    assert ask(sound_client, "/turn", {"state": rings["state"], "outcome": outcome}).get_json()["passed"] == passed


@pytest.mark.parametrize(
    ("asked", "understood"),
    [
        ({"key": "5"}, {"text": "Understood:", "name": "Billing", "language": "en-US"}),
        ({"words": "main menu"}, {"text": "Understood:", "name": "Main menu", "language": "en-US"}),
        ({"words": "chest pain"}, {"text": "Understood: an emergency."}),
        ({"words": "marmalade"}, {"text": "Not understood, once."}),
        ({}, {"text": "Nothing heard, once."}),
    ],
)
def test_it_is_told_what_the_line_made_of_it(sound_client, asked, understood):
    start = ask(sound_client, "/call", {}).get_json()["steps"][0]

    assert ask(sound_client, "/turn", {"state": start["state"]} | asked).get_json()["understood"] == understood


@pytest.mark.parametrize(
    ("path", "asked", "problem"),
    [
        ("/call", {"place": "nowhere"}, 'There is no place "nowhere"'),
        ("/call", {"language": "de-DE"}, 'There is no language "de-DE"'),
        ("/turn", {"state": "", "key": "x"}, "x is not a key of a telephone."),
        ("/turn", {"state": "", "outcome": "bored"}, "bored is not what becomes of a call."),
        ("/turn", {"state": 7}, "state has to be words."),
        ("/turn", [], "not what the page would ask"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_sentence(sound_client, path, asked, problem):
    answer = ask(sound_client, path, asked)

    assert answer.status_code == 400
    assert problem in answer.get_json()["problem"]


@pytest.mark.parametrize("state", ["", "v=1.abc&n=gone&l=en-US", "%00"])
def test_a_state_that_means_nothing_begins_again_with_a_word_about_it(sound_client, state):
    answer = ask(sound_client, "/turn", {"state": state, "key": "1"})

    assert answer.status_code == 200
    assert answer.get_json()["steps"][0]["place"] == "Main menu"


# --- files that are saved ------------------------------------------------------------------------


def test_a_call_goes_on_at_its_place_in_the_new_words(client, folder):
    start = ask(client, "/call", {"place": "treatment"}).get_json()["steps"][0]
    before = draft(client)
    save(folder, "en-US.yaml", "label: Active release technique", "label: Hands on treatment")
    again = ask(client, "/turn", {"state": start["state"], "key": "#"}).get_json()

    assert again["steps"][0]["lines"][0]["text"].startswith("Hands on treatment.")
    assert again["version"] != before["version"]
    assert f"v=1.{again['version']}" in again["steps"][0]["state"]


def test_the_map_of_the_draft_is_a_page_too(client, folder):
    got = client.get("/map")

    assert "<svg" in got.text
    assert "script-src 'sha256-" in got.headers["Content-Security-Policy"]
    assert got.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert 'href="/map"' in client.get("/").text


def test_an_unsound_draft_is_named_while_the_last_sound_one_answers(client, folder):
    start = ask(client, "/call", {}).get_json()["steps"][0]
    sound = draft(client)
    assert sound["sound"]
    assert not sound["findings"]

    save(folder, "line.yaml", "5: billing", "8: billing")
    unsound = draft(client)
    assert (unsound["sound"], unsound["version"]) == (False, sound["version"])
    found = unsound["findings"][0]
    assert re.fullmatch(r"line\.yaml:\d+:\d+", found["place"])
    assert (found["severity"], found["what"][:5]) == ("error", "Key 8")
    assert found["mend"]
    billing = ask(client, "/turn", {"state": start["state"], "key": "5"}).get_json()
    assert billing["understood"]["name"] == "Billing"

    save(folder, "line.yaml", "8: billing", "5: billing")
    assert draft(client)["sound"]


def test_a_notice_beside_the_draft_that_cannot_be_read_is_named_too(client, folder):
    (folder / "notice.yaml").write_text("until: tonight\nen-US: Closed.\n", encoding="utf-8")
    told = draft(client)

    assert told["sound"]
    assert [(found["severity"], found["place"]) for found in told["findings"]] == [("error", "notice.yaml:1:8")]


def test_a_draft_that_was_never_sound_cannot_be_called_and_says_so(folder):
    save(folder, "line.yaml", "start: main menu", "start: nowhere")
    client = create_try_app(Draft(folder, Judge())).test_client()

    assert draft(client)["findings"]
    answer = ask(client, "/call", {})
    assert answer.status_code == 409
    assert "Mend what is named" in answer.get_json()["problem"]
    save(folder, "line.yaml", "start: nowhere", "start: main menu")
    assert ask(client, "/call", {}).status_code == 200


def test_a_folder_that_goes_away_and_comes_back_does_not_end_the_trying(client, folder):
    assert draft(client)["sound"]
    away = folder.rename(folder.with_name("away"))
    assert "there is no folder" in draft(client)["findings"][0]["what"].lower()
    assert ask(client, "/call", {}).status_code == 200
    away.rename(folder)
    assert draft(client)["sound"]


def test_a_file_that_is_replaced_by_one_of_the_same_size_and_time_is_noticed(client, folder):
    before = draft(client)["version"]
    file, other = folder / "en-US.yaml", folder / "other"
    other.write_bytes(file.read_bytes().replace(b"Take your time", b"Have your time"))
    os.utime(other, ns=(file.stat().st_atime_ns, file.stat().st_mtime_ns))
    other.replace(file)

    assert draft(client)["version"] != before


# --- what the checker says -----------------------------------------------------------------------

LONG = Finding("MENU-06", Severity.ADVICE, Place("en-US.yaml", 3, 5), "this is long", "Say it in fewer words.")
DEAD_END = Finding(
    "ERR-09", Severity.ERROR, Place("line.yaml", 7, 3), "nothing leads on", "Add a way on.", call="caller: 1"
)


def judged(folder, judge):
    return create_try_app(Draft(folder, judge)).test_client()


def test_what_reading_finds_is_told_at_once_and_what_walking_finds_when_it_is_known(folder):
    judge = Judge(static=(LONG,), walked=(LONG, DEAD_END), at_once=False)
    client = judged(folder, judge)

    told = draft(client)
    assert (told["sound"], told["checked"]) == (True, "walking")
    assert told["findings"] == [
        {
            "rule": "MENU-06",
            "severity": "advice",
            "place": "en-US.yaml:3:5",
            "what": "This is long.",
            "mend": "Say it in fewer words.",
            "call": "",
        }
    ]
    judge.finish()
    told = draft(client)
    assert (told["sound"], told["checked"]) == (True, "done")
    assert [(found["rule"], found["call"]) for found in told["findings"]] == [("ERR-09", "caller: 1"), ("MENU-06", "")]


def test_each_save_is_judged_once_and_what_was_saved_over_no_longer(folder):
    judge = Judge(at_once=False)
    client = judged(folder, judge)
    for _ in range(3):
        assert draft(client)["checked"] == "walking"
    assert judge.stopped == []
    save(folder, "es-US.yaml", "Menú principal", "Menú")
    assert draft(client)["checked"] == "walking"

    assert len(judge.asked) == 2
    assert judge.stopped == judge.asked[:1]


def test_a_draft_that_cannot_be_read_is_not_judged(folder):
    judge = Judge()
    save(folder, "line.yaml", "start: main menu", "start: nowhere")

    assert draft(judged(folder, judge))["checked"] == "done"
    assert judge.asked == []


def test_a_check_that_came_to_nothing_is_told(folder):
    judge = Judge(at_once=False)
    client = judged(folder, judge)
    draft(client)
    judge.fail()

    assert draft(client)["checked"] == "failed"


# --- strangers -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/draft", "/try.js", "/nothing"])
@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:5000", "192.0.2.1", "localhost.example"])
def test_a_name_that_was_made_to_point_here_is_refused(sound_client, path, host):
    assert sound_client.get(path, base_url=f"http://{host}").status_code == 403


@pytest.mark.parametrize("host", ["127.0.0.1:5000", "localhost:5000", "[::1]:5000", "[::1]", "LOCALHOST"])
def test_the_names_of_this_machine_are_answered(sound_client, host):
    assert sound_client.get("/draft", base_url=f"http://{host}").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8000"},
        {"Origin": "https://127.0.0.1:5000"},
        {"Origin": HOST, "Sec-Fetch-Site": "cross-site"},
        {"Origin": HOST, "Sec-Fetch-Site": "same-site"},
    ],
)
def test_every_route_that_takes_a_post_refuses_other_sites(sound_client, headers):
    rules = sound_client.application.url_map.iter_rules()
    posts = [rule.rule for rule in rules if rule.methods - {"GET", "HEAD", "OPTIONS"}]

    assert set(posts) == {"/call", "/turn"}
    for path in posts:
        assert sound_client.post(path, json={}, base_url=HOST, headers=headers).status_code == 403


def test_a_form_cannot_ask_even_from_the_page_itself(sound_client):
    assert sound_client.post("/call", data={"place": "billing"}, base_url=HOST, headers=OWN).status_code == 415


@pytest.mark.parametrize("path", ["/", "/try.js", "/draft", "/nothing"])
def test_everything_is_kept_to_the_page_itself(sound_client, path):
    headers = sound_client.get(path, base_url=HOST).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers


def test_it_listens_on_this_machine_only(sound_client):
    server = local_server(sound_client.application)
    try:
        assert server.socket.getsockname() == (LOOPBACK, server.port)
    finally:
        server.server_close()


def test_a_request_that_is_far_too_large_is_refused(sound_client):
    assert ask(sound_client, "/turn", {"state": "", "words": "a" * 20_000}).status_code == 413


# --- the page ------------------------------------------------------------------------------------


def test_the_page_offers_the_keys_and_outcomes_that_there_are():
    page = (PAGES / "try.html").read_text(encoding="utf-8")

    assert sorted(re.findall(r'data-key="(.)"', page)) == sorted(KEYS)
    assert set(re.findall(r'data-outcome="([^"]+)"', page)) == set(OUTCOMES)


@pytest.mark.parametrize("file", list(PAGES.iterdir()), ids=lambda file: file.name)
def test_the_pages_files_are_short_stay_here_and_are_served(sound_client, file):
    text = file.read_text(encoding="utf-8")
    answer = sound_client.get(f"/{file.name}", base_url=HOST, follow_redirects=True)

    assert len(text.splitlines()) <= 350
    assert not re.findall(r"https?://(?!www\.w3\.org/2000/svg)", text)
    assert not re.search(r"<script>|<style| style=| on\w+=|innerHTML|eval\(", text)
    assert answer.text == text
    assert answer.mimetype.split("/")[0] in {"text", "image"}


# --- the command ---------------------------------------------------------------------------------


@pytest.fixture
def opened(monkeypatch):
    """The addresses that a browser is asked to open; the server ends at once."""
    addresses = Queue()
    monkeypatch.setattr("webbrowser.open", addresses.put)
    monkeypatch.setattr(BaseWSGIServer, "serve_forever", BaseWSGIServer.server_close)
    return addresses


def test_the_command_opens_the_page_on_this_machine(opened):
    said = CliRunner().invoke(main, ["try"]).output

    assert opened.get(timeout=10) == re.search(r"http://127\.0\.0\.1:\d+/", said)[0]


def test_the_command_only_prints_the_address_when_asked(opened):
    assert "http://127.0.0.1:" in CliRunner().invoke(main, ["try", "--no-browser"]).output
    assert opened.empty()


def test_a_port_that_is_taken_is_told_in_one_sentence(sound_client):
    taken = local_server(sound_client.application)
    try:
        done = CliRunner().invoke(main, ["try", "--no-browser", "--port", str(taken.port)])
    finally:
        taken.server_close()

    assert done.exit_code == 1
    assert f"Port {taken.port} cannot be used" in done.output


def test_the_page_cannot_be_put_where_others_reach_it():
    assert "No such option" in CliRunner().invoke(main, ["try", "--host", "0.0.0.0"]).output


@pytest.mark.parametrize(
    ("moment", "heard"),
    [("2026-11-23T18:30", "They are closed now."), ("2026-11-23T12:00", "Connecting you now.")],
)
def test_a_closed_line_can_be_tried_at_any_hour(client, folder, moment, heard):
    save(folder, "line.yaml", "3166\n    hours: unknown", "3166\n    hours: {monday: 8:30-17:00}")
    asked = {"place": "reception", "language": "en-US", "moment": moment}

    assert heard in ask(client, "/call", asked).text
    assert ask(client, "/call", asked | {"moment": "noon"}).status_code == 400


def test_a_notice_beside_the_files_is_tried_too(client, folder):
    (folder / "notice.yaml").write_text("until: 2026-11-23T18:00\nen-US: Snow today.\n", encoding="utf-8")

    assert "Snow today." in ask(client, "/call", {"moment": "2026-11-23T17:59"}).text
    assert "Snow today." not in ask(client, "/call", {"moment": "2026-11-23T18:00"}).text
