"""Words that are spoken or understood: the rules that hold wherever staff write them.

For: prompts with their slots, labels and phrases.  A number in digits would be read as one big number, and
markup would reach the voice as commands, so neither may stand in a script.
Not here: which words a script needs (`words`), how words are matched and spoken (`ivr.dialog`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import phonenumbers

from ivr.script.model import PhoneNumber, Prompt, Slot
from ivr.script.problems import FEW, meant, shown
from ivr.script.telephone import COUNTRY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ivr.script.shape import Field
    from ivr.script.tree import Text

LONGEST_PROMPT = 1200
"""Characters: more than a minute of speech, far beyond the twenty seconds of a part (OPT-18)."""

LONGEST_LABEL = 60
LONGEST_PHRASE = 100
"""Characters: what Twilio takes as one hint for the recogniser (error 13330)."""

MOST_PHRASES = 100
MOST_EXAMPLES = 700
"""Sentences to learn from may be many: they are no hints, and cost a little time at the start only."""

LONGEST_PATTERN = 200
"""The phrases of an emergency hold several wordings at once, and are no hints either."""

MARKUP = {
    "&": "Write the word for 'and' instead.",
    "<": "Leave it out: the line makes pauses and emphasis itself.",
    ">": "Leave it out, or put > right after the colon and the sentence on the next line.",
}
MARKUP_SIGN = re.compile("[&<>]")

DIGIT = re.compile(r"\d")
BARE_NUMBER = re.compile(r"(?<![\d.,${])(9[-. ]?1[-. ]?1|9[-. ]?8[-. ]?8|7[-. ]?1[-. ]?1)(?![-.,]?\d)")
IN_WORDS = {"911": "nine one one", "988": "nine eight eight", "711": "seven one one"}
DIGITS = re.compile(r"\+?\(?\d(?:[\s().\u2010-\u2015/-]*\d){6,}")
"""Seven digits or more, however they are set apart."""

NO_NUMBER_HERE = (
    "Leave it out here: a number is read out at a place of its own, and in texts and answers as {its name}."
)

SLOT = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Speech:
    """Reads spoken words, knowing the line's phone numbers.

    `names` are those of all numbers, also of such as could not be read.
    """

    numbers: Mapping[str, PhoneNumber] = field(default_factory=dict)
    names: tuple[str, ...] = ()

    def prompt(self, value: Field, slots: Iterable[str] = (), needs: Iterable[str] = ()) -> Prompt:
        """A sentence with slots; empty if it is missing or wrong."""
        text = value.text()
        if text is None:
            return Prompt(())
        known = tuple(slots)
        self._judge(value, text, LONGEST_PROMPT, known)
        prompt = self._cut(value, text, known)
        for name in sorted(set(needs) - set(prompt.slots)):
            value.note(
                f"'{shown(value.name)}' does not say {{{name}}}",
                f"Put {{{name}}} where it should be spoken.",
                text.place,
            )
        return prompt

    def about_numbers(self, value: Field) -> Prompt:
        """A sentence of a node, whose slots are the names of phone numbers."""
        prompt = self.prompt(value, self.names)
        for name in prompt.slots:
            if name in self.numbers and "read" not in self.numbers[name].uses:
                mend = "Add 'read' to its uses in line.yaml, or leave it out here."
                value.note(f"the number '{name}' may not be read out", mend)
        return prompt

    def label(self, value: Field) -> str:
        return self.plain(value, LONGEST_LABEL)

    def plain(self, value: Field, longest: int = LONGEST_PROMPT) -> str:
        """Words without slots."""
        text = value.text()
        if text is None:
            return ""
        self._judge(value, text, longest)
        sign = next((sign for sign in "{}" if sign in text.value), None)
        if sign:
            value.note("nothing is filled in for curly brackets here", "Write the words themselves.", text.at(sign))
        return text.words

    def examples(self, value: Field) -> tuple[str, ...]:
        """Sentences from which the line learns."""
        return self.phrases(value, MOST_EXAMPLES)

    def patterns(self, value: Field) -> tuple[str, ...]:
        """Phrases with several wordings in one, as those of an emergency."""
        return self.phrases(value, MOST_EXAMPLES, LONGEST_PATTERN)

    def phrases(self, value: Field, most: int = MOST_PHRASES, longest: int = LONGEST_PHRASE) -> tuple[str, ...]:
        entries = value.entries()
        if len(entries) > most:
            what = f"'{shown(value.name)}' has {len(entries)} entries, and {most} is the most"
            value.note(what, "Keep those that callers use most.")
        return tuple(filter(None, (self.plain(entry, longest) for entry in entries)))

    def _judge(self, value: Field, text: Text, longest: int, slots: tuple[str, ...] = ()) -> None:
        words = text.words
        if len(words) > longest:
            value.note(
                f"these words have {len(words)} characters, and {longest} is the most",
                "Say it in fewer words.",
                text.place,
            )
        found = MARKUP_SIGN.search(words)
        if found:
            value.note(f"the sign {found[0]} cannot be spoken", MARKUP[found[0]], text.at(found[0]))
        if DIGIT.search(words):
            self._judge_digits(value, text, slots)

    def _judge_digits(self, value: Field, text: Text, slots: tuple[str, ...]) -> None:
        found = _phone_number(text.words[:LONGEST_PROMPT])
        if found:
            what = f"a phone number ({shown(found)}) stands among the words"
            fits = not self.names or not set(self.names).isdisjoint(slots)
            mend = f"Write {self._slot(found)} instead, so that it is read out slowly." if fits else NO_NUMBER_HERE
            value.note(what, mend, text.at(found))
            return
        short = BARE_NUMBER.search(text.words)
        if short:
            name = re.sub(r"\D", "", short[1])
            mend = f"Write the digits as words, as they are spoken: {IN_WORDS[name]} in English."
            value.note(f"{name} in digits would be read as one big number", mend, text.at(short[1]))

    def _slot(self, digits: str) -> str:
        """The slot of the number that was written out."""
        bare = re.sub(r"\D", "", digits)[-10:]
        same = [name for name, number in self.numbers.items() if number.e164.endswith(bare)]
        names = same or self.names
        return " or ".join(f"{{{name}}}" for name in names[:3]) or "the name of the number in curly brackets"

    def _cut(self, value: Field, text: Text, slots: tuple[str, ...]) -> Prompt:
        """The sentence, cut at its slots."""
        pieces: list[str | Slot] = []
        for number, piece in enumerate(SLOT.split(text.words)):
            if number % 2:
                pieces.append(Slot(" ".join(piece.split())))
                self._judge_slot(value, text, piece, slots)
                continue
            sign = next((sign for sign in "{}" if sign in piece), None)
            if sign:
                value.note(
                    f"the curly bracket {sign} has no partner", "Write { before the name and } after it.", text.at(sign)
                )
            pieces.append(piece)
        return Prompt(tuple(filter(None, pieces)))

    def _judge_slot(self, value: Field, text: Text, piece: str, slots: tuple[str, ...]) -> None:
        name = " ".join(piece.split())
        if name in slots:
            return
        close = meant(name, slots)
        known = " or ".join(f"{{{slot}}}" for slot in sorted(slots)[:FEW])
        mend = f"Write {known}, or the words themselves." if known else "Write the words themselves."
        what = f"the line has nothing to fill in for {{{shown(name)}}} here"
        value.note(what, f"Did you mean {{{close}}}?" if close else mend, text.at(f"{{{piece}}}"))


def _phone_number(words: str) -> str:
    """The first phone number among the words, written in digits."""
    digits = DIGITS.search(words)
    if digits:
        return digits[0]
    match = next(iter(phonenumbers.PhoneNumberMatcher(words, COUNTRY)), None)
    return str(match.raw_string) if match else ""
