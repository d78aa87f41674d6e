"""`ivr rescue`: a file that needs no server, of what is live, of a folder, or of the folder of the line."""

import pytest
from click.testing import CliRunner

import cut
from ivr.cli import main
from ivr.phone import strict
from ivr.script.folders import sample
from ivr.script.reader import read
from ivr.store.where import location, open_store
from ivr.web.landing import Rescue
from web.lines import edit, publish, version


@pytest.fixture
def run(tmp_path):
    def one(*args):
        done = CliRunner().invoke(main, ["rescue", *map(str, args)], env={"IVR_STORE": str(tmp_path / "store")})
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done.exit_code, done.output

    return one


@pytest.fixture
def folder(tmp_path):
    folder = cut.folder(tmp_path / "line")
    edit(folder, cut.EMERGENCY, "In danger, hang up and call nine one one.")
    return folder


def test_it_is_written_into_a_file_and_what_to_do_with_it_is_told(run, tmp_path):
    out = tmp_path / "rescue.xml"
    code, said = run("--out", out)

    assert code == 0
    told, written = said.splitlines()
    assert told.startswith(f"Nothing is published in {tmp_path / 'store'}, so this is the rescue of ")
    assert (
        written == f"{out} is written. Put it on a static host, and set its address as fallback URL, with method GET."
    )
    assert strict.read(out.read_text(encoding="utf-8"))
    assert out.read_text(encoding="utf-8").rstrip() == Rescue.of(read(sample())).dialling


def test_it_is_that_of_what_is_live(run, folder, tmp_path):
    store = open_store(location({"IVR_STORE": str(tmp_path / "store")}))
    publish(store, version(folder))
    store.close()

    assert "In danger, hang up" in run()[1]


def test_it_can_be_that_of_a_folder(run, folder):
    assert "In danger, hang up" in run(folder)[1]


def test_it_can_be_without_the_transfer(run):
    assert "<Dial" in run()[1]
    code, said = run("--no-transfer")

    assert code == 0
    assert "<Dial" not in said


def test_what_twilio_would_not_take_is_never_written(run, tmp_path, monkeypatch):
    monkeypatch.setattr(strict, "MOST_BYTES", 100)
    code, said = run("--out", tmp_path / "rescue.xml")

    assert code == 1
    assert said.splitlines()[-1].startswith("Error: The rescue is not what Twilio takes: the document has ")
    assert not (tmp_path / "rescue.xml").exists()


def test_a_place_where_nothing_can_be_written_is_told(run, tmp_path):
    (tmp_path / "nowhere").write_text("")
    code, said = run("--out", tmp_path / "nowhere" / "rescue.xml")

    assert code == 1
    assert said.endswith("cannot be written: File exists. Choose another place, or mend this one.\n")
