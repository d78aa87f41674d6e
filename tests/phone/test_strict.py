"""What the strict reader takes for a document of this line, and what it refuses, with the reason."""

import pytest

from ivr.phone.strict import Dial, Gather, Hangup, Pause, Redirect, Say, TwimlFault, read
from phone.documents import ASK, dial, document, gather, listening, redirect, say, window

READ = {
    "say": (say("Hi   there."), [Say("Hi there.", "en-US", pytest.approx(0.75))]),
    "entities": (say("R&amp;D &lt;b&gt; &#x27;"), [Say("R&D <b> '", "en-US", pytest.approx(1.125))]),
    "break": (say('a<break time="500ms"/>b'), [Say("a b", "en-US", pytest.approx(1.25))]),
    "prosody": (say('<prosody rate="50%">a b</prosody> c'), [Say("a b c", "en-US", pytest.approx(1.875))]),
    "sub": (say('an <sub alias="are and dee">R&amp;D</sub>, yes'), [Say("an R&D, yes", "en-US", pytest.approx(1.5))]),
    "pause": ('<Pause length="2"/>', [Pause(2)]),
    "dial": (dial(), [Dial("+19735550100", 25)]),
    "dial, answered": (dial(**ASK), [Dial("+19735550100", 25, "voice?n=b")]),
    "redirect": (redirect(), [Redirect("voice?n=b")]),
    "hangup": ("<Hangup/>", [Hangup()]),
    "gather": (
        gather(say("Hi.") + '<Pause length="1"/>', hints="a b,c") + redirect(),
        [
            Gather((Say("Hi.", "en-US", 0.375), Pause(1)), "voice?n=b", True, 10, "en-US", ("a b", "c")),  # noqa: FBT003
            Redirect("voice?n=b"),
        ],
    ),
    "white space between verbs": ("\n  <Hangup/>\n", [Hangup()]),
    "whatever follows a window": (
        window() + say() + dial() + "<Hangup/>",
        [
            Gather((), "voice?n=b", False, 10, "en-US"),  # noqa: FBT003
            Say("Hello.", "en-US", 0.375),
            Dial("+19735550100", 25),
            Hangup(),
        ],
    ),
}


@pytest.mark.parametrize(("verbs", "expected"), READ.values(), ids=READ)
def test_a_document_is_read(verbs, expected):
    assert list(read(document(verbs))) == expected


GOOD_URLS = ["voice", "voice?a=1&amp;b=%C3%A9", "https://line.example/voice?a=", "voice#rc=2&amp;rp=ct,5xx&amp;tt=100"]


@pytest.mark.parametrize("url", GOOD_URLS)
def test_addresses_that_may_stand(url):
    assert read(listening(action=url))
    assert read(document(dial(action=url, method="POST")))


REFUSED = {
    # the document
    "a declaration": ('<!DOCTYPE a [<!ENTITY b "c">]><Response/>', "holds a <!...>"),
    "a comment": (document("<!-- a --><Hangup/>"), "holds a <!...>"),
    "a character section": (document(say("<![CDATA[a]]>")), "holds a <!...>"),
    "a blank first line": ("\n" + document("<Hangup/>"), "something stands before the first <"),
    "a byte-order mark": ("\ufeff" + document("<Hangup/>"), "something stands before the first <"),
    "words": ("Internal Server Error", "something stands before the first <"),
    "nothing": ("", "something stands before the first <"),
    "not closed": ("<Response><Hangup/>", "not XML"),
    "a control character": (document(say("a\x00b")), "not XML"),
    "half a character": (document(say("a\ud800b")), "not XML"),
    "an unknown entity": (document(say("&nbsp;a")), "not XML"),
    "a page": ("<html><body>Oops</body></html>", "the document is a <html>, not a <Response>"),
    "too big": (document(*[say("x" * 2_900)] * 23), "more than Twilio's 65536"),
    "empty": (document(), "an empty document hangs up without a word"),
    "an attribute of the document": ('<Response version="1"><Hangup/></Response>', "<Response> has an unknown"),
    # verbs and nesting
    "an unknown verb": (document("<Speak>a</Speak>"), "<Speak> may not stand inside <Response>"),
    "a verb in small letters": (document("<say>a</say>"), "<say> may not stand inside <Response>"),
    "a verb of another namespace": ('<Response xmlns:a="b"><a:Say>c</a:Say></Response>', "<{b}Say> may not stand"),
    "a recording": (document("<Record/>"), "<Record> may not stand inside <Response>"),
    "an SSML tag outside": (document('<break time="1ms"/>'), "<break> may not stand inside <Response>"),
    "a document in a document": (document("<Response/>"), "<Response> may not stand inside <Response>"),
    "dial in gather": (listening(dial()), "<Dial> may not stand inside <Gather>"),
    "gather in gather": (listening(gather()), "<Gather> may not stand inside <Gather>"),
    "hangup in gather": (listening("<Hangup/>"), "<Hangup> may not stand inside <Gather>"),
    "say in dial": (document(dial(say())), "<Say> may not stand inside <Dial>"),
    "say in say": (document(say(say())), "<Say> may not stand inside <Say>"),
    "number on its own": (document("<Number>+19735550100</Number>"), "<Number> may not stand inside <Response>"),
    "words on their own": (document("Hello."), "<Response> holds text of its own"),
    "words after a verb": (document("<Hangup/>Hello."), "<Response> holds text of its own"),
    "words in gather": (listening("Hello."), "<Gather> holds text of its own"),
    "words in dial": (document(dial("+19735550100")), "<Dial> holds text of its own"),
    "words in hangup": (document("<Hangup>a</Hangup>"), "<Hangup> holds text of its own"),
    "words in pause": (document('<Pause length="1">a</Pause>'), "<Pause> holds text of its own"),
    # say
    "no voice": (document(say(voice=None)), "<Say> needs voice"),
    "no language": (document(say(language=None)), "<Say> needs language"),
    "a basic voice": (document(say(voice="alice")), "<Say voice='alice'> must be Provider.Voice"),
    "no such language": (document(say(language="English")), "<Say language='English'> must be a language"),
    "a misspelt attribute": (document(say(lang="en-US")), "<Say> has an unknown attribute 'lang'"),
    "no words": (document(say("")), "<Say> without words"),
    "blank words": (document(say(" \n ")), "<Say> without words"),
    "only a break": (document(say('<break time="1ms"/>')), "<Say> without words"),
    "3,001 characters": (document(say("x" * 3_001)), "<Say> of 3001 characters is longer"),
    "4,501 characters when encoded": (document(say("é" * 751)), "<Say> of 751 characters is longer"),
    # SSML
    "emphasis": (document(say("<emphasis>a</emphasis>")), "<emphasis> may not stand inside <Say>"),
    "speak": (document(say("<speak>a</speak>")), "<speak> may not stand inside <Say>"),
    "prosody in prosody": (
        document(say('<prosody rate="90%"><prosody rate="90%">a</prosody></prosody>')),
        "<prosody> may not stand inside <prosody>",
    ),
    "a tag in sub": (document(say('<sub alias="a"><break time="1ms"/>b</sub>')), "<break> may not stand inside <sub>"),
    "prosody for nothing": (document(say("<prosody>a</prosody>")), "<prosody> without rate and volume"),
    "prosody pitch": (document(say('<prosody pitch="low">a</prosody>')), "unknown attribute 'pitch'"),
    "a rate in words": (document(say('<prosody rate="slow">a</prosody>')), "must be 20% to 200%"),
    "a rate too low": (document(say('<prosody rate="19%">a</prosody>')), "must be 20% to 200%"),
    "a rate too high": (document(say('<prosody rate="201%">a</prosody>')), "must be 20% to 200%"),
    "a volume": (document(say('<prosody volume="+6dB">a</prosody>')), "must be medium, loud or x-loud"),
    "a break without time": (document(say("a<break/>")), "<break> needs time"),
    "a break of no time": (document(say('a<break time="0ms"/>')), "must be 1ms to 10000ms"),
    "a break of eleven seconds": (document(say('a<break time="11000ms"/>')), "must be 1ms to 10000ms"),
    "words in a break": (document(say('<break time="1ms">a</break>')), "<break> holds text of its own"),
    "sub without alias": (document(say("<sub>a</sub>")), "<sub> needs alias"),
    "an empty alias": (document(say('<sub alias=" ">a</sub>')), "must be words"),
    # pause and gather
    "a pause without length": (document("<Pause/>"), "<Pause> needs length"),
    "a pause of no length": (document('<Pause length="0"/>'), "must be a whole number from 1 to 60"),
    "a gather that loops": (listening(action=None), "<Gather> needs action"),
    "speech alone": (listening(input="speech"), 'must be "dtmf speech"'),
    "keys alone": (listening(input="dtmf"), "INP-03"),
    "speech first": (listening(input="speech dtmf"), "INP-03"),
    "an invented input": (listening(input="dtmf voice"), "INP-03"),
    "get": (listening(method="GET"), 'must be "POST"'),
    "no method": (listening(method=None), "<Gather> needs method"),
    "an empty result refused": (listening(actionOnEmptyResult="false"), "or left out"),
    "no timeout": (listening(timeout=None), "<Gather> needs timeout"),
    "no time": (listening(timeout="0"), "must be a whole number from 1 to 55"),
    "56 seconds": (listening(timeout="56"), "must be a whole number from 1 to 55"),
    "half a second": (listening(timeout="0.5"), "must be a whole number from 1 to 55"),
    "seconds in other digits": (listening(timeout="٣"), "must be a whole number from 1 to 55"),
    "automatic": (listening(speechTimeout="auto"), "must be a whole number from 2 to 10"),
    "a hasty speech timeout": (listening(speechTimeout="1"), "must be a whole number from 2 to 10"),
    "no speech timeout": (listening(speechTimeout=None), "<Gather> needs speechTimeout"),
    "two digits": (listening(numDigits="2"), "INP-04"),
    "digits without end": (listening(numDigits=None), "<Gather> needs numDigits"),
    "pound finishes": (listening(finishOnKey="#"), "INP-06"),
    "pound finishes by default": (listening(finishOnKey=None), "<Gather> needs finishOnKey"),
    "no language to hear": (listening(language=None), "<Gather> needs language"),
    "no such model": (listening(speechModel="best"), "must be a speech model that Twilio knows"),
    "starred words": (listening(profanityFilter="true"), "a starred word matches nothing"),
    "no hints": (listening(hints=""), "at most 500 hints"),
    "an empty hint": (listening(hints="a,,b"), "at most 500 hints"),
    "501 hints": (listening(hints=",".join("a" * 501)), "at most 500 hints"),
    "a hint of 101": (listening(hints="a" * 101), "at most 500 hints of 1 to 100"),
    "barge-in in another's words": (listening(bargeIn="true"), "<Gather> has an unknown attribute 'bargeIn'"),
    # addresses
    "an empty address": (listening(action=""), "must be an ASCII address"),
    "white space": (listening(action="voice?a=b c"), "must be an ASCII address"),
    "beyond ASCII": (listening(action="voice?a=é"), "must be an ASCII address"),
    "another scheme": (listening(action="ftp://a/b"), "must be an ASCII address"),
    "names out of order": (listening(action="voice?b=1&amp;a=1"), "sorted query names"),
    "a name twice": (listening(action="voice?a=1&amp;a=1"), "sorted query names"),
    "an unknown override": (listening(action="voice#retry=2"), "known overrides"),
    "too many tries": (listening(action="voice#rc=6"), "known overrides"),
    "an unknown reason to retry": (listening(action="voice#rp=ct,6xx"), "known overrides"),
    # dial
    "no number": (document(dial("")), "<Dial> needs one <Number> in E.164, such as +19735550100, not none"),
    "a number as printed": (document(dial("<Number>973-555-0100</Number>")), "not 973-555-0100"),
    "an emergency number": (document(dial("<Number>911</Number>")), "not 911"),
    "two numbers": (document(dial("<Number>+19735550100</Number>" * 2)), "needs one <Number>"),
    "an attribute of a number": (
        document(dial('<Number sendDigits="1">+19735550100</Number>')),
        "unknown attribute 'sendDigits'",
    ),
    "a whisper that travels in an address": (
        document(dial('<Number url="a" method="GET">+19735550100</Number>')),
        "a GET puts a caller's words into logged addresses",
    ),
    "a recording of the transfer": (document(dial(record="record-from-answer")), "unknown attribute 'record'"),
    "an action without method": (document(dial(action="voice")), "<Dial> needs both action and method"),
    "a method without action": (document(dial(method="POST")), "<Dial> needs both action and method"),
    "a short ring": (document(dial(timeout="4")), "must be a whole number from 5 to 600"),
    "a transfer without end": (document(dial(timeLimit=None)), "<Dial> needs timeLimit"),
    "a transfer that does not ring": (document(dial(answerOnBridge="false")), "the caller hears it ring"),
    # redirect and hangup
    "a redirect to nowhere": (document(redirect("")), "<Redirect> to ''"),
    "a redirect by default": (document(redirect(method=None)), "<Redirect> needs method"),
    "an attribute of hangup": (document('<Hangup reason="a"/>'), "<Hangup> has an unknown attribute 'reason'"),
    # the course of a document
    "after an answered dial": (document(dial(**ASK), "<Hangup/>"), "nothing after this <Dial> is ever reached"),
    "after a redirect": (document(redirect(), say()), "nothing after this <Redirect> is ever reached"),
    "after the end": (document("<Hangup/>", say()), "nothing after this <Hangup> is ever reached"),
    "silence ends the call": (document(window()), "silence after the last <Gather> would end the call"),
    "no second way for silence": (document(gather()), "silence after the last <Gather> would end the call"),
    "silence goes elsewhere": (document(gather(), redirect("voice?n=c")), "needs a <Redirect> to the same address"),
    "a window that answers silence": (document(gather(), dial()), "needs a <Redirect> to the same address"),
}


@pytest.mark.parametrize(("refused", "why"), REFUSED.values(), ids=REFUSED)
def test_a_document_is_refused_in_one_sentence(refused, why):
    with pytest.raises(TwimlFault) as fault:
        read(refused)
    assert why in str(fault.value)
    assert "\n" not in str(fault.value)
