"""The dial of session mode: sixty marks around two hours, and a dot where it stands."""

from dataclasses import dataclass
from datetime import timedelta
from math import cos, pi, sin

MARKS = 60
_CENTRE, _OUTER, _INNER, _LONG, _HEAD = 160.0, 150.0, 136.0, 128.0, 143.0
_EVERY_LONG = 15


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: a line from inside to outside."""

    x1: str
    y1: str
    x2: str
    y2: str
    look: str


@dataclass(frozen=True, slots=True)
class Dial:
    """All marks, the dot, and the story in words."""

    marks: tuple[Mark, ...]
    head_x: str
    head_y: str
    minutes: int
    of_minutes: int


def dial(gone: timedelta, whole: timedelta) -> Dial:
    """Return the dial of so much time gone of the whole; a full one where all of it has gone by."""
    share = min(max(gone / whole, 0.0), 1.0)
    x, y = _at(share, _HEAD)
    marks = tuple(_mark(number, share) for number in range(MARKS))
    minute = timedelta(minutes=1)
    return Dial(marks, x, y, max(gone // minute, 0), whole // minute)


def _mark(number: int, share: float) -> Mark:
    place = number / MARKS
    inner = _at(place, _INNER if number % _EVERY_LONG else _LONG)
    return Mark(*inner, *_at(place, _OUTER), "on" if place <= share else "off")


def _at(share: float, radius: float) -> tuple[str, str]:
    angle = 2 * pi * share
    return f"{_CENTRE + radius * sin(angle):.1f}", f"{_CENTRE - radius * cos(angle):.1f}"
