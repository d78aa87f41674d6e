"""What is set on a Twilio number, what this line needs there, and what would change.

For: `wanted`, `plan`, and every sentence about a setting that makes others useless.  Everything here is pure.
Not here: Twilio's REST API (`rest`), printing, asking.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ivr.channels.twiml import RETRIES

VOICE, TEXT, STATUS, RESCUE, WHISPER = "/voice", "/text", "/status", "/rescue", "/whisper"
"""Paths of the line, below its public address."""

SIGNED = (VOICE, WHISPER, STATUS, TEXT)
"""Those to which Twilio posts; whatever stands in front of the line has to let all of them through."""

LABELS = {
    "voice_application_sid": "TwiML App for calls",
    "trunk_sid": "SIP trunk",
    "voice_url": "calls ask",
    "voice_method": "calls ask with",
    "voice_fallback_url": "fallback",
    "voice_fallback_method": "fallback with",
    "status_callback": "end of a call is told to",
    "status_callback_method": "end of a call is told with",
    "sms_application_sid": "TwiML App for texts",
    "sms_url": "texts ask",
    "sms_method": "texts ask with",
}
"""What we read or write on a number, in the order in which it is shown
(twilio.com/docs/phone-numbers/api/incomingphonenumber-resource)."""


class Kind(StrEnum):
    """What can stand between a number and its own addresses."""

    VOICE_APPLICATION = "voice_application_sid"
    TRUNK = "trunk_sid"
    SMS_APPLICATION = "sms_application_sid"
    SERVICE = "messaging service"


@dataclass(frozen=True, slots=True)
class Override:
    """Something whose addresses are asked instead of the number's.

    settings: those addresses, under the names that the number gives to its own; None where there are none, as in a
    SIP trunk, which takes the calls elsewhere.
    """

    kind: Kind
    sid: str
    name: str
    settings: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number as Twilio tells of it.  settings: by the names in `LABELS`, empty where nothing is set."""

    sid: str
    e164: str
    settings: Mapping[str, str]
    takes_calls: bool = True
    takes_texts: bool = True
    overrides: tuple[Override, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One setting that would be written."""

    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why the number would not ask this line even so, and how to mend it."""

    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What would change on a number, and what would stand in the way."""

    number: Number
    wanted: Mapping[str, str]
    changes: tuple[Change, ...] = ()
    obstacles: tuple[Obstacle, ...] = field(default=())


def wanted(public_url: str, *, fallback: str = "", texts: bool = False) -> dict[str, str]:
    """The settings that a number of this line has.

    Calls and texts carry the overrides by which Twilio asks again after a failure.  The fallback is asked with GET, so
    that a file on a host without any program can be it; `fallback` is such a file, and the line's own by default.
    """
    settings = {
        "voice_url": f"{public_url}{VOICE}{RETRIES}",
        "voice_method": "POST",
        "voice_fallback_url": fallback or f"{public_url}{RESCUE}",
        "voice_fallback_method": "GET",
        "status_callback": f"{public_url}{STATUS}",
        "status_callback_method": "POST",
    }
    return settings | ({"sms_url": f"{public_url}{TEXT}{RETRIES}", "sms_method": "POST"} if texts else {})


def plan(number: Number, settings: Mapping[str, str], *, detach: bool = False) -> Plan:
    """What would change on `number` so that it has `settings`; `detach` takes it out of what overrides it."""
    changes = [*_detached(number)] if detach else []
    left = [] if detach else [*number.overrides]
    left += [override for override in number.overrides if detach and override.kind is Kind.SERVICE]
    settled = {name for override in left if _serves(override, settings) for name in override.settings or ()}
    changes += [
        Change(name, number.settings.get(name, ""), new)
        for name, new in settings.items()
        if name not in settled and number.settings.get(name, "") != new
    ]
    obstacles = [*_unable(number, settings)]
    obstacles += [_obstacle(override) for override in left if _matters(override, settings, settled)]
    return Plan(number, settings, tuple(changes), tuple(obstacles))


def _serves(override: Override, settings: Mapping[str, str]) -> bool:
    """Whether what is asked instead asks just the same."""
    if override.settings is None:
        return False
    return all(settings.get(name) == value for name, value in override.settings.items() if name in settings)


def _matters(override: Override, settings: Mapping[str, str], settled: set[str]) -> bool:
    names = _OVERRIDDEN[override.kind]
    return names in settings and names not in settled


_OVERRIDDEN = {
    Kind.VOICE_APPLICATION: "voice_url",
    Kind.TRUNK: "voice_url",
    Kind.SMS_APPLICATION: "sms_url",
    Kind.SERVICE: "sms_url",
}
"""The setting of a number that each makes useless."""


def _detached(number: Number) -> Iterator[Change]:
    for override in number.overrides:
        if override.kind is not Kind.SERVICE:
            yield Change(override.kind, override.sid, "")


def _unable(number: Number, settings: Mapping[str, str]) -> Iterator[Obstacle]:
    if not number.takes_calls:
        yield Obstacle(f"{number.e164} cannot take calls.", "Buy a number with the capability Voice.")
    if "sms_url" in settings and not number.takes_texts:
        yield Obstacle(
            f"{number.e164} cannot take texts.", "Leave out --texts, or buy a number with the capability SMS."
        )


def _obstacle(override: Override) -> Obstacle:
    name = f"{override.name} ({override.sid})" if override.name else override.sid
    match override.kind:
        case Kind.TRUNK:
            return Obstacle(
                f"Calls go to the SIP trunk {name}; Twilio does not look at the number's own addresses.",
                "If the trunk is no longer needed for this number, --detach takes the number out of it.",
            )
        case Kind.SERVICE:
            return Obstacle(
                f"Texts go where the Messaging Service {name} says; Twilio does not look at the number's own address.",
                "In the console, under Messaging, Services, Integration, choose 'Defer to sender's webhook'. This"
                " command leaves it alone, as it would change every number of the service.",
            )
    what = "Calls" if override.kind is Kind.VOICE_APPLICATION else "Texts"
    return Obstacle(
        f"{what} go where the TwiML App {name} says; Twilio does not look at the number's own addresses.",
        "--detach takes the number out of the app; the app and its other numbers stay as they are.",
    )
