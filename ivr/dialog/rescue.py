"""What is said when no program answers: words that are written down beforehand and played by whoever is still there.

For: the two halves of a rescue, before a person is called and after that came to nothing.  Nobody is asked anything,
since there is nobody to hear the answer; so every language is spoken, one after the other.
The transfer comes before the numbers are read: the way to a person may not be long (EMG-01, promise 12).
Not here: when it is used, and its TwiML (`ivr.channels`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.dialog import prompts
from ivr.dialog.spoken import join

if TYPE_CHECKING:
    from ivr.dialog.spoken import Speech
    from ivr.script.model import Script


def before(script: Script, *, dials: bool) -> Speech:
    """The emergency sentence in each language, then in each that something is wrong, and what happens now."""
    emergencies = (prompts.emergency(script, tag) for tag in script.languages)
    troubles = (join(prompts.trouble(script, tag, dials=dials), prompts.pause(tag)) for tag in script.languages)
    return join(*emergencies, *troubles)


def after(script: Script) -> Speech:
    """The numbers, slowly, and goodbye, in each language."""
    return join(*(_numbers(script, tag) for tag in script.languages))


def _numbers(script: Script, language: str) -> Speech:
    """A person's number as any number is read (NUM-04); then the others, each with who answers it."""
    ours, pause = prompts.our_number(script, language), prompts.pause(language)
    words, person = script.words[language], script.person_number
    others = [
        prompts.say(language, _named(words.numbers[name]), prompts.slow_number(words, number), prompts.BETWEEN)
        for name, number in script.numbers.items()
        if number.e164 != person.e164
    ]
    return join(
        prompts.sentence(script, language, "number cue"),
        prompts.pause(language, prompts.GET_A_PEN),
        ours,
        pause,
        ours,
        pause,
        *others,
        prompts.sentence(script, language, "the end"),
        pause,
    )


def _named(who: str) -> str:
    return prompts.sentence_of(f"{who[:1].upper()}{who[1:]}")
