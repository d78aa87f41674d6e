"""The command line as staff and operators meet it."""

import re
import shutil
from threading import Thread

import pytest
from click.testing import CliRunner
from werkzeug.serving import make_server

import cut
from doctor.served import redirecting, serving
from ivr.cli import main
from ivr.script.folders import sample
from signed import PUBLIC_URL, TOKEN


def run(*args, given="", **environ):
    """One command; answers with its exit code and all that it said."""
    done = CliRunner().invoke(main, list(args), input=given, env=environ or None)
    return done.exit_code, done.output


@pytest.fixture
def folder(tmp_path):
    """A copy of the sample that may be spoilt."""
    return shutil.copytree(sample(), tmp_path / "line")


def spoil(folder, name, old, new):
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


# --- ivr call ------------------------------------------------------------------------------------


def test_a_whole_call_can_be_piped_in():
    """The technique, the conditions, Spanish, billing, a busy line, and back."""
    code, heard = run("call", given="1\n1\nconditions\n8\nfacturación\n\nbusy\n3\n")

    assert code == 0
    for words in (
        "a treatment by hand",
        "Who it is for.",
        "Español.",
        "calling +15703862366",
        "La línea está ocupada",
        "Menú principal",
    ):
        assert words in heard
    assert heard.endswith("You hung up.\n")


def test_a_call_in_one_command_keeps_the_order_of_keys_and_words():
    code, heard = run("call", "--press", "2", "--say", "sciatica", "--press", "*", "--say", "")

    assert code == 0
    assert heard.index("Sciatica. That is on our list.") < heard.rindex("The list has eight names")
    assert heard.rstrip().endswith("Para español, oprima ocho.") or "Take your time" in heard


@pytest.mark.parametrize(
    ("args", "first"), [(["--at", "fax"], "Fax number."), (["--at", "fax", "--language", "es-US"], "Número de fax.")]
)
def test_a_call_can_begin_elsewhere(args, first):
    assert run("call", *args)[1].strip().startswith(first)


def test_a_call_in_another_language_begins_as_for_who_chooses_it():
    heard = run("call", "--language", "es-US", "--press", "1")[1]

    assert heard.lstrip().startswith("If this is an emergency")
    assert "you> 8\n  Español." in heard
    assert "Cuatro opciones" in heard.partition("you> 1\n")[2]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--at", "nowhere"], 'There is no place "nowhere"'),
        (["--language", "de-DE"], 'There is no language "de-DE"'),
        (["--press", "1,x"], "'x' is not a key"),
        (["--moment", "noon"], "'noon' is no day and time. Write the day and the time, like 2026-12-24T18:00."),
        (["/no/such/folder"], "does not exist"),
        (["--url", "http://127.0.0.1:9", "--at", "fax"], "leave out FOLDER, --language, --at and --moment"),
        (["--url", "http://127.0.0.1:9"], "Nobody answers at http://127.0.0.1:9/voice"),
    ],
)
def test_what_cannot_be_called_is_told_in_one_sentence(args, said):
    code, heard = run("call", *args)

    assert code != 0
    assert said in heard
    assert "Traceback" not in heard


def test_while_it_rings_only_an_outcome_is_taken():
    heard = run("call", "--at", "billing", given="\nhello\nno answer\n")[1]

    assert "The phone is ringing. Type one of: busy, no answer" in heard
    assert "Nobody answered." in heard


def test_an_outcome_means_nothing_while_nothing_rings():
    code, heard = run("call", "--say", "(busy)")

    assert code == 0
    assert "No transfer is ringing now." in heard


def test_the_clock_runs_with_what_is_heard_and_with_silence():
    heard = run("call", given="\n\n")[1]
    clocks = [line[1:5] for line in heard.splitlines() if line.startswith("[")]

    assert clocks == sorted(clocks)
    assert clocks[1] > "0:30"


@pytest.fixture
def served(app):
    """The line behind a real HTTP server on this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    server.server_close()


def test_a_running_line_is_called_signed_as_its_public_address(served):
    code, heard = run("call", "--url", served, "--signed-as", PUBLIC_URL, "--press", "1,1", TWILIO_AUTH_TOKEN=TOKEN)

    assert code == 0
    assert "a treatment by hand" in heard


def test_a_running_line_refuses_another_token(served):
    code, heard = run("call", "--url", served, "--signed-as", PUBLIC_URL, TWILIO_AUTH_TOKEN="another-token-123")

    assert code == 1
    assert "refuses our signature" in heard


def test_a_redirect_is_told_and_not_followed_as_twilio_would_lose_the_keys():
    with serving(redirecting("https://line.example.org{path}")) as url:
        code, heard = run("call", "--url", url, TWILIO_AUTH_TOKEN=TOKEN)

    assert code == 1
    assert f"{url}/voice redirects to https://line.example.org/voice. Twilio would lose" in heard


# --- ivr check, ivr rehearse ---------------------------------------------------------------------


def test_a_sound_script_is_told_so(tmp_path):
    code, said = run("check", str(cut.folder(tmp_path / "our-line")))
    assert code == 0
    assert "our-line" in said


def test_every_mistake_is_named_with_its_place(folder):
    spoil(folder, "en-US.yaml", "    label: Main menu", "    lable: Main menu")
    spoil(folder, "line.yaml", "5: billing", "8: billing")
    code, said = run("check", str(folder))

    assert code == 1
    assert "en-US.yaml:" in said
    assert "'label'" in said
    assert "line.yaml:" in said
    assert "Traceback" not in said


def test_remarks_stay_where_they_stood_when_a_rehearsal_is_updated(folder):
    file = folder / "rehearsals" / "00.txt"
    file.write_text("\ufeff# top\ncaller: (calls)\n# in between\ncaller: 1\n# below\n# all\n", encoding="utf-8")
    run("rehearse", str(folder), "--update")
    written = file.read_text(encoding="utf-8")

    assert written.startswith("# top\ncaller: (calls)\nline:")
    assert "# in between\ncaller: 1\nline:" in written
    assert written.endswith("\n# below\n# all\n")


def test_remarks_outlive_the_end_of_a_call(folder):
    file = folder / "rehearsals" / "00.txt"
    file.write_text(
        "caller: (calls)\ncaller: goodbye\ncaller: (silence)\ncaller: 1\n# why\ncaller: 2\n# below\n", encoding="utf-8"
    )
    run("rehearse", str(folder), "--update")
    written = file.read_text(encoding="utf-8")

    assert written.endswith("(hangs up)\n# why\n# below\n")
    assert "caller: 1" not in written


def test_what_cannot_be_written_is_told_in_a_sentence(folder, monkeypatch):
    def refused(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.write_text", refused)
    for command in (("translated", "es-US"), ("rehearse", "--update")):
        code, told = run(*command, str(folder))

        assert code == 1
        assert told.startswith(f"Error: {folder}/"), told
        assert told.endswith("cannot be written: Permission denied. Choose another place, or mend this one.\n")


def test_a_rehearsal_that_cannot_be_opened_is_told(folder):
    (folder / "rehearsals" / "00.txt").mkdir()
    code, told = run("rehearse", str(folder))

    assert code == 1
    assert "00.txt:1:1: this file cannot be opened (Is a directory)." in told


def test_a_rehearsal_at_a_place_that_is_not_there_is_told(folder):
    """By its file, and it hides no other."""
    (folder / "rehearsals" / "00.txt").write_text("at: nowhere\ncaller: (calls)\n")
    spoil(folder, "en-US.yaml", "Take your time.", "No hurry.")
    code, told = run("rehearse", str(folder))

    assert code == 1
    assert f'{folder / "rehearsals" / "00.txt"}:1:1: There is no place "nowhere" in this script. It has: main' in told
    assert "Begin elsewhere, or delete this file." in told
    assert "No hurry." in told
    assert re.search(r"\d+ rehearsals, [1-9]\d* changed, 1 cannot be played\.", told)


def test_a_changed_word_shows_in_the_rehearsals_until_they_are_updated(folder):
    spoil(folder, "en-US.yaml", "Take your time.", "No hurry.")

    code, said = run("rehearse", str(folder))
    assert code == 1
    assert "No hurry." in said
    assert run("rehearse", str(folder), "--update")[0] == 0
    assert run("rehearse", str(folder))[0] == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("hello\n", "is not part of a rehearsal"),
        ("caller: ¡hola!\n", "is not UTF-8"),
        ("line: hello\n", "before anybody has called"),
        ("caller: (calls)\ncaller: (busy)\n", "cannot happen here"),
    ],
)
def test_a_rehearsal_that_cannot_be_read_is_told_with_its_line(folder, text, said):
    (folder / "rehearsals" / "00.txt").write_text(text, encoding="latin-1")
    code, told = run("rehearse", str(folder))

    assert code == 1
    assert "00.txt:" in told
    assert said in told


# --- ivr serve -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "environ", "said"),
    [
        ([], {}, "TWILIO_AUTH_TOKEN is not set"),
        (["--no-signature", "--host", "0.0.0.0"], {}, "only on this machine"),
        (["--no-signature"], {"IVR_PUBLIC_URL": "https://x.example"}, "cannot be used while IVR_PUBLIC_URL is set"),
        (["--no-signature"], {"IVR_SCRIPT": "/no/such"}, "IVR_SCRIPT names /no/such"),
    ],
)
def test_it_does_not_serve_where_strangers_could_use_the_line(args, environ, said):
    absent = {"TWILIO_AUTH_TOKEN": None, "IVR_PUBLIC_URL": None, "IVR_SCRIPT": None}
    code, told = run("serve", *args, **absent | environ)

    assert code != 0
    assert said in told


def test_a_broken_script_is_not_served(folder):
    spoil(folder, "line.yaml", "start: main menu", "start: nowhere")
    code, told = run("serve", "--no-signature", IVR_SCRIPT=str(folder), IVR_PUBLIC_URL=None)

    assert code == 1
    assert "line.yaml:" in told


@pytest.mark.parametrize(
    "command", [("connect",), ("doctor",), ("page", "--out", "pages", "--line")], ids=lambda c: c[0]
)
def test_what_is_no_phone_number_is_told(command):
    code, told = run(*command, "123-4567")

    assert code == 2
    assert "123-4567 is not a phone number. Write it like +12015550100." in " ".join(told.split())
