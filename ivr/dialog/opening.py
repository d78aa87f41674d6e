"""What every caller hears first.

For: `opening`, the same words in the same order for each call, as long as the same notices are up; worked out once and kept.
Not here: what is said at a place (`prompts`), who is told what today (`ivr.script.notices`).
"""

from __future__ import annotations

from functools import lru_cache

from ivr.dialog.prompts import emergency, offers, options, pause, say, sentence, sentence_of
from ivr.dialog.spoken import Speech, join
from ivr.dialog.state import State
from ivr.script.model import Script
from ivr.script.today import Told


@lru_cache(maxsize=64)
def opening(script: Script, language: str, notices: tuple[Told, ...] = ()) -> Speech:
    """Emergency in each language, what is new today, the other languages, a person, who this is, the main menu (EMG-01,
    LEP-01).  A notice stands before the offers, as it may be what the caller called for, and pushes them back by itself.
    """
    state = State(script.version, language, script.start)
    order = [language, *(tag for tag in script.languages if tag != language)]
    return join(
        *(emergency(script, tag) for tag in order),
        *(_notice(script, told) for told in notices),
        offers(script, language),
        sentence(script, language, "person offer"),
        pause(language),
        sentence(script, language, "greeting"),
        sentence(script, language, "how to choose"),
        pause(language),
        options(script, state),
    )


def _notice(script: Script, told: Told) -> Speech:
    said = say(told.language, sentence_of(told.words)) if told.words else sentence(script, told.language, told.ready)
    return join(said, pause(told.language))
