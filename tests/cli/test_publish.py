"""From a folder to what callers hear, and back: `ivr publish`, `undo`, `versions`, `diff`, on both databases."""

import re
import shlex
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import cut
from ivr.check import run as check
from ivr.check.registry import every_rule
from ivr.cli import main
from ivr.script.folders import sample
from ivr.store.records import Act, Version

README = Path(__file__).resolve().parent.parent.parent / "README.md"
CONTACT = "You can also find our contact page on our website."


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory):
    """A small line whose rehearsal is written down."""
    folder = cut.folder(tmp_path_factory.mktemp("rehearsed") / "line")
    assert CliRunner().invoke(main, ["rehearse", str(folder), "--update"]).exit_code == 0
    return folder


@pytest.fixture
def folder(tmp_path, rehearsed):
    return shutil.copytree(rehearsed, tmp_path / "line")


@pytest.fixture
def rules(monkeypatch):
    """What the checker judges by: no rule, as all of them take their time, unless a test puts some here."""
    chosen = []
    monkeypatch.setattr("ivr.cli.checking.run", lambda script, **how: check.run(script, chosen, **how))
    return chosen


@pytest.fixture
def run(store_address, folder, rules):
    """One command on the store; answers with its exit code and all that it said."""

    def one(*args, given=""):
        done = CliRunner().invoke(main, list(args), input=given, env={"IVR_STORE": store_address})
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    return one


def change(folder, name, old, new):
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def nothing_is_published(run):
    """A file is not even there; a server says so."""
    said = run("versions")[1]
    return said == "Nothing was published yet.\n" or said.startswith("Error: There is no store at ")


def test_a_morning_of_the_office_manager(run, folder):
    """She changes a sentence, sees the change, agrees, looks at the list, and takes it back."""
    assert run("publish", str(folder), "--yes", "--note", "the first")[0] == 0
    change(folder, "en-US.yaml", CONTACT, "Our website shows the way.")

    code, said = run("publish", str(folder), "--note", "softer words", given="y\n")
    assert code == 0
    assert (
        "callers will hear \u201cOur website shows the way.\u201d instead of \u201cYou can also find"
        in said.replace("\n  ", " ")
    )
    assert "rehearsals go as they are written" in said
    assert "is live" in said

    listed = run("versions")[1].splitlines()
    assert ["softer words" in listed[0], " live " in listed[0], "the first" in listed[1]] == [True] * 3

    code, said = run("undo", given="y\n")
    assert code == 0
    assert "hear \u201cYou can also find our contact page on our website.\u201d instead of" in said.replace("\n  ", " ")
    assert "is live again" in said
    code, said = run("undo", "--yes")
    assert code == 1
    assert said.startswith("Error: There is no version before this one, so nothing was changed.")


def test_who_says_no_changes_nothing(run, folder):
    run("publish", str(folder), "--yes")
    before = run("versions")
    change(folder, "en-US.yaml", "Take your time.", "No hurry.")

    for given in ("n\n", ""):
        code, said = run("publish", str(folder), given=given)
        assert code == 1
        assert "Nothing was changed." in said
    assert run("versions") == before


def test_a_changed_phone_number_is_asked_about_twice(run, folder):
    run("publish", str(folder), "--yes")
    change(folder, "line.yaml", "570-386-2366", "570-386-2367")

    code, said = run("publish", str(folder), given="y\nn\n")
    assert code == 1
    assert "Callers will get 570-386-2367. Is that number right?" in said
    assert "5 7 0 - 3 8 6 - 2 3 6 7" in said
    assert run("publish", str(folder), given="y\ny\ny\n")[0] == 0


def test_the_numbers_of_the_first_version_are_asked_about_too(run, folder):
    code, said = run("publish", str(folder), given="y\n" * 7)

    assert code == 0
    assert said.count("Is that number right?") == 3
    assert "Nothing was published before.\n- 973-940-3166 is our front desk.\n" in said


def test_an_unsound_script_is_not_published(run, folder):
    change(folder, "line.yaml", "start: main menu", "start: nowhere")
    code, said = run("publish", str(folder), "--yes")

    assert code == 1
    assert "line.yaml:" in said
    assert nothing_is_published(run)


def test_an_error_of_the_checker_stops_a_script_and_says_how_to_mend_it(run, folder, rules):
    rules.append(every_rule()["EMG-02"])
    change(folder, "es-US.yaml", "Si es una emergencia, cuelgue y llame al nueve uno uno.", cut.EMERGENCY)
    code, said = run("publish", str(folder), "--yes")

    assert code == 1
    assert f"{folder / 'es-US.yaml'}:" in said
    assert "error EMG-02\n    The emergency sentence of es-US is still that of en-US. Translate it.\n" in said
    assert said.endswith("Error: 1 error. Nothing was changed.\n")
    assert nothing_is_published(run)


def test_warnings_are_told_in_a_few_lines_and_stop_nothing(run, folder, rules):
    rules += [every_rule()["LEP-09"], every_rule()["OPT-08"]]
    change(folder, "en-US.yaml", "automated line.", "automated line. Your call is important.")
    code, said = run("publish", str(folder), "--yes")

    assert code == 0
    assert "The checker found no error, and 3 warnings.\n" in said
    assert "OPT-08: 'Your call is important' tells callers nothing" in said
    assert "Warnings stop nothing." in said
    assert "is live" in said


def test_all_rules_are_asked_and_every_call_is_walked(folder, tmp_path):
    """What shows only in a call stops a script as well."""
    change(folder, "en-US.yaml", "Let us try the keys.", "I did not understand.")
    done = CliRunner().invoke(main, ["publish", str(folder), "--yes"], env={"IVR_STORE": str(tmp_path / "store")})

    assert done.exit_code == 1
    assert "error ERR-04" in done.output


def test_what_is_live_already_is_not_published_again(run, folder):
    run("publish", str(folder), "--yes")
    assert "hear version" in run("publish", str(folder), "--yes")[1]
    assert len(run("versions")[1].splitlines()) == 1


def test_rehearsals_that_changed_are_named_and_stop_nothing(run, folder):
    change(folder, "en-US.yaml", "Take your time.", "No hurry.")
    (folder / "rehearsals" / "99.txt").write_text("at: nowhere\ncaller: (calls)\n")
    code, said = run("publish", str(folder), "--yes")

    assert code == 0
    assert "silence.txt" in said
    assert "99.txt" in said


def test_two_versions_or_folders_are_compared_as_callers_hear_them(run, folder):
    run("publish", str(folder), "--yes")
    change(folder, "line.yaml", "ring seconds: '25'", "ring seconds: '20'")
    becomes = "- A transfer rings 20 seconds instead of 25.\n"

    assert run("diff", "live", str(folder))[1] == f"In every language:\n{becomes}"
    run("publish", str(folder), "--yes")
    digest = run("versions")[1].split()[3]
    assert run("diff", "1", digest[:6])[1] == f"In every language:\n{becomes}"
    assert run("diff", "1", "1")[1] == "Callers will notice no difference.\n"


@pytest.mark.parametrize("name", ["9", "abcd", "ab", "/no/such/folder", "live"])
def test_a_version_that_is_not_there_is_told(run, store, name):
    store.prepare()
    code, said = run("diff", name, name)

    assert code == 1
    assert said == f"Error: {name} is neither a folder nor one published version. `ivr versions` lists them.\n"


def test_a_version_that_cannot_be_read_any_more_can_still_be_replaced(run, folder, store):
    store.publish(Version("old1", "line", {"line.yaml": "start: here"}), Act("ann", datetime.now(UTC)), over=None)

    code, said = run("publish", str(folder), "--yes")
    assert code == 0
    assert "This program cannot read version old1 any more: " in said
    code, said = run("undo", "--yes")
    assert code == 1
    assert "cannot be served" in said


@pytest.mark.parametrize(
    "command",
    ["versions", "undo", "report", "purge", "report --not-understood", "diff 1 2", "notice --list", "notice --clear"],
)
@pytest.mark.parametrize("named", [True, False])
def test_reading_a_store_that_is_not_there_says_so_and_makes_none(tmp_path, command, named):
    """Somebody has mistyped IVR_STORE, or forgotten it."""
    file = tmp_path / ("mistyped" if named else "ivr/store.sqlite3")
    named_by = {"IVR_STORE": str(file) if named else "", "XDG_STATE_HOME": str(tmp_path)}
    done = CliRunner().invoke(main, command.split(), env=named_by)

    assert done.exit_code == 1
    assert done.output.startswith(f"Error: There is no store at {file}")
    assert ("Look for a slip in IVR_STORE" if named else "Set IVR_STORE to the store of your line") in done.output
    assert not file.exists()


def test_who_makes_a_store_is_told_where(folder, rules, tmp_path):
    """A publication or a notice that callers would never hear is seen to go elsewhere."""
    for command in (["publish", str(folder), "--yes"], ["notice", "--closed", "--until", "2126-12-24T18:00"]):
        file = tmp_path / command[0]
        done = CliRunner().invoke(main, command, env={"IVR_STORE": str(file)})

        assert done.exit_code == 0
        assert f"There is no store at {file} yet; this makes one.\n" in done.output


def test_a_store_that_is_away_is_told_in_one_sentence(folder):
    done = CliRunner().invoke(main, ["publish", str(folder), "--yes"], env={"IVR_STORE": "postgresql://127.0.0.1:9/x"})

    assert done.exit_code == 1
    assert "Error: The store at 127.0.0.1/x does not answer" in done.output
    assert done.output.endswith(
        "Look at IVR_STORE, and whether the database runs, has room, and lets this user write.\n"
    )
    assert "Traceback" not in done.output


@pytest.mark.parametrize("store_address", ["sqlite"], indirect=True)
def test_the_morning_in_the_readme_goes_as_it_is_written(run, tmp_path):
    """Each command is given, and each line that it shows is said."""
    morning = re.search(r"```text\n(8:55 .*?)```", README.read_text(encoding="utf-8"), re.DOTALL)[1]
    old, new = re.findall(r'"([^"]+)"', morning)[:2]
    line = shutil.copytree(sample(), tmp_path / "scripts" / "specialty-surgical-center")
    run("publish", str(line), "--yes")
    change(line, "en-US.yaml", old, new)

    said = [run(*given(command, line), given="y\n") for command in re.findall(r"\bivr [a-z].*", morning)]
    shown = [
        words.removeprefix("        ").removesuffix(" y") for words in re.findall(r"^ {8}.*", morning, re.MULTILINE)
    ]
    assert [code for code, _ in said] == [0] * 4
    assert [words for words in shown if words not in said[0][1]] == []
    assert "is live again" in said[1][1]
    assert "we say when we open" in said[2][1]
    assert said[3][1].splitlines() == shown[:-1]


def given(command, line):
    """A command as it is typed, on another folder."""
    return [str(line) if word == f"scripts/{line.name}" else word for word in shlex.split(command)[1:]]
