"""What a script without a mistake turns into, however its files were saved."""

import codecs

import pytest

from ivr.script.folders import sample
from ivr.script.model import (
    Announcement,
    Hours,
    Listing,
    Menu,
    NumberNode,
    Option,
    Place,
    Prompt,
    Slot,
    Term,
    Transfer,
    Translation,
)
from ivr.script.reader import read
from script.mini import FILES, edited, folder


@pytest.fixture
def mini(tmp_path):
    return read(folder(tmp_path))


def test_the_sample_reads_in_both_languages():
    script = read(sample())

    assert list(script.words) == list(script.languages) == ["en-US", "es-US"]
    assert script.numbers["main"].written == "973-940-3166"
    assert script.person_number.e164 == "+19739403166"
    assert set(script.words["en-US"].nodes) == set(script.words["es-US"].nodes) == set(script.nodes)


def test_the_settings(mini, tmp_path):
    assert (mini.name, mini.start, mini.person) == (tmp_path.name, "main menu", "desk")
    assert (mini.time_zone, mini.waits, mini.ring_seconds) == ("America/New_York", (10, 20, 30), 25)
    assert [(tag, language.rate) for tag, language in mini.languages.items()] == [("en-US", 100), ("es-US", 90)]
    assert mini.languages["en-US"].speech_model == "experimental_utterances"
    assert mini.languages["es-US"].fallback_voice == "Polly.Penelope"


def test_every_kind_of_node(mini):
    assert mini.nodes == {
        "main menu": Menu(
            "main menu",
            (Option("1", "care"), Option("2", "pains", "asked for most"), Option("3", "fax"), Option("4", "desk")),
        ),
        "care": Announcement("care", ("one", "two")),
        "pains": Listing("pains", ("knee pain", "headaches"), ("stress",)),
        "fax": NumberNode("fax", "fax", connect=True),
        "desk": Transfer("desk", "main"),
    }


def test_the_numbers(mini):
    main, fax = mini.numbers["main"], mini.numbers["fax"]

    assert (main.e164, main.groups, main.kind, main.hours) == ("+19739403166", ("973", "940", "3166"), "voice", None)
    assert main.uses == {"dial", "read", "text"}
    assert (fax.kind, fax.hours) == ("fax", None)


@pytest.mark.parametrize(
    ("written", "e164", "groups"),
    [
        ("(570) 386 2366", "+15703862366", ("570", "386", "2366")),
        ("800-356-9377", "+18003569377", ("800", "356", "9377")),
        ("+1 570 386 2366", "+15703862366", ("570", "386", "2366")),
        ("+44 20 7946 0958", "+442079460958", ("020", "7946", "0958")),
    ],
)
def test_a_number_is_read_as_its_country_groups_it(tmp_path, written, e164, groups):
    number = read(folder(tmp_path, edited("line.yaml", ("973-940-3166", written)))).numbers["main"]
    assert (number.e164, number.groups) == (e164, groups)


def test_opening_hours(tmp_path):
    hours = '{monday: 8:00-12:00, friday: ["8:00-12:00", 13:00-24:00], sunday: closed, closed on: [2026-12-25]}'
    script = read(folder(tmp_path, edited("line.yaml", ("hours: unknown", f"hours: {hours}"))))

    monday, friday = ((480, 720),), ((480, 720), (780, 1440))
    assert script.numbers["fax"].hours == Hours((monday, (), (), (), friday, (), ()), ("2026-12-25",))


def test_the_words(mini):
    words = mini.words["en-US"]
    care, pains = words.nodes["care"], words.nodes["pains"]

    assert care.parts == {
        "one": Prompt(("We treat you by hand: gently.",)),
        "two": Prompt(("Call ", Slot("main"), " for more.")),
    }
    assert (care.label, care.phrases, care.intro) == ("The care", ("what is it", "off"), None)
    assert pains.intro == Prompt(("Two names.",))
    assert pains.items["knee pain"].lay_words == ("my kneecap hurts",)
    assert pains.items["headaches"].answer is None
    assert pains.mentioned["stress"].answer == Prompt(("Stress is not on the list.",))
    assert pains.not_listed == ("cancer",)
    assert words.nodes["main menu"].phrases == ()
    assert words.numbers == {"main": "our desk", "fax": "the fax machine"}
    assert words.terms == {"fascia": Term("a thin tissue, inside you", "fasha")}
    assert words.emergency.not_phrases == ("no emergency",)
    assert words.keys["*"] == ("star",)
    assert words.sentences["press"] == (Prompt(("Well ", Slot("key"))),)
    assert len(words.sentences["silence"]) == 2


def test_words_that_yaml_takes_for_something_else_stay_words(mini):
    assert mini.words["en-US"].nodes["fax"].phrases == ("no", "on", "2 faxes")


def test_who_reviewed_a_translation(mini, tmp_path):
    assert mini.words["en-US"].translation == Translation()
    assert mini.words["es-US"].translation == Translation("en-US")

    review = ("nobody yet", "Ana Diaz\n  reviewed on: 2026-01-31")
    reviewed = read(folder(tmp_path, edited("es-US.yaml", review)))
    assert reviewed.words["es-US"].translation == Translation("en-US", "Ana Diaz", "2026-01-31")


@pytest.mark.parametrize(
    ("address", "place"),
    [
        (("line", "nodes", "fax"), Place("line.yaml", 30, 3)),
        (("line", "nodes", "pains", "list", "1"), Place("line.yaml", 28, 9)),
        (("en-US", "nodes", "care", "label"), Place("en-US.yaml", 8, 5)),
        (("en-US", "nodes", "care", "phrases", "1"), Place("en-US.yaml", 9, 27)),
        (("es-US", "translation", "from"), Place("es-US.yaml", 5, 3)),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, tuple) else "",
)
def test_everything_has_its_place(mini, address, place):
    assert mini.places[address] == place


SAVED_OTHERWISE = {
    "byte-order mark": lambda data: codecs.BOM_UTF8 + data,
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "CR": lambda data: data.replace(b"\n", b"\r"),
}


@pytest.mark.parametrize("save", SAVED_OTHERWISE.values(), ids=SAVED_OTHERWISE)
def test_what_editors_do_to_line_ends_changes_nothing(mini, tmp_path, save):
    again = read(folder(tmp_path, {name: save(text.encode()) for name, text in FILES.items()}))

    assert again.version == mini.version
    assert again.words == mini.words
    assert again.nodes == mini.nodes
    assert again.places == mini.places


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("label: The care", "label:\tThe care"),
        ("label: The care", "label: The care   \n\t"),
        ("label: The care", "# As on the sign\n    label: The care"),
        ("{means:", "{ means:"),
        ("sounds like: fasha}", "sounds like: fasha}  # as doctors say it"),
        ("phrases: [what is it, off]", "phrases: [what is it, off]  # off is off"),
        ("one: >", "one: >  # by hand: how"),
        ("label: The care", 'label: "The care"  # as on the sign'),
        ("reviewed by: nobody yet", "reviewed by: nobody yet  # ask Ana"),
        ("label: The care", 'label: "The care"'),
        ("label: The care", "label: 'The care'"),
        ("label: The care", "label: The\u00a0care"),
        ("label: The care", "label:\n      The\n      care"),
        ("label: The care\n", "label: >\n      The\n      care\n\n"),
    ],
)
def test_the_same_words_written_in_another_way(mini, tmp_path, old, new):
    name = "en-US.yaml" if old in FILES["en-US.yaml"] else "es-US.yaml"
    again = read(folder(tmp_path, edited(name, (old, new))))
    assert again.words == mini.words


def test_the_version_names_the_content(mini, tmp_path):
    other = read(folder(tmp_path, edited("en-US.yaml", ("The care", "Our care"))))

    assert mini.version != other.version
    assert len(mini.version) == 12
    assert set(mini.version) <= set("0123456789abcdef")


def test_other_files_of_the_folder_do_not_matter(mini, tmp_path):
    (tmp_path / "rehearsals").mkdir()
    folder(tmp_path, {"STATUS.txt": "closed today", "notes.yaml": "}"})

    assert read(tmp_path).version == mini.version
