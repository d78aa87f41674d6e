"""'Text me this' on the telephone: offered where it can be done, sent after one clear yes, and never by accident (NUM-05)."""

import pytest

from ivr.channels import plain, voice
from ivr.dialog.choices import Question
from ivr.dialog.events import TextAsked
from ivr.dialog.inputs import Arrived
from ivr.dialog.reply import Listen
from ivr.dialog.state import parse, query
from ivr.dialog.turn import turn
from ivr.script.model import Announcement, Listing, Menu, NumberNode, Transfer

CALLER = "+12015554567"
ASKS = "I can text the number ending four five six seven. Message rates may apply. To send one text, press one."
PREGUNTA = "Puedo mandar un texto al número que termina en cuatro cinco seis siete."


class Call:
    """A call whose caller can be texted; `silent` is one whose number is withheld from some turn on."""

    def __init__(self, script, *, texting=True, number=CALLER):
        self.script, self.number = script, number
        self.turn = turn(script, None, Arrived(texting=texting), caller=number)
        self.sent = []

    def does(self, *typed):
        for one in typed:
            step = next(step for step in self.turn.steps if isinstance(step, Listen))
            self.turn = turn(self.script, step.state, plain.read(one), caller=self.number)
            self.sent += [event for event in self.turn.events if isinstance(event, TextAsked)]
            voice.write(self.script, self.turn)
        return self.text

    @property
    def text(self):
        return " ".join(plain.text(step.speech) for step in self.turn.steps if isinstance(step, Listen))


@pytest.fixture
def call(script):
    return Call(script)


def test_it_is_offered_by_key_seven_and_sent_after_one_yes(call):
    assert "More ... press one. Text me this ... press seven." in call.does("1", "1")
    assert call.does("7") == ASKS
    assert call.does("1").startswith("One text is on its way, unless this phone has had all its texts for today.")
    assert call.sent == [TextAsked("what it is", "en-US")]


@pytest.mark.parametrize("words", ["text me this", "text me that", "can you text it to me", "send me a text please"])
def test_it_can_be_asked_for_by_voice_and_answered_by_voice(call, words):
    call.does("fax", "")
    assert call.does(words) == ASKS
    call.does("yes please")
    assert call.sent == [TextAsked("fax", "en-US")]


def test_who_is_told_to_get_a_pen_may_ask_for_a_text_instead(call):
    call.does("fax")
    assert call.does("text me this") == ASKS


def places(script, *kinds):
    return [node.name for node in script.nodes.values() if isinstance(node, kinds)]


def test_it_is_offered_at_every_announcement_and_number_and_nowhere_else(script):
    for name in script.nodes:
        call = Call(script)
        call.does(script.words["en-US"].nodes[name].label)
        expected = name in places(script, Announcement, NumberNode)
        assert ("press seven" in call.text) == expected, name
    assert places(script, Menu, Listing, Transfer)


def test_it_is_offered_where_a_transfer_came_back(call):
    call.does("billing")
    dialling = call.turn.steps[-1].state
    call.turn = turn(call.script, dialling, plain.read("(busy)"), caller=CALLER)

    assert "Text me this ... press seven." in call.text
    call.does("7", "1")
    assert call.sent == [TextAsked("billing", "en-US")]
    assert call.turn.state.question == Question.AFTER


@pytest.mark.parametrize(
    "does", [["1", "1"], ["fax"], ["9"], ["1", "1", "9"], ["zblorg"], ["1", "1", "zblorg"], ["fax", "", "7"]]
)
def test_it_is_not_mentioned_where_it_cannot_be_done(script, does):
    call = Call(script, texting=False, number="")
    call.does(*does)
    assert "text me" not in call.text.casefold()
    assert "seven." not in call.text.replace("Key seven has no choice here.", "")


def test_where_it_cannot_be_done_the_line_says_so_and_goes_on(script):
    call = Call(script, texting=False, number="")
    said = call.does("fax", "", "flimflam", "text me that")

    assert said.startswith("This line cannot text this phone.")
    assert "Hear it again ... press one." in said
    assert call.turn.state.misses == 0


@pytest.mark.parametrize("no", ["2", "no", "*", "back", "stop"])
def test_a_no_sends_nothing(call, no):
    call.does("fax", "", "7", no)
    assert not call.sent
    assert call.turn.state.question == Question.NONE


@pytest.mark.parametrize(
    "keys",
    [
        ["1", "1", "7", "7"],  # a doubled seven
        ["fax", "", "7", "7", "7", "7"],
        ["1", "1", "7", "7", "*", "1"],
        ["fax", "", "7", "(silence)", "(silence)"],
        ["fax", "", "7", "0"],
        ["fax", "", "7", "my chest hurts"],
        ["fax", "", "7", "zblorg", "zblorg wug"],
    ],
)
def test_nothing_but_a_yes_sends(call, keys):
    call.does(*keys)
    assert not call.sent


def test_a_doubled_key_never_sends(script):
    """One leads to the question by way of 'did you want ...?'; the same key again is tremor (promise 4)."""
    call = Call(script)
    call.does("fax", "")
    asked = call.turn.state.but(question=Question.CONFIRM, about="command.text me")
    call.turn = turn(script, asked, plain.read("1"), caller=CALLER)
    assert call.text == ASKS
    call.does("1")
    assert not call.sent


def test_the_question_can_be_heard_again_in_either_language(call):
    call.does("fax", "", "7")
    assert call.does("#") == ASKS
    assert PREGUNTA in call.does("8")
    assert PREGUNTA in call.does("#")
    call.does("sí")
    assert call.sent == [TextAsked("fax", "es-US")]


def test_the_number_never_stands_in_the_state(call):
    for typed in ("fax", "", "7", "#", "zblorg", "8", "1"):
        call.does(typed)
        for step in call.turn.steps:
            assert "4567" not in query(step.state)
            assert parse(query(step.state)) == step.state


def test_a_number_that_is_not_there_any_more_is_told(call):
    call.does("fax", "", "7")
    call.number = ""
    assert call.does("1").startswith("This line cannot text this phone.")
    assert call.does("7").startswith("This line cannot text this phone.")
    assert not call.sent
