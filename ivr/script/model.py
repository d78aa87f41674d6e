"""The script of a line, as data: what is wired, and every word that is spoken or understood.

For: frozen values that everything else reads.  The wiring (`Node`, `PhoneNumber`, `Language`) is the same
in each language; the words (`Words`) exist once a language.  The reader makes these from YAML and vouches
for them: every name that one value uses for another exists.
Not here: YAML, files, the course of a call, Twilio.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ivr.script.tree import Text


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in staff's files; line and column count from 1."""

    file: str
    line: int
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Waiver:
    """A rule that staff excuse somebody from, with their reason, beside what it excuses: all at `address` and below.

    Which rules there are, and which of them nobody is excused from, the checker knows.
    """

    rule: str
    reason: str
    address: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a prompt that the line fills itself, written `{name}` by staff."""

    name: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """Words that the line speaks, as staff wrote them, cut at their slots."""

    pieces: tuple[str | Slot, ...]

    @property
    def slots(self) -> tuple[str, ...]:
        return tuple(piece.name for piece in self.pieces if isinstance(piece, Slot))

    def __str__(self) -> str:
        return "".join(p if isinstance(p, str) else f"{{{p.name}}}" for p in self.pieces)


# --- the wiring: line.yaml -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    """A choice in a menu: its key (`1` to `6`) and the node to which it leads.

    `reason` is why it stands here although it is not the most used first (MENU-05).
    """

    key: str
    target: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    name: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Announcement:
    """Text that is read in parts of at most twenty seconds, with "more" in between (OPT-18)."""

    name: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list that can be heard, and asked: is X on it?

    `mentioned` are things that callers ask for and that are *not* on the list, yet have an answer of
    their own (back pain: the subject of the article, and no item of its list).
    """

    name: str
    items: tuple[str, ...]
    mentioned: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberNode:
    """A phone number, read out slowly and twice; `connect` offers afterwards to put the caller through."""

    name: str
    number: str
    connect: bool = False


@dataclass(frozen=True, slots=True)
class Transfer:
    name: str
    number: str


Node = Menu | Announcement | Listing | NumberNode | Transfer


@dataclass(frozen=True, slots=True)
class Hours:
    """Opening hours of a number, by weekday (0 is Monday): ranges of minutes since midnight; holidays by ISO date.

    A number without this value has unknown hours, which is an honest answer and the sample's.
    """

    week: tuple[tuple[tuple[int, int], ...], ...]
    holidays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """The one place where a number stands.  `groups` is how it is read: three, three, four digits (NUM-01).

    `taken_with_key`: whoever answers presses a key to take a transferred call, so that no machine takes it.
    """

    name: str
    e164: str
    groups: tuple[str, ...]
    kind: Literal["voice", "fax"] = "voice"
    uses: frozenset[str] = frozenset({"dial", "read", "text"})
    hours: Hours | None = None
    taken_with_key: bool = False

    @property
    def written(self) -> str:
        """The number as it is printed, for example 973-940-3166."""
        return "-".join(self.groups)


@dataclass(frozen=True, slots=True)
class Language:
    """How a language sounds and is heard.

    `voice` and `fallback_voice` are Twilio's names; `rate` is a percentage of the voice's own speed (LEP-07,
    TIME-10); `speech_model` is Twilio's name for the recogniser (voice/twiml/gather); `staff_name` is what staff call it.
    """

    tag: str
    voice: str
    fallback_voice: str
    rate: int
    speech_model: str
    staff_name: str = ""


# --- the words: en-US.yaml and its translations --------------------------------------------------


@dataclass(frozen=True, slots=True)
class ItemWords:
    """An item of a list: its name, the phrases that name it, and lay words that only come close to it."""

    label: str
    phrases: tuple[str, ...] = ()
    lay_words: tuple[str, ...] = ()
    answer: Prompt | None = None
    also_said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NodeWords:
    """What is said and understood at a node.  `label` is at once its name in a menu and the first words on
    arrival, so that the two cannot differ (MENU-06, MENU-09).  `phrases` are short and distinct, and hints for the
    recogniser; `also_said` are whole sentences from which the line only learns.  `asked_with` are the beginnings
    of a question to a list ("does it help with").  `text` is what text messages say instead of `intro`, and `texts`
    what they say instead of `parts`, for those that read better in other words.
    """

    label: str
    phrases: tuple[str, ...] = ()
    also_said: tuple[str, ...] = ()
    asked_with: tuple[str, ...] = ()
    intro: Prompt | None = None
    parts: Mapping[str, Prompt] = field(default_factory=dict)
    items: Mapping[str, ItemWords] = field(default_factory=dict)
    mentioned: Mapping[str, ItemWords] = field(default_factory=dict)
    not_listed: tuple[str, ...] = ()
    help: Prompt | None = None
    text: Prompt | None = None
    texts: Mapping[str, Prompt] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CommandWords:
    label: str
    phrases: tuple[str, ...]
    also_said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmergencyWords:
    """`say` opens every call; `phrases` bring it back at once; `crisis` adds the suicide line to it.

    `not_phrases` are words that merely sound like an emergency ("it is not an emergency").  In all three, "..."
    stands for up to six words, "/" parts words of which any will do, "*" is any ending, and "+" joins what may come in any order
    (`ivr.dialog.pattern`).  `told` and `crisis_told` are emergencies in whole sentences, `harmless` such as only sound like one:
    each is taken word for word, and what is like them is learnt (`ivr.dialog.doubt`).
    """

    say: Prompt
    crisis: Prompt
    still_here: Prompt
    phrases: tuple[str, ...]
    crisis_phrases: tuple[str, ...]
    not_phrases: tuple[str, ...]
    told: tuple[str, ...] = ()
    crisis_told: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A hard word: what it means in plain words, and how a voice should pronounce it (OPT-10, OPT-12)."""

    means: str = ""
    sounds_like: str = ""


@dataclass(frozen=True, slots=True)
class Translation:
    """Which language a file was made from, and who has reviewed it; both empty for the first language (LEP-09)."""

    source: str = ""
    reviewed_by: str = ""
    reviewed_on: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """Every word of the line in one language.

    `own_name` and `own_phrases` are what callers of any language say to get this one.  `keys` holds, for each of the twelve keys, the name that is spoken first and then what callers say for
    it; `press_words` are the words that may stand before it ("press", "number").  `same_words` are words that callers
    use for one another; `denials` come before what is *not* meant, `corrections` after it; `clauses` begin a new part of
    a story, and `frames` are words that tell nothing by themselves; `polite` words ask for nothing; `about_hours` are questions when
    somebody is there, `about_line` whether it is a machine; `for_a_person` are requests that the
    line cannot meet and a person can; `not_for_us` is talk that is not meant for the line.  `sentences` are the stock
    sentences of `catalogue.SENTENCES`, each as a tuple: most hold one, the tapered ones several (ERR-04).  `days` and
    `times` are how the day and the hour of an opening are said; `hours` are sentences on the usual hours of a number.
    """

    language: str
    own_name: str
    own_phrases: tuple[str, ...]
    translation: Translation
    emergency: EmergencyWords
    nodes: Mapping[str, NodeWords]
    numbers: Mapping[str, str]
    commands: Mapping[str, CommandWords]
    keys: Mapping[str, tuple[str, ...]]
    press_words: tuple[str, ...]
    fillers: tuple[str, ...]
    sentences: Mapping[str, tuple[Prompt, ...]]
    terms: Mapping[str, Term]
    own_said: tuple[str, ...] = ()
    same_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    denials: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    polite: tuple[str, ...] = ()
    about_hours: tuple[str, ...] = ()
    about_line: tuple[str, ...] = ()
    for_a_person: tuple[str, ...] = ()
    not_for_us: tuple[str, ...] = ()
    days: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, str] = field(default_factory=dict)
    hours: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """A whole line, equal only to itself, so that it can key a cache; `version` tells whether two say the same.

    Languages are in the order in which they are offered; the first is the caller's at the start.
    `version` names this content: a digest of the files.  `waits` are the seconds of the listening windows: for
    an answer, after the first reprompt, after the warning (TIME-01, TIME-04).  `places` tells where a thing
    stands, by its address, such as ("en-US", "nodes", "billing", "label"); `texts` holds the words that stand there.
    `translated` holds, for each translation that has been marked so, the words of the first language from which it
    was made, by address (LEP-09).
    """

    name: str
    version: str
    start: str
    person: str
    time_zone: str
    waits: tuple[int, int, int]
    ring_seconds: int
    languages: Mapping[str, Language]
    numbers: Mapping[str, PhoneNumber]
    nodes: Mapping[str, Node]
    words: Mapping[str, Words]
    places: Mapping[tuple[str, ...], Place] = field(default_factory=dict, repr=False)
    texts: Mapping[tuple[str, ...], Text] = field(default_factory=dict, repr=False)
    waivers: tuple[Waiver, ...] = ()
    translated: Mapping[str, Mapping[tuple[str, ...], str]] = field(default_factory=dict, repr=False)
    staff: str = ""

    @property
    def first_language(self) -> str:
        return next(iter(self.languages))

    @property
    def staff_language(self) -> str:
        """The language of whoever answers transfers."""
        return self.staff or self.first_language

    @property
    def person_number(self) -> PhoneNumber:
        """The number that answers for a person, and to which a fault of ours transfers."""
        node = self.nodes[self.person]
        assert isinstance(node, Transfer), "the reader lets only a transfer be the person"
        return self.numbers[node.number]

    def next_language(self, tag: str) -> str:
        """The language that key 8 leads to."""
        tags = list(self.languages)
        return tags[(tags.index(tag) + 1) % len(tags)]
