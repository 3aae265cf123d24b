"""How long it lasts: how many of 100 still have something, on the days that studies tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kairos.web.design.drawings.scales import ValueScale
from kairos.web.design.drawings.svg import drawing as whole
from kairos.web.design.drawings.svg import element, horizontal, label, vertical

_ALL = 100
_GRID = 25
_FIRST_DAYS = 28.0
_FIRST_SHARE = 0.62
_TOP, _FOOT = 28.0, 46.0
_LOOKS = ("s1", "s3", "s5")
_MARK = 5.0


@dataclass(frozen=True, slots=True)
class FadingLine:
    """One study: the days it tells as (day, of 100), and the letter by which the legend names it."""

    letter: str
    points: tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True)
class FadingWords:
    """The words on the drawing; ``first`` and ``later`` stand under the two parts of the axis."""

    title: str
    story: str
    first: str
    later: str
    upright: str


@dataclass(frozen=True, slots=True)
class _Days:
    """A level axis in two parts: the first four weeks take more room than the months after them."""

    left: float
    right: float
    last: float

    @property
    def breaks(self) -> float:
        return self.left + _FIRST_SHARE * (self.right - self.left)

    def x(self, day: float) -> float:
        if day <= _FIRST_DAYS:
            return self.left + day / _FIRST_DAYS * (self.breaks - self.left)
        share = (day - _FIRST_DAYS) / (self.last - _FIRST_DAYS)
        return self.breaks + min(share, 1.0) * (self.right - self.breaks)


def draw_fading(lines: Sequence[FadingLine], words: FadingWords, *, narrow: bool = False) -> str:
    """Return the lines as SVG: dots where a study tells, dashes between, the letter beside the last dot."""
    width, height = (380.0, 300.0) if narrow else (720.0, 320.0)
    last = max([_FIRST_DAYS + 1, *(day for line in lines for day, _ in line.points)])
    days = _Days(34, width - 22, last)
    people = ValueScale(0, _ALL, _TOP, height - _FOOT)
    content = [
        label(0, 14, words.upright),
        *_grid(days, people),
        vertical(days.breaks, people.top, people.bottom, "axis"),
        label((days.left + days.breaks) / 2, height - 6, words.first, anchor="middle"),
        label((days.breaks + days.right) / 2, height - 6, words.later, anchor="middle"),
    ]
    content += [_line(line, days, people, _LOOKS[n % len(_LOOKS)]) for n, line in enumerate(lines)]
    return whole(
        "".join(content),
        width=width,
        height=height,
        title=words.title,
        story=words.story,
        name="fading-narrow" if narrow else "fading",
    )


def _grid(days: _Days, people: ValueScale) -> list[str]:
    """Return the level lines with their numbers, and the days at the foot."""
    parts = []
    for value in people.grid(_GRID):
        y = people.y(value)
        parts += [horizontal(days.left, days.right, y, "grid"), label(0, y + 4, f"{value:g}")]
    for day in (0, 7, 14, 21, _FIRST_DAYS, days.last):
        parts.append(label(days.x(day), people.bottom + 18, f"{day:g}", anchor="middle"))
    return parts


def _line(line: FadingLine, days: _Days, people: ValueScale, look: str) -> str:
    places = [(days.x(day), people.y(of_100)) for day, of_100 in line.points]
    parts = [
        element("line", class_=look, x1=x1, y1=y1, x2=x2, y2=y2, stroke_width=2)
        for (x1, y1), (x2, y2) in pairwise(_by_way_of_the_break(line, days, people))
    ]
    parts += [element("circle", class_="mainf", cx=x, cy=y, r=_MARK) for x, y in places]
    x, y = places[-1]
    return "".join(parts) + label(x + 8, y - 8, line.letter, class_="strong")


def _by_way_of_the_break(line: FadingLine, days: _Days, people: ValueScale) -> list[tuple[float, float]]:
    """Return the places of the line; a bend at the break of the axis keeps it straight in days."""
    points = list(line.points)
    for at, ((day1, of1), (day2, of2)) in enumerate(pairwise(line.points), start=1):
        if day1 < _FIRST_DAYS < day2:
            between = of1 + (of2 - of1) * (_FIRST_DAYS - day1) / (day2 - day1)
            return [
                *((days.x(d), people.y(v)) for d, v in points[:at]),
                (days.x(_FIRST_DAYS), people.y(between)),
                *((days.x(d), people.y(v)) for d, v in points[at:]),
            ]
    return [(days.x(day), people.y(value)) for day, value in points]
