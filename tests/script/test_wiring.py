"""What may not stand in line.yaml: each mistake is one sentence, with its place and what to write instead."""

import zoneinfo

import pytest

from ivr.script.reader import read
from script.mini import FILES, edited, folder, problems

MISTAKES = {
    # names and values
    "an unknown name": ("waits:", "weights:", "4:1", "'weights' has no meaning", "Did you mean 'waits'?"),
    "a name that is missing": ("person: desk\n", "", "1:1", "missing 'person'", "person:"),
    "nothing after a name": ("start: main menu", "start:", "1:1", "nothing stands after 'start'"),
    "a list for words": ("start: main menu", "start: [main menu]", "1:1", "after 'start', not a list"),
    "words for names": ("  desk:\n    transfer: main", "  desk: main", "33:3", "'desk' must hold names"),
    "words for a list": ("[one, two]", "one", "24:5", "'announcement' must be a list", "[one]"),
    "an empty list": ("[one, two]", "[]", "24:5", "'announcement' must be a list of at least one"),
    # settings
    "a time zone that does not exist": (
        "America/New_York",
        "America/NewYork",
        "3:12",
        "time zone",
        "Did you mean 'America/New_York'?",
    ),
    "a time zone of another kind": ("America/New_York", "EST5 or so!", "3:12", "time zone", "America/New_York"),
    "two waits": ("[10, 20, 30]", "[10, 20]", "4:1", "'waits' has 2 numbers", "[10, 20, 30]"),
    "waits that shrink": ("[10, 20, 30]", "[10, 30, 20]", "4:1", "a later wait is shorter"),
    "a wait that is too long": ("[10, 20, 30]", "[10, 20, 60]", "4:17", "'60' is not a whole number from 1 to 55"),
    "a wait in words": ("[10, 20, 30]", "[ten, 20, 30]", "4:9", "'ten' is not a whole number"),
    "a wait in foreign digits": ("[10, 20, 30]", "[\u0661\u0660, 20, 30]", "4:9", "not a whole number"),
    "a ring that is too short": (
        "numbers:\n",
        "ring seconds: 4\nnumbers:\n",
        "10:15",
        "'4' is not a whole number from 5 to 600",
    ),
    "a speed that is too fast": ("speed: 90", "speed: 201", "9:76", "'201' is not a whole number from 20 to 200"),
    "a language that is none": ("  es-US: {", "  spanish: {", "9:3", "'spanish' is no language", "en-US"),
    "a voice without words": ("voice: Polly.Joanna-Neural", "voice:", "7:5", "nothing stands after 'voice'"),
    "a language without a voice": ("    voice: Polly.Joanna-Neural\n", "", "6:3", "missing 'voice'"),
    "a voice without its provider": ("Polly.Joanna-Neural", "Joanna", "7:12", "'Joanna'", "Write Polly.Joanna-Neural."),
    "a voice of a family without its provider": ("Polly.Joanna-Neural", "joanna-neural", "7:12", "Polly.Joanna-Neural"),
    "a voice with a small letter": ("Polly.Joanna-Neural", "polly.Joanna-Neural", "7:12", "Write Polly.Joanna-Neural."),
    "a voice of another provider": ("Polly.Joanna-Neural", "google en-US-Neural2-F", "7:12", "Google.en-US-Neural2-F"),
    "a voice in words": ("Polly.Joanna-Neural", "a nice one!", "7:12", "'a nice one!'", "like Polly.Joanna-Neural"),
    "a basic voice": ("Polly.Joanna-Neural", "alice", "7:12", "'alice' is a basic voice", "like Polly.Joanna-Neural"),
    "a fallback voice without its provider": (
        "voice: Polly.Joanna\n",
        "voice: Joanna\n",
        "8:21",
        "Write Polly.Joanna.",
    ),
    "a basic fallback voice": ("voice: Polly.Joanna\n", "voice: Woman\n", "8:21", "'Woman' is a basic voice"),
    "a speech model that is misspelt": (
        "speed: 90",
        "speech model: experimental_uterances",
        "9:83",
        "no speech model of Twilio",
        "Did you mean 'experimental_utterances'?",
    ),
    "a speech model that is none": (
        "speed: 90",
        "speech model: 99!",
        "9:83",
        "no speech model of Twilio",
        "Write experimental_utterances",
    ),
    # numbers
    "a digit too few": ("973-940-3166", "973-940-316", "11:9", "not a phone number that exists", "973-940-3166"),
    "a number in words": ("973-940-3166", "nine seven three", "11:9", "is not a phone number"),
    "a number with an extension": ("973-940-3166", "973-940-3166 ext 5", "11:9", "is not a phone number"),
    "a number without digits": ("973-940-3166", "(--)", "11:9", "is not a phone number"),
    "an emergency number": ("973-940-3166", "911", "11:9", "emergency number", "Delete"),
    "a short number": ("973-940-3166", "211", "11:9", "short number"),
    "a number that costs extra": ("973-940-3166", "900-234-5678", "11:9", "costs"),
    "a number under two names": ("973-940-3170", "(973) 940 3166", "12:3", "same number as 'main'"),
    "a kind of number that is none": (
        "kind: fax",
        "kind: faks",
        "14:11",
        "'faks' cannot stand after 'kind'",
        "Did you mean 'fax'?",
    ),
    "a use that is none": ("hours: unknown", "hours: unknown\n    uses: [dial, reed]", "16:18", "Did you mean 'read'?"),
    # hours
    "hours in words": ("hours: unknown", "hours: mornings", "15:12", "'mornings' are no opening hours", "unknown"),
    "hours of no day": ("hours: unknown", "hours: {mondey: 8:00-12:00}", "15:13", "Did you mean 'monday'?"),
    "hours that are no range": (
        "hours: unknown",
        "hours: {monday: 8am}",
        "15:21",
        "'8am' is no range of hours",
        "8:00-17:00",
    ),
    "hours that end too early": ("hours: unknown", "hours: {monday: 22:00-2:00}", "15:21", "ends before it begins"),
    "hours after midnight": (
        "hours: unknown",
        "hours: {monday: 22:00-24:30}",
        "15:21",
        "ends before it begins",
        "24:00",
    ),
    "hours out of order": (
        "hours: unknown",
        "hours: {monday: [13:00-14:00, 8:00-9:00]}",
        "15:13",
        "overlap or are out of order",
    ),
    "hours that overlap": ("hours: unknown", "hours: {monday: [8:00-12:00, 11:00-13:00]}", "15:13", "overlap"),
    "a holiday that is no date": (
        "hours: unknown",
        "hours: {closed on: [12/25]}",
        "15:25",
        "'12/25' is no date",
        "2026-12-25",
    ),
    # nodes
    "a name with a capital": ("[one, two]", "[One, two]", "24:20", "'One' cannot be a name", "small letters"),
    "a name with an accent": ("[one, two]", "[\u00fano, two]", "24:20", "cannot be a name"),
    "a name with a sign": ("[one, two]", "[one/two, two]", "24:20", "cannot be a name"),
    "a name that is too long": ("[one, two]", f"[{'one' * 14}, two]", "24:20", "too long", "40"),
    "a part twice": ("[one, two]", "[one, one]", "24:25", "'one' stands in this list twice"),
    "an item that is mentioned": (
        "mentioned: [stress]",
        "mentioned: [stress, headaches]",
        "29:5",
        "'headaches' is on the list already",
    ),
    "a kind that is misspelt": (
        "    announcement:",
        "    anouncement:",
        "23:3",
        "'care' has no kind",
        "Did you mean 'announcement'?",
    ),
    "a node of two kinds": ("    transfer: main", "    transfer: main\n    number: main", "33:3", "two kinds"),
    "a node without anything": ("    transfer: main", "", "33:3", "nothing stands under 'desk'"),
    "a sibling of another kind": (
        "    transfer: main",
        "    transfer: main\n    connect: on request",
        "35:5",
        "'connect' has no meaning",
    ),
    "another word for connect": ("connect: on request", "connect: yes", "32:14", "'yes' cannot stand", "'on request'"),
    # menus
    "key 7": ("      4: desk", "      7: desk", "22:7", "key 7", "text me this", "1 to 6"),
    "key 8": ("      4: desk", "      8: desk", "22:7", "key 8", "the other language"),
    "key 9": ("      4: desk", "      9: desk", "22:7", "key 9", "help and settings"),
    "key 0": ("      4: desk", "      0: desk", "22:7", "key 0", "a person"),
    "key star": ("      4: desk", '      "*": desk', "22:7", "key *", "back"),
    "key pound": ("      4: desk", '      "#": desk', "22:7", "key #", "again"),
    "key ten": ("      4: desk", "      10: desk", "22:7", "'10' is no key", "1 to 6"),
    "a key twice": ("      4: desk", "      3: desk", "22:7", "'3' stands here a second time", "line 21"),
    "an option leading nowhere": ("      4: desk", "      4: desc", "22:10", "no node 'desc'", "Did you mean 'desk'?"),
    "an option leading nowhere at all": (
        "      4: desk",
        "      4: zzzz",
        "22:10",
        "no node 'zzzz'",
        "'main menu', 'care'",
    ),
    "an option without a node": ("      4: desk", "      4:", "22:7", "nothing stands after '4'"),
    "two options to one node": (
        "      4: desk",
        "      4: desk\n      5: care",
        "23:7",
        "keys 1 and 5 both lead to 'care'",
    ),
    "an option with something else": ("reason: asked for most", "because: most", "20:22", "'because' has no meaning"),
    # the whole
    "a start that is no menu": ("start: main menu", "start: care", "1:1", "'care', which is no menu"),
    "a start that does not exist": (
        "start: main menu",
        "start: main men",
        "1:8",
        "no node 'main men'",
        "Did you mean 'main menu'?",
    ),
    "a person who is none": ("person: desk", "person: care", "2:1", "'care' does not lead to a person"),
    "a transfer to a fax": (
        "    number: fax\n    connect: on request",
        "    transfer: fax",
        "31:5",
        "'fax' is a fax",
        "connect: on request",
    ),
    "a transfer to no number": (
        "    transfer: main",
        "    transfer: man",
        "34:15",
        "no number 'man'",
        "Did you mean 'main'?",
    ),
    "a transfer to a number not to be dialled": (
        "main: 973-940-3166",
        "main: {number: 973-940-3166, uses: [read]}",
        "34:5",
        "not there to dial",
        "Add 'dial'",
    ),
    "a number that is not to be read": (
        "    hours: unknown",
        "    uses: [dial]",
        "31:5",
        "not there to read",
        "Add 'read'",
    ),
    "a connection to a number not to be dialled": (
        "    hours: unknown",
        "    uses: [read]",
        "31:5",
        "not there to dial",
    ),
    "a node that nobody reaches": ("      3: fax\n", "", "29:3", "no menu leads to 'fax'"),
}


@pytest.mark.parametrize(
    ("old", "new", "place", "words"), [(o, n, p, w) for o, n, p, *w in MISTAKES.values()], ids=MISTAKES
)
def test_each_mistake_is_told_at_its_place(tmp_path, old, new, place, words):
    said = problems(tmp_path, edited("line.yaml", (old, new)))

    assert said[0].startswith(f"line.yaml:{place}: ")
    assert [word for word in words if word not in said[0]] == []
    assert len(said) == 1, "a mistake in the wiring is not told again in the files of words"


@pytest.mark.parametrize(
    ("menu", "said"),
    [
        ("{}", "this menu has no options. Write at least one: a key, a colon and the name of a node."),
        ("[care, pains, fax]", "'menu' must hold names with values. Below it stand names, each with a colon"),
    ],
)
def test_a_menu_without_keys(tmp_path, menu, said):
    options = FILES["line.yaml"][FILES["line.yaml"].index("      1: care") : FILES["line.yaml"].index("  care:")]
    (found,) = problems(tmp_path, edited("line.yaml", ("    menu:\n" + options, f"    menu: {menu}\n")))

    assert found.startswith(f"line.yaml:18:5: {said}")


def test_a_line_without_a_language(tmp_path):
    wiring = FILES["line.yaml"]
    languages = wiring[wiring.index("languages:") : wiring.index("numbers:")]
    said = problems(tmp_path, edited("line.yaml", (languages, "languages: {}\n")))

    assert said == ["line.yaml:5:1: the line speaks no language. Write at least one, such as en-US, with its voice."]


def test_an_option_that_is_misspelt_is_not_told_again_as_a_node_that_nobody_reaches(tmp_path):
    (found,) = problems(tmp_path, edited("line.yaml", ("3: fax", "3: faks")))
    assert "Did you mean 'fax'?" in found


def test_a_fault_in_a_node_is_not_told_again_as_a_node_that_nobody_reaches(tmp_path):
    said = problems(tmp_path, edited("line.yaml", ("    menu:", "    manu:")))
    assert [sentence.split(": ")[0] for sentence in said] == ["line.yaml:17:3"]


def test_a_machine_without_time_zones_takes_what_looks_like_one(tmp_path, monkeypatch):
    def nowhere(name):
        raise zoneinfo.ZoneInfoNotFoundError(name)

    monkeypatch.setattr(zoneinfo, "ZoneInfo", nowhere)
    monkeypatch.setattr(zoneinfo, "available_timezones", set)

    assert read(folder(tmp_path)).time_zone == "America/New_York"
    assert "time zone 'Eastern'" in problems(tmp_path, edited("line.yaml", ("America/New_York", "Eastern")))[0]


@pytest.mark.parametrize("model", ["default", "phone_call", "deepgram_nova-2-medical", "googlev2_telephony_short"])
@pytest.mark.parametrize("voice", ["Google.es-US-Chirp3-HD-Aoede", "Polly.Lupe-Generative", "Polly.L\u00e9a"])
def test_voices_and_speech_models_that_twilio_knows(tmp_path, model, voice):
    files = edited("line.yaml", ("Polly.Lupe-Neural", voice), ("speed: 90", f"speech model: {model}"))
    language = read(folder(tmp_path, files)).languages["es-US"]

    assert (language.voice, language.speech_model) == (voice, model)


def test_a_key_twice_is_not_told_again_as_a_node_that_nobody_reaches(tmp_path):
    for new in ("2: fax", "2: {to: fax}"):
        (said,) = problems(tmp_path, edited("line.yaml", ("3: fax", new)))
        assert "'2' stands here a second time" in said


def test_other_faults_are_told_beside_a_line_that_had_to_be_guessed(tmp_path):
    files = edited(
        "line.yaml",
        ("waits:", "wiats:"),
        ("voice: Polly.Joanna-Neural", "voise: Polly.Joanna-Neural"),
        ("  care:\n", "  care\n"),
        ("kind: fax", "kind: faks"),
        ("connect: on request", "connnect: on request"),
    )
    said = problems(tmp_path, files)

    places = ["4:1", "7:5", "14:11", "23:3", "32:5"]
    assert [s.split(": ")[0] for s in said] == [f"line.yaml:{place}" for place in places]
