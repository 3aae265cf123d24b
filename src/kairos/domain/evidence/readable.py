"""What people read of a file: its words without marks of layout, each knowing where it stands in the file."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class TextForm(StrEnum):
    """How a file marks its layout."""

    PLAIN = "txt"
    MARKDOWN = "md"
    HTML = "html"


_UNREAD = re.compile(
    r"<!--.*?-->|<(script|style|template|svg|noscript)\b.*?</\1\s*>|<!doctype[^>]*>", re.S | re.I
)
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)(?:\"[^\"]*\"|'[^']*'|[^'\">])*>")
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);")
_INLINE = frozenset(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup"
    " time u var wbr".split()
)
_CELLS = frozenset({"td", "th"})
_PIECE = re.compile("|".join(f"(?:{each.pattern})" for each in (_TAG, _ENTITY)))
_MARKS = re.compile(
    r"^[ \t]{0,3}#{1,6}[ \t]+|^[ \t]*>[ \t]?|\*{1,3}|(?<!\w)_{1,2}|_{1,2}(?!\w)|`+"
    r"|!?\[(?=[^\]]*\]\()|\]\([^)\s]*(?:\s+\"[^\"]*\")?\)"
    r"|^[ \t]*\|?[ \t]*:?-{3,}[-:| \t]*$",
    re.M,
)
_STAR_ITEM = re.compile(r"^([ \t]*)\*(?=[ \t])", re.M)


@dataclass(frozen=True, slots=True)
class Readable:
    """The words, and for each letter its place in the file; ``places`` ends with the length of the file."""

    text: str
    places: tuple[int, ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return where a part of the words begins and ends in the file."""
        return self.places[start], self.places[end - 1] + 1


def readable(raw: str, form: TextForm) -> Readable:
    """Return what people read of a file."""
    pieces = {TextForm.PLAIN: _whole, TextForm.MARKDOWN: _of_markdown, TextForm.HTML: _of_html}[form](raw)
    letters: list[str] = []
    places: list[int] = []
    for at, words, stands_for in pieces:
        letters.extend(words)
        places.extend(at if stands_for else at + shift for shift in range(len(words)))
    return Readable("".join(letters), (*places, len(raw)))


def _whole(raw: str) -> Iterator[tuple[int, str, bool]]:
    yield 0, raw, False


def _of_markdown(raw: str) -> Iterator[tuple[int, str, bool]]:
    raw = _STAR_ITEM.sub(r"\1-", raw)
    at = 0
    for mark in _MARKS.finditer(raw):
        yield at, raw[at : mark.start()], False
        at = mark.end()
    yield at, raw[at:], False


def _of_html(raw: str) -> Iterator[tuple[int, str, bool]]:
    hidden = _UNREAD.sub(lambda part: " " * len(part[0]), raw)
    at = 0
    for piece in _PIECE.finditer(hidden):
        yield from _running(hidden, at, piece.start())
        yield piece.start(), _stands_for(piece), True
        at = piece.end()
    yield from _running(hidden, at, len(hidden))


def _running(raw: str, start: int, end: int) -> Iterator[tuple[int, str, bool]]:
    """Text between tags: lines are broken by tags alone."""
    yield start, re.sub(r"\s", " ", raw[start:end]), False


def _stands_for(piece: re.Match[str]) -> str:
    if piece[0].startswith("&"):
        return html.unescape(piece[0])
    name = piece[1].lower()
    if name in _INLINE:
        return ""
    if name == "li":
        return "\n- " if not piece[0].startswith("</") else "\n"
    return " | " if name in _CELLS else "\n" if name == "br" else "\n\n"
