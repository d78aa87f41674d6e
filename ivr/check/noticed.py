"""What the checker says of a notice: the rules about words, for one sentence that is in no script.

For: the findings of the static rules that look at a text, as if the notice were a sentence of the line.
Not here: what makes a notice unfit to be said (`ivr.script.notices`), the rules themselves (`rules`).
"""

from __future__ import annotations

from dataclasses import replace
from inspect import getmodule
from pathlib import Path

from ivr.check.finding import Finding, Severity
from ivr.check.registry import every_rule
from ivr.check.rules import reading, wording
from ivr.check.run import READER
from ivr.dialog import prompts
from ivr.dialog.opening import opening
from ivr.dialog.spoken import seconds
from ivr.script.model import Place, Script
from ivr.script.notices import FILE, in_folder
from ivr.script.today import Told
from ivr.script.tree import Text

SAYS = "sentences"
MOST_SECONDS = 15
"""To the first mention of a person (MENU-13), which a notice pushes back."""


def notice_findings(script: Script, language: str, words: str) -> list[Finding]:
    """What may be better said, each finding with the file in which staff can write a notice."""
    address = (language, SAYS, "notice")
    place = Place(FILE, 1)
    alone = replace(script, texts={address: Text(place, words, (words,))}, waivers=())
    rules = (rule for rule in every_rule().values() if getmodule(rule.judge) in (reading, wording) and rule.subject)
    return [
        replace(finding, rule=rule.id, place=place)
        for rule in rules
        for finding in rule.judge(alone) or ()
        if finding.address == address
    ]


def seconds_to_a_person(script: Script, told: tuple[Told, ...]) -> float:
    """How long a caller listens until the way to a person is named, when these notices are said."""
    language = script.first_language
    before = opening(script, language, told)
    greeted = opening(script, language)
    offer = prompts.sentence(script, language, "person offer")
    emergencies = sum(seconds(prompts.emergency(script, tag)) for tag in script.languages)
    return emergencies + seconds(before) - seconds(greeted) + seconds(prompts.offers(script, language)) + seconds(offer)


def folder_findings(folder: Path, script: Script) -> list[Finding]:
    """What is wrong with the notice beside a script, and what may be better said; nothing if there is none."""
    notices, problems = in_folder(folder, script)
    wrong = [Finding(READER, Severity.ERROR, p.place, p.what, p.mend) for p in problems]
    said = [finding for n in notices if n.words for finding in notice_findings(script, n.language, n.words)]
    return [*wrong, *said]
