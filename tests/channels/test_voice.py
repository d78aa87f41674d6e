"""A turn is written as TwiML: exactly, sounding right, within Twilio's limits, and whatever its words are."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.tiny import DESK, english, listening, script, spanish, state
from ivr.channels import twiml, voice
from ivr.dialog.reply import Dial, HangUp, Listen, Turn
from ivr.dialog.spoken import Break, Slow, Utterance
from ivr.dialog.state import FASTEST, LOUDEST, SLOWEST
from ivr.phone import strict

# --- write: whole documents ----------------------------------------------------------------------

HERE = "voice?l=en-US&amp;n=home&amp;v=1.abc#rc=2&amp;rp=ct,rt,5xx&amp;ct=2000&amp;rt=4000"
OPENING = f'<Gather input="dtmf speech" action="{HERE}" method="POST"'
EAR = (
    ' speechTimeout="3" numDigits="1" finishOnKey="" language="en-US"'
    ' speechModel="experimental_utterances" profanityFilter="false"'
)
JOANNA = '<Say voice="Polly.Joanna-Neural" language="en-US">'
LUPE = '<Say voice="Polly.Lupe-Neural" language="es-US"><prosody rate="90%">'
WHISPERS = (
    'timeout="25" timeLimit="7200" answerOnBridge="true"><Number url="whisper?l=en-US&amp;n=home&amp;v=1.abc'
    '#rc=2&amp;rp=ct,rt,5xx&amp;ct=2000&amp;rt=4000" method="POST">+19735550100</Number></Dial>'
)
RINGS = 'timeout="25" timeLimit="7200" answerOnBridge="true"><Number>+19735550100</Number></Dial>'
NUMBER = Slow(("nine seven three", "five five five", "zero one zero zero"), "973-555-0100")

DOCUMENTS = {
    "listening, with hints, in two languages": (
        (Listen((*english("Hi."), *spanish("Hola.")), 10, state(), ("my bill", "fax")),),
        (
            f'{OPENING} actionOnEmptyResult="true" timeout="10"{EAR} hints="my bill,fax">{JOANNA}Hi.</Say>'
            f'{LUPE}Hola.</prosody></Say></Gather><Redirect method="POST">{HERE}</Redirect>'
        ),
    ),
    "listening without a word": (
        (Listen((), 30, state()),),
        f'{OPENING} actionOnEmptyResult="true" timeout="30"{EAR}></Gather><Redirect method="POST">{HERE}</Redirect>',
    ),
    "a transfer that can be called off": (
        (Listen(english("Connecting."), 3, state()), Dial(DESK, 25, state())),
        f'{OPENING} timeout="3"{EAR}>{JOANNA}Connecting.</Say></Gather><Dial action="{HERE}" method="POST" {WHISPERS}',
    ),
    "two windows": (
        (Listen(english("One."), 3, state()), Listen(english("Two."), 10, state())),
        (
            f'{OPENING} timeout="3"{EAR}>{JOANNA}One.</Say></Gather>'
            f'{OPENING} actionOnEmptyResult="true" timeout="10"{EAR}>{JOANNA}Two.</Say></Gather>'
            f'<Redirect method="POST">{HERE}</Redirect>'
        ),
    ),
    "a last window before the end": (
        (Listen(english("Still there?"), 20, state()), HangUp(english("Goodbye."))),
        f'{OPENING} timeout="20"{EAR}>{JOANNA}Still there?</Say></Gather>{JOANNA}Goodbye.</Say><Hangup/>',
    ),
    "a transfer whose end is not answered": (
        (Dial(DESK, 25, None), HangUp(english("Goodbye."))),
        f"<Dial {RINGS}{JOANNA}Goodbye.</Say><Hangup/>",
    ),
    "the end without a word": ((HangUp(),), "<Hangup/>"),
}


@pytest.mark.parametrize(("steps", "expected"), DOCUMENTS.values(), ids=DOCUMENTS)
def test_a_turn_is_written_exactly(steps, expected):
    document = f'<?xml version="1.0" encoding="UTF-8"?><Response>{expected}</Response>'
    assert voice.write(script(), Turn(steps, state())) == document


@pytest.mark.parametrize(
    "steps",
    [
        (Dial(DESK, 25, state()), HangUp()),
        (HangUp(), HangUp()),
        (HangUp(), Listen((), 10, state())),
    ],
)
def test_a_step_that_could_never_be_reached_is_refused(steps):
    with pytest.raises(ValueError, match=r"nothing after .* is ever reached"):
        voice.write(script(), Turn(steps, state()))


def test_the_recogniser_is_that_of_the_language_in_which_the_answer_is_read():
    document = voice.write(script(), listening("Hi.", language="es-US"))
    assert 'language="es-US" speechModel="default"' in document


def test_a_landing_says_what_happened_dials_and_says_the_number():
    document = voice.landing(script(), english("Sorry."), english("Our number is", NUMBER))
    number = (
        f'{JOANNA}Our number is <prosody rate="80%">nine seven three, <break time="600ms"/> five five five,'
        ' <break time="600ms"/> zero one zero zero</prosody></Say>'
    )
    assert document == (
        f'<?xml version="1.0" encoding="UTF-8"?><Response>{JOANNA}Sorry.</Say><Dial {RINGS}{number}<Hangup/></Response>'
    )
    assert strict.read(document)


# --- write: how it sounds ------------------------------------------------------------------------


def spoken(document):
    """What stands inside the Gather."""
    return re.search("<Gather[^>]*>(.*)</Gather>", document)[1]


def ssml(pieces, line=None, **changes):
    """The inside of the only Say of a turn that says `pieces`."""
    document = voice.write(line or script(), listening(*pieces, **changes))
    (inside,) = re.findall("<Say[^>]*>(.*?)</Say>", document)
    return inside


SLOWLY = '<prosody rate="80%">one, <break time="600ms"/> two</prosody>'

SOUNDS = {
    "pieces stand apart": (("One.", "Two."), "One. Two."),
    "breaks": (("One.", Break(500), "Two."), 'One. <break time="500ms"/> Two.'),
    "a break first": ((Break(500), "One."), '<break time="500ms"/> One.'),
    "a number is slow": ((Slow(("one", "two"), "12"),), SLOWLY),
    "slow beside usual": (("It is", Slow(("one", "two"), "12"), "Again."), f"It is {SLOWLY} Again."),
    "escaped": (("R&D <b>",), "R&amp;D &lt;b&gt;"),
    "nothing but control characters": (("a", "\x00\x1f", "b"), "a b"),
}


@pytest.mark.parametrize(("pieces", "expected"), SOUNDS.values(), ids=SOUNDS)
def test_pieces_become_ssml(pieces, expected):
    assert ssml(pieces) == expected


@pytest.mark.parametrize(
    ("pace", "usual", "slow"), [(-2, 68, 54), (-1, 79, 63), (0, 92, 74), (1, 110, 80), (2, 133, 80)]
)
def test_pace_moves_both_rates_and_a_number_is_never_faster_than_80_percent(pace, usual, slow):
    expected = f'<prosody rate="{usual}%">It is</prosody> <prosody rate="{slow}%">one</prosody>'
    assert ssml(("It is", Slow(("one",), "1")), script(rate=92), pace=pace) == expected


def test_each_slower_is_clearly_slower_and_the_slowest_is_about_110_words_a_minute():
    assert list(voice.PACE) == list(range(SLOWEST, FASTEST + 1))
    factors = list(voice.PACE.values())
    assert all(slower <= 0.87 * faster for slower, faster in pairwise(factors))
    assert 105 <= 160 * 0.92 * voice.PACE[SLOWEST] <= 115


def test_volume():
    assert list(voice.VOLUME) == list(range(LOUDEST + 1))
    assert ssml(("Hi.",), volume=1) == '<prosody volume="loud">Hi.</prosody>'
    assert ssml(("Hi.",), volume=2, pace=-1) == '<prosody rate="86%" volume="x-loud">Hi.</prosody>'


def test_the_last_words_of_a_call_keep_pace_and_volume():
    document = voice.write(script(), Turn((HangUp(english("Bye.")),), state(pace=-1, volume=1)))
    assert f'{JOANNA}<prosody rate="86%" volume="loud">Bye.</prosody></Say><Hangup/>' in document


def test_neighbours_of_one_language_are_one_say():
    speech = (*english("One."), *english("Two."), *spanish("Tres."), *english("Four."))
    said = strict.read(voice.write(script(), Turn((HangUp(speech),), state())))[:-1]
    assert [(say.language, say.text) for say in said] == [
        ("en-US", "One. Two."),
        ("es-US", "Tres."),
        ("en-US", "Four."),
    ]


TERMS = {
    "plantar": "planter",
    "fasciitis": "fashee eye tis",
    "plantar fasciitis": "plan tar fashee eye tis",
    "Dr.": "doctor",
    "odd": " ",
}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Fasciitis, too", '<sub alias="fashee eye tis">Fasciitis</sub>, too'),
        ("PLANTAR fasciitis", '<sub alias="plan tar fashee eye tis">PLANTAR fasciitis</sub>'),
        ("Plantar, really", '<sub alias="planter">Plantar</sub>, really'),
        ("Ask Dr. A & B", 'Ask <sub alias="doctor">Dr.</sub> A &amp; B'),
        ("fasciitises", "fasciitises"),
        ("antifasciitis", "antifasciitis"),
        ("fa\u017fciitis", '<sub alias="fashee eye tis">fa\u017fciitis</sub>'),
        ("odd", "odd"),
    ],
)
def test_hard_words_are_told_how_they_sound_and_keep_their_spelling(words, expected):
    assert ssml((words,), script(terms=TERMS)) == expected


@pytest.mark.parametrize("name", ["Polly.Joanna-Generative", "Google.en-US-Chirp3-HD-Aoede", "alice"])
def test_a_voice_that_may_fail_on_a_tag_gets_plain_words_and_pauses_between(name):
    line = script(voice=name, terms=TERMS)
    pieces = ("Dr. Fasciitis.", Break(500), "It is", Slow(("one", "two"), "12"), Break(1200))
    say = f'<Say voice="{name}" language="en-US">'
    assert spoken(voice.write(line, listening(*pieces, pace=-1, volume=1))) == (
        f'{say}Dr. Fasciitis.</Say><Pause length="1"/>{say}It is one,</Say><Pause length="1"/>{say}two</Say>'
        '<Pause length="2"/>'
    )


def test_two_scripts_of_one_version_do_not_share_what_was_rendered():
    turn = listening("fasciitis")
    assert "<sub" not in voice.write(script(), turn)
    assert "<sub" in voice.write(script(terms=TERMS), turn)


# --- write: limits -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ((Break(500), Break(600)), '<Pause length="2"/>'),
        (("\x00",), ""),
        ((Break(10_000), "a"), f'{JOANNA}<break time="10000ms"/> a</Say>'),
        (("a", Break(20_500), "b"), f'{JOANNA}a</Say><Pause length="21"/>{JOANNA}b</Say>'),
    ],
)
def test_no_say_is_without_words_and_no_break_longer_than_a_voice_can_make(pieces, expected):
    assert spoken(voice.write(script(), listening(*pieces))) == expected


@pytest.mark.parametrize("word", ["sentence. ", "señal ", "слово ", "電話", "📞", "x", "&<>"])
def test_long_text_is_split_into_says_that_a_voice_can_take(word):
    pieces = (word * 200, word * 2_900, word)
    document = voice.write(script(), Turn((HangUp(english(*pieces)),), state()))
    says = strict.read(document)[:-1]
    assert len(says) > 1
    assert "".join(say.text for say in says).replace(" ", "") == "".join(pieces).replace(" ", "")


def test_text_is_split_between_pieces_where_that_is_enough():
    pieces = tuple(f"Part {number}: {'word ' * 100}end." for number in range(12))
    document = voice.write(script(), Turn((HangUp(english(*pieces)),), state()))
    says = strict.read(document)[:-1]
    assert 1 < len(says) < 6
    assert all(say.text.startswith("Part ") and say.text.endswith("end.") for say in says)


def test_hints_go_first_when_a_document_grows_too_big():
    hints = tuple(f"{number:03} {'&' * 96}" for number in range(500))
    where = state()

    def written(count):
        words = [f"{number} {'word ' * 10}" for number in range(count)]
        return voice.write(script(), Turn((Listen(english(*words), 10, where, hints),), where))

    a_hundred, none = strict.read(written(100))[0], strict.read(written(1000))[0]
    assert len(a_hundred.hints) == 100
    assert len(none.hints) == 0
    assert none.prompt[-1].text.endswith("word")
    with pytest.raises(ValueError, match="the answer at 'home' is longer than the 64000 bytes"):
        written(2000)


def test_size_is_counted_in_bytes():
    words = "電 " * 12_000  # 24,000 characters, 48,000 bytes
    document = voice.write(script(), listening(words))
    assert len(document) < twiml.MOST_BYTES - 30_000
    with pytest.raises(ValueError, match="longer than"):
        voice.write(script(), listening(words * 2))


# --- write: whatever the words are, the strict phone plays them -----------------------------------

NASTY = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="&<>\"'/!-[]=;#\x00\x0b\x1f\x7f\x85\u00a0\u200f\u202e\u2028\ufffe\ud800📞é ]\n\t", max_size=60),
    st.sampled_from(["<!DOCTYPE a>", "]]>", "&#0;", "</Say>", "<break/>", "Dr.", "fasciitis"]),
)
PIECES = st.lists(
    st.one_of(
        NASTY,
        st.builds(Break, st.integers(1, 60_000)),
        st.builds(Slow, st.lists(NASTY, min_size=1, max_size=4).map(tuple), st.just("")),
    ),
    max_size=6,
).map(tuple)
SPEECH = st.lists(st.builds(Utterance, st.sampled_from(["en-US", "es-US"]), PIECES), max_size=4).map(tuple)
STATES = st.builds(
    state,
    language=st.sampled_from(["en-US", "es-US"]),
    pace=st.integers(SLOWEST, FASTEST),
    volume=st.integers(0, LOUDEST),
    node=st.sampled_from(["home", "main menu"]),
    position=st.integers(0, 99),
    led=st.sampled_from(["", "5", "*", "#"]),
    turn=st.integers(0, 400),
)
WINDOW = st.builds(Listen, SPEECH, st.integers(-5, 100), STATES, st.lists(NASTY, max_size=9).map(tuple))
ENDING = st.one_of(WINDOW, st.builds(HangUp, SPEECH), st.builds(Dial, st.just(DESK), st.integers(20, 30), STATES))
STEPS = st.tuples(st.lists(WINDOW, max_size=2), ENDING).map(lambda parts: (*parts[0], parts[1]))
SCRIPTS = [script(rate=92, terms=TERMS), script(voice="Polly.Joanna-Generative", terms=TERMS)]


def heard(speech):
    """The words of a speech as they should reach an ear: without what XML cannot hold, and without white space,
    since a very long word may be cut in two."""
    said = " ".join(utterance.text for utterance in speech)
    return "".join(re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", said).split())


def says_of(document):
    verbs = strict.read(document)
    return [verb for outer in verbs for verb in getattr(outer, "prompt", (outer,)) if isinstance(verb, strict.Say)]


def reaches_the_ear(document):
    return "".join("".join(say.text for say in says_of(document)).split())


@given(st.sampled_from(SCRIPTS), STEPS, STATES)
def test_the_strict_phone_accepts_every_turn_and_hears_exactly_its_words(line, steps, where):
    speech = tuple(utterance for step in steps if not isinstance(step, Dial) for utterance in step.speech)
    assert reaches_the_ear(voice.write(line, Turn(steps, where))) == heard(speech)


LONG = st.sampled_from(["x" * 4000, "я " * 1500, "word " * 590, "a"])
LONG_PIECES = st.lists(st.one_of(LONG, st.builds(Break, st.integers(1, 20_000)), st.just(NUMBER)), max_size=8)


@given(st.sampled_from(SCRIPTS), LONG_PIECES)
def test_the_strict_phone_accepts_long_speech_too(line, pieces):
    speech = english(*pieces)
    assert reaches_the_ear(voice.write(line, Turn((HangUp(speech),), state()))) == heard(speech)


def test_what_is_remembered_does_not_change_what_is_written():
    line, turn = script(terms=TERMS), listening("Dr. No.", NUMBER, pace=1)
    remembered = [voice.write(line, turn), voice.write(line, turn)]
    for memory in (voice._verbs, voice._voice, twiml.hearing):
        memory.cache_clear()
    assert remembered == [voice.write(line, turn)] * 2
