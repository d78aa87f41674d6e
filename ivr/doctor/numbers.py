"""The numbers: how they are set at Twilio, and whether one of the line's own leads back to it.

For: `drift`, by the very comparison that `ivr connect` shows, and `loops`.
Not here: writing anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ivr.doctor.result import Result, ok, wrong
from ivr.provision.number import LABELS, Number, plan, wanted
from ivr.script.model import Script


def ours(numbers: Iterable[Number], public_url: str, named: str) -> list[Number]:
    """The numbers that ask this line, and the one that was named."""
    return [n for n in numbers if n.e164 == named or n.settings.get("voice_url", "").startswith(f"{public_url}/")]


def drift(number: Number, public_url: str) -> Iterator[Result]:
    """How a number's settings differ from what they should be; a fallback elsewhere, over HTTPS, is as it should be."""
    given = number.settings.get("voice_fallback_url", "")
    texts = number.settings.get("sms_url", "").startswith(f"{public_url}/")
    found = plan(number, wanted(public_url, fallback=given if given.startswith("https://") else "", texts=texts))
    for change in found.changes:
        what = f"{number.e164}: “{LABELS[change.name]}” is {change.old or 'not set'}, and should be {change.new}."
        yield wrong("number", what, f"ivr connect {number.e164} --apply")
    for obstacle in found.obstacles:
        yield wrong("number", f"{number.e164}: {obstacle.what}", obstacle.mend)
    if not found.changes and not found.obstacles:
        yield ok("number", f"{number.e164} asks this line as it should.")


def loops(script: Script, numbers: Iterable[str]) -> Iterator[Result]:
    """Numbers to which the line puts callers through, and which it answers itself."""
    answered = set(numbers)
    looping = [number for number in script.numbers.values() if number.e164 in answered]
    for number in looping:
        what = f"The number “{number.name}” in line.yaml is {number.e164}, which this line answers itself."
        yield wrong(
            "loop",
            what,
            "Write the number at which people answer. The line would not dial it, and callers would be stuck.",
        )
    if not looping:
        yield ok(
            "loop", "No number of the line is one that it answers itself. Whether one is forwarded back, a call shows."
        )
