"""The alphabet of text messages, and what a message costs.

The counts were compared with Twilio's own calculator (npm sms-segments-calculator 1.2.0), and agree with it.
"""

import pytest

from ivr.channels.gsm import folded, segments, septets

COUNTED = [
    ("", 1),
    ("a" * 160, 1),
    ("a" * 161, 2),
    ("a" * 306, 2),
    ("a" * 307, 3),
    ("ñ" * 459, 3),
    ("ñ" * 460, 4),
    ("é" * 160, 1),
    ("Δ" * 160, 1),
    ("\n" * 161, 2),
    ("{" * 76, 1),
    ("€" * 80, 1),
    ("€" * 81, 2),
    ("€" * 152, 2),
    ("€" * 153, 3),  # 306 places, and yet three segments: 153 is odd, and no sign is cut in two
    ("a" * 152 + "€" + "a" * 10, 2),
    ("a" * 152 + "€" + "a" * 152, 3),
    ("a" * 152 + "€" + "a" * 153, 3),
    ("á" * 70, 1),
    ("á" * 71, 2),
    ("á" * 134, 2),
    ("á" * 135, 3),
    ("ç" * 71, 2),
    ("\N{GRINNING FACE}" * 35, 1),
    ("\N{GRINNING FACE}" * 36, 2),
    ("\N{GRINNING FACE}" * 66, 2),
    ("\N{GRINNING FACE}" * 67, 3),
    ("a" * 66 + "\N{GRINNING FACE}" + "á" * 66, 3),
]


@pytest.mark.parametrize(("words", "count"), COUNTED)
def test_segments_are_counted_as_networks_do(words, count):
    assert segments(words) == count


FOLDED = [
    ("plain", "plain"),
    ("\u201cquoted\u201d and \u2018quoted\u2019", "\"quoted\" and 'quoted'"),
    ("a\u2014b\u2013c\u2011d", "a-b-c-d"),
    ("wait\u2026", "wait..."),
    ("a\u00a0b\tc", "a b c"),
    ("Técnica, señal, pingüino, ¿qué? ¡sí!", "Técnica, señal, pingüino, ¿qué? ¡si!"),
    ("árbol, índice, útil, órgano; ÁÍÓÚ; É Ñ Ü", "arbol, indice, util, organo; AIOU; É Ñ Ü"),
    ("e\u0301 n\u0303 a\u0301", "é ñ a"),
    ("ça, Ça, août, œuvre", "ca, Ça, aout, oeuvre"),
    ("½ ™ ²", "1/2 TM 2"),
    ("smile \N{GRINNING FACE}!", "smile !"),
    ("zero\u200bwidth\ufeff", "zerowidth"),
    ("{[~]}\\|^€", "{[~]}\\|^€"),
]


@pytest.mark.parametrize(("words", "written"), FOLDED)
def test_what_the_alphabet_lacks_is_written_as_people_do(words, written):
    assert folded(words) == written
    assert all(map(septets, written))


def test_a_language_of_another_script_keeps_its_letters():
    assert folded("Привет, 你好。") == "Привет, 你好。"
    assert segments("Привет") == 1
