"""The map shows every way through a call: places with keys, how transfers end, silence; the picture and the words alike."""

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from ivr.channels.map.document import document
from ivr.channels.map.flow import BEGIN, ENDED, Way, flow
from ivr.channels.map.layout import WIDTH, layout
from ivr.channels.map.svg import svg, told
from ivr.channels.own import own_text
from ivr.cli import main
from ivr.dialog.choices import UNIVERSAL_KEYS
from ivr.script.model import Menu, NumberNode, Transfer
from readable import Read
from small import long, small, tiny

SVG = "{http://www.w3.org/2000/svg}"
FAILED, TALKED = f"{ENDED}failed", f"{ENDED}talked"
LANGUAGES = ("en-US", "es-US")


@pytest.fixture(params=LANGUAGES)
def made(request, script):
    return flow(script, request.param)


def edges(made, way):
    return {(edge.source, edge.target, edge.key) for edge in made.edges if edge.way is way}


def test_every_place_stands_in_it_with_the_key_that_leads_there(script, made):
    wired = {
        (name, option.target, option.key)
        for name, node in script.nodes.items()
        if isinstance(node, Menu)
        for option in node.options
    }

    assert script.nodes.keys() <= made.boxes.keys()
    assert edges(made, Way.OPTION) == wired | {(BEGIN, script.start, "")}


def test_whatever_rings_comes_back_whether_they_talked_or_not(script, made):
    ringing = {n for n, node in script.nodes.items() if isinstance(node, Transfer) or getattr(node, "connect", False)}

    for way, end in ((Way.FAILED, FAILED), (Way.ENDED, TALKED)):
        assert {(source, target) for source, target, _ in edges(made, way)} == {(name, end) for name in ringing}
    keys = {source: key for source, _, key in edges(made, Way.FAILED)}
    assert {keys[n] for n, node in script.nodes.items() if isinstance(node, NumberNode)} == {"2"}
    said = script.words[made.language].sentences
    assert set(made.boxes[FAILED].lines) == {
        str(said[name][0]) for name in ("busy", "no answer", "failed", "cut short")
    }
    assert [key for key, _ in made.boxes[FAILED].choices] == ["1", "2", "3"]


def test_silence_and_what_is_not_understood_end_with_a_person(script, made):
    for ladder in made.ladders:
        assert len(ladder) == 2
        assert edges(made, Way.NEXT) >= {(ladder[0], ladder[1], ""), (ladder[1], script.person, "")}
    waits = [made.boxes[name].seconds for name in made.ladders[0]]
    assert waits == list(script.waits[1:])


def test_keys_that_work_everywhere_are_drawn_once(script, made):
    drawn = svg(made)

    assert [one.keys[0] for one in made.keys[:-1]] == list(UNIVERSAL_KEYS)
    assert sum(edge.key in UNIVERSAL_KEYS for edge in made.edges) == 0
    assert drawn.count('class="box everywhere"') == 1


def test_a_line_of_which_nothing_rings_but_the_person_and_one_language(script):
    made = flow(tiny(script), "en-US")

    assert {source for source, _, _ in edges(made, Way.FAILED)} == {"fax", "billing", "reception"}
    assert all(one.language == "en-US" for one in made.keys)


def overlaps(one, other):
    apart = one.x + WIDTH <= other.x or other.x + WIDTH <= one.x
    return not apart and one.y < other.y + other.height and other.y < one.y + one.height


@pytest.mark.parametrize("size", ["sample", "small", "tiny", 60, 200])
def test_no_box_covers_another_and_all_are_on_the_picture(script, size):
    line = {"sample": script, "small": small(script), "tiny": tiny(script)}.get(size) or long(script, size)
    made = flow(line, "en-US")
    picture = layout(made, lambda box: told(box, own_text("en-US")))
    boxes = picture.placed

    assert {placed.box.name for placed in boxes} == made.boxes.keys()
    assert not [(a.box.name, b.box.name) for n, a in enumerate(boxes) for b in boxes[:n] if overlaps(a, b)]
    assert all(p.x > 0 and p.x + WIDTH < picture.width and p.y > 0 and p.y + p.height < picture.height for p in boxes)
    assert picture.keys_y + picture.keys_height < picture.height


def test_a_place_in_two_menus_is_drawn_once_and_pointed_to(script):
    nodes = dict(script.nodes)
    nodes["about us"] = Menu("about us", (*nodes["about us"].options, replace(nodes["main menu"].options[4], key="6")))
    made = flow(replace(script, nodes=nodes), "en-US")
    boxes = [placed for placed in layout(made, lambda _: ("", "")).placed if placed.box.name == "billing"]

    assert sorted(placed.again for placed in boxes) == [False, True]
    assert "→ Billing" in svg(made)
    assert '<a href="#billing">Billing</a>' in document(replace(script, nodes=nodes), "en-US", {})


def texts(drawn):
    return ["".join(text.itertext()) for text in ET.fromstring(drawn).iter(f"{SVG}text")]


def test_all_that_the_picture_shows_stands_in_words_as_well(script, made):
    below = Read(document(script, made.language, {}, page="page.html"), without="svg")
    words = set(below.words.split())
    shown = {word for text in texts(svg(made)) for word in text.split()} - {"→"}

    assert shown - words == set()
    assert {link[1:] for link in below.links if link.startswith("#")} <= below.ids


def test_the_picture_is_sound_and_holds_no_code(made):
    drawn = svg(made)
    root = ET.fromstring(drawn)

    assert root.find(f"{SVG}title").text.endswith(made.title)
    assert root.get("role") == "img"
    assert "<script" not in drawn
    assert "href" not in drawn


def test_words_of_staff_never_become_markup(script):
    nodes = dict(script.words["en-US"].nodes)
    nodes["fax"] = replace(nodes["fax"], label="<b>&amp</b>")
    words = dict(script.words) | {"en-US": replace(script.words["en-US"], nodes=nodes)}
    line = replace(script, words=words)

    assert "<b>&amp" not in document(line, "en-US", {})
    assert "<b>&amp</b>" in texts(svg(flow(line, "en-US")))


def test_it_is_written_to_a_file_or_the_terminal(tmp_path):
    run = lambda *given: CliRunner().invoke(main, ["map", *given])  # noqa: E731
    told = run("--format", "svg", "--out", str(tmp_path / "map.svg"), "--language", "es-US")

    assert told.output.strip() == str(tmp_path / "map.svg")
    assert "Menú principal" in texts((tmp_path / "map.svg").read_text(encoding="utf-8"))
    refused = run("--out", str(tmp_path / "map.svg" / "below.html"))
    assert refused.exit_code != 0
    assert "cannot be written: " in refused.output
    assert run().output.startswith("<!doctype html>")
    wrong = run("--language", "es")
    assert wrong.exit_code != 0
    assert "the line does not speak es. Did you mean 'es-US'?" in " ".join(wrong.output.split())
