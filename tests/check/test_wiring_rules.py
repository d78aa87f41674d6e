"""Rules about menus, times, voices and numbers: what each catches in line.yaml, and what it leaves alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from altered import altered, check, drop, originals, wired, worded
from ivr.check.registry import every_rule
from ivr.check.run import run
from ivr.script.reader import read
from timed import with_hours

MAIN = "      4: fax\n      5: billing\n"
WAITS = "waits: [10, 20, 30]"
OFFICE = "    number: 973-940-3166\n"
WEBSITE = "        our contact page on our website.\n"
"""The end of the one part that says where the center is."""


def own_text(words, spoken=""):
    """Where the center is, as it is spoken and in other words for texts."""
    return worded(WEBSITE, f"{WEBSITE}        {spoken}\n    text:\n      town: {words}\n")


BAD = [
    ("NUM-05", wired(OFFICE, f"{OFFICE}    uses: [dial, read]\n")),
    ("NUM-05", wired("    kind: fax\n", "    kind: fax\n    uses: [dial, read]\n")),
    ("DEAF-02", wired(OFFICE, f"{OFFICE}    uses: [dial, read]\n")),
    ("DEAF-02", own_text("We are easy to find.", "Call {main}.")),
    ("DEAF-02", worded("text more: Text MORE to go on.", "text more: Text ZBLORG to go on.")),
    ("DEAF-02", worded("text more: Text MORE to go on.", "text more: Text END to go on.")),
    ("DEAF-02", worded("Mande MENÚ para", "Mande STOP para", "es-US")),
    ("EMG-06", worded("text opening: Automatic", f"text opening: {'Welcome to this line. ' * 8}Automatic")),
    ("EMG-06", worded("text opening: Respuestas", f"text opening: {'Estas son unas ' * 8}respuestas", "es-US")),
    ("MENU-01", wired(MAIN, f"{MAIN}      6: reception\n")),
    ("MENU-04", wired("      2: conditions\n      3: about us\n", "      3: conditions\n      2: about us\n")),
    ("MENU-04", wired("      5: billing\n", "      6: billing\n")),
    ("MENU-06", wired("      4: office phone\n", "      4: billing\n      6: office phone\n")),
    ("TIME-01", wired(WAITS, "waits: [9, 20, 31]")),
    ("TIME-01", wired(WAITS, "waits: [5, 20, 35]")),
    ("TIME-10", wired("speed: 92", "speed: 110")),
    ("TIME-10", wired("speed: 90", "speed: 70")),
    ("LEP-07", wired("speed: 92", "speed: 100")),
    ("LEP-02", wired("voice: Polly.Lupe-Neural", "voice: Polly.Joanna-Neural")),
    ("LEP-02", wired("fallback voice: Polly.Joanna", "fallback voice: Polly.Penelope")),
    ("LEP-02", wired("voice: Polly.Lupe-Neural", "voice: Google.en-US-Standard-A")),
    ("AUD-04", wired("voice: Polly.Lupe-Neural", "voice: Polly.Joanna-Neural")),
    ("AUD-04", wired("fallback voice: Polly.Joanna", "fallback voice: Polly.Joanna-Neural")),
    ("XFER-04", wired("ring seconds: 25", "ring seconds: 60")),
    ("XFER-04", wired("ring seconds: 25", "ring seconds: 10")),
    ("XFER-07", with_hours("973-940-3166", "{monday: 8:15-17:00}")),
    ("XFER-07", [*with_hours("973-940-3166", "{monday: 8:30-17:00}"), *drop("es-US", "days")]),
    ("MENU-13", worded("say: If this is", f"say: {'now ' * 20}If this is")),
    ("LEP-01", worded("say: Si es una", f"say: {'ya ' * 20}Si es una", "es-US")),
    (
        "MENU-14",
        worded(
            "  main menu:\n    label: Main menu\n", f"  main menu:\n    label: Main menu\n    intro: {'word ' * 45}\n"
        ),
    ),
]
GOOD = [
    ("NUM-05", wired(OFFICE, f"{OFFICE}    uses: [dial, read, text]\n")),
    ("DEAF-02", own_text("Our town is Sparta, New Jersey.")),
    ("DEAF-02", own_text("Call {main}, please.", "Call {main}.")),
    ("DEAF-02", worded("text more: Text MORE to go on.", "text more: Text CONTINUE to go on.")),
    ("EMG-06", worded("text opening: Automatic", "text opening: Welcome. Automatic")),
    ("MENU-01", wired("      5: billing line\n", "      5: billing line\n")),
    ("MENU-02", wired("      4: office phone\n", "      4: office phone\n")),
    (
        "MENU-03",
        wired("      4: office phone\n      5: billing line\n", "      4: billing line\n      5: office phone\n"),
    ),
    (
        "ASR-09",
        wired("      4: office phone\n      5: billing line\n", "      4: billing line\n      5: office phone\n"),
    ),
    ("NUM-01", wired("number: 973-940-3166", "number: (973) 940 3166")),
    ("XFER-06", wired("number: 973-940-3166", "number: +1 973 940 3166")),
    (
        "WAIVE-01",
        wired("  main menu:\n    menu:", '  main menu:\n    waive: {MENU-01: "Our callers know them."}\n    menu:'),
    ),
    ("MENU-04", wired("      2: conditions\n      3: about us\n", "      2: about us\n      3: conditions\n")),
    ("MENU-06", wired("      5: billing line\n", "      5: billing\n      6: billing line\n")),
    ("TIME-01", wired(WAITS, "waits: [12, 20, 30]")),
    ("TIME-10", wired("speed: 92", "speed: 100")),
    ("LEP-07", wired("speed: 92", "speed: 97")),
    ("LEP-02", wired("voice: Polly.Lupe-Neural", "voice: Polly.Mia-Neural")),
    ("LEP-02", wired("voice: Polly.Lupe-Neural", "voice: Polly.Somebody-New")),
    ("AUD-04", wired("voice: Polly.Lupe-Neural", "voice: Polly.Pedro-Neural")),
    ("XFER-04", wired("ring seconds: 25", "ring seconds: 30")),
    ("XFER-07", with_hours("973-940-3166", "{monday: 8:30-17:00}")),
    ("XFER-07", wired("kind: fax\n    hours: unknown", "kind: fax\n    hours: {monday: 8:15-17:00}")),
    ("MENU-13", worded("say: If this is an", "say: If it is an")),
    ("LEP-01", worded("say: Si es una", "say: En una", "es-US")),
    (
        "MENU-14",
        worded(
            "  main menu:\n    label: Main menu\n",
            "  main menu:\n    label: Main menu\n    intro: Five words are few enough.\n",
        ),
    ),
]


@pytest.mark.parametrize(("rule", "change"), BAD, ids=[f"{rule}-{change[0][2][:30]}" for rule, change in BAD])
def test_bad_wiring_is_caught(rule, change):
    assert check(rule, change)


@pytest.mark.parametrize(("rule", "change"), GOOD, ids=[f"{rule}-{change[0][2][:30]}" for rule, change in GOOD])
def test_good_wiring_is_left_alone(rule, change):
    assert not check(rule, change)


def test_a_wait_that_is_far_too_short_is_an_error():
    severities = {
        seconds: check("TIME-01", wired(WAITS, f"waits: [{seconds}, 20, 40]"))[0].severity for seconds in (6, 7)
    }
    assert severities == {6: "error", 7: "warning"}


DEEPER = [
    ("      1: what it is\n", "      1: deeper\n"),
    (
        "  what it is:\n    announcement",
        "  deeper:\n    menu:\n      1: deepest\n\n  deepest:\n    menu:\n      1: what it is\n\n  what it is:\n    announcement",
    ),
]


def deeper():
    words = "nodes:\n\n  main menu:"
    new = "nodes:\n\n  deeper:\n    label: {0}\n    phrases: [{0} a, {0} b]\n  deepest:\n    label: {1}\n    phrases: [{1} a, {1} b]\n  main menu:"
    spoken = [worded(words, new.format("Further", "Furthest"), tag) for tag in ("en-US", "es-US")]
    return [edit for old, new in DEEPER for edit in wired(old, new)] + [edit for change in spoken for edit in change]


def test_what_lies_too_deep_is_caught():
    assert [finding.address[-1] for finding in check("MENU-03", deeper())] == ["what it is"]


def test_a_menu_that_fits_into_the_one_above_it_is_caught(script):
    def shorter(name, count):
        return replace(script.nodes[name], options=script.nodes[name].options[:count])

    bad = replace(
        script, nodes={**script.nodes, "main menu": shorter("main menu", 2), "treatment": shorter("treatment", 3)}
    )
    assert [f.address[-1] for f in run(bad, [every_rule()["MENU-02"]], walking=False).findings] == ["treatment"]


def test_a_number_in_long_groups_is_caught(script):
    number = replace(script.numbers["main"], groups=("973940", "3166"), e164="9739403166")
    bad = replace(script, numbers={**script.numbers, "main": number})
    found = {
        finding.rule for finding in run(bad, [every_rule()["NUM-01"], every_rule()["XFER-06"]], walking=False).findings
    }

    assert found == {"NUM-01", "XFER-06"}


def test_a_menu_without_choices_is_caught(script):
    bad = replace(script, nodes={**script.nodes, "about us": replace(script.nodes["about us"], options=())})
    assert [f.rule for f in run(bad, [every_rule()["ASR-09"]], walking=False).findings] == ["ASR-09"]


# --- languages -----------------------------------------------------------------------------------

EN_ANSWER = "        answer: This means injuries from sports.\n"
ES_ANSWER = "        answer: Quiere decir lesiones por hacer deporte.\n"


@pytest.mark.parametrize(
    ("change", "address"),
    [
        (worded(ES_ANSWER, "", "es-US"), "answer"),
        (worded(EN_ANSWER, ""), "answer"),
        (
            worded(
                "  main menu:\n    label: Main menu\n", "  main menu:\n    label: Main menu\n    help: Only here.\n"
            ),
            "help",
        ),
        (worded("        lay words: [rotator cuff, I cannot lift my arm]\n", ""), "lay words"),
        (worded("from sports.\n", "from sports. Call {main}.\n"), "answer"),
    ],
)
def test_what_one_language_says_the_other_says_too(change, address):
    assert [finding.address[-1] for finding in check("LEP-03", change)] == [address]


def test_two_languages_that_say_the_same_are_left_alone():
    assert not check("LEP-03", worded(EN_ANSWER, "") + worded(ES_ANSWER, "", "es-US"))


UNREVIEWED = "  reviewed by: nobody yet\n"
REVIEWED = worded(UNREVIEWED, "  reviewed by: Ana Ruiz\n  reviewed on: 2026-03-01\n", "es-US")


def test_a_translation_that_was_reviewed_and_is_up_to_date_is_left_alone():
    assert not check("LEP-09", REVIEWED)


def test_nobody_has_reviewed_the_sample_yet():
    assert [finding.what for finding in check("LEP-09")] == ["nobody has reviewed es-US yet"]


def test_a_translation_of_older_words_is_shown_with_both_sources():
    (found,) = check("LEP-09", REVIEWED, worded("all right: All right.", "all right: Very well."))

    assert '"All right."' in found.what
    assert '"Very well."' in found.what
    assert found.place.file == "es-US.yaml"
    assert found.severity == "warning"


def test_new_words_have_to_be_translated_too():
    script = altered(REVIEWED)
    script.translated["es-US"].pop(("en-US", "sentences", "all right"))

    assert [f.address for f in run(script, [every_rule()["LEP-09"]], walking=False).findings] == [
        ("es-US", "sentences", "all right")
    ]


def test_a_translation_of_unknown_words_is_caught():
    script = replace(altered(REVIEWED), translated={})
    assert "not known from which words" in run(script, [every_rule()["LEP-09"]], walking=False).findings[0].what


def copied(tmp_path, languages):
    """The sample with other languages: each a copy of the English or the Spanish file."""
    for name in ("line.yaml", *LANGUAGE_FILES):
        text = originals()[Path(name)]
        (tmp_path / name).write_text(text)
    for tag, source in languages.items():
        text = (tmp_path / source).read_text()
        (tmp_path / source).unlink()
        (tmp_path / f"{tag}.yaml").write_text(text)
        line_file = tmp_path / "line.yaml"
        line_file.write_text(line_file.read_text().replace(source.removesuffix(".yaml"), tag))
    return tmp_path


LANGUAGE_FILES = ("en-US.yaml", "es-US.yaml")


def test_a_language_that_the_checker_has_no_words_for_is_judged_by_the_rest(tmp_path):
    script = read(copied(tmp_path, {"pt-BR": "es-US.yaml"}))
    found = {finding.rule for finding in run(script, walking=False).findings}

    assert {"LEP-02", "LEP-09"} <= found
    assert not found & {"OPT-09", "OPT-15", "LEP-08", "NUM-06"}


def test_a_line_of_one_language_is_left_alone(tmp_path):
    folder = copied(tmp_path, {})
    (folder / "es-US.yaml").unlink()
    text = (folder / "line.yaml").read_text()
    start, end = text.index("  es-US:"), text.index("# Phone numbers stand here")
    (folder / "line.yaml").write_text(text[:start] + "\n" + text[end:])

    assert not run(read(folder), walking=False).findings
