"""How words sound, how long they are, how hard a text is to follow, and which words are looked for."""

import pytest

from ivr.check.phonetics import apart, sounds, syllables
from ivr.check.readability import reading
from ivr.check.wordlists import found, wordlist

EN, ES = "en-US", "es-US"

ALIKE = [
    ("fax", "facts", EN),
    ("billing", "filling", EN),
    ("billing", "building", EN),
    ("main", "pain", EN),
    ("conditions", "additions", EN),
    ("amount", "account", EN),
    ("speed up", "speak up", EN),
    ("person", "pardon", EN),
    ("wait", "what", EN),
    ("humano", "cubano", ES),
    ("casa", "caza", ES),
    ("vaca", "baca", ES),
    ("pollo", "poyo", ES),
    ("hola", "ola", ES),
]
APART = [
    ("fax", "back", EN),
    ("billing", "treatment", EN),
    ("operator", "repeat", EN),
    ("shoulder", "louder", EN),
    ("knee", "bye", EN),
    ("slower", "faster", EN),
    ("despacio", "repetir", ES),
    ("hombro", "rodilla", ES),
    ("cobros", "fax", ES),
    ("sí", "no", ES),
]


@pytest.mark.parametrize(("one", "other", "language"), ALIKE)
def test_words_that_are_mistaken_for_one_another(one, other, language):
    distance, share = apart(one, other, language)
    assert distance < 2 or share < 0.4


@pytest.mark.parametrize(("one", "other", "language"), APART)
def test_words_that_are_not(one, other, language):
    distance, share = apart(one, other, language)
    assert distance >= 2
    assert share >= 0.4


@pytest.mark.parametrize(
    ("same", "language"),
    [
        (["knee", "nee"], EN),
        (["phone", "fone"], EN),
        (["right", "write"], EN),
        (["qué", "ke"], ES),
        (["casa", "caza"], ES),
    ],
)
def test_spellings_of_one_sound(same, language):
    assert len({sounds(word, language) for word in same}) == 1


def test_a_tilde_is_a_sound_of_its_own():
    assert sounds("año", ES) != sounds("ano", ES)


SYLLABLES = {
    EN: {
        "fax": 1,
        "knee": 1,
        "billing": 2,
        "treatment": 2,
        "people": 2,
        "moved": 1,
        "chiropractor": 4,
        "used": 1,
        "the": 1,
    },
    ES: {
        "sí": 1,
        "hombro": 2,
        "días": 2,
        "oír": 2,
        "cuerpo": 2,
        "médico": 3,
        "facturación": 4,
        "articulaciones": 6,
        "línea": 3,
    },
}


@pytest.mark.parametrize(
    ("word", "count", "language"), [(w, n, tag) for tag, words in SYLLABLES.items() for w, n in words.items()]
)
def test_syllables(word, count, language):
    assert syllables(word, language) == count


EASY = {
    EN: "He presses the soft parts of your body. It may hurt at first.",
    ES: "Le toca la espalda con las manos. Puede doler.",
}
HARD = {
    EN: "Practitioners manipulate connective tissue in order to alleviate considerable musculoskeletal discomfort.",
    ES: "Los profesionales manipulan el tejido conectivo para aliviar considerables padecimientos musculoesqueléticos.",
}


@pytest.mark.parametrize("language", [EN, ES])
def test_a_hard_text_asks_for_more_school_than_an_easy_one(language):
    easy, hard = (reading(text[language].split(". "), language) for text in (EASY, HARD))

    assert easy.grade <= 5
    assert hard.grade > 9


def test_no_text_is_no_grade():
    assert reading([], EN).grade == 0


def test_words_are_found_whatever_their_capitals_and_accents():
    assert found("Por favor, ESCUCHE CON ATENCION.", ES, "advertising") == "ESCUCHE CON ATENCION"
    assert found("This is valid.", EN, "blame") == ""
    assert found("an invalidated entry", EN, "blame") == ""


@pytest.mark.parametrize("language", [EN, ES])
def test_a_language_has_all_lists(language):
    for name in (
        "advertising",
        "not asked for",
        "blame",
        "position",
        "abbreviations",
        "idioms",
        "press",
        "say",
        "digits",
    ):
        assert wordlist(language, name)


def test_a_language_without_lists_has_none():
    assert wordlist("fr-FR", "blame") == ()
    assert found("invalid", "fr-FR", "blame") == ""
