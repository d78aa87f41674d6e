"""Hours and notices at the command line: giving a notice, hearing a closed line, rehearsing one."""

import re
import shutil

import pytest
from click.testing import CliRunner

from ivr.cli import main
from ivr.script.folders import sample
from ivr.script.notices import FILE
from timed import OFFICE, with_hours

LATER = "2126-12-24T18:00"
SNOW = "We are closed today because of snow."
READY = "Hoy estamos cerrados."


@pytest.fixture
def folder(tmp_path):
    copy = shutil.copytree(sample(), tmp_path / "line")
    for file, old, new in with_hours("973-940-3166", OFFICE):
        text = (copy / file).read_text(encoding="utf-8")
        assert old in text
        (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


@pytest.fixture
def run(tmp_path):
    """One command; answers with its exit code and all that it said."""

    def one(*args):
        done = CliRunner().invoke(main, list(args), env={"IVR_STORE": str(tmp_path / "store.sqlite3")})
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    return one


# --- ivr notice ----------------------------------------------------------------------------------


def test_a_closure_is_given_listed_and_taken_back(run):
    """The person who gives it is told what each language hears, when it ends, and what is missing."""
    code, said = run("notice", SNOW, "--until", LATER, "--language", "en-US", "--closed")
    assert code == 0
    assert f"  English: {SNOW}\n  Español: {READY}  (ready-made)\n" in said
    assert "It ends by itself on 2126-12-24 at 18:00." in said
    assert f"Give them: ivr notice --language es-US --until {LATER} --closed WORDS" in said
    assert "advice MENU-13: the way to a person is named after 19 seconds, and 15 is best. Fewer words bring it" in said

    listed = run("notice", "--list")[1]
    assert f"English: {SNOW}" in listed
    assert re.search(rf'"{re.escape(SNOW)}" ends on 2126-12-24 at 18:00; given by \S+ on ', listed)

    assert "Español: Hoy hay nieve." in run("notice", "Hoy hay nieve.", "--until", LATER, "--language", "es-US")[1]
    assert run("notice", "--clear") == (0, "No notice is said any more; new calls hear that within seconds.\n")
    assert run("notice", "--list") == (0, "No notice is said now.\n")


def test_a_closure_in_ready_made_words_warns_of_nothing_missing(run):
    code, said = run("notice", "--closed", "--until", LATER)

    assert code == 0
    assert f"  English: We are closed today.  (ready-made)\n  Español: {READY}  (ready-made)\n" in said
    assert "warning" not in said
    assert "advice" not in said, "there is nothing shorter to say"
    assert "The ready-made closure ends on" in run("notice", "--list")[1]


def test_a_notice_that_takes_the_place_of_another_says_so(run):
    assert "takes the place" not in run("notice", SNOW, "--until", LATER)[1]
    assert f'It takes the place of "{SNOW}"\n' in run("notice", "--closed", "--until", LATER)[1]


def test_a_sentence_need_not_stand_in_quotes(run):
    assert "  English: Closed for snow today.\n" in run("notice", "Closed", "for", "snow today.", "--until", LATER)[1]


def test_what_could_be_said_better_is_told_and_said_all_the_same(run):
    code, said = run("notice", "Your call is important to us", "--until", LATER)

    assert code == 0
    assert "warning OPT-08: 'Your call is important' tells callers nothing" in said
    assert "Español: Hoy hay un aviso. Una persona puede decirle más.  (ready-made)" in said


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("Open 9-5.", "--until", LATER), "Error: A voice may read digits in any way. Write times"),
        (("Snow. Ice.", "--until", LATER), "Error: A notice is one sentence, and this is more."),
        ((SNOW,), "--until is missing: when does the notice end? Write the day and the time, like 2026-12-24T18:00."),
        ((SNOW, "--until", "tonight"), "'tonight' is no day and time. Write the day and the time"),
        ((SNOW, "--until", "2020-01-01T00:00"), "2020-01-01 at 00:00 has passed."),
        ((SNOW, "--until", LATER, "--language", "es-UK"), "es-UK is no language of this line. Did you mean 'es-US'?"),
        ((), "What are callers to hear? Write it like this: ivr notice"),
        ((SNOW, "--clear"), "Give a notice, or --list, or --clear: one of them at a time."),
        (("--list", "--clear"), "Give a notice, or --list, or --clear: one of them at a time."),
    ],
)
def test_what_cannot_be_said_is_refused_and_nothing_is_kept(run, tmp_path, args, told):
    code, said = run("notice", *args)

    assert code != 0
    assert told in said
    assert not (tmp_path / "store.sqlite3").exists()


# --- ivr call, ivr rehearse, ivr check -----------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "heard"), [("2026-11-23T18:30", "They are closed now."), ("2026-11-23T12:00", "Connecting you now.")]
)
def test_a_closed_line_can_be_heard_at_any_hour(run, folder, moment, heard):
    assert heard in run("call", str(folder), "--moment", moment, "--press", "0")[1]
    assert heard in run("call", str(folder), "--moment", moment, "--at", "reception", "--press", "#")[1]


def test_a_moment_that_is_none_is_refused(run, folder):
    assert "Write the day and the time" in run("call", str(folder), "--moment", "noon", "--press", "0")[1]
    assert "--moment" in run("call", "--url", "http://127.0.0.1:1", "--moment", LATER)[1]


def test_a_notice_beside_the_files_is_heard_while_it_lasts(run, folder):
    (folder / FILE).write_text(f"until: 2026-11-23T18:00\nen-US: {SNOW}\n", encoding="utf-8")

    assert SNOW in run("call", str(folder), "--moment", "2026-11-23T17:59", "--press", "#")[1]
    assert SNOW not in run("call", str(folder), "--moment", "2026-11-23T18:00", "--press", "#")[1]


def test_a_notice_that_cannot_be_read_is_named_before_the_call(run, folder):
    (folder / FILE).write_text(f"until: tonight\nen-US: {SNOW}\n", encoding="utf-8")
    code, said = run("call", str(folder), "--press", "#")

    assert code == 0
    assert f"{folder / FILE}:1:8: 'tonight' is no day and time." in said
    assert "Callers hear no notice from that file until it is mended." in said


def test_a_closed_line_can_be_rehearsed(run, folder):
    shutil.rmtree(folder / "rehearsals")
    (folder / "rehearsals").mkdir()
    written = folder / "rehearsals" / "night.txt"
    written.write_text("# At night.\nmoment: 2026-11-23T18:30\ncaller: (calls)\ncaller: 0\n", encoding="utf-8")
    assert run("rehearse", str(folder), "--update")[0] == 0

    text = written.read_text(encoding="utf-8")
    assert text.startswith("moment: 2026-11-23T18:30\n# At night.\ncaller: (calls)\n")
    assert "They open tomorrow at half past eight" in " ".join(text.split())
    assert run("rehearse", str(folder)) == (0, "1 rehearsals, 0 changed.\n")
    written.write_text(text.replace("18:30", "noon"), encoding="utf-8")
    code, said = run("rehearse", str(folder))
    assert code == 1
    assert "night.txt:1:1: " in said
    assert "Write the day and the time" in said
