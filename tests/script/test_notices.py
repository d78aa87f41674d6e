"""Notices: what a sentence may hold, what the file says, and what each language hears at a moment."""

from datetime import UTC, datetime, timedelta

import pytest

from ivr.script.notices import FILE, Notice, heard, in_folder, moment_of, read_notices, sentence_problems
from ivr.script.today import Told
from timed import at

SIX = at("2026-12-24T18:00")
SNOW, NIEVE = "We are closed today because of snow.", "Hoy estamos cerrados por la nieve."
EN, ES = "en-US", "es-US"
BEFORE = SIX - timedelta(seconds=1)
CLOSURES = (Told(EN, ready="closed today"), Told(ES, ready="closed today"))

HEARD = {
    "nothing": ((), ()),
    "both languages": ((Notice(SIX, EN, SNOW), Notice(SIX, ES, NIEVE)), (Told(EN, SNOW), Told(ES, NIEVE))),
    "a closure in ready-made words": ((Notice(SIX, closed=True),), CLOSURES),
    "a closure in one language": ((Notice(SIX, EN, SNOW, closed=True),), (Told(EN, SNOW), CLOSURES[1])),
    "news in one language": ((Notice(SIX, ES, "Hay vacunas."),), (Told(EN, ready="news today"), Told(ES, "Hay vacunas."))),
    "own words and a closure": ((Notice(SIX, closed=True), Notice(SIX, ES, NIEVE)), (CLOSURES[0], Told(ES, NIEVE))),
    "a language that this line does not speak": ((Notice(SIX, "fr-CA", "Neige."),), tuple(Told(t, ready="news today") for t in (EN, ES))),
    "one that has ended": ((Notice(BEFORE, EN, SNOW), Notice(SIX, closed=True)), CLOSURES),
}  # fmt: skip


@pytest.mark.parametrize(("notices", "told"), HEARD.values(), ids=HEARD)
def test_what_each_language_hears(script, notices, told):
    assert heard(script, notices, BEFORE) == told
    assert heard(script, notices, SIX) == ()


@pytest.mark.parametrize(
    ("text", "zone", "utc"),
    [
        ("2026-12-24T18:00", "America/New_York", "2026-12-24T23:00"),
        (" 2026-12-24 18:00 ", "America/New_York", "2026-12-24T23:00"),
        ("2026-07-01T00:00", "America/New_York", "2026-07-01T04:00"),
        ("2026-12-24T18:00", "Europe/Madrid", "2026-12-24T17:00"),
        ("2026-11-01T01:30", "America/New_York", "2026-11-01T05:30"),
        ("2026-03-08T02:30", "America/New_York", "2026-03-08T07:30"),
    ],
)
def test_a_time_is_that_of_the_line(text, zone, utc):
    """Also where summer time begins or ends."""
    assert moment_of(text, zone) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "18:00", "2026-12-24", "12/24/2026 18:00", "2026-13-24T18:00", "2026-12-24T25:00", "tomorrow"]
)
def test_what_is_no_day_and_time(text):
    assert moment_of(text, "America/New_York") is None


REFUSED = {
    "digits": ("We open at 9 today.", "Write times, days and numbers in words"),
    "a phone number": ("Call 973-940-3166 today.", "holds no phone number"),
    "two sentences": ("We are closed. Come tomorrow.", "a notice is one sentence"),
    "markup": ("We are closed & sorry.", "the sign & cannot be spoken"),
    "a slot": ("Call {main} today.", "nothing is filled in for curly brackets"),
    "more than twenty seconds": ("very " * 51, "this takes 20 seconds to say, and 20 is the most"),
    "a whole letter": ("very " * 300, "is the most"),
}


@pytest.mark.parametrize(("words", "told"), REFUSED.values(), ids=REFUSED)
def test_a_sentence_that_may_not_be_said(words, told):
    assert told in "; ".join(map(str, sentence_problems(EN, words)))


@pytest.mark.parametrize(
    "words", [SNOW, NIEVE, "Today, we close at noon", "¿Sabía que hoy cerramos al mediodía?", "very " * 50]
)
def test_a_sentence_that_may_be_said(words):
    assert sentence_problems(EN, words) == []


# --- the file ------------------------------------------------------------------------------------

WRITTEN = {
    "nothing": ("", ()),
    "a remark": ("# until: 2026-12-24T18:00\n", ()),
    "one language": (f"until: 2026-12-24T18:00\nen-US: {SNOW}\n", (Notice(SIX, EN, SNOW),)),
    "both": (f"until: 2026-12-24 18:00\nes-US: {NIEVE}\nen-US: {SNOW}\n", (Notice(SIX, EN, SNOW), Notice(SIX, ES, NIEVE))),
    "a closure": ("until: 2026-12-24T18:00\nclosed: yes\n", (Notice(SIX, closed=True),)),
    "a closure with words": (f"until: 2026-12-24T18:00\nclosed: yes\nen-US: {SNOW}\n", (Notice(SIX, EN, SNOW, closed=True),)),
}  # fmt: skip


@pytest.mark.parametrize(("text", "notices"), WRITTEN.values(), ids=WRITTEN)
def test_a_notice_beside_the_files(script, tmp_path, text, notices):
    assert in_folder(tmp_path, script) == ((), [])
    (tmp_path / FILE).write_text(text, encoding="utf-8")

    assert in_folder(tmp_path, script) == (notices, [])


MISTAKES = {
    "no end": (f"en-US: {SNOW}\n", "notice.yaml:1:1: missing 'until'"),
    "an end in words": (f"until: tonight\nen-US: {SNOW}\n", "notice.yaml:1:8: 'tonight' is no day and time. Write the day and the time, like 2026-12-24T18:00."),
    "nothing to say": ("until: 2026-12-24T18:00\n", "notice.yaml:1:1: this notice says nothing. Write en-US: and a sentence, or closed: yes"),
    "a language that is not spoken": (f"until: 2026-12-24T18:00\nen-UK: {SNOW}\n", "Did you mean 'en-US'?"),
    "digits": ("until: 2026-12-24T18:00\nen-US: Open 9-5.\n", "notice.yaml:2:1: a voice may read digits in any way"),
    "maybe closed": ("until: 2026-12-24T18:00\nclosed: maybe\n", "notice.yaml:2:9: 'maybe' cannot stand after 'closed', only 'yes' or 'no'"),
    "a colon in it": ("until: 2026-12-24T18:00\nen-US: Note: we are closed.\n", "notice.yaml:2:12: a colon with a space after it cuts this sentence in two"),
    "not YAML": ("until: [", "notice.yaml:1:8: "),
    "no names": ("We are closed.", "notice.yaml:1:1: "),
    "another encoding": ("until: 2026-12-24T18:00\nes-US: mañana\n".encode("latin-1"), "not saved as UTF-8"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "told"), MISTAKES.values(), ids=MISTAKES)
def test_a_notice_that_cannot_be_said_is_told_with_its_place(script, text, told):
    notices, problems = read_notices(text if isinstance(text, bytes) else text.encode(), script)

    assert notices == ()
    assert told in "\n".join(map(str, problems))
