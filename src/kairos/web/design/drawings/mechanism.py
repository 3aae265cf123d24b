"""Steps as boxes and numbered arrows; the stroke says in whom it was seen."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from kairos.web.design.drawings.svg import drawing as whole
from kairos.web.design.drawings.svg import element, label

_WIDE, _HIGH = 150.0, 46.0
_ACROSS, _DOWN = 172.0, 92.0
_EDGE = 8.0
_HEAD = 7.0
_DISC = 11.0


@dataclass(frozen=True, slots=True)
class DrawnStep:
    """A step: its words in at most two lines, its place, and whether the chain reaches it."""

    id: str
    lines: tuple[str, ...]
    column: int
    row: int
    is_reached: bool


@dataclass(frozen=True, slots=True)
class DrawnArrow:
    """An arrow by the ids of its steps; its look is ``human``, ``animal`` or ``hypothesis``."""

    number: int
    begins: str
    ends: str
    look: str
    counts: bool


def draw_mechanism(
    steps: Sequence[DrawnStep], arrows: Sequence[DrawnArrow], *, title: str, story: str
) -> str:
    """Return the map as SVG; every number stands on its arrow."""
    places = {step.id: _middle(step) for step in steps}
    content = [_arrow(arrow, places[arrow.begins], places[arrow.ends]) for arrow in arrows]
    content += [_box(step, *places[step.id]) for step in steps]
    content += [_disc(arrow, *_between(places[arrow.begins], places[arrow.ends])) for arrow in arrows]
    width = _EDGE * 2 + _ACROSS * max(step.column for step in steps) + _WIDE
    height = _EDGE * 2 + _DOWN * max(step.row for step in steps) + _HIGH
    return whole(
        "".join(content),
        width=width,
        height=height,
        title=title,
        story=story,
        name="mechanism",
        class_="chart mechanism",
    )


def _middle(step: DrawnStep) -> tuple[float, float]:
    return _EDGE + _WIDE / 2 + step.column * _ACROSS, _EDGE + _HIGH / 2 + step.row * _DOWN


def _box(step: DrawnStep, x: float, y: float) -> str:
    look = "step" if step.is_reached else "step out"
    box = element(
        "rect", class_=look, x=x - _WIDE / 2, y=y - _HIGH / 2, width=_WIDE, height=_HIGH, rx=8, ry=8
    )
    first = y + 4 - 8 * (len(step.lines) - 1)
    words = [
        label(x, first + 16 * n, line, class_="strong" if step.is_reached else "faint", anchor="middle")
        for n, line in enumerate(step.lines)
    ]
    return box + "".join(words)


def _arrow(arrow: DrawnArrow, begins: tuple[float, float], ends: tuple[float, float]) -> str:
    (x1, y1), (x2, y2) = _at_the_edge(begins, ends), _at_the_edge(ends, begins)
    look = f"arrow {arrow.look}" + ("" if arrow.counts else " out")
    line = element("line", class_=look, x1=x1, y1=y1, x2=x2, y2=y2)
    return line + _head(x1, y1, x2, y2, "arrowhead" + ("" if arrow.counts else " out"))


def _head(x1: float, y1: float, x2: float, y2: float, look: str) -> str:
    length = hypot(x2 - x1, y2 - y1) or 1.0
    dx, dy = (x2 - x1) / length * _HEAD, (y2 - y1) / length * _HEAD
    corners = ((x2, y2), (x2 - dx - dy / 2, y2 - dy + dx / 2), (x2 - dx + dy / 2, y2 - dy - dx / 2))
    return element("polygon", class_=look, points=" ".join(f"{x:.1f},{y:.1f}" for x, y in corners))


def _at_the_edge(inside: tuple[float, float], towards: tuple[float, float]) -> tuple[float, float]:
    """Return where the line from the middle of a box towards another leaves the box."""
    dx, dy = towards[0] - inside[0], towards[1] - inside[1]
    across = _WIDE / 2 / abs(dx) if dx else float("inf")
    down = _HIGH / 2 / abs(dy) if dy else float("inf")
    share = min(across, down, 1.0)
    return inside[0] + dx * share, inside[1] + dy * share


def _between(begins: tuple[float, float], ends: tuple[float, float]) -> tuple[float, float]:
    (x1, y1), (x2, y2) = _at_the_edge(begins, ends), _at_the_edge(ends, begins)
    return (x1 + x2) / 2, (y1 + y2) / 2


def _disc(arrow: DrawnArrow, x: float, y: float) -> str:
    disc = element("circle", class_="hollow", cx=x, cy=y, r=_DISC)
    return disc + label(x, y + 5, str(arrow.number), class_="strong", anchor="middle")
