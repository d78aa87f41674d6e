"""The page dialect: the whole line to read, as one HTML document a language, from the same script.

For: `page(script, language, ...)`, and the address of each language.  The page needs no JavaScript and asks nobody for
anything: its style stands in it.  The first sheet of paper is the menu with its keys and numbers; the rest follows.
Not here: what the line says (`sheet`), how a request is answered (`ivr.web.reading`).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ivr.channels.own import FOLDER, own_text, written_in
from ivr.channels.readable import Dialable, Text, sentence
from ivr.channels.sheet import sheet
from ivr.dialog.prompts import sentence_of
from ivr.script.model import Script
from ivr.script.telephone import groups
from ivr.script.today import Told

BASE = "base.css"
STYLES = (BASE, "page.css")


@dataclass(frozen=True, slots=True)
class Contact:
    """How the line itself is reached, which no script knows: numbers like +19739403166, or nothing.

    texts: the number that answers text messages.
    """

    line: str = ""
    texts: str = ""


def addresses(script: Script) -> dict[str, str]:
    """The address of each language below that of the page: nothing for the first, else two letters such as "es".

    Where these would not tell languages apart, or have three letters, the whole tag stands for them.
    """
    first, *others = script.languages
    short = [tag.partition("-")[0] for tag in script.languages]
    two = {tag: tag[:2] for tag in others if len(tag.partition("-")[0]) == len("es") and short.count(tag[:2]) == 1}
    return {first: "", **{tag: two.get(tag, tag.lower()) for tag in others}}


def page(  # noqa: PLR0913 - the line, and what stands beside it
    script: Script,
    language: str,
    links: Mapping[str, str],
    *,
    picture: str = "",
    contact: Contact | None = None,
    notices: Iterable[Told] = (),
) -> str:
    """The whole line to read.  links: where the pages of other languages are; picture: where the map is, if anywhere;
    notices: what is said today beside the usual, of which the page shows that in its language.
    """
    return rendered(
        "page.html",
        script,
        language,
        links,
        STYLES,
        line=sheet(script, language),
        notices=[_told(script, told) for told in notices if told.language == language],
        picture=picture,
        calls=_own_number(contact.line if contact else ""),
        texts=_own_number(contact.texts if contact else ""),
        press=script.words[language].sentences["press"][0],
    )


def _told(script: Script, told: Told) -> Text:
    return (sentence_of(told.words),) if told.words else sentence(script, told.language, told.ready)


def rendered(
    template: str, script: Script, language: str, links: Mapping[str, str], styles: Iterable[str], **content: object
) -> str:
    """A page of ours, from what all have in common and what stands in this one.  styles: files, each in a place of its own."""
    return (
        environment()
        .get_template(template)
        .render(
            language=language,
            links=[(tag, script.words[tag].own_name, links[tag]) for tag in script.languages if tag in links],
            styles=[Markup(embedded(name)) for name in styles],  # noqa: S704 - files of ours
            own=own_words(language),
            **content,
        )
    )


def own_words(language: str) -> dict[str, Markup]:
    """The few words that the line never says, marked where they are of another language than the page."""
    tag = written_in(language)
    if tag == language.partition("-")[0]:
        return {name: Markup.escape(words) for name, words in own_text(language).items()}
    mark = Markup('<span lang="{}">{}</span>')
    return {name: mark.format(tag, words) for name, words in own_text(language).items()}


@lru_cache(maxsize=8)
def embedded(name: str) -> str:
    """A file as it stands in a page: its style, or its code."""
    return "\n" + (FOLDER / name).read_text(encoding="utf-8")


def digest(content: str) -> str:
    """How a Content-Security-Policy names what may stand in a page."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Templates of pages; all that is not marked as safe is escaped."""
    found = Environment(
        loader=PackageLoader("ivr.channels", "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters["text"] = marked
    return found


def marked(text: Text) -> Markup:
    """A text with its numbers as links, each kept on one line."""
    return Markup("").join(_marked(piece) for piece in text)


def _marked(piece: str | Dialable) -> Markup:
    if isinstance(piece, str):
        return Markup.escape(piece)
    if not piece.dials:
        return Markup('<span class="number">{}</span>').format(piece.shown)
    return Markup('<a class="number" href="tel:{}">{}</a>').format(piece.dials, piece.shown)


def _own_number(number: str) -> Dialable | None:
    return Dialable("-".join(groups(number)), number) if number else None
