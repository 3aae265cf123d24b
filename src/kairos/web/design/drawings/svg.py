"""Small pieces of SVG: every text escaped, every number short, nothing that a policy must forbid."""

import re
from html import escape

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDTHS = dict.fromkeys("0123456789/", 7.5) | dict.fromkeys("iljt.,:;'|!()", 4.2)
_WIDTHS |= dict.fromkeys(" fr-", 4.8) | dict.fromkeys("mwMWÆŒ", 10.5)
_USUAL_WIDTH = 7.0
_UNKNOWN_WIDTH = 13.0
_LATIN_ENDS = 0x250
_STRONG = 1.06


def words(text: str) -> str:
    """Return text that may stand inside an element: escaped, without characters XML does not know."""
    return escape(_NOT_XML.sub("", text), quote=False)


def number(value: float) -> str:
    """Return a coordinate with at most one decimal."""
    short = f"{value:.1f}"
    return short[:-2] if short.endswith(".0") else short


def element(name: str, content: str = "", /, **attributes: float | str | None) -> str:
    """Return one element. ``class_`` becomes ``class``, ``text_anchor`` ``text-anchor``; None is left out."""
    parts = [
        f"{key.rstrip('_').replace('_', '-')}={_value(value)}"
        for key, value in attributes.items()
        if value is not None
    ]
    opening = " ".join([name, *parts])
    return f"<{opening}>{content}</{name}>" if content else f"<{opening}/>"


def label(x: float, y: float, text: str, *, class_: str | None = None, anchor: str | None = None) -> str:
    """Return a text at a place; ``anchor`` is ``start`` (default), ``middle`` or ``end``."""
    return element("text", words(text) or " ", class_=class_, x=x, y=y, text_anchor=anchor)


def horizontal(x1: float, x2: float, y: float, class_: str) -> str:
    """Return a level line."""
    return element("line", class_=class_, x1=x1, x2=x2, y1=y, y2=y)


def vertical(x: float, y1: float, y2: float, class_: str) -> str:
    """Return an upright line."""
    return element("line", class_=class_, x1=x, x2=x, y1=y1, y2=y2)


def drawing(
    content: str, *, width: float, height: float, title: str, story: str, name: str, class_: str = "chart"
) -> str:
    """Return the whole picture with its title and story. ``name`` makes the ids unique in a page."""
    safe = re.sub(r"[^A-Za-z0-9_-]", "", name) or "drawing"
    head = element("title", words(title) or " ", id=f"{safe}-title")
    head += element("desc", words(story) or " ", id=f"{safe}-story")
    return element(
        "svg",
        head + content,
        class_=class_,
        viewBox=f"0 0 {number(width)} {number(height)}",
        role="img",
        aria_labelledby=f"{safe}-title {safe}-story",
    )


def width_of(text: str, *, strong: bool = False) -> float:
    """Return about how wide a label of the drawings' text size is, in drawing units."""
    width = sum(_WIDTHS.get(c, _USUAL_WIDTH if ord(c) < _LATIN_ENDS else _UNKNOWN_WIDTH) for c in text)
    return width * (_STRONG if strong else 1.0)


def fitted(text: str, room: float, *, strong: bool = False) -> str:
    """Return the text, cut with an ellipsis where it is wider than the room; the table twin has it whole."""
    if width_of(text, strong=strong) <= room:
        return text
    for keep in range(len(text) - 1, 0, -1):
        shorter = text[:keep].rstrip() + "…"
        if width_of(shorter, strong=strong) <= room:
            return shorter
    return ""


def _value(value: float | str | None) -> str:
    if isinstance(value, str):
        return f'"{escape(_NOT_XML.sub("", value))}"'
    return f'"{number(value or 0)}"'
