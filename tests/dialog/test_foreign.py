"""Words of another of the line's languages than the one that is spoken, whichever they are (LEP-04, promise 2)."""

from dataclasses import replace

import pytest

from dialog.test_understand import told
from ivr.dialog import danger, doubt, vocabulary
from ivr.dialog.choices import Question
from ivr.dialog.events import LanguageChanged
from ivr.dialog.inputs import Said
from ivr.dialog.state import State
from ivr.dialog.turn import turn
from ivr.dialog.understand import prepare, understand


def hear(script, said, language, **state):
    return told(understand(script, State(script.version, language, "main menu", **state), Said(said)))


@pytest.mark.parametrize(
    ("language", "said", "meaning"),
    [
        # the words for a person, exactly as strong as on a line of their own language
        *[
            ("es-US", said, "do command.person")
            for said in ("a person", "a person please", "talk to a person", "someone")
        ],
        *[("es-US", said, "do command.person") for said in ("can i talk to someone", "i want to speak to a person")],
        *[("en-US", said, "do command.person") for said in ("una persona", "una persona por favor", "alguien")],
        ("en-US", "quiero hablar con una persona", "do command.person"),
        ("en-US", "quisiera hablar con una persona por favor", "do command.person"),
        # not whoever asks for somebody who speaks a language, or for what a person does
        ("en-US", "puedo hablar con alguien en español", "ask language.es-US"),
        ("en-US", "quiero hacer una cita", "ask language.es-US"),
        ("es-US", "hello I need to make an appointment", "ask language.en-US"),
        # the line's first language, mixed in
        ("es-US", "help", "do command.help"),
        ("es-US", "main menu", "do command.main menu"),
        ("es-US", "back", "do command.back"),
        ("es-US", "goodbye", "ask command.goodbye"),
        ("es-US", "fax number", "do go.fax"),
        ("es-US", "knee", "do item.knee pain"),
        ("es-US", "thanks", "nothing"),
        ("es-US", "hello", "ask language.en-US"),
        # keys that are said aloud; a digit alone transfers nobody
        ("en-US", "ocho", "do language.es-US"),
        ("en-US", "oprimo ocho", "do language.es-US"),
        ("en-US", "dos", "do go.conditions"),
        ("en-US", "cero", "ask command.person"),
        ("en-US", "cinco", "ask go.billing"),
        ("es-US", "press eight", "do language.en-US"),
        ("es-US", "zero", "ask command.person"),
        # words that tell of the language
        *[
            ("en-US", said, "ask language.es-US")
            for said in ("facturación", "ayuda", "cita", "rodilla", "hola", "adiós")
        ],
        *[("en-US", said, "ask language.es-US") for said in ("menú principal", "siete", "número de fax")],
        # words that are alike, or of both
        ("en-US", "no", "nothing"),
        ("en-US", "gracias", "nothing"),
        ("en-US", "fax", "do go.fax"),
        ("en-US", "ciática", "do item.sciatica"),
        ("es-US", "doctor", "do go.provider"),
        ("en-US", "walgreens", "nothing"),
    ],
)
def test_words_of_another_language(script, language, said, meaning):
    assert hear(script, said, language) == meaning


def test_yes_and_no_are_answers_in_every_language(script):
    assert hear(script, "sí", "en-US", question=Question.CONFIRM, about="go.fax") == "do command.yes"
    assert hear(script, "sí", "en-US") == "nothing"


def test_a_language_that_is_added_is_heard_on_all_lines(script):
    """No language is a special case."""
    words = script.words["es-US"]
    asked = replace(words.commands["person"], phrases=("quelqu'un", "parler à quelqu'un"), also_said=())
    keys = words.keys | {"8": ("huit",)}
    french = replace(
        words, own_name="Français", own_phrases=("français",), commands=words.commands | {"person": asked}, keys=keys
    )
    languages = script.languages | {"fr-FR": script.languages["es-US"]}
    script = replace(script, languages=languages, words=script.words | {"fr-FR": french})

    for language in ("en-US", "es-US"):
        assert hear(script, "quelqu'un", language) == "do command.person"
        assert hear(script, "huit", language) == "do language.fr-FR"
    assert hear(script, "a person", "fr-FR") == "do command.person"


def test_who_answers_is_told_the_language_in_which_a_person_was_asked_for(script):
    heard = turn(script, State(script.version, "en-US", "fax"), Said("quiero hablar con una persona"))
    mixed = turn(script, State(script.version, "es-US", "fax"), Said("a person please"))

    assert [(each.state.node, each.state.language) for each in (heard, mixed)] == [("reception", "es-US")] * 2
    assert LanguageChanged("es-US") in heard.events
    assert LanguageChanged("es-US") not in mixed.events


# --- the line itself ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en-US", "is this a recording"),
        ("en-US", "are you a robot"),
        ("en-US", "hey is this a real person"),
        ("en-US", "am i talking to a machine or what"),
        ("en-US", "are you a real person or a computer"),
        ("es-US", "es una grabación"),
        ("es-US", "eres un robot"),
        ("es-US", "oiga es usted una persona de verdad"),
        ("es-US", "estoy hablando con una máquina"),
    ],
)
def test_who_asks_whether_a_person_speaks_is_told_and_offered_one(script, language, said):
    words = script.words[language].sentences
    heard = turn(script, State(script.version, language, "main menu"), Said(said))
    text = " ".join(each.text for listen in heard.steps for each in listen.speech)

    assert text.startswith(str(words["automated"][0]))
    assert str(words["a person knows"][0]) not in text
    assert heard.state.about == "command.person"


# --- learning -------------------------------------------------------------------------------------

LEARNT = (vocabulary.vocabulary, danger._known, danger._told, doubt._danger, doubt._crisis)


def test_nothing_is_left_to_learn_after_the_start(script):
    def learnt():
        return [each.cache_info().misses for each in LEARNT]

    prepare(script)
    before = learnt()
    for language in script.languages:
        for node in script.nodes:
            for question in Question:
                for texting in (False, True):
                    about = "go.fax" if question == Question.CONFIRM else ""
                    state = State(script.version, language, node, question=question, about=about, texting=texting)
                    understand(script, state, Said("sí"))
        understand(
            script, State(script.version, language, script.start), Said("he looks gray and does not know us any more")
        )

    assert learnt() == before
