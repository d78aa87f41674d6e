"""Files that are missing, misnamed, saved in a strange way, or made to harm."""

import time

import pytest

from ivr.script.model import Place
from ivr.script.problems import Problem, ScriptError
from ivr.script.reader import read
from ivr.script.source import LARGEST_FILE
from script.mini import ENGLISH, FILES, edited, folder, problems


def without(name, **others):
    return {other: text for other, text in FILES.items() if other != name} | others


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(ScriptError, match="there is no folder") as error:
        read(tmp_path / "nowhere")
    assert str(error.value).startswith("nowhere:1:1: ")


def test_a_file_for_a_folder(tmp_path):
    with pytest.raises(ScriptError, match="there is no folder"):
        read(folder(tmp_path) / "line.yaml")


@pytest.mark.parametrize("wrong", ["line.yaml.txt", "line.yml", "Line.yaml", "line (1).yaml"])
def test_a_wiring_under_another_name(tmp_path, wrong):
    said = problems(tmp_path, without("line.yaml") | {wrong: FILES["line.yaml"]})
    assert said == [f"line.yaml:1:1: there is no file line.yaml in the folder. Rename '{wrong}' to 'line.yaml'."]


def test_no_wiring_at_all(tmp_path):
    (said,) = problems(tmp_path, without("line.yaml"))
    assert "there is no file line.yaml" in said


def test_a_folder_that_is_no_line(tmp_path):
    (said,) = problems(tmp_path, {"live_line": "", "notes.txt": ""})
    assert said.endswith("there is no file line.yaml in the folder. No line lies here: name the folder of your line.")


@pytest.mark.parametrize("wrong", ["en-US.yaml.txt", "en-us.yaml", "en-US.yml", "en_US.yaml", "Copy of en-US.yaml"])
def test_a_language_under_another_name(tmp_path, wrong):
    said = problems(tmp_path, without("en-US.yaml") | {wrong: FILES["en-US.yaml"]})
    assert said == [f"line.yaml:6:3: there is no file en-US.yaml in the folder. Rename '{wrong}' to 'en-US.yaml'."]


def test_a_language_without_a_file(tmp_path):
    (said,) = problems(tmp_path, without("es-US.yaml"))
    assert said.startswith("line.yaml:9:3: there is no file es-US.yaml in the folder. Put it back")


def test_a_file_of_a_language_that_the_line_does_not_speak(tmp_path):
    (said,) = problems(tmp_path, FILES | {"fr-FR.yaml": "x"})
    assert said.startswith("fr-FR.yaml:1:1: this file is of a language that line.yaml does not name. Add 'fr-FR'")


def test_a_folder_for_a_file(tmp_path):
    folder(tmp_path, without("es-US.yaml"))
    (tmp_path / "es-US.yaml").mkdir()

    (said,) = problems(tmp_path, {})
    assert said.startswith("es-US.yaml:1:1: this file cannot be opened")


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_an_empty_file(tmp_path, text):
    assert problems(tmp_path, FILES | {"en-US.yaml": text}) == [
        "en-US.yaml:1:1: this file is empty. Put back the file that was here before."
    ]


def test_a_file_of_remarks(tmp_path):
    (said,) = problems(tmp_path, FILES | {"en-US.yaml": "# Nothing here.\n"})
    assert said.startswith("en-US.yaml:1:1: this file holds only remarks")


@pytest.mark.parametrize("text", ["hello", "[a, b]", "- a"])
def test_a_file_that_holds_no_names(tmp_path, text):
    (said,) = problems(tmp_path, FILES | {"en-US.yaml": text})
    assert said.startswith("en-US.yaml:1:1: 'en-US.yaml' must hold names with values")


def test_a_file_that_is_not_utf_8_is_told_once_with_all_else(tmp_path):
    text = edited("en-US.yaml", ("The care", "El cuidado \u00f3ptimo \u00f1"), ("Two names.", "Dial 911."))[
        "en-US.yaml"
    ]
    said = problems(tmp_path, FILES | {"en-US.yaml": text.encode("cp1252")})

    assert [sentence.split(": ")[0] for sentence in said] == ["en-US.yaml:8:23", "en-US.yaml:20:17"]
    assert "not saved as UTF-8" in said[0]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_in_another_unicode(tmp_path, encoding):
    (said,) = problems(tmp_path, FILES | {"en-US.yaml": FILES["en-US.yaml"].encode(encoding)})

    assert said.startswith("en-US.yaml:1:1: this file is not saved as UTF-8")
    assert "Save As" in said


def test_a_largest_file_is_read_and_a_larger_one_is_not(tmp_path):
    filling = "#" * (LARGEST_FILE - len(FILES["en-US.yaml"].encode()))
    assert read(folder(tmp_path, FILES | {"en-US.yaml": FILES["en-US.yaml"] + filling}))

    (said,) = problems(tmp_path, FILES | {"en-US.yaml": FILES["en-US.yaml"] + filling + "#"})
    assert said.startswith("en-US.yaml:1:1: this file is larger than 1024 kilobytes")


@pytest.mark.parametrize(
    ("begins", "what"),
    [
        (b"PK\x03\x04 a file of Word", "this file is a document of a word processor or an archive"),
        (b"{\\rtf1 rich text", "this file is a document of a word processor or an archive"),
        ("label: x".encode("utf-16") * LARGEST_FILE, "this file is not saved as UTF-8 but as UTF-16"),
    ],
)
def test_a_file_that_is_no_plain_text(tmp_path, begins, what):
    (said,) = problems(tmp_path, FILES | {"en-US.yaml": begins})
    assert said.startswith(f"en-US.yaml:1:1: {what}")


BOMB = "a: &a [x, x]\n" + "".join(
    f"{b}: &{b} [{', '.join(f'*{a}' for _ in range(9))}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)

HARMFUL = {
    "ten megabytes": "x: y\n" * 2_000_000,
    "an alias bomb": BOMB,
    "brackets without end": "[" * 200_000,
    "curly brackets without end": "{a: " * 50_000,
    "dashes without end": "- " * 100_000,
    "steps without end": "\n".join(" " * n + "a:" for n in range(600)),
    "slips without end": 'a: b: c\n"\n' * 20_000,
    "words without colons": "word\n" * 50_000,
    "colons without words, in the largest file": ":\n" * (LARGEST_FILE // 2),
    "quotes without end": "a: 'b\n" * 30_000,
    "a long line": "x" * 250_000,
    "a long line of colons": "a: " * 80_000,
    "spaces without end": "a" + " " * 250_000 + "b\nc: d\n",
    "digits without end": "language:\n  name: " + "1 a " * 60_000,
    "many names": "".join(f"name {n}: x\n" for n in range(12_000)),
}


@pytest.mark.parametrize("text", HARMFUL.values(), ids=HARMFUL)
def test_a_harmful_file_is_refused_before_long(tmp_path, text):
    start = time.process_time()
    said = problems(tmp_path, FILES | {"en-US.yaml": text})

    assert said
    assert all(sentence.startswith("en-US.yaml:") for sentence in said)
    assert time.process_time() - start < 5


def test_many_options_that_lead_nowhere_are_told_before_long(tmp_path):
    start = time.process_time()
    options = "".join(f"      {n}: x{n}\n" for n in range(100, 5_100))
    nodes = "".join(f"  y{n}:\n    transfer: main\n" for n in range(3_000))
    said = problems(tmp_path, edited("line.yaml", ("      4: desk\n", options), ("  care:\n", nodes + "  care:\n")))

    assert sum("there is no node 'x" in sentence for sentence in said) == 5_000
    assert time.process_time() - start < 10


def test_aliases_and_anchors_are_refused(tmp_path):
    said = problems(tmp_path, FILES | {"en-US.yaml": BOMB + ENGLISH})

    assert [
        sentence for sentence in said if sentence.startswith("en-US.yaml:1:4: words cannot begin with the sign & (&a)")
    ]
    assert [
        sentence for sentence in said if sentence.startswith("en-US.yaml:2:8: words cannot begin with the sign * (*a)")
    ]


def test_the_error_carries_all_problems_in_the_order_of_the_files(tmp_path):
    files = edited("line.yaml", ("4: desk", "7: desk"))
    files |= {"es-US.yaml": FILES["es-US.yaml"].replace("The care", "A & B"), "en-US.yaml": ""}
    with pytest.raises(ScriptError) as error:
        read(folder(tmp_path, files))

    assert [(problem.place.file, problem.place.line) for problem in error.value.problems] == [
        ("en-US.yaml", 1),
        ("es-US.yaml", 11),
        ("line.yaml", 22),
    ]
    assert str(error.value) == "\n".join(map(str, error.value.problems))


def test_a_problem_is_one_sentence_and_what_to_do():
    problem = Problem(Place("en-US.yaml", 3, 5), "this is wrong", "Do that.")
    assert str(problem) == "en-US.yaml:3:5: this is wrong. Do that."
