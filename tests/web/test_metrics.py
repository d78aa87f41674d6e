"""What `/metrics` tells, to whom; and that the alerts and the dashboard ask for what it tells."""

import json
import os
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from prometheus_client.parser import text_string_to_metric_families

from caller import Caller
from ivr.cli import main
from ivr.phone.played import TwimlPhone
from ivr.phone.twiml import TwimlCall
from ivr.script.folders import sample
from ivr.web import create_app
from ivr.web.counters import FOLDER, shared
from ivr.web.settings import Settings, SettingsError, from_environment
from signed import PUBLIC_URL, TOKEN, post, signed_post

SCRAPER = "m" * 32
DEPLOY = Path(__file__).resolve().parents[2] / "deploy"


@pytest.fixture
def app(monkeypatch, script, tmp_path):
    monkeypatch.setattr("ivr.web.app.read", lambda _: script)
    return create_app(Settings((TOKEN,), PUBLIC_URL, sample(), cache=tmp_path, metrics_token=SCRAPER))


def scraped(app):
    answer = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {SCRAPER}"})
    assert answer.status_code == 200
    samples = (sample for family in text_string_to_metric_families(answer.text) for sample in family.samples)
    return {(sample.name, *sample.labels.values()): sample.value for sample in samples}


def test_a_call_is_counted(app, script):
    caller = Caller(TwimlPhone(TwimlCall(signed_post(app), f"{PUBLIC_URL}/voice")))
    caller.press("6")
    caller.wait()
    caller.say("zwup wup")
    caller.press("5")
    caller.wait()
    caller.ends("no answer")
    found = scraped(app)

    assert found["ivr_turn_seconds_count",] == 6
    assert [found["ivr_inputs_total", what] for what in ("not_matched", "missing", "matched")] == [2, 1, 1]
    assert found["ivr_transfers_started_total",] == 1
    assert found["ivr_transfers_total", "no_answer"] == 1
    assert found["ivr_live", "folder", script.version] == 1
    assert found["ivr_problems",] == found["ivr_landings_total",] == found["ivr_refused_total",] == 0


def test_what_is_wrong_is_counted(app, monkeypatch, tmp_path):
    app.test_client().post("/voice")
    monkeypatch.setattr("ivr.web.phone.turn", lambda *_: 1 / 0)
    post(app, f"{PUBLIC_URL}/voice", {"CallSid": "CA1"})
    (tmp_path / "journal-e3b0c44298fc1c14").mkdir()
    (tmp_path / "journal-e3b0c44298fc1c14" / "1-a.spool").write_text("x" * 99)
    found = scraped(app)

    assert found["ivr_refused_total",] == found["ivr_landings_total",] == 1
    assert found["ivr_journal_waiting_bytes",] == 99


@pytest.mark.parametrize("sent", [{}, {"Authorization": "Bearer "}, {"Authorization": f"Bearer {SCRAPER}x"}, {"Authorization": SCRAPER}])  # fmt: skip
def test_it_is_not_shown_to_strangers(app, sent):
    assert app.test_client().get("/metrics", headers=sent).status_code == 401


def test_without_a_token_there_is_no_such_page(app, script):
    bare = create_app(replace(Settings((TOKEN,), PUBLIC_URL, sample()), metrics_token=""))
    assert bare.test_client().get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_a_token_that_can_be_guessed_is_refused():
    environ = {"TWILIO_AUTH_TOKEN": TOKEN, "IVR_PUBLIC_URL": PUBLIC_URL, "IVR_METRICS_TOKEN": "short"}
    with pytest.raises(SettingsError, match="IVR_METRICS_TOKEN is too short"):
        from_environment(environ)


# --- alerts and dashboard ------------------------------------------------------------------------


def rules():
    groups = yaml.safe_load((DEPLOY / "alerts.yaml").read_text(encoding="utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def panels():
    return json.loads((DEPLOY / "dashboard.json").read_text(encoding="utf-8"))["panels"]


def told(app):
    """The names of everything that is told."""
    answer = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {SCRAPER}"})
    kinds = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "gauge": ("",)}
    families = re.findall(r"^# TYPE (\S+) (\w+)$", answer.text, re.MULTILINE)
    return {name.removesuffix("_total") + end for name, kind in families for end in kinds[kind]} | {"up"}


def asked():
    yield from ((rule["alert"], rule["expr"]) for rule in rules())
    yield from ((panel["title"], target["expr"]) for panel in panels() for target in panel["targets"])


@pytest.mark.parametrize(("name", "expression"), [*asked()], ids=lambda value: value if " " not in value else "-")
def test_whatever_is_asked_for_is_told(app, name, expression):
    assert set(re.findall(r"\b(?:ivr_\w+|up\b)", expression)) <= told(app)
    assert expression.count("(") == expression.count(")")
    assert expression.count("{") == expression.count("}")


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule["alert"])
def test_every_alert_says_what_it_means_and_what_to_do(rule):
    assert rule.keys() <= {"alert", "expr", "for", "labels", "annotations"}
    assert rule["labels"]["severity"] in {"page", "warn"}
    assert rule["annotations"].keys() == {"summary", "description"}
    assert re.fullmatch(r"\d+[smh]", rule.get("for", "1m"))


def test_no_two_panels_lie_on_each_other():
    places = [(p["gridPos"]["x"], p["gridPos"]["y"]) for p in panels()]
    assert len(set(places)) == len(places)
    assert len({panel["id"] for panel in panels()}) == len(places)


# --- the folder in which workers count together --------------------------------------------------


def test_workers_find_a_folder_that_goes_with_the_server(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER, "")
    with shared(tmp_path / "cache"):
        assert list((tmp_path / "cache").iterdir()) == [Path(os.environ[FOLDER])]

    assert list((tmp_path / "cache").iterdir()) == []


def test_the_folder_of_a_server_that_was_killed_goes_when_another_starts_and_that_of_one_that_lives_stays(
    tmp_path, monkeypatch
):
    monkeypatch.setenv(FOLDER, "")
    (tmp_path / "metrics-killed").mkdir()
    (tmp_path / "metrics-killed" / "counter_1.db").touch()
    with shared(tmp_path):
        lives = Path(os.environ[FOLDER])
        with shared(tmp_path):
            assert set(tmp_path.iterdir()) == {lives, Path(os.environ[FOLDER])}


def test_a_cache_that_cannot_be_written_is_told_in_a_sentence(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setattr(sys.modules["ivr.cli.serve"], "rehearse", lambda _: None)
    told = {"IVR_METRICS_TOKEN": SCRAPER, "IVR_CACHE": str(tmp_path / "file"), "TWILIO_AUTH_TOKEN": TOKEN}
    done = CliRunner().invoke(main, ["serve"], env=told | {"IVR_PUBLIC_URL": PUBLIC_URL})

    assert done.exit_code == 1
    assert done.output.startswith(f"Error: IVR_METRICS_TOKEN is set, and {tmp_path / 'file'} cannot be written (")
