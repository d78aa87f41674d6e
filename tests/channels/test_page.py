"""The readable page says what the line says: every place, fact and number of it, in each language, and nothing else."""

import re
from dataclasses import replace

import pytest

from altered import worded
from ivr.channels.page import Contact, addresses, own_words, page
from ivr.channels.readable import plain, written
from ivr.channels.sheet import sheet
from ivr.dialog import prompts
from ivr.dialog.choices import UNIVERSAL_KEYS, Kind, choices, pages
from ivr.dialog.spoken import Slow
from ivr.dialog.state import State
from ivr.script.model import Announcement, Listing, Menu, Prompt, Slot
from readable import Read
from timed import BILLING, line

LANGUAGES = ("en-US", "es-US")
USUAL = "We are there on weekdays."
SHORT = {"en-US": {"nine one one": "911", "nine eight eight": "988", "seven one one": "711"}}
SHORT["es-US"] = {"nueve uno uno": "911", "nueve ocho ocho": "988", "siete uno uno": "711"}


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


def read(script, language, **given):
    return Read(page(script, language, {tag: f"{tag}.html" for tag in script.languages}, **given))


def for_the_eye(speech, language):
    """What is heard, with numbers in digits: worked out from the voice, not by the page's own code."""
    said = " ".join(
        p.written if isinstance(p, Slow) else p for u in speech for p in u.pieces if isinstance(p, str | Slow)
    )
    for spelt, digits in SHORT[language].items():
        said = re.sub(rf"\b{spelt}\b", digits, said, flags=re.IGNORECASE)
    return " ".join(said.split())


def heard(script, language):
    """All that the voice tells of its own content: names of places, parts, names on lists and their answers."""
    words = script.words[language]
    for name, node in script.nodes.items():
        yield words.nodes[name].label
        told = [*words.nodes[name].parts.values(), words.nodes[name].intro]
        for item in (*words.nodes[name].items.values(), *words.nodes[name].mentioned.values()):
            yield item.label
            told.append(item.answer)
        if isinstance(node, Listing):
            yield for_the_eye(prompts.sentence(script, language, "only an examination"), language)
        for prompt in filter(None, told):
            speech = prompts.say(language, *prompts.fill(script, words, prompt))
            yield from re.split(r"(?<=[.?!])\s+", for_the_eye(speech, language))


def test_every_place_fact_and_number_of_the_voice_is_on_the_page(script, language):
    on_paper = read(script, language)
    told = list(heard(script, language))

    assert len(told) > 80
    assert [sentence for sentence in told if sentence not in on_paper.words] == []
    for number in script.numbers.values():
        assert number.written in on_paper.words
        assert script.words[language].numbers[number.name] in on_paper.words
    assert {"911", "988", "711"} <= set(re.findall(r"\d+", on_paper.words))


def test_whatever_can_be_pressed_stands_beside_its_key(script, language):
    words = read(script, language).words
    press = str(script.words[language].sentences["press"][0])
    for name, node in script.nodes.items():
        for position in range(pages(node) if isinstance(node, Listing) else isinstance(node, Menu)):
            for choice in choices(script, State(script.version, language, name, position)):
                if choice.action.kind in (Kind.GO, Kind.ITEM):
                    label = prompts.label(script, language, choice.action)
                    more = r"press 5 ?5, |oprima 5 ?5, " if position else ""
                    key = press.replace("{key}", choice.key)
                    assert re.search(rf"{re.escape(label)} (?:{more}){key}", words), (label, choice.key)
    assert all(f"{press.replace('{key}', key)}" in words for key in UNIVERSAL_KEYS)


def test_the_emergency_sentence_is_first_in_each_language(script, language):
    on_paper = read(script, language)
    own = plain(written(script, language, script.words[language].emergency.say))
    other = next(tag for tag in LANGUAGES if tag != language)

    assert on_paper.words.removeprefix(sheet(script, language).title).strip().startswith(own)
    assert on_paper.links[0] == "tel:911"
    assert plain(written(script, other, script.words[other].emergency.say)) in on_paper.marked[other]


def test_numbers_can_be_called_by_a_touch_but_for_a_fax(script, language):
    links = read(script, language).links

    assert {"tel:+19739403166", "tel:+15703862366", "tel:711", "tel:988"} <= set(links)
    assert "tel:+19739403170" not in links  # nobody gets a fax tone unwarned (XFER-05)
    assert not [link for link in links if link.startswith("sms:")]


def test_the_line_itself_can_be_called_and_texted_where_its_numbers_are_known(script, language):
    on_paper = read(script, language, contact=Contact("+19735550123", "+19735550124"))

    assert {"tel:+19735550123", "sms:+19735550124"} <= set(on_paper.links)
    assert f"{own_words(language)['text the line']} 973-555-0124" in on_paper.words


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en-US", ["Monday to Friday 8:30 AM to 5:00 PM Saturday, Sunday closed", "Closed: December 24 2026, December 25"]),
        ("en-US", ["Monday 9:00 AM to noon, 1:00 PM to 4:00 PM Tuesday to Friday closed Saturday 6:00 PM to midnight"]),
        ("es-US", ["Lunes a viernes 8:30 am a 5:00 pm Sábado, domingo cerrado", "Cerrado: 24 de diciembre de 2026"]),
        ("fr-CA", ["Monday to Friday 8:30 AM to 5:00 PM", "all day"]),
    ],
)  # fmt: skip
def test_who_answers_when_stands_beside_the_number(language, shown):
    """As it is wired; where the page has no words of a language, they are marked as English."""
    open_line = line(fax="{monday: 9:00-17:00}", billing=BILLING if language != "fr-CA" else "{sunday: 0:00-24:00}")
    if language not in LANGUAGES:
        english = open_line.words["en-US"]
        open_line = replace(open_line, languages={language: open_line.languages["en-US"]}, words={language: english})
    on_paper = read(open_line, language)

    assert [words for words in shown if on_paper.words.count(words) < 2] == [], "on the front, and below its place"
    assert "9:00 AM to 5:00 PM" not in on_paper.words, "a fax machine takes faxes at any hour"
    assert language != "fr-CA" or "Monday to Friday" in on_paper.marked["en"]


def test_staffs_own_sentence_comes_first_and_what_is_unknown_is_not_told(script):
    told = line(words=(tuple(worded("\ndays:\n", f"\nhours:\n  main: {USUAL}\ndays:\n")),))

    assert f"{USUAL} Monday to Friday" in read(told, "en-US").words
    assert USUAL not in read(told, "es-US").words
    assert "Monday" not in read(script, "en-US").words


def test_every_link_within_the_page_leads_somewhere(script, language):
    on_paper = read(script, language, picture="map")
    within = [link[1:] for link in on_paper.links if link.startswith("#")]

    assert len(within) > len(script.nodes)
    assert set(within) <= on_paper.ids
    assert "map" in on_paper.links


def test_words_of_another_language_are_marked_so(script):
    english, spanish = (read(script, tag) for tag in LANGUAGES)

    assert "Español" in english.marked["es-US"]
    assert "English" in spanish.marked["es-US"] or "English" in spanish.marked["en-US"]
    assert "English" not in spanish.marked["es-US"]


def test_a_language_without_a_file_of_its_own_has_the_pages_words_marked_as_english(script):
    words = script.words["es-US"]
    french = replace(script, languages={"fr-CA": script.languages["es-US"]}, words={"fr-CA": words})

    assert "Phone numbers" in read(french, "fr-CA").marked["en"]


def test_words_of_staff_never_become_markup(script):
    nodes = dict(script.words["en-US"].nodes)
    nodes["fax"] = replace(nodes["fax"], label="<script>alert(1)</script>")
    words = dict(script.words) | {"en-US": replace(script.words["en-US"], nodes=nodes)}

    assert "<script" not in page(replace(script, words=words), "en-US", dict.fromkeys(script.languages, ""))


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        (("Call ", Slot("main"), ", or write."), "Call 973-940-3166, or write."),
        (("Call ", Slot("main"), "."), "Call 973-940-3166."),
        (("Press ", Slot("person key"), "."), "Press 0."),
        (("Call nine one one now.",), "Call 911 now."),
        (("Twenty-nine one one ones.",), "Twenty-nine one one ones."),
        (("Nine one one, then nine eight eight",), "911, then 988"),
    ],
)
def test_numbers_and_keys_are_written_in_digits(script, pieces, shown):
    assert plain(written(script, "en-US", Prompt(pieces))) == shown


def test_a_place_in_two_menus_is_unfolded_once(script):
    nodes = dict(script.nodes)
    nodes["main menu"] = Menu(
        "main menu", (*nodes["main menu"].options, replace(nodes["main menu"].options[0], key="6"))
    )
    on_paper = read(replace(script, nodes=nodes), "en-US")

    assert on_paper.words.count("It is a special kind of chiropractic massage.") == 1
    assert on_paper.links.count("#treatment") == 2


@pytest.mark.parametrize(
    ("tags", "paths"),
    [
        (["en-US", "es-US"], ["", "es"]),
        (["es-US", "en-US", "fr-CA"], ["", "en", "fr"]),
        (["en-US", "es-US", "es-MX"], ["", "es-us", "es-mx"]),
        (["en-US", "fil-PH"], ["", "fil-ph"]),
    ],
)
def test_each_language_has_an_address(script, tags, paths):
    spoken = replace(script, languages=dict.fromkeys(tags, script.languages["en-US"]))

    assert list(addresses(spoken).values()) == paths


def test_every_part_is_a_paragraph_in_the_order_in_which_it_is_heard(script, language):
    places = [sheet(script, language).places[0]]
    for place in places:
        places += place.below
        node = script.nodes[place.name]
        if isinstance(node, Announcement):
            spoken = [str(script.words[language].nodes[place.name].parts[part]).strip() for part in node.parts]
            assert [plain(text) for text in place.texts] == spoken
    assert {place.name for place in places} == script.nodes.keys() - {script.person}
