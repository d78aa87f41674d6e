"""A folder is followed: sound saves go live, unsound ones never, and staff are told beside their files."""

import shutil

import pytest

import cut
from caller import Caller
from ivr.script.folders import contents, sample
from ivr.web.followed import STATUS
from web.lines import GREETING, SORRY, Server, across, edit

BROKEN = ("start: main menu", "start: nowhere", "line.yaml")


@pytest.fixture
def folder(tmp_path):
    return cut.folder(tmp_path / "line")


@pytest.fixture
def follow(tmp_path, folder):
    """One more process that follows the folder, on the same machine."""

    def started(where=folder):
        return Server(tmp_path / "disk", follow=where)

    return started


def status(folder):
    return (folder / STATUS).read_text(encoding="utf-8")


def test_a_sound_save_is_heard_after_the_next_look(follow, folder):
    one = follow()
    assert GREETING in one.call().text
    edit(folder, GREETING, "We are here.")

    assert "We are here." in one.look().call().text
    assert (one.health["source"], one.health["problems"]) == ("folder", [])
    assert status(folder) == f"Callers hear what stands in this folder: version {one.version}.\n"


def test_an_unsound_save_is_never_heard_and_staff_are_told_why(follow, folder, caplog):
    one = follow()
    before = one.version
    edit(folder, *BROKEN)

    assert GREETING in one.look().call().text
    assert one.version == before
    for told in (status(folder), "\n".join(one.health["problems"]), caplog.text):
        assert "line.yaml:1:8: " in told
        assert "nowhere" in told
    assert status(folder).startswith(
        f"Callers do not hear what was saved last. They still hear version {before}, until this is mended:\n"
    )
    edit(folder, "start: nowhere", "start: main menu", "line.yaml")
    assert one.look().health["problems"] == []
    assert "Callers hear what stands in this folder" in status(folder)


def test_the_status_is_no_save_and_is_written_only_when_it_changes(follow, folder, monkeypatch):
    one = follow()
    written = (folder / STATUS).stat()
    reads = []
    monkeypatch.setattr("ivr.web.followed.read_files", lambda *args: reads.append(args))
    for _ in range(3):
        one.look()

    assert reads == []
    assert (folder / STATUS).stat().st_mtime_ns == written.st_mtime_ns
    assert {path.name for path in folder.iterdir()} == {STATUS, *cut.files(), "rehearsals"}


def test_a_folder_that_may_only_be_read_is_followed(follow, folder, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("ivr.web.followed.Path.replace", refuse)
    one = follow()
    with (folder / "en-US.yaml").open("a") as file:
        file.write("# a remark\n")

    assert one.look().health["problems"] == []
    assert not (folder / STATUS).exists()


def swap(link, target):
    """What git checkouts and Kubernetes do: a new link takes the place of the old in one step."""
    draft = link.with_name("..draft")
    draft.symlink_to(target)
    draft.replace(link)


def test_a_link_to_another_folder_is_followed(follow, folder, tmp_path):
    newer = shutil.copytree(folder, tmp_path / "newer")
    edit(newer, GREETING, "We are newer.")
    link = tmp_path / "current"
    link.symlink_to(folder)
    one = follow(link)
    swap(link, newer)

    assert "We are newer." in one.look().call().text


def test_a_config_map_is_followed(follow, folder, tmp_path):
    """Its files are links through `..data`, which is swapped for all of them at once."""
    mount = tmp_path / "mount"
    mount.mkdir()
    for name, source in (("..one", folder), ("..two", folder)):
        shutil.copytree(source, mount / name)
    edit(mount / "..two", GREETING, "We are newer.")
    (mount / "..data").symlink_to("..one")
    for file in folder.iterdir():
        (mount / file.name).symlink_to(f"..data/{file.name}")
    one = follow(mount)
    assert GREETING in one.call().text
    swap(mount / "..data", "..two")

    assert "We are newer." in one.look().call().text


def test_files_that_change_while_they_are_read_are_read_at_the_next_look(follow, folder, monkeypatch):
    one = follow()
    edit(folder, GREETING, "We are here.")
    real = contents

    def interrupted(where):
        files = real(where)
        edit(folder, "We are here.", "We are there.")
        return files

    monkeypatch.setattr("ivr.web.followed.contents", interrupted)
    assert GREETING in one.look().call().text
    monkeypatch.setattr("ivr.web.followed.contents", real)
    assert "We are there." in one.look().call().text


def test_a_folder_that_is_gone_for_a_moment_does_no_harm(follow, folder, tmp_path):
    one = follow()
    folder.rename(tmp_path / "away")
    assert GREETING in one.look().call().text
    assert one.health["problems"] == ["The folder cannot be read (No such file or directory)."]
    (tmp_path / "away").rename(folder)

    assert one.look().health["problems"] == []


def test_a_restart_with_an_unsound_folder_speaks_what_was_sound_last(follow, folder):
    before = follow().version
    edit(folder, *BROKEN)
    anew = follow()

    assert GREETING in anew.call().text
    assert (anew.version, anew.health["source"]) == (before, "disk")


def test_a_folder_that_never_was_sound_gets_the_landing_until_it_is(follow, folder):
    edit(folder, *BROKEN)
    one = follow()
    assert "does not work right now" in one.call().text
    assert "They hear nothing of it" in status(folder)
    edit(folder, "start: nowhere", "start: main menu", "line.yaml")

    assert GREETING in one.look().call().text


def test_a_call_goes_on_with_its_version_on_every_process_of_the_machine(follow, folder):
    early, late = follow(), follow()
    edit(folder, "label: About our center", "label: About all of us")
    early.look()

    assert "About all of us." in Caller(across([early, late])).press("3")
    assert "About our center." in Caller(across([late, early])).press("3")


def test_a_hundred_saves_half_of_them_broken_while_calls_run(follow, folder):
    """Each call hears one version, and never one that was not sound."""
    one = follow()
    sound = (folder / "en-US.yaml").read_text(encoding="utf-8")
    callers = []
    for number in range(100):
        if number % 2:
            text = sound[: len(sound) * number // 100]
        else:
            text = sound.replace(GREETING, f"Line number {number}.") if number % 10 == 0 else sound + f"# {number}\n"
        (folder / "en-US.yaml").write_text(text, encoding="utf-8")
        if number % 10 in (0, 5):
            one.look()
        callers.append(Caller(one.phone()))
        callers[number // 2].press("3*")
    for caller in callers:
        assert "About our center" in caller.press("*3")
        assert SORRY not in caller.text


def test_a_folder_in_which_nothing_can_be_told_is_followed(follow, folder):
    (folder / STATUS).mkdir()

    assert GREETING in follow().call().text


def test_the_sample_is_not_littered():
    assert not (sample() / STATUS).exists()
