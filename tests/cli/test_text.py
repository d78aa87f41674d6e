"""`ivr text`, and conversations by text among the rehearsals."""

import shutil
from threading import Thread

import pytest
from click.testing import CliRunner
from werkzeug.serving import make_server

from ivr.cli import main
from ivr.phone import rehearsal
from ivr.script.folders import sample
from ivr.script.problems import ScriptError
from ivr.web import create_app
from ivr.web.settings import Settings
from signed import PUBLIC_URL, TOKEN


def run(*args, given="", **environ):
    done = CliRunner().invoke(main, list(args), input=given, env=environ or None)
    return done.exit_code, done.output


def test_texts_are_sent_one_after_another():
    code, shown = run("text", "--send", "2", "--send", "billing", "--send", "STOP", "--send", "(20 minutes later) 2")

    assert code == 0
    assert "you> 2\n  Automatic replies. No person reads these texts." in shown
    assert "  Billing\n  Call 570-386-2366. Relay service: 711.\n" in shown
    assert "you> STOP\n  (no reply)\n" in shown
    assert shown.endswith("  8 Español\n  (2 segments)\n\n"), "a bare number after a pause gets the menu"


def test_a_whole_conversation_can_be_piped_in():
    code, shown = run("text", "--language", "es-US", given="1\n\nfax\n")

    assert code == 0
    assert shown.startswith("you> 8\n  Respuestas automaticas.")
    assert "you> 1\n  Técnica de liberacion activa\n  1 De qué se trata\n" in shown
    assert "Solo puedo leer palabras y numeros." in shown
    assert "  El numero es 973-940-3170.\n" in shown


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--send", "(20 parsecs later) 2"), "(20 parsecs later) is no pause. Write minutes, in digits, like (20"),
        (("--language", "fr-CA"), 'There is no language "fr-CA" in this script.'),
        (("--url", "http://127.0.0.1:9", "--send", "hi"), "Nobody answers at http://127.0.0.1:9/text"),
        (("--url", "http://127.0.0.1:9", "--language", "es-US"), "leave out FOLDER and --language"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence(args, told):
    code, shown = run("text", *args)

    assert code != 0
    assert told in shown
    assert "Traceback" not in shown


def test_a_running_line_is_texted_as_twilio_would():
    app = create_app(Settings((TOKEN,), PUBLIC_URL, sample(), secret="x" * 32))
    server = make_server("127.0.0.1", 0, app)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        url = f"http://127.0.0.1:{server.port}"
        sends = ("--send", "hi", "--send", "1", "--send", "2")
        code, shown = run("text", "--url", url, "--signed-as", PUBLIC_URL, *sends, TWILIO_AUTH_TOKEN=TOKEN)
        refused = run("text", "--url", url, "--signed-as", PUBLIC_URL, "--send", "hi", TWILIO_AUTH_TOKEN="wrong-token")
    finally:
        server.shutdown()

    assert code == 0
    assert "What happens in a session" in shown.rpartition("you> 2")[2]
    assert refused[0] != 0
    assert "refuses our signature" in refused[1]


def test_a_slip_in_a_pause_does_not_end_what_is_typed():
    code, shown = run("text", given="(soon later) 2\nfax\n")

    assert code == 0
    assert "(soon later) is no pause." in shown
    assert "The number is 973-940-3170." in shown


# --- rehearsals ----------------------------------------------------------------------------------


def test_a_conversation_that_goes_otherwise_is_shown_and_written_anew(tmp_path):
    folder = shutil.copytree(sample(), tmp_path / "line")
    for file in (folder / "rehearsals").glob("[0-3]*.txt"):
        file.unlink()
    file = folder / "rehearsals" / "40-texts.txt"
    before = file.read_bytes()
    words = folder / "en-US.yaml"
    words.write_text(
        words.read_text(encoding="utf-8").replace("Text MORE to go on.", "More? Text MORE."), encoding="utf-8"
    )

    code, shown = run("rehearse", str(folder))
    assert code == 1
    assert '40-texts.txt:21: after "1" the line says other words.' in shown
    assert run("rehearse", str(folder), "--update")[0] == 0
    assert run("rehearse", str(folder))[0] == 0
    assert file.read_bytes() == before.replace(b"Text MORE to go on.", b"More? Text MORE.")


def test_a_pause_that_cannot_be_read_is_told_with_its_line(tmp_path):
    folder = shutil.copytree(sample(), tmp_path / "line")
    (folder / "rehearsals" / "00.txt").write_text("channel: text\ncaller: (2 hours later) 2\n", encoding="utf-8")
    code, shown = run("rehearse", str(folder))

    assert code == 1
    assert "00.txt:2:1: (2 hours later) is no pause. Write minutes" in shown


def test_only_texts_are_a_channel_of_their_own():
    with pytest.raises(ScriptError, match="no channel"):
        rehearsal.parse("x.txt", "channel: telegram\ncaller: hi\n")
