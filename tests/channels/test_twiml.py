"""Every verb and attribute of TwiML that the line uses, as exact text; and the limits that the spelling keeps."""

from urllib.parse import quote

import pytest

from ivr.channels import twiml

HEARING = ' language="en-US" speechModel="default" profanityFilter="false"'

SPELT = {
    "a document": (twiml.response("<Hangup/>"), '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>'),
    "an empty document": (twiml.response(), '<?xml version="1.0" encoding="UTF-8"?><Response></Response>'),
    "say": (
        twiml.say("Hello", "Polly.Joanna-Neural", "en-US"),
        '<Say voice="Polly.Joanna-Neural" language="en-US">Hello</Say>',
    ),
    "break": (twiml.silence(500), '<break time="500ms"/>'),
    "prosody, rate": (twiml.prosody("a", 85), '<prosody rate="85%">a</prosody>'),
    "prosody, volume": (twiml.prosody("a", 100, "loud"), '<prosody volume="loud">a</prosody>'),
    "prosody, both": (twiml.prosody("a", 120, "x-loud"), '<prosody rate="120%" volume="x-loud">a</prosody>'),
    "prosody that changes nothing": (twiml.prosody("a", 100), "a"),
    "sub": (twiml.substitute("R&D", 'are "and" dee'), '<sub alias="are &quot;and&quot; dee">R&amp;D</sub>'),
    "pause": (twiml.pause(3), '<Pause length="3"/>'),
    "redirect": (twiml.redirect("voice?n=a"), '<Redirect method="POST">voice?n=a</Redirect>'),
    "hangup": (twiml.hangup(), "<Hangup/>"),
    "gather": (
        twiml.gather("<Pause/>", "voice?n=a", 10, HEARING),
        (
            '<Gather input="dtmf speech" action="voice?n=a" method="POST" actionOnEmptyResult="true" timeout="10"'
            ' speechTimeout="3" numDigits="1" finishOnKey="" language="en-US" speechModel="default"'
            ' profanityFilter="false"><Pause/></Gather>'
        ),
    ),
    "gather, silence unanswered": (
        twiml.gather("", "voice?n=a", 3, HEARING, answer_silence=False),
        (
            '<Gather input="dtmf speech" action="voice?n=a" method="POST" timeout="3"'
            ' speechTimeout="3" numDigits="1" finishOnKey="" language="en-US" speechModel="default"'
            ' profanityFilter="false"></Gather>'
        ),
    ),
    "hearing": (twiml.hearing("en-US", "default"), HEARING),
    "hearing with hints": (
        twiml.hearing("es-US", "default", ("dolor", "R&D")),
        ' language="es-US" speechModel="default" profanityFilter="false" hints="dolor,R&amp;D"',
    ),
    "dial with an action": (
        twiml.dial("+19735550100", 25, "voice?n=a"),
        (
            '<Dial action="voice?n=a" method="POST" timeout="25" timeLimit="7200" answerOnBridge="true">'
            "<Number>+19735550100</Number></Dial>"
        ),
    ),
    "dial without": (
        twiml.dial("+19735550100", 25),
        '<Dial timeout="25" timeLimit="7200" answerOnBridge="true"><Number>+19735550100</Number></Dial>',
    ),
    "dial with a whisper": (
        twiml.dial("+19735550100", 25, whisper="whisper?n=a"),
        (
            '<Dial timeout="25" timeLimit="7200" answerOnBridge="true">'
            '<Number url="whisper?n=a" method="POST">+19735550100</Number></Dial>'
        ),
    ),
    "take": (
        twiml.take("<Pause/>", "whisper?n=a", 8),
        (
            '<Gather input="dtmf" action="whisper?n=a" method="POST" timeout="8" numDigits="1" finishOnKey="">'
            "<Pause/></Gather>"
        ),
    ),
    "callback": (
        twiml.callback("l=en-US&n=home"),
        "voice?l=en-US&amp;n=home#rc=2&amp;rp=ct,rt,5xx&amp;ct=2000&amp;rt=4000",
    ),
}


@pytest.mark.parametrize(("spelt", "expected"), SPELT.values(), ids=SPELT)
def test_each_verb_is_spelt_exactly(spelt, expected):
    assert spelt == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a & b", "a &amp; b"),
        ("<break/>", "&lt;break/&gt;"),
        ('"it\'s"', "&quot;it&#x27;s&quot;"),
        ("&amp;", "&amp;amp;"),
        ("a\x00b\x08\x1bc", "abc"),
        ("a\ud800b\udfff", "ab"),
        ("a\ufffeb\uffff", "ab"),
        (" a\t\n\r b\u00a0", "a b"),
        ("señal 📞 \u200fم", "señal 📞 \u200fم"),
    ],
)
def test_text_is_escaped_and_holds_only_what_xml_can(words, expected):
    assert twiml.text(words) == expected


@pytest.mark.parametrize(("asked", "given"), [(-1, 1), (0, 1), (1, 1), (55, 55), (56, 55), (600, 55)])
def test_a_window_is_never_longer_than_twilio_hears_nor_empty(asked, given):
    assert f' timeout="{given}"' in twiml.gather("", "voice", asked, "")


HINTS = {
    "each once": (("a", "b", "a"), "a,b"),
    "a comma is no border": (("a, b",), "a b"),
    "white space": ((" a \n b ",), "a b"),
    "empty": (("", " ", ","), None),
    "100 characters are whole": (("x" * 100, "b"), "x" * 100 + ",b"),
    "101 are left out": (("x" * 101, "b"), "b"),
    "100 characters that need escaping": (("&" * 100,), "&amp;" * 100),
    "the first 500": (tuple(map(str, range(501))), ",".join(map(str, range(500)))),
}


@pytest.mark.parametrize(("phrases", "expected"), HINTS.values(), ids=HINTS)
def test_hints_are_within_limits_and_never_cut_in_the_middle(phrases, expected):
    wanted = "" if expected is None else f' hints="{expected}"'
    assert twiml.hearing("en-US", "default", phrases) == HEARING + wanted


def test_fewer_hints_on_request():
    assert twiml.hearing("en-US", "default", ("a", "b", "c"), 2).endswith(' hints="a,b"')
    assert "hints" not in twiml.hearing("en-US", "default", ("a",), 0)


@pytest.mark.parametrize("letter", ["a", " ", "ñ", "я", "字", "📞"])
def test_words_within_the_weight_are_within_both_limits_of_a_say(letter):
    most = twiml.MOST_WEIGHT // twiml.weight(letter)
    full = letter * most
    assert len(full) <= 3_000
    assert len(quote(full)) <= 4_500
    assert twiml.weight(letter * twiml.SHORT_ENOUGH) <= twiml.MOST_WEIGHT
