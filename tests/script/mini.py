"""A whole line in two languages, as small as it can be, and the tools to spoil it.

The upper parts are written out, so that tests can name lines and columns; what every line must have is
made from the catalogue, so that a new sentence breaks no test.
"""

from pathlib import Path

import pytest

from ivr.script.catalogue import COMMANDS, KEYS, SENTENCES
from ivr.script.problems import ScriptError
from ivr.script.reader import read

LINE = """\
start: main menu
person: desk
time zone: America/New_York
waits: [10, 20, 30]
languages:
  en-US:
    voice: Polly.Joanna-Neural
    fallback voice: Polly.Joanna
  es-US: {voice: Polly.Lupe-Neural, fallback voice: Polly.Penelope, speed: 90}
numbers:
  main: 973-940-3166
  fax:
    number: 973-940-3170
    kind: fax
    hours: unknown
nodes:
  main menu:
    menu:
      1: care
      2: {to: pains, reason: asked for most}
      3: fax
      4: desk
  care:
    announcement: [one, two]
  pains:
    list:
      - knee pain
      - headaches
    mentioned: [stress]
  fax:
    number: fax
    connect: on request
  desk:
    transfer: main
"""

ENGLISH = """\
language:
  name: English
  phrases: [English]
nodes:
  main menu:
    label: Main menu
  care:
    label: The care
    phrases: [what is it, off]
    parts:
      one: >
        We treat you
        by hand: gently.
      two: Call {main} for more.
  pains:
    label: Who it is for
    phrases:
      - who is it for
      - the list
    intro: Two names.
    items:
      knee pain:
        label: Knee pain
        phrases: [knee]
        lay words: [my kneecap hurts]
        answer: That is the knee.
      headaches:
        label: Headaches
        phrases: [head]
    mentioned:
      stress:
        label: Stress
        phrases: [my stress]
        answer: Stress is not on the list.
    not listed: [cancer]
  fax:
    label: Fax number
    phrases: [no, on, 2 faxes]
  desk:
    label: Our desk
    phrases: [the desk]
numbers:
  main: our desk
  fax: the fax machine
emergency:
  say: If this is an emergency, hang up and call nine one one.
  crisis: You can call nine eight eight.
  still here: I am still here.
  phrases: [emergency]
  crisis phrases: [suicide]
  not: [no emergency]
terms:
  fascia: {means: "a thin tissue, inside you", sounds like: fasha}
fillers: [um]
press words: [press]
"""

KEY_WORDS = dict(
    zip(
        KEYS,
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "zero", "star", "pound"],
        strict=True,
    )
)


def stock():
    """What every line must have, in words without meaning."""
    yield "sentences:"
    for name, sentence in SENTENCES.items():
        words = " ".join(["Well", *(f"{{{slot}}}" for slot in sorted(sentence.needs))])
        yield f"  {name}: {[words] * sentence.versions if sentence.versions > 1 else words}"
    yield "commands:"
    yield from (f"  {name}: {{label: Do {name}, phrases: [please {name}]}}" for name in COMMANDS)
    yield "keys:"
    yield from (f'  "{key}": [{word}]' for key, word in KEY_WORDS.items())


def spanish():
    """The same words, said to be Spanish."""
    own = (
        "language:\n  name: Espanol\n  phrases: [en espanol]\ntranslation:\n  from: en-US\n  reviewed by: nobody yet\n"
    )
    return own + ENGLISH[ENGLISH.index("nodes:") :]


FILES = {
    "line.yaml": LINE,
    "en-US.yaml": ENGLISH + "\n".join(stock()) + "\n",
    "es-US.yaml": spanish() + "\n".join(stock()) + "\n",
}


def folder(path: Path, files=FILES) -> Path:
    """The files, text or bytes, in a folder."""
    for name, content in files.items():
        (path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def edited(name, *changes):
    """The files, with words of one of them replaced; each word to replace must stand in it."""
    text = FILES[name]
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return FILES | {name: text}


LONGEST = 200
"""Characters of a problem, without its place: what still reads as one line."""


def problems(path, files):
    """What the reader says of the files, one sentence a problem."""
    with pytest.raises(ScriptError) as error:
        read(folder(path, files))
    assert [p for p in error.value.problems if len(f"{p.what}. {p.mend}") > LONGEST] == []
    return [str(problem) for problem in error.value.problems]
