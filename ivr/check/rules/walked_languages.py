"""Rules on languages, proved by walking the line: the change of one, voice and recogniser.

Not here: the words of a language and its translation (`languages`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ivr.check.calls import errors, warnings
from ivr.check.judging import plain, sentence
from ivr.dialog.inputs import Key
from ivr.phone.heard import Doing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ivr.check.calls import Wrong
    from ivr.check.finding import Finding
    from ivr.check.rendered import Stretch
    from ivr.check.walked import Edge, Walk
    from ivr.dialog.state import State
    from ivr.phone.strict import Say
    from ivr.script.model import Script


def lep_05(walk: Walk) -> Iterator[Finding]:
    """Another language at any time, at the same place

    Level: should. Kind: walked.
    What: Key 8 and the words for it change the language at every place, and the caller stays where they were.
    Why: Some callers learn only in the middle of a call that the other language is there.
    Source: our own, from 45 CFR 92.101.
    Bad: caller: 8 / line: Menú principal. (the caller was at the fax number)
    Good: caller: 8 / line: Español. Número de fax.
    """
    wrong = (
        (edge, "")
        for spot, edge in walk.given
        if edge.attempt.given == Key("8") and spot.asks and not _stayed(walk, edge, spot.state)
    )
    what = "Key 8 does not lead to the same place in the other language"
    yield from warnings(walk, wrong, what, "Let the language change, and nothing else.")


def _stayed(walk: Walk, edge: Edge, before: State) -> bool:
    now, wanted = edge.state, walk.script.next_language(before.language)
    if now is None or edge.heard is None:
        return False
    heard = now.language == edge.heard.language == wanted
    return heard and (now.node, now.position, now.item) == (before.node, before.position, before.item)


def lep_02_walked(walk: Walk) -> Iterator[Finding]:
    """Nothing of one language is said in the voice of another."""
    what = "Words are said in the voice of {found}"
    yield from errors(walk, _foreign(walk), what, "Use that language's own voice.")


def _foreign(walk: Walk) -> Iterator[Wrong]:
    tells = {tag: [plain(text) for text in _telling(walk.script, tag)] for tag in walk.script.languages}
    alien = {
        tag: [text for other, texts in tells.items() if other != tag for text in texts if text not in tells[tag]]
        for tag in walk.script.languages
    }
    known: dict[Stretch, list[str]] = {}
    for edge in walk.edges:
        for stretch in edge.reply.stretches:
            if stretch not in known:
                known[stretch] = [line.language for line in stretch.lines if _is_alien(line, alien)]
            yield from ((edge, f"{voice} instead of their own") for voice in known[stretch])


def _is_alien(line: Say, alien: dict[str, list[str]]) -> bool:
    return line.language not in alien or any(text in plain(line.text) for text in alien[line.language])


def _telling(script: Script, tag: str) -> Iterator[str]:
    """Sentences by which a language can be told."""
    for name in ("language offer", "person offer", "greeting", "after a text"):
        yield sentence(script, tag, name)
    yield str(script.words[tag].emergency.say)


def lep_04_walked(walk: Walk) -> Iterator[Finding]:
    """The recogniser listens in the language that the caller has chosen."""
    wrong = (
        (edge, f"{spot.state.language}, and heard as if they were {stretch.language}")
        for edge in walk.edges
        for spot, stretch in walk.arrivals(edge)
        if stretch.doing is Doing.LISTENING and stretch.language != spot.state.language
    )
    yield from errors(walk, wrong, "A caller's words are {found}", "Listen in the language of the call.")
