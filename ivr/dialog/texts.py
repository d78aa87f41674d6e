"""All that the line says in a language.

For: telling its words from those of another language, and from talk that is not for it.
Not here: when it is said (`prompts`), what callers say (`vocabulary`).
"""

from __future__ import annotations

from collections.abc import Iterator

from ivr.script.model import Prompt, Words


def every_text(words: Words) -> Iterator[str]:
    """What the line says in this language, and single words, to tell its words from those of another one."""
    for node in words.nodes.values():
        yield from (*map(_spoken, (*node.parts.values(), *([node.intro] if node.intro else ()))), *node.asked_with)
    yield from (_spoken(prompt) for versions in words.sentences.values() for prompt in versions)
    for spoken in (*words.keys.values(), *words.same_words.values(), words.fillers, words.press_words):
        yield from spoken
    yield from (words.own_name, *words.same_words, *words.denials, *words.corrections)


def _spoken(prompt: Prompt) -> str:
    """The words of a prompt without its slots, which are named in English in every language."""
    return " ".join(piece for piece in prompt.pieces if isinstance(piece, str))
