"""The sample, broken by program in many ways: each break is caught by the rule, or by the reader, that should catch it."""

import re
from functools import lru_cache

import pytest

from altered import altered, check, drop, line, put, wired, worded
from ivr.check.registry import every_rule
from ivr.check.run import run
from ivr.script.model import Announcement, Menu
from ivr.script.problems import ScriptError

EN, ES = "en-US", "es-US"
LANGUAGES = (EN, ES)
SCRIPT = line()
PLACES = [name for name in SCRIPT.nodes if name != SCRIPT.start]
PARTS = [(name, part) for name, node in SCRIPT.nodes.items() if isinstance(node, Announcement) for part in node.parts]
MENUS = {name: node for name, node in SCRIPT.nodes.items() if isinstance(node, Menu)}
SENTENCES = [name for name, said in SCRIPT.words[EN].sentences.items() if len(said) == 1]
ANSWERS = [name for name, item in SCRIPT.words[EN].nodes["conditions"].items.items() if item.answer]


def menu(name, keys):
    options = (f"      {key}: {option.target}" for key, option in zip(keys, MENUS[name].options, strict=True))
    return put("\n" + "\n".join(options), "line", "nodes", name, "menu")


def told(name, text, language=EN):
    return put(text, language, "sentences", name)


def words(name, language=EN):
    return str(SCRIPT.words[language].sentences[name][0])


# --- what the reader catches ---------------------------------------------------------------------

DROPPED = [
    *(
        (f"{tag} without the label of {name}", "missing", drop(tag, "nodes", name, "label"))
        for tag in LANGUAGES
        for name in PLACES[::3]
    ),
    *((f"{ES} without {name}", "missing", drop(ES, "nodes", name)) for name in PLACES[::4]),
    *((f"{ES} without the sentence {name}", "missing", drop(ES, "sentences", name)) for name in SENTENCES[::5]),
    *(
        (f"{tag} without the command {name}", "missing", drop(tag, "commands", name))
        for tag, name in ((EN, "person"), (ES, "wait"))
    ),
    *(
        (f"{ES} without the part {part} of {name}", "missing", drop(ES, "nodes", name, "parts", part))
        for name, part in PARTS[::4]
    ),
    *((f"{tag} without its emergency sentence", "missing", drop(tag, "emergency", "say")) for tag in LANGUAGES),
    ("no person", "missing", drop("line", "person")),
    ("no waits", "missing", drop("line", "waits")),
    ("no number of the main office", "there is no number 'main'", drop("line", "numbers", "main")),
]
MISWIRED = [
    ("a start that is not there", "there is no node 'nowhere'", put("nowhere", "line", "start")),
    ("a start that is no menu", "cannot begin", put("fax", "line", "start")),
    ("a person who is a text", "does not lead to a person", put("location", "line", "person")),
    *(
        (f"a key of {name} that leads nowhere", "there is no node", put("nowhere", "line", "nodes", name, "menu", "1"))
        for name in MENUS
    ),
    *(
        (f"a key of {name} that leads to itself", "very menu", put(name, "line", "nodes", name, "menu", "1"))
        for name in MENUS
    ),
    ("two keys to one place", "both lead", put("fax", "line", "nodes", "main menu", "menu", "5")),
    ("a transfer to no number", "there is no number", put("nobody", "line", "nodes", "billing", "transfer")),
    ("a transfer to the fax", "is a fax", put("fax", "line", "nodes", "billing", "transfer")),
    ("zero for something else", "a person", wired("      5: billing\n", "      0: billing\n")),
    ("nine for something else", "help and settings", wired("      5: billing\n", "      9: billing\n")),
    ("a key that no telephone has", "no key of a menu", wired("      5: billing\n", "      A: billing\n")),
    ("a place to which nothing leads", "no menu leads", wired("      5: billing line\n", "")),
    ("a number with a digit too few", "not a phone number", put("973-940-316", "line", "numbers", "main", "number")),
    ("911 as a number", "emergency number", put("911", "line", "numbers", "main", "number")),
    ("waits that shrink", "shorter than", put("[30, 20, 10]", "line", "waits")),
    ("a wait longer than Twilio listens", "from 1 to 55", put("[10, 20, 90]", "line", "waits")),
    ("two waits", "has 2 numbers", put("[10, 20]", "line", "waits")),
    ("a time zone that is nowhere", "does not exist", put("Sparta/Jersey", "line", "time zone")),
    ("a language without a file", "there is no file", wired("  es-US:\n", "  fr-FR:\n")),
]
MISWORDED = [
    ("a menu that does not say its keys", "{key}", told("press", "press")),
    ("a warning without the number of choices", "{count}", told("choices", "Choices.")),
    ("a transfer that cannot be stopped", "{back key}", told("connecting", "Connecting you now.")),
    ("no key for a person", "{person key}", told("person offer", "A person can help.")),
    ("a phone number in digits", "phone number", told("greeting", "Call 973-940-3166.")),
    ("911 in digits", "one big number", told("emergency help", "Call 911.")),
    ("markup", "cannot be spoken", told("greeting", "Hello <break/> there.")),
    ("a slot that is none", "{caller}", told("greeting", "Hello {caller}.")),
    ("one phrase for two places", "stands under", put("[my bill, my fax, send it]", EN, "nodes", "fax", "phrases")),
    ("one word for two keys", "under key 2 and under key 3", put("[three, to]", EN, "keys", "3")),
    ("the same words on each try", "has 1 sentences", told("not understood", "Please repeat.")),
]
READER = [*DROPPED, *MISWIRED, *MISWORDED]


@pytest.mark.parametrize(("why", "change"), [b[1:] for b in READER], ids=[b[0] for b in READER])
def test_the_reader_catches(why, change):
    with pytest.raises(ScriptError, match=re.escape(why)):
        altered(change)


# --- what a rule catches -------------------------------------------------------------------------

STRUCTURE = [
    *(
        (
            f"the keys of {name} in another order",
            "MENU-04",
            menu(name, ["2", "1", "3", "4", "5"][: len(MENUS[name].options)]),
        )
        for name in MENUS
    ),
    *(
        (
            f"a gap in the keys of {name}",
            "MENU-04",
            menu(name, ["1", "2", "3", "4", "5", "6"][1 : len(MENUS[name].options) + 1]),
        )
        for name in MENUS
    ),
    ("a sixth choice", "MENU-01", wired("      5: billing\n", "      5: billing\n      6: reception\n")),
    ("a key that moves", "MENU-06", wired("      5: billing line\n", "      5: billing line\n      6: fax\n")),
    *(
        (f"{seconds} seconds to answer", "TIME-01", put(f"[{seconds}, 20, 45]", "line", "waits"))
        for seconds in (1, 5, 8, 9)
    ),
    *(
        (f"{tag} at {speed} percent", "TIME-10", put(speed, "line", "languages", tag, "speed"))
        for tag in LANGUAGES
        for speed in (70, 130)
    ),
    ("an English voice for Spanish", "LEP-02", put("Polly.Joanna-Neural", "line", "languages", ES, "voice")),
    ("a Spanish voice for English", "LEP-02", put("Polly.Lupe", "line", "languages", EN, "fallback voice")),
    ("one voice for both", "AUD-04", put("Polly.Joanna-Neural", "line", "languages", ES, "voice")),
    ("a minute of ringing", "XFER-04", put("60", "line", "ring seconds")),
]
WORDING = [
    *(
        (f"{tag}: blame in {name}", "OPT-09", told(name, f'"{blame} {words(name, tag)}"', tag))
        for tag, blame in ((EN, "Invalid entry."), (ES, "Opción incorrecta."))
        for name in SENTENCES[::9]
    ),
    *(
        (f"{tag}: an advert in {name}", "OPT-08", told(name, f'"{advert} {words(name, tag)}"', tag))
        for tag, advert in ((EN, "Your call is important to us."), (ES, "Su llamada es importante."))
        for name in SENTENCES[4::9]
    ),
    *(
        (f"{tag}: {part} of {name} in one go", "OPT-18", put("word " * 60, tag, "nodes", name, "parts", part))
        for tag in LANGUAGES
        for name, part in PARTS[::5]
    ),
    *(
        (f"{tag}: a long name for {name}", "MENU-09", put("All that you may ever want", tag, "nodes", name, "label"))
        for tag in LANGUAGES
        for name in PLACES[::5]
    ),
    ("the key before its purpose", "OPT-01", told("person offer", '"Press {person key} for a person."')),
    (
        "the key before its purpose, in Spanish",
        "OPT-01",
        told("person offer", '"Oprima {person key} para hablar con una persona."', ES),
    ),
    *(
        (f"{tag}: an idiom in {name}", "LEP-10", told(name, f'"{idiom} {words(name, tag)}"', tag))
        for tag, idiom in ((EN, "Rest assured."), (ES, "Vamos a partir de cero."))
        for name in SENTENCES[2::9]
    ),
    *(
        (f"{tag}: jargon in {name}", "OPT-10", told(name, f'"{jargon} {words(name, tag)}"', tag))
        for tag, jargon in ((EN, "Prior authorization."), (ES, "Autorización previa."))
        for name in SENTENCES[6::9]
    ),
    *(
        (f"{tag}: past the caller in {name}", "OPT-17", told(name, f'"{past} {words(name, tag)}"', tag))
        for tag, past in ((EN, "Callers are heard."), (ES, "Puedes hablar."))
        for name in SENTENCES[8::9]
    ),
    *(
        (f"{tag}: a sentence of 30 words in {name}", "OPT-16", told(name, f'"{word * 30}{words(name, tag)}"', tag))
        for tag, word in ((EN, "and "), (ES, "pero "))
        for name in SENTENCES[1::12]
    ),
    ("a place for a key", "OPT-13", told("how to choose", "Press the button at the bottom left.")),
    ("hours in digits", "NUM-07", told("no answer", "We are open 9-5.")),
    ("an address", "NUM-10", told("greeting", "Visit www.example.com.")),
    ("a number in words", "XFER-06", told("greeting", "Call nine seven three, nine four zero, three one six six.")),
    ("marque for oprima", "LEP-08", told("how to choose", "Marque una tecla.", ES)),
    (
        "an emergency sentence without a number",
        "EMG-01",
        put("If this is an emergency, hang up.", EN, "emergency", "say"),
    ),
    (
        "the English emergency sentence in Spanish",
        "EMG-02",
        put("If this is an emergency, hang up and call nine one one.", ES, "emergency", "say"),
    ),
    (
        "an emergency sentence of 30 words",
        "EMG-01",
        put("please " * 19 + "hang up and call nine one one.", EN, "emergency", "say"),
    ),
    ("a crisis sentence without a number", "EMG-05", put("You can also call for help.", EN, "emergency", "crisis")),
    ("a fax tone without warning", "XFER-05", told("fax warning", "Do you want to be connected?")),
    ("relay without its number", "DEAF-05", told("relay", "Use a relay service.")),
    ("a person after half a minute", "MENU-13", told("language offer", "palabra " * 30 + "{language key}.", ES)),
]
UNDERSTANDING = [
    *(
        (f"{tag}: one phrase for {name}", "ASR-01", put("[quite another word]", tag, "nodes", name, "phrases"))
        for tag in LANGUAGES
        for name in PLACES[::2]
    ),
    ("a phrase that sounds like another", "ASR-02", put("[filling, facts, send a fax]", EN, "nodes", "fax", "phrases")),
    ("a phrase inside another", "ASR-03", put("[fax my bill, the fax, send a fax]", EN, "nodes", "fax", "phrases")),
    ("letters to spell", "ASR-05", put("[f a x, the fax, send a fax]", EN, "nodes", "fax", "phrases")),
    ("a label that is a key", "OPT-06", put("Option two", EN, "nodes", "billing", "label")),
    ("a language with one name", "LEP-04", put("[inglés]", EN, "language", "phrases")),
    ("two choices with one word", "OPT-20", put("Billing number", EN, "nodes", "billing", "label")),
]
TRANSLATION = [
    *(
        (f"{ES} without an answer to {name}", "LEP-03", drop(ES, "nodes", "conditions", "items", name, "answer"))
        for name in ANSWERS[::2]
    ),
    *((f"{EN} changed in {name}", "LEP-09", told(name, f'"{words(name)} Indeed."')) for name in SENTENCES[::8]),
    (
        "a help text in one language",
        "LEP-03",
        worded(
            "  location:\n    label: Where we are\n", "  location:\n    label: Where we are\n    help: Ask a person.\n"
        ),
    ),
]
RULES = [*STRUCTURE, *WORDING, *UNDERSTANDING, *TRANSLATION]


@pytest.mark.parametrize(("rule", "change"), [b[1:] for b in RULES], ids=[f"{b[1]}: {b[0]}" for b in RULES])
def test_the_rule_catches(rule, change):
    assert {finding.address for finding in check(rule, change)} - before(rule)


@lru_cache
def before(rule):
    """Where the rule finds something in the sample as it is."""
    return {finding.address for finding in run(SCRIPT, [every_rule()[rule]], walking=False).findings}


def test_there_are_enough_breaks_and_all_differ():
    breaks = [*(repr(change) for _, _, change in READER), *(rule + repr(change) for _, rule, change in RULES)]

    assert len(breaks) == len(set(breaks))
    assert len(breaks) >= 60
