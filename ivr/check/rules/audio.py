"""Rules about sound: nothing but clear speech.

Not here: pace and pauses (`timing`), what is said (`wording`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.check.found import warning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.finding import Finding
    from ivr.script.model import Script


def aud_01() -> None:
    """No music under speech

    Level: must. Kind: construction.
    What: The line plays nothing but speech and silence.
    Why: Hearing aids and old ears cannot take speech and music apart.
    Source: WCAG 1.4.7; ATIS.
    Bad: a greeting over a piano
    Good: a greeting
    Held by: tests/check/test_construction.py::test_nothing_but_speech_is_played
    """


def aud_02() -> None:
    """Who waits is told how it stands

    Level: should. Kind: not yet.
    What: On hold a voice says every 30 seconds that somebody will come.
    Why: Silence sounds like a lost call.
    Source: nonprofitvoip.com; Avaya.
    Bad: 3 minutes of music
    Good: You are still in line.
    Until: the line has no hold of its own; a transfer rings, and comes back
    """


def aud_04(script: Script) -> Iterator[Finding]:
    """One voice for each language

    Level: should. Kind: static.
    What: Each language has one voice, which no other language has, and another that stands in when it fails.
    Why: A voice is what callers know the line by.
    Source: W3C COGA.
    Bad: voice and fallback voice are the same
    Good: voice: Polly.Joanna-Neural, fallback voice: Polly.Joanna
    """
    owners: dict[str, str] = {}
    for tag, language in script.languages.items():
        first = owners.setdefault(language.voice, tag)
        if first != tag:
            what = f"{first} and {tag} have the same voice, {language.voice}"
            yield warning(script, ("line", "languages", tag, "voice"), what, "Give each language its own.")
        if language.voice == language.fallback_voice:
            what = f"the fallback voice of {tag} is its voice, {language.voice}, and would fail with it"
            mend = "Take another, such as the same voice without '-Neural'."
            yield warning(script, ("line", "languages", tag, "fallback voice"), what, mend)


def aud_05() -> None:
    """All that is heard can be read

    Level: must. Kind: construction.
    What: The line has no recordings: every word that is heard stands in the words files.
    Why: A recording without its text is lost to who cannot hear, and to the checker.
    Source: WCAG 1.2.1; WAI on VoiceXML.
    Bad: welcome.mp3
    Good: greeting: Specialty Surgical Center, automated line.
    Held by: tests/check/test_construction.py::test_nothing_but_speech_is_played
    """
