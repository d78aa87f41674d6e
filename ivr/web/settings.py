"""What the operator has set, read once from the environment.

For: `Settings`, and one clear sentence for every mistake in them, all at once.
Not here: Flask, the server, defaults that depend on a command line (`ivr.cli`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from ivr.script.folders import sample
from ivr.script.telephone import e164
from ivr.store.where import Location, StoreError, location
from ivr.web.library import LONGEST_FETCH, LOOK_EVERY
from ivr.web.secret import SHORTEST
from ivr.web.shelf import cache_folder

TOKEN = "TWILIO_AUTH_TOKEN"  # noqa: S105 - the name of the setting, not its value
PUBLIC_URL = "IVR_PUBLIC_URL"
SCRIPT = "IVR_SCRIPT"
TEXT_FROM = "IVR_TEXT_FROM"
ACCOUNT = "TWILIO_ACCOUNT_SID"
TEXTS_A_DAY = "IVR_TEXTS_A_DAY"
LINE_NUMBER = "IVR_LINE_NUMBER"
SECRET = "IVR_SECRET"  # noqa: S105 - the name of the setting, not its value
KEEP_DAYS = "IVR_KEEP_DAYS"
METRICS = "IVR_METRICS_TOKEN"
NOT_UNDERSTOOD_DAYS = "IVR_NOT_UNDERSTOOD_DAYS"

DAILY_TEXTS = 5

_SHORTEST_TOKEN = 8
USUAL_DAYS, MOST_DAYS = 400, 36_500
"""Of the journal: a year and the same month of the year before."""

MOST_DAYS_NOT_UNDERSTOOD = 30
"""What callers said is for mending the script, and not for keeping."""


class SettingsError(Exception):
    """Raised when settings are missing or wrong; `mistakes` has a sentence for each."""

    def __init__(self, mistakes: list[str]) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(mistakes))


@dataclass(frozen=True, slots=True)
class Settings:
    """What the web app needs to know.

    tokens: the account's auth tokens; several while one is being rotated (twilio.com/docs/usage/security).
    public_url: the address that Twilio calls and signs, up to but without `/voice`.
    script: the folder of the line.  check_signatures is False only for trying the line out on this machine.
    store: where published versions are; None for a line that is never published.  cache: where this machine keeps them.
    secret: our own, for what Twilio's signature does not cover; empty where there is none.
    journal: whether what happens in calls is kept in the store, if there is one; keep_days: for how long.
    not_understood_days: for how many days what was not understood is kept, redacted; 0: not at all.
    metrics_token: with which `/metrics` may be read; without one there is no such page.
    follow: a folder of which every sound save goes live.  look_every: seconds; 0 looks once.
    longest_fetch: seconds that one request may wait for a version.
    text_from: the number from which callers are sent texts, in E.164; account: the SID of its Twilio account; both empty
    where no texts are sent.  texts_a_day: to one caller.
    line_number: that callers dial, like +19739403166, to stand on the page; empty where it is not told.
    """

    tokens: tuple[str, ...]
    public_url: str
    script: Path
    check_signatures: bool = True
    store: Location | None = None
    cache: Path = field(default_factory=lambda: cache_folder({}))
    secret: str = ""
    journal: bool = True
    keep_days: int = USUAL_DAYS
    not_understood_days: int = 0
    metrics_token: str = ""
    follow: Path | None = None
    look_every: float = LOOK_EVERY
    longest_fetch: float = LONGEST_FETCH
    text_from: str = ""
    account: str = ""
    texts_a_day: int = DAILY_TEXTS
    line_number: str = ""

    @property
    def may_text(self) -> bool:
        """Whether callers can be sent a text: by which number and account, once, and without keeping theirs in clear."""
        return bool(self.text_from and self.account and self.secret and self.store)

    @property
    def own_script(self) -> Path | None:
        """The operator's own folder; not the sample, which is somebody else's line."""
        return None if self.script == sample() else self.script


def from_environment(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ`; raises SettingsError with every mistake."""
    mistakes: list[str] = []
    settings = Settings(
        tokens=_tokens(environ.get(TOKEN, ""), mistakes),
        public_url=_public_url(environ.get(PUBLIC_URL, ""), mistakes),
        script=_script(environ.get(SCRIPT, ""), mistakes),
        store=_store(environ, mistakes),
        cache=cache_folder(environ),
        secret=_secret(environ, SECRET, mistakes),
        text_from=_text_from(environ, mistakes),
        account=_account(environ.get(ACCOUNT, ""), mistakes),
        texts_a_day=_texts_a_day(environ.get(TEXTS_A_DAY, ""), mistakes),
        line_number=_line_number(environ.get(LINE_NUMBER, ""), mistakes),
        metrics_token=_secret(environ, METRICS, mistakes),
        keep_days=_days(environ, mistakes),
        not_understood_days=_not_understood_days(environ.get(NOT_UNDERSTOOD_DAYS, ""), mistakes),
    )
    if mistakes:
        raise SettingsError(mistakes)
    return settings


def _tokens(text: str, mistakes: list[str]) -> tuple[str, ...]:
    tokens = tuple(token.strip() for token in text.split(",") if token.strip())
    if not tokens:
        mistakes.append(
            f"{TOKEN} is not set. Copy the Auth Token from the Twilio console; while you change it, give both, with a comma between."
        )
    elif any(len(token) < _SHORTEST_TOKEN or not token.isascii() or " " in token for token in tokens):
        mistakes.append(
            f"{TOKEN} holds something that is not an Auth Token. Copy the token from the Twilio console, without quotes."
        )
    return tokens


def _public_url(text: str, mistakes: list[str]) -> str:
    """The address without what follows the host and its path; `/voice` at its end is forgiven."""
    url = text.strip().rstrip("/").removesuffix("/voice").rstrip("/")
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        sound = False
    if not text.strip():
        mistakes.append(
            f"{PUBLIC_URL} is not set. Write the address at which Twilio reaches this line, such as https://line.example.org."
        )
    elif not sound:
        mistakes.append(
            f"{PUBLIC_URL} is not a web address. Write it with https:// at the beginning, such as https://line.example.org."
        )
    elif parts.query or parts.fragment:
        mistakes.append(f"{PUBLIC_URL} ends in a query or a fragment. Write it up to the first ? or #.")
    return url


def _secret(environ: Mapping[str, str], name: str, mistakes: list[str]) -> str:
    secret = environ.get(name, "").strip()
    if secret and len(secret) < SHORTEST:
        mistakes.append(
            f"{name} is too short to keep a secret. Write {SHORTEST} characters or more, such as those that `openssl rand -hex 32` prints."
        )
    return secret


def _text_from(environ: Mapping[str, str], mistakes: list[str]) -> str:
    """The number in E.164.  What else is needed to send texts is asked for at once, rather than never offered."""
    text = environ.get(TEXT_FROM, "").strip()
    if not text:
        return ""
    number = "+" + re.sub("[^0-9]", "", text)
    if not text.startswith("+") or not re.fullmatch(r"\+[1-9][0-9]{7,14}", number):
        mistakes.append(f"{TEXT_FROM} is not a number with its country. Write it like +12015550100.")
    lacking = [name for name in (ACCOUNT, SECRET) if not environ.get(name, "").strip()]
    mistakes += [
        f"{TEXT_FROM} is set, and {name} is not. Set it too, or callers cannot be sent texts." for name in lacking
    ]
    return number


def _account(text: str, mistakes: list[str]) -> str:
    account = text.strip()
    if account and not re.fullmatch("AC[0-9a-f]{32}", account):
        mistakes.append(f"{ACCOUNT} is not an Account SID. Copy it from the Twilio console; it begins with AC.")
    return account


def _texts_a_day(text: str, mistakes: list[str]) -> int:
    if not text.strip():
        return DAILY_TEXTS
    if not re.fullmatch("[1-9][0-9]?", text.strip()):
        mistakes.append(
            f"{TEXTS_A_DAY} is not a number from 1 to 99. It is how many texts one caller may be sent in a day."
        )
        return DAILY_TEXTS
    return int(text)


def _line_number(text: str, mistakes: list[str]) -> str:
    number = e164(text) if text.strip() else ""
    if number is None:
        mistakes.append(f"{LINE_NUMBER} is not a phone number. Write the number that callers dial, like 973-940-3166.")
    return number or ""


def keep_days(environ: Mapping[str, str]) -> int:
    """For how many days the journal is kept; raises SettingsError."""
    mistakes: list[str] = []
    days = _days(environ, mistakes)
    if mistakes:
        raise SettingsError(mistakes)
    return days


def _days(environ: Mapping[str, str], mistakes: list[str]) -> int:
    text = environ.get(KEEP_DAYS, "").strip() or str(USUAL_DAYS)
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= MOST_DAYS):
        mistakes.append(
            f"{KEEP_DAYS} is {text[:20]!r}. Write a number of days from 1 to {MOST_DAYS}, such as {USUAL_DAYS}."
        )
        return USUAL_DAYS
    return int(text)


def _not_understood_days(text: str, mistakes: list[str]) -> int:
    days = text.strip() or "0"
    if not (re.fullmatch("[0-9]{1,2}", days) and int(days) <= MOST_DAYS_NOT_UNDERSTOOD):
        mistakes.append(
            f"{NOT_UNDERSTOOD_DAYS} is {days[:20]!r}. Write for how many days to keep what was not understood, from 1 to"
            f" {MOST_DAYS_NOT_UNDERSTOOD}, or 0 for not at all."
        )
        return 0
    return int(days)


def _store(environ: Mapping[str, str], mistakes: list[str]) -> Location | None:
    try:
        return location(environ)
    except StoreError as error:
        mistakes.append(str(error))
        return None


def _script(text: str, mistakes: list[str]) -> Path:
    folder = Path(text) if text.strip() else sample()
    if not folder.is_dir():
        mistakes.append(f"{SCRIPT} names {folder}, and there is no such folder. Write the folder that holds line.yaml.")
    return folder
