"""`ivr understand`: what does the line make of these words, and how well does it understand a whole corpus?

For: explaining one utterance, with the words of the script that decided; and scoring many of known meaning, with an
exit code by limits, so that a test can hold them.
Not here: how words are understood (`ivr.dialog`), how a corpus is judged (`ivr.phone.corpus`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import yaml

from ivr.cli.common import open_script
from ivr.dialog import prompts
from ivr.dialog.inputs import Said
from ivr.dialog.state import State
from ivr.dialog.understand import Ask, Echo, Emergency, Match, NoMatch, Understood
from ivr.dialog.understand import understand as make_of
from ivr.phone.corpus import Record, Score, Share, Verdict, score, without_listed
from ivr.phone.engine import UnknownPlaceError, starting
from ivr.script.model import Script

SHOWN = 40
"""Lines of the list of confusions."""


@click.command()
@click.argument("text", required=False)
@click.option(
    "--folder", type=click.Path(path_type=Path, exists=True, file_okay=False), help="The line; the sample by default."
)
@click.option("--node", default="", help="Where the caller is; the first menu by default.")
@click.option("--language", default="", help="The caller's language; with --corpus, the only one to score.")
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Utterances with intents, as JSON lines.",
)
@click.option(
    "--mapping",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Which actions are right for each intent.",
)
@click.option("--held-out", is_flag=True, help="Leave out sentences of the script that stand in the corpus, or nearly.")
@click.option("--least-understood", type=float, help="Percent right at once or after one question; fail below.")
@click.option("--least-at-once", type=float, help="Percent right at once; fail below.")
@click.option("--least-emergencies", type=float, help="Percent of emergencies caught; fail below.")
@click.option("--most-acted", type=float, help="Percent of what is out of scope acted on; fail above.")
@click.option("--most-asked", type=float, help="Percent of what is out of scope asked about; fail above.")
@click.option("--most-wrong-transfers", type=float, help="Percent put through wrongly; fail above.")
@click.option("--most-false-alarms", type=float, help="Percent of ordinary pain taken for an emergency; fail above.")
def understand(  # noqa: PLR0913 - one for each option
    text: str | None,
    folder: Path | None,
    node: str,
    language: str,
    corpus: Path | None,
    mapping: Path | None,
    *,
    held_out: bool,
    **limits: float | None,
) -> None:
    """Explain what the line makes of TEXT, or score a --corpus with its --mapping.

    Nothing is dialled, stored or sent.
    """
    script = open_script(folder)
    if corpus and mapping and not text:
        _score(script, _records(corpus, language), _mapping(mapping), held_out=held_out, limits=limits)
    elif text is not None and not corpus:
        _explain(script, text, language, node)
    else:
        raise click.UsageError("Give either TEXT, or --corpus and --mapping.")


# --- one utterance -------------------------------------------------------------------------------


def _explain(script: Script, text: str, language: str, node: str) -> None:
    try:
        state = starting(script, language, node) or State(script.version, script.first_language, script.start)
    except UnknownPlaceError as error:
        raise click.ClickException(str(error)) from None
    found = make_of(script, state, Said(text))
    click.echo(_outcome(script, state.language, found))
    if isinstance(found, Match | Ask | NoMatch) and found.evidence:
        click.echo(f"Because of: {found.evidence}{_quoted(found.because)}.")
    elif isinstance(found, Emergency):
        click.echo(f"Because of: an emergency phrase{_quoted(found.because)}.")


def _quoted(because: str) -> str:
    return f', "{because}"' if because else ""


def _outcome(script: Script, language: str, found: Understood) -> str:
    match found:
        case Match(action=action):
            return f"Does it: {prompts.label(script, language, action)} ({action})."
        case Ask(action=action):
            return f"Asks first: did you want {prompts.label(script, language, action)} ({action})?"
        case Emergency(language=tag, crisis=crisis):
            return f"Emergency, in {tag}{', of suicide' if crisis else ''}: says the emergency sentence at once."
        case NoMatch(a_person=True):
            return "Does not know that, and offers a person."
        case Echo():
            return "Hears its own words, or nothing: listens on."
    return "Not understood."


# --- a corpus ------------------------------------------------------------------------------------


def _records(file: Path, language: str) -> list[Record]:
    """The utterances of a file, in one language or all."""
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(_record(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise click.ClickException(f"{file}:{number}: this is no utterance with lang, text and intent.") from error
    return [record for record in found if language in ("", record.language)]


def _record(given: dict[str, Any]) -> Record:
    also = tuple(map(str, given.get("also", ())))
    return Record(str(given["lang"]), str(given["text"]), str(given["intent"]), also, bool(given.get("ordinary")))


def _mapping(file: Path) -> dict[str, list[str]]:
    intents = yaml.safe_load(file.read_text(encoding="utf-8"))["intents"]
    return {str(intent): [str(action) for action in actions] for intent, actions in intents.items()}


def _score(
    script: Script,
    records: list[Record],
    mapping: dict[str, list[str]],
    *,
    held_out: bool,
    limits: dict[str, float | None],
) -> None:
    unmapped = sorted({intent for r in records for intent in (r.intent, *r.also)} - mapping.keys())
    if unmapped or not records:
        raise click.ClickException(
            f"The mapping does not know {', '.join(unmapped)}." if unmapped else "No utterances."
        )
    if held_out:
        script, left_out = without_listed(script, records)
        click.echo(f"Held out: {left_out} sentences of the script stand in the corpus, or nearly.")
    result = score(script, records, mapping)
    failures = [
        line for tag in dict.fromkeys(r.language for r in records) for line in _tell(tag, result.of(tag), limits)
    ]
    _tell_confusions(result)
    for failure in failures:
        click.echo(failure, err=True)
    if failures:
        raise SystemExit(1)


def _tell(language: str, result: Score, limits: dict[str, float | None]) -> list[str]:
    """Print one language; what is over a limit comes back."""
    click.echo(f"\n{language}")
    width = max(map(len, result.by_intent()))
    for intent, counts in result.by_intent().items():
        told = ", ".join(f"{count} {verdict}" for verdict in Verdict if (count := counts[verdict]))
        click.echo(f"  {intent:<{width}}  {told}")
    failures = []
    for name, share in _shares(result).items():
        click.echo(f"{name.replace('_', ' ')}: {share}")
        failures += _beyond_limit(language, name, share, limits)
    return failures


def _shares(result: Score) -> dict[str, Share]:
    return {
        "understood": result.understood(),
        "at_once": result.at_once(),
        "emergencies": result.emergencies(),
        "acted": result.acted(),
        "asked": result.asked(),
        "wrong_transfers": result.wrong_transfers(),
        "false_alarms": result.false_alarms(),
    }


def _beyond_limit(language: str, name: str, share: Share, limits: dict[str, float | None]) -> list[str]:
    least, most = limits.get(f"least_{name}"), limits.get(f"most_{name}")
    shown = name.replace("_", " ")
    if least is not None and share.whole and share.percent < least:
        return [f"{language}: {shown} {share}, and {least:g} % is the least."]
    if most is not None and share.percent > most:
        return [f"{language}: {shown} {share}, and {most:g} % is the most."]
    return []


def _tell_confusions(result: Score) -> None:
    confusions = result.confusions()
    if confusions:
        click.echo("\nWanted, and understood instead")
    for wanted, meaning, count in confusions[:SHOWN]:
        click.echo(f"  {count} x {wanted} -> {meaning}")
