"""What may not stand in a language file: each mistake is one sentence, with its place and what to write instead."""

import pytest

from ivr.script.catalogue import COMMANDS, KEYS, SENTENCES
from script.mini import FILES, edited, problems

MISTAKES = {
    # names
    "an unknown name": (
        "    phrases: [what",
        "    frases: [what",
        "9:5",
        "'frases' has no meaning under 'care'",
        "Did you mean 'phrases'?",
    ),
    "an unknown name like no other": (
        "    phrases: [what",
        "    zzz: [x]\n    phrases: [what",
        "9:5",
        "'zzz' has no meaning under 'care'",
        "as far to the right as its neighbours",
    ),
    "an unknown section": ("fillers:", "filers:", "54:1", "Did you mean 'fillers'?"),
    "a missing section": ("fillers: [um]\n", "", "1:1", "missing 'fillers'"),
    "a missing node": ("  desk:\n    label: Our desk\n    phrases: [the desk]\n", "", "4:1", "missing 'desk'"),
    "an unknown node": (
        "  desk:\n    label",
        "  dask:\n    label",
        "39:3",
        "'dask' has no meaning under 'nodes'",
        "Did you mean 'desk'?",
    ),
    "a node that stands inside another": (
        "  desk:\n    label: Our desk\n    phrases: [the desk]\n",
        "    desk:\n      label: Our desk\n      phrases: [the desk]\n",
        "4:1",
        "missing 'desk'",
    ),
    "a node without a label": ("    label: The care\n", "", "7:3", "missing 'label'"),
    "a node without phrases": ("    phrases: [the desk]\n", "", "39:3", "missing 'phrases'"),
    "phrases that are no list": (
        "phrases: [the desk]",
        "phrases: the desk",
        "41:5",
        "'phrases' must be a list",
        "[the desk]",
    ),
    "parts of a transfer": (
        "    phrases: [the desk]",
        "    phrases: [the desk]\n    parts: {one: x}",
        "42:5",
        "'parts' has no meaning",
    ),
    "an intro of an announcement": ("    parts:\n", "    intro: Well.\n    parts:\n", "10:5", "'intro' has no meaning"),
    "a missing part": ("      two: Call {main} for more.\n", "", "10:5", "missing 'two'"),
    "an unknown part": ("      two: Call", "      too: Call", "14:7", "Did you mean 'two'?"),
    "a missing item": (
        "      headaches:\n        label: Headaches\n        phrases: [head]\n",
        "",
        "21:5",
        "missing 'headaches'",
    ),
    "an unknown item": ("      headaches:", "      headakes:", "27:7", "Did you mean 'headaches'?"),
    "what is mentioned, without an answer": (
        "        answer: Stress is not on the list.\n",
        "",
        "31:7",
        "missing 'answer'",
    ),
    "what is mentioned, and missing": (
        "mentioned:\n      stress:",
        "mentioned:\n      stres:",
        "31:7",
        "Did you mean 'stress'?",
    ),
    "a missing number": ("  fax: the fax machine\n", "", "42:1", "missing 'fax'"),
    "a term about which nothing is said": (
        '{means: "a thin tissue, inside you", sounds like: fasha}',
        "{}",
        "53:3",
        "nothing is said about 'fascia'",
    ),
    "a missing emergency sentence": ("  crisis: You can call nine eight eight.\n", "", "45:1", "missing 'crisis'"),
    "a first language that is translated": (
        "nodes:\n",
        "translation: {from: es-US, reviewed by: nobody yet}\nnodes:\n",
        "4:1",
        "en-US is the first language",
        "Delete",
    ),
    # spoken words
    "markup": ("answer: That", "answer: <b>That</b>", "26:17", "sign <"),
    "a greater sign": ("answer: That", "answer: 2 > 1. That", "26:19", "sign >"),
    "an ampersand in a label": ("label: The care", "label: Care & more", "8:17", "sign &", "'and'"),
    "an ampersand in a phrase": ("phrases: [the desk]", "phrases: [desk & co]", "41:20", "sign &", "'and'"),
    "our number in digits": ("Call {main} for", "Call 973-940-3166 for", "14:17", "973-940-3166", "Write {main}"),
    "our other number, in another form": ("Call {main} for", "Call (973) 940.3170 for", "14:17", "Write {fax}"),
    "our number without its area": ("Call {main} for", "Call 940-3170 for", "14:17", "Write {fax}"),
    "a number of strangers": ("Call {main} for", "Call 570 386 2366 for", "14:17", "Write {main} or {fax}"),
    "a number in the second line of a sentence": ("by hand: gently.", "by 973-940-3166.", "13:12", "Write {main}"),
    "a number in a phrase": ("phrases: [the desk]", "phrases: [call 973-940-3166]", "41:20", "Leave it out here"),
    "911": ("Two names.", "Call 911.", "20:17", "911", "nine one one"),
    "988": ("You can call nine eight eight.", "You can call 988.", "47:24", "988", "nine eight eight"),
    "711": ("label: The care", "label: Dial 711", "8:17", "711", "seven one one"),
    "911 in dashes": ("Two names.", "Call 9-1-1 now.", "20:17", "911", "nine one one"),
    "911 in a phrase": ("phrases: [emergency]", "phrases: [call 911]", "49:18", "911", "nine one one"),
    "a label that is too long": (
        "label: The care",
        f"label: {'The care ' * 7}",
        "8:12",
        "62 characters, and 60 is the most",
    ),
    "a phrase that is too long": ("[the desk]", f"[{'x' * 101}]", "41:15", "101 characters, and 100 is the most"),
    "a prompt that is too long": ("Two names.", "Two names. " * 110, "20:12", "1209 characters, and 1200 is the most"),
    "too many phrases": (
        "[the desk]",
        f"[{', '.join(f'desk {n}' for n in range(101))}]",
        "41:5",
        "101 entries, and 100 is the most",
    ),
    "an empty label": ("label: The care", 'label: " "', "8:5", "nothing stands after 'label'"),
    "an empty phrase": ("[the desk]", '[the desk, ""]', "41:25", "nothing stands in this entry"),
    "a list for a sentence": ("intro: Two names.", "intro: [Two, names]", "20:5", "after 'intro', not a list"),
    "a remark behind a sentence": (
        "That is the knee.",
        "That is # the knee.",
        "26:25",
        "what follows # is a remark",
        "straight quotes",
        "a line of its own",
    ),
    "a remark behind a label": ("label: The care", "label: The care  # as on the sign", "8:22", "remark"),
    "a remark behind an entry with a dash": ("- the list", "- the list #1", "19:18", "remark"),
    "a remark behind an entry in brackets": ("[the desk]", "[the desk # front\n    ]", "41:24", "remark"),
    "a remark behind a sentence of two lines": (
        "That is the knee.",
        "That is\n          the # knee.",
        "27:15",
        "remark",
    ),
    "a smiley": ("That is the knee.", "That is \U0001f600 the knee.", "26:25", "\U0001f600", "write a word"),
    "a heart of two characters": ("label: The care", "label: The care \u2764\ufe0f", "8:21", "picture"),
    "a family of many characters": (
        "label: The care",
        "label: The care \U0001f469\u200d\U0001f467",
        "8:21",
        "picture",
    ),
    "an arrow in a phrase": ("[the desk]", "[the \u2192 desk]", "41:19", "\u2192"),
    "a label of signs": ("label: The care", 'label: "!!!"', "8:12", "no word that can be said"),
    "a phrase of dots": ("[the desk]", "[the desk, ...]", "41:25", '"..."', "no word that can be said"),
    # slots
    "a number that does not exist": ("{main}", "{man}", "14:17", "{man}", "Did you mean {main}?"),
    "a slot of no number": ("{main}", "{zzzz}", "14:17", "{zzzz}", "{fax} or {main}"),
    "a slot without its end": ("{main}", "{main", "14:17", "the curly bracket { has no partner"),
    "a slot without its beginning": ("{main}", "main}", "14:21", "the curly bracket } has no partner"),
    "a slot in a label": ("label: The care", "label: The {main}", "8:16", "curly brackets"),
    "a slot in a phrase": ("- the list", "- the {main} list", "19:13", "curly brackets"),
    "a slot in the emergency sentence": (
        "I am still here.",
        "I am {main}.",
        "48:20",
        "{main}",
        "Write the words themselves",
    ),
    # phrases that collide
    "a phrase under two nodes": ("[the desk]", "[the desk, What is  it]", "41:25", "'care' (line 9) and under 'desk'"),
    "a label that is a phrase elsewhere": (
        "label: Our desk",
        "label: Fax NUMBER",
        "40:12",
        "'fax' (line 37) and under 'desk'",
    ),
    "a phrase under two nodes, with other signs": ("[the desk]", "[the desk, 'What is it?!']", "41:25", "(line 9)"),
    "a phrase under two nodes, with an accent": ("[the desk]", "[the desk, th\u00e9 list]", "41:25", "(line 19)"),
    "a phrase under two nodes, with a word twice": ("[the desk]", "[the desk, the the list]", "41:25", "(line 19)"),
    "a phrase that is said for a key": (
        "[the desk]",
        "[the desk, One!]",
        "41:25",
        '"One!" is said for key 1',
        "'desk'",
    ),
    "a phrase of an item that is said for a key": (
        "[knee]",
        "[knee, pound]",
        "24:25",
        "key #",
        "'knee pain' of 'pains'",
    ),
    "a phrase of a node and an item": ("[the desk]", "[the desk, knee]", "41:25", "'knee pain' of 'pains' (line 24)"),
    "lay words of two items": ("phrases: [head]", "phrases: [my kneecap hurts]", "29:19", "(line 25)"),
    "what is on the list and not": ("not listed: [cancer]", "not listed: [knee]", "35:18", "'not listed' of 'pains'"),
    "an emergency that leads to a node": ("[the desk]", "[emergency]", "41:15", "'emergency' (line 49)"),
}


@pytest.mark.parametrize(
    ("old", "new", "place", "words"), [(o, n, p, w) for o, n, p, *w in MISTAKES.values()], ids=MISTAKES
)
def test_each_mistake_is_told_at_its_place(tmp_path, old, new, place, words):
    said = problems(tmp_path, edited("en-US.yaml", (old, new)))

    assert said[0].startswith(f"en-US.yaml:{place}: ")
    assert [word for word in words if word not in said[0]] == []
    assert len(said) == (2 if new.startswith("    desk:") else 1)


def stock(name):
    """The line of a stock sentence, command or key, as the mini script writes it."""
    return next(line for line in FILES["en-US.yaml"].splitlines() if line.startswith(f"  {name}: "))


@pytest.mark.parametrize("name", [*SENTENCES, *COMMANDS, *(f'"{key}"' for key in KEYS)])
def test_nothing_that_every_line_says_may_be_missing(tmp_path, name):
    text = FILES["en-US.yaml"]
    index = text.rindex(f"\n  {name}: ") if name in COMMANDS else text.index(f"\n  {name}: ")
    end = text.index("\n", index + 1)
    (said,) = problems(tmp_path, FILES | {"en-US.yaml": text[:index] + text[end:]})

    assert f"missing '{name.strip(chr(34))}'" in said


@pytest.mark.parametrize(
    ("name", "new", "words"),
    [
        ("press", "press {kay}", ("'press' does not say {key}", "{kay}", "Did you mean {key}?")),
        ("press", "press one", ("'press' does not say {key}",)),
        ("press", "press {key} {person key} {item}", ("nothing to fill in for {item}",)),
        ("greeting", "[Hello, Welcome]", ("'greeting' has 2 sentences", "it must be one sentence")),
        ("silence", "Take your time", ("'silence' has 1 sentences", "a list of 2 sentences", "Write 1 more.")),
        ("silence", "[Hello, 'Dial 911', Bye]", ("'silence' has 3 sentences", "Delete the others.", "nine one one")),
    ],
)
def test_stock_sentences(tmp_path, name, new, words):
    said = " ".join(problems(tmp_path, edited("en-US.yaml", (stock(name), f"  {name}: {new}"))))
    assert [word for word in words if word not in said] == []


def test_a_stock_sentence_may_use_its_slots_and_those_of_the_keys(tmp_path):
    files = edited("en-US.yaml", (stock("press"), "  press: press {key}, {person key} or { back  key }, not 911"))
    (said,) = problems(tmp_path, files)

    assert "911" in said


def test_an_unknown_sentence_is_told_with_what_was_meant(tmp_path):
    said = problems(tmp_path, edited("en-US.yaml", ("  greeting:", "  greting:")))
    assert [s.split(": ", 1)[1] for s in said] == [
        "'greting' has no meaning under 'sentences'. Did you mean 'greeting'?"
    ]


def test_a_word_for_two_keys(tmp_path):
    (said,) = problems(tmp_path, edited("en-US.yaml", (stock('"2"'), '  "2": [two, ONE]')))
    assert "'one' stands under key 1 and under key 2" in said


def test_a_key_without_words(tmp_path):
    (said,) = problems(tmp_path, edited("en-US.yaml", (stock('"2"'), '  "2": []')))
    assert "'2' must be a list of at least one" in said


def test_a_phrase_of_a_command_may_not_lead_to_a_node(tmp_path):
    (said,) = problems(tmp_path, edited("en-US.yaml", ("[the desk]", "[please goodbye]")))
    assert "'goodbye'" in said
    assert "'desk'" in said


def test_the_first_menu_may_be_called_what_the_command_is_called(tmp_path):
    files = edited("en-US.yaml", MAIN_MENU, ("Two names.", "Two names, or 911."))
    (said,) = problems(tmp_path, files)

    assert "911" in said


MAIN_MENU = ("label: Do main menu", "label: Main menu")


@pytest.mark.parametrize(
    "line",
    [
        None,
        "",
        "# Nothing here.",
        FILES["line.yaml"].replace("  fax:", "\tfax:"),
        FILES["line.yaml"].replace("start: main menu", "start: main men"),
        FILES["line.yaml"].replace("start: main menu", "start: care"),
    ],
    ids=["missing", "empty", "only remarks", "a tab", "a wrong start", "a start that is no menu"],
)
def test_whatever_is_wrong_with_the_wiring_the_main_menu_does_not_collide_with_its_command(tmp_path, line):
    files = edited("en-US.yaml", MAIN_MENU) | {"line.yaml": line}
    said = problems(tmp_path, {name: text for name, text in files.items() if text is not None})

    assert said
    assert [sentence for sentence in said if not sentence.startswith("line.yaml:")] == []


def test_a_word_of_another_menu_collides_with_the_command_also_where_the_first_menu_is_not_known(tmp_path):
    files = edited("en-US.yaml", ("label: Do main menu", "label: Knee")) | {"line.yaml": ""}
    said = problems(tmp_path, files)

    assert [s for s in said if "under 'main menu'" in s and "'knee pain' of 'pains'" in s]


@pytest.mark.parametrize("line", [None, "", FILES["line.yaml"].replace("  care:", "\tcare:")])
def test_what_cannot_be_spoken_is_told_without_a_wiring(tmp_path, line):
    files = edited(
        "en-US.yaml",
        ("label: The care", "label: Care 911"),
        ("phrases: [knee]", "phrases: [knee & leg]"),
        ("intro: Two names.", f"intro: {'Two names. ' * 110}"),
        ("answer: That is the knee.", "answer: That is <b>the {knee}"),
        ("main: our desk", "main: 973-940-3166"),
    )
    said = problems(tmp_path, {name: text for name, text in (files | {"line.yaml": line}).items() if text is not None})

    assert [s.split(": ")[0] for s in said if s.startswith("en-US.yaml")] == [
        f"en-US.yaml:{place}" for place in ("8:17", "20:12", "24:24", "26:25", "43:9")
    ]


def test_what_cannot_be_spoken_is_told_of_a_place_that_is_not_wired_rightly(tmp_path):
    files = edited("en-US.yaml", ("two: Call {main} for", "two: Call 911 or {main} for"))
    said = problems(
        tmp_path,
        files | edited("line.yaml", ("    announcement:", "    anouncement:")) | {"en-US.yaml": files["en-US.yaml"]},
    )

    assert [s.split(": ")[0] for s in said] == ["en-US.yaml:14:17", "line.yaml:23:3"]


def test_a_number_that_may_not_be_read_out(tmp_path):
    numbers = ("main: 973-940-3166", "main: {number: 973-940-3166, uses: [dial]}")
    said = problems(tmp_path, edited("line.yaml", numbers))

    assert [sentence.split(": ")[0] for sentence in said] == ["en-US.yaml:14:7", "es-US.yaml:17:7"]
    assert "'main' may not be read out" in said[0]


# --- translations ----------------------------------------------------------------------------------

TRANSLATION = "translation:\n  from: en-US\n  reviewed by: nobody yet\n"

MISSING = {
    "a node": (
        "  fax:\n    label: Fax number\n    phrases: [no, on, 2 faxes]\n",
        "7:1",
        "missing 'fax'",
        '"Fax number"',
        "'nodes'",
    ),
    "a part": ("      two: Call {main} for more.\n", "13:5", "missing 'two'", '"Call {main} for more."'),
    "a label": ("    label: The care\n", "10:3", "missing 'label'", '"The care"'),
    "an item": (
        "      headaches:\n        label: Headaches\n        phrases: [head]\n",
        "24:5",
        "missing 'headaches'",
        '"Headaches"',
    ),
    "a sentence": ("  greeting: Well\n", "59:1", "missing 'greeting'", '"Well"', "'sentences'"),
    "a command": (
        "  goodbye: {label: Do goodbye, phrases: [please goodbye]}\n",
        None,
        "missing 'goodbye'",
        '"Do goodbye"',
    ),
    "a key": ('  "2": [two]\n', None, "missing '2'", '"two"'),
    "a section": ("fillers: [um]\n", "1:1", "missing 'fillers'", '"um"'),
}


@pytest.mark.parametrize(("old", "place", "words"), [(o, p, w) for o, p, *w in MISSING.values()], ids=MISSING)
def test_what_is_not_translated_is_told_with_the_words_to_translate(tmp_path, old, place, words):
    (said,) = problems(tmp_path, edited("es-US.yaml", (old, "")))

    assert said.startswith(f"es-US.yaml:{place}: " if place else "es-US.yaml:")
    assert "in English it is" in said
    assert [word for word in words if word not in said] == []


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        (TRANSLATION, "", "1:1", "from which language"),
        ("from: en-US", "from: fr-FR", "5:9", "'fr-FR' cannot stand after 'from'"),
        ("from: en-US", "from: es-US", "5:9", "'es-US' cannot stand after 'from'"),
        ("  reviewed by: nobody yet\n", "", "4:1", "missing 'reviewed by'"),
        ("nobody yet", "Ana Diaz", "6:3", "the day of the review"),
        ("nobody yet", "Ana Diaz\n  reviewed on: yesterday", "6:3", "the day of the review"),
        ("name: Espanol", "name: english", "2:9", "asks for two languages"),
        ("phrases: [en espanol]", "phrases: [English]", "3:13", "asks for two languages"),
    ],
)
def test_what_a_translation_says_of_itself(tmp_path, old, new, place, words):
    (said,) = problems(tmp_path, edited("es-US.yaml", (old, new)))

    assert said.startswith(f"es-US.yaml:{place}: ")
    assert words in said


def test_words_that_were_mended_are_not_repeated_as_if_staff_had_written_them(tmp_path):
    english = edited("en-US.yaml", ("  busy: Well", "  busy: Sorry: busy"))
    spanish = edited("es-US.yaml", ("  busy: Well\n", ""))
    said = problems(tmp_path, english | {"es-US.yaml": spanish["es-US.yaml"]})

    assert ["cuts this sentence in two" in said[0], len(said)] == [True, 2]
    assert "missing 'busy'. Write busy: under 'sentences'" in said[1]
    assert ";" not in said[1]
