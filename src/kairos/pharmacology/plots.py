"""Concentrations over time as one SVG drawing, for a file, a notebook or a page.

Simulated is dashed and hatched, as everywhere in Kairos; each curve bears its name, so that colour alone
says nothing. On a page the colours come from the page's style sheet; ``standalone`` brings its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as xml

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

SIMULATION = "Simulation, not a measurement"
HOUR_MIN = 60.0
_TICK_HOURS = (0.25, 0.5, 1, 2, 4, 6, 12, 24, 48, 168)
_TICKS = 8
_LETTER = 7.0
_LINE = 17.0


@dataclass(frozen=True, slots=True)
class Curve:
    """One curve: its name, and at each time the typical value, the band, or both.

    Parameters
    ----------
    times_min : float64 array, shape (t,)                  min from time zero, ascending
    typical_ng_ml : float64 array, shape (t,), or None     ng/mL
    low_ng_ml, high_ng_ml : the same                       ends of the band
    series : int                                           1 to 6, which colour
    """

    name: str
    times_min: Floats
    typical_ng_ml: Floats | None = None
    low_ng_ml: Floats | None = None
    high_ng_ml: Floats | None = None
    series: int = 1

    @property
    def band(self) -> tuple[Floats, Floats] | None:
        """Both ends of the band, where there is one."""
        if self.low_ng_ml is None or self.high_ng_ml is None:
            return None
        return self.low_ng_ml, self.high_ng_ml

    @property
    def highest(self) -> float:
        """The highest value that is drawn."""
        drawn = [each for each in (self.typical_ng_ml, self.high_ng_ml) if each is not None and each.size]
        return max((float(each.max()) for each in drawn), default=0.0)


@dataclass(frozen=True, slots=True)
class Shade:
    """Concentrations that are marked across the picture, with the words beside them."""

    low_ng_ml: float
    high_ng_ml: float
    words: str


@dataclass(frozen=True, slots=True)
class Plot:
    """A picture: its title, what it tells in one sentence, its curves, and what stands under it.

    ``notes`` are sentences: source, population, warnings. ``mark`` stands in every picture of simulated
    curves. ``name`` makes ids unique on a page.
    """

    title: str
    story: str
    curves: tuple[Curve, ...]
    shades: tuple[Shade, ...] = ()
    notes: tuple[str, ...] = ()
    mark: str = SIMULATION
    unit: str = "ng/mL"
    hours: str = "hours"
    minutes: str = "minutes"
    name: str = "exposure"


@dataclass(frozen=True, slots=True)
class _Frame:
    """From minutes and ng/mL to places in the drawing."""

    width: float
    left: float
    right: float
    top: float
    bottom: float
    last_min: float
    highest: float

    def x(self, minutes: float) -> float:
        return self.left + min(max(minutes / self.last_min, 0.0), 1.0) * (self.right - self.left)

    def y(self, level: float) -> float:
        return self.bottom - min(max(level / self.highest, 0.0), 1.0) * (self.bottom - self.top)


def draw(plot: Plot, *, narrow: bool = False, standalone: bool = False) -> str:
    """Return the picture as one ``<svg>``.

    Parameters
    ----------
    plot : Plot
    narrow : bool         390 wide, for a phone, instead of 760
    standalone : bool     for a file: with its own colours, light and dark, and the notes below
    """
    width = 390.0 if narrow else 760.0
    lines = _wrapped(plot.notes, int((width - 16) / _LETTER)) if standalone else []
    head = 46.0 if standalone else 24.0
    frame = _frame(plot, width, head)
    height = frame.bottom + 46 + _LINE * len(lines)
    svg = _opening(plot, width, height, standalone=standalone)
    if standalone:
        _text(svg, 8, 22, plot.title, "strong")
    _axes(svg, plot, frame)
    for shade in plot.shades:
        _shade(svg, shade, frame)
    for curve in plot.curves:
        _curve(svg, curve, frame, plot.name)
    _names(svg, plot, frame)
    for number, line in enumerate(lines):
        _text(svg, 8, frame.bottom + 60 + number * _LINE, line)
    return xml.tostring(svg, encoding="unicode")


def _frame(plot: Plot, width: float, head: float) -> _Frame:
    last = max((float(curve.times_min[-1]) for curve in plot.curves if curve.times_min.size), default=1.0)
    highest = max((curve.highest for curve in plot.curves), default=1.0) or 1.0
    return _Frame(width, 46.0, width - 12.0, head + 8, head + 260.0, last or 1.0, highest * 1.12)


def _opening(plot: Plot, width: float, height: float, *, standalone: bool) -> xml.Element:
    names = (f"{plot.name}-title", f"{plot.name}-story")
    svg = xml.Element("svg", {"class": "chart pk", "viewBox": f"0 0 {width:g} {height:g}", "role": "img"})
    svg.set("aria-labelledby", " ".join(names))
    if standalone:
        svg.set("xmlns", "http://www.w3.org/2000/svg")
        svg.set("width", f"{width:g}")
        svg.set("height", f"{height:g}")
    xml.SubElement(svg, "title", {"id": names[0]}).text = plot.title
    xml.SubElement(svg, "desc", {"id": names[1]}).text = plot.story
    if standalone:
        xml.SubElement(svg, "style").text = _COLOURS
        xml.SubElement(svg, "rect", {"class": "page", "width": f"{width:g}", "height": f"{height:g}"})
    definitions = xml.SubElement(svg, "defs")
    for series in sorted({curve.series for curve in plot.curves if curve.band}):
        turned = {"patternUnits": "userSpaceOnUse", "patternTransform": f"rotate({45 + 25 * (series - 1)})"}
        hatch = xml.SubElement(
            definitions,
            "pattern",
            {"id": f"{plot.name}-hatch-{series}", "width": "6", "height": "6", **turned},
        )
        xml.SubElement(
            hatch, "line", {"class": f"hatch s{series}", "x1": "0", "y1": "0", "x2": "0", "y2": "6"}
        )
    return svg


def _axes(svg: xml.Element, plot: Plot, frame: _Frame) -> None:
    for value in _levels(frame.highest):
        _line(svg, frame.left, frame.right, frame.y(value), frame.y(value), "grid")
        _text(svg, frame.left - 6, frame.y(value) + 4, f"{value:g}", anchor="end")
    step = _step_min(frame)
    in_hours = step >= HOUR_MIN / 2
    for tick in np.arange(0.0, frame.last_min + step / 1000, step):
        _line(svg, frame.x(tick), frame.x(tick), frame.top, frame.bottom, "grid")
        words = f"{tick / HOUR_MIN:g}" if in_hours else f"{tick:g}"
        _text(svg, frame.x(tick), frame.bottom + 18, words, anchor="middle")
    _line(svg, frame.left, frame.right, frame.bottom, frame.bottom, "axis")
    _text(svg, 4, frame.top - 12, plot.unit)
    _text(svg, frame.right, frame.bottom + 36, plot.hours if in_hours else plot.minutes, anchor="end")


def _levels(highest: float) -> Iterable[float]:
    """Return the round values of the upright axis, four to nine of them."""
    rough = highest / 6
    power = 10.0 ** np.floor(np.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    return [float(value) for value in np.arange(0.0, highest, step)]


def _step_min(frame: _Frame) -> float:
    hours = frame.last_min / HOUR_MIN
    return HOUR_MIN * next((step for step in _TICK_HOURS if hours / step <= _TICKS), hours / _TICKS)


def _shade(svg: xml.Element, shade: Shade, frame: _Frame) -> None:
    top, bottom = frame.y(shade.high_ng_ml), frame.y(shade.low_ng_ml)
    if shade.low_ng_ml >= frame.highest:
        return
    if shade.low_ng_ml == shade.high_ng_ml:
        _line(svg, frame.left, frame.right, top, top, "seenline")
    else:
        place = {"x": _short(frame.left), "y": _short(top), "width": _short(frame.right - frame.left)}
        xml.SubElement(svg, "rect", {"class": "seen", "height": _short(bottom - top), **place})
    _text(svg, frame.right - 6, top + 14, shade.words, anchor="end")


def _curve(svg: xml.Element, curve: Curve, frame: _Frame, name: str) -> None:
    if curve.band:
        low, high = curve.band
        there = _points(curve.times_min, high, frame)
        back = _points(curve.times_min[::-1], low[::-1], frame)
        xml.SubElement(
            svg,
            "path",
            {
                "class": f"sim s{curve.series}",
                "fill": f"url(#{name}-hatch-{curve.series})",
                "d": f"M{there}L{back}Z",
            },
        )
    if curve.typical_ng_ml is not None:
        path = f"M{_points(curve.times_min, curve.typical_ng_ml, frame)}"
        xml.SubElement(svg, "path", {"class": f"typical s{curve.series}", "fill": "none", "d": path})


def _points(times: Floats, levels: Floats, frame: _Frame) -> str:
    return "L".join(f"{_short(frame.x(t))} {_short(frame.y(v))}" for t, v in zip(times, levels, strict=True))


def _names(svg: xml.Element, plot: Plot, frame: _Frame) -> None:
    """Write each curve's name beside its peak, none over another, and the mark under the last."""
    taken: list[float] = []
    for curve in sorted(plot.curves, key=lambda each: -each.highest):
        levels = curve.typical_ng_ml if curve.typical_ng_ml is not None else curve.high_ng_ml
        if levels is None or not levels.size:
            continue
        top = int(np.argmax(levels))
        y = frame.y(float(levels[top])) - 4
        while any(abs(y - other) < _LINE for other in taken):
            y += 1
        taken.append(y)
        x = frame.x(float(curve.times_min[top])) + 10
        fits = x + len(curve.name) * _LETTER < frame.right
        _text(
            svg,
            x if fits else frame.right - 6,
            y,
            curve.name,
            f"strong s{curve.series}",
            None if fits else "end",
        )
    _text(svg, frame.right, frame.top - 12, plot.mark, "faint", "end")


def _wrapped(notes: Sequence[str], letters: int) -> list[str]:
    lines: list[str] = []
    for note in notes:
        line = ""
        for word in note.split():
            if line and len(line) + 1 + len(word) > letters:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines.append(line)
    return lines


def _line(svg: xml.Element, x1: float, x2: float, y1: float, y2: float, kind: str) -> None:
    ends = {"x1": x1, "x2": x2, "y1": y1, "y2": y2}
    xml.SubElement(svg, "line", {"class": kind, **{key: _short(value) for key, value in ends.items()}})


def _text(
    svg: xml.Element, x: float, y: float, words: str, kind: str = "", anchor: str | None = None
) -> None:
    place = {"x": _short(x), "y": _short(y)} | ({"class": kind} if kind else {})
    text = xml.SubElement(svg, "text", place | ({"text-anchor": anchor} if anchor else {}))
    text.text = words


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


_LIGHT = ("#0f5257", "#84356f", "#9a5b00", "#0e6a86", "#5b5294", "#a03022")
_DARK = ("#7fc8c0", "#e39bd0", "#e8b45e", "#6cc6e0", "#b3abe8", "#f09a8c")


def _series_colours(colours: Sequence[str]) -> str:
    return "".join(
        f".s{number}{{stroke:{colour}}}text.s{number}{{fill:{colour};stroke:none}}"
        for number, colour in enumerate(colours, start=1)
    )


_COLOURS = (
    "text{font:13px system-ui,sans-serif;fill:#4a5552}"
    ".strong{font-weight:650;fill:#17211f}.page{fill:#fcfaf7}"
    ".grid{stroke:#dddcd6}.axis{stroke:#8a8f8a}.seen{fill:#0f5257;opacity:.1}.seenline{stroke:#79837f}"
    ".typical{stroke-width:2.5;stroke-dasharray:7 4}.sim{stroke-width:1.5;stroke-dasharray:4 4}"
    ".hatch{stroke-width:1;opacity:.6}"
    + _series_colours(_LIGHT)
    + "@media (prefers-color-scheme:dark){text{fill:#b4beba}.strong{fill:#eaeeeb}.page{fill:#141b1a}"
    ".grid{stroke:#2c3634}.axis{stroke:#5d6865}.seen{fill:#7fc8c0;opacity:.16}" + _series_colours(_DARK) + "}"
)
