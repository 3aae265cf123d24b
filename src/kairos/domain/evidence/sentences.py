"""A text cut into sentences that know where they stand, and what each is read together with.

An item of a list goes on from the line before the list; an answer that begins with yes goes on from its
question.
English only: abbreviations and the marks of sentences are those of English texts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ITEM = re.compile(r"[ \t]*(?:[-*•–‣▪]|\d{1,2}[.)])[ \t]+")
_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[A-Z0-9“])")
_NOT_AN_END = re.compile(
    r"(?:\b[A-Z]|\bU\.S|\b(?i:Dr|Mr|Mrs|Ms|Prof|St|vs|etc|e\.g|i\.e|al|approx|Fig|vol|pp?))\.$"
)
_GOES_ON = re.compile(
    r"^\W*(?:yes|no|absolutely|certainly|definitely|of course|indeed|not at all|not really|that is|that's"
    r"|this is|it is|it's|they are|nothing)\b|\banswer is\b",
    re.IGNORECASE,
)
_WRAPPED = 50  # a line shorter than this was not broken by a margin


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: ``start`` and ``end`` count characters of the text; ``lead`` is what it goes on from."""

    words: str
    start: int
    end: int
    lead: str = ""


def sentences_of(text: str) -> list[Sentence]:
    """Return the sentences of a text in their order; a heading, an item and a row of a table are one each."""
    found: list[Sentence] = []
    opening = ""
    for start, end in _lines(text):
        item = _ITEM.match(text, start, end)
        for first, last in _sentences(text, item.end() if item else start, end):
            words = text[first:last]
            found.append(Sentence(words, first, last, _lead(words, opening if item else "", found)))
        if not item and found:
            opening = found[-1].words if _opens_a_list(found[-1].words) else ""
    return found


def _opens_a_list(words: str) -> bool:
    return not words.rstrip("\"'”’)").endswith((".", "!", "…"))


def _lead(words: str, opening: str, before: list[Sentence]) -> str:
    if opening:
        return opening
    asked = before[-1].words if before and before[-1].words.endswith("?") else ""
    return asked if _GOES_ON.search(words) else ""


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield what stands together: a line, or the lines of a paragraph that only a margin has parted."""
    block: list[tuple[int, int]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            block.append((at, at + len(line.rstrip())))
        else:
            yield from _joined(text, block)
            block = []
        at += len(line)
    yield from _joined(text, block)


def _joined(text: str, block: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    widest = max((end - start for start, end in block), default=0)
    held: tuple[int, int] | None = None
    for start, end in block:
        if held and _only_a_margin(text, held, start, widest):
            held = (held[0], end)
        else:
            if held:
                yield held
            held = (start, end)
    if held:
        yield held


def _only_a_margin(text: str, held: tuple[int, int], start: int, widest: int) -> bool:
    """Whether a line was broken because its next word did not fit, or goes on with a small letter."""
    if _ITEM.match(text, start) or "|" in text[slice(*held)]:
        return False
    next_word = text[start:].split(maxsplit=1)[0]
    if next_word[0].islower():
        return True
    last_line = held[1] - (text.rfind("\n", held[0], held[1]) + 1 or held[0])
    return last_line >= _WRAPPED and last_line + 1 + len(next_word) > widest and widest <= 2 * _WRAPPED + 20


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for mark in _END.finditer(text, start, end):
        if not _NOT_AN_END.search(text[first : mark.end()]):
            yield from _trimmed(text, first, mark.end())
            first = mark.end()
    yield from _trimmed(text, first, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    if any(letter.isalnum() for letter in words):
        yield start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
