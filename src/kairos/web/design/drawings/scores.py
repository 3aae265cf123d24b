"""The score chart: one panel a scale, sessions as ticks, response and remission as lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kairos.web.design.drawings.labels import LabelField, Place
from kairos.web.design.drawings.scales import TimeScale, ValueScale, spanning
from kairos.web.design.drawings.score_table import day_words, scores_story
from kairos.web.design.drawings.score_values import ScoreDrawing, ScorePanel, ScorePoint, SessionTick
from kairos.web.design.drawings.svg import drawing as whole
from kairos.web.design.drawings.svg import element, horizontal, label, number, vertical, width_of

_MARK = 3.5


@dataclass(frozen=True, slots=True)
class Frame:
    """Sizes of one width: margins, and the heights of the first panel and of the others."""

    width: float
    left: float
    right: float
    first_panel: float
    other_panel: float
    names_bands: bool


WIDE = Frame(1040, 60, 880, 230, 110, names_bands=True)
NARROW = Frame(380, 30, 374, 226, 120, names_bands=False)


def draw_scores(drawing: ScoreDrawing, *, narrow: bool = False) -> str:
    """Return the scores as SVG.

    Parameters
    ----------
    drawing : ScoreDrawing    the values, at least one panel
    narrow : bool             the drawing for a phone, 380 wide, instead of the one 1040 wide

    Returns
    -------
    str                       one ``<svg>`` with title and story; text escaped, no style in line
    """
    frame = NARROW if narrow else WIDE
    starts, ends = _span(drawing)
    time = TimeScale(starts, ends, frame.left + 12, frame.right - 30)
    tops, bottom = _tops(drawing, frame)
    content = [_sessions(drawing, time, bottom, frame)]
    for place, (panel, top) in enumerate(zip(drawing.panels, tops, strict=True)):
        content.append(_panel(panel, place, _scale(panel, place, top, frame), time, frame, drawing))
    content.append(_today(drawing, time, bottom, frame))
    content.append(horizontal(frame.left, frame.right, bottom, "axis"))
    scales = ", ".join(panel.name for panel in drawing.panels)
    return whole(
        "".join(content),
        width=frame.width,
        height=bottom + 40,
        title=drawing.words.title.format(
            scales=scales, starts=day_words(starts, drawing.zone), ends=day_words(ends, drawing.zone)
        ),
        story=drawing.story or scores_story(drawing),
        name=drawing.name + ("-narrow" if narrow else ""),
        class_="chart nar" if narrow else "chart",
    )


def _span(drawing: ScoreDrawing) -> tuple[datetime, datetime]:
    instants = [point.at for panel in drawing.panels for point in panel.points]
    instants += [session.at for session in drawing.sessions]
    instants += [drawing.today] if drawing.today else []
    return spanning(instants, at_least=timedelta(days=7))


def _tops(drawing: ScoreDrawing, frame: Frame) -> tuple[list[float], float]:
    tops, y = [], 0.0
    for place in range(len(drawing.panels)):
        tops.append(y + 62)
        y += (frame.first_panel if place == 0 else frame.other_panel) + 56
    return tops, y + 28


def _scale(panel: ScorePanel, place: int, top: float, frame: Frame) -> ValueScale:
    known = [point.total for point in panel.points if point.total is not None]
    highest = min(panel.highest, max([*known, *(line.at_or_below for line in panel.lines)], default=0) + 4)
    bottom = top + (frame.first_panel if place == 0 else frame.other_panel)
    return ValueScale(panel.lowest, max(highest, panel.lowest + 5), top, bottom)


def _panel(
    panel: ScorePanel, place: int, scale: ValueScale, time: TimeScale, frame: Frame, drawing: ScoreDrawing
) -> str:
    texts = LabelField(0, frame.right)
    if drawing.today is not None:
        today = time.x(drawing.today)
        texts.keep_free(today - 1, today + 1, scale.top - 20, scale.bottom)
    known = sorted(panel.points, key=lambda point: point.at)
    parts = [_shade(panel, scale, frame) if place == 0 else "", _grid(scale, frame)]
    parts += [horizontal(frame.left, frame.right, scale.y(line.at_or_below), "good") for line in panel.lines]
    parts.append(label(0, scale.top - 16, panel.name, class_="strong"))
    parts.append(label(width_of(panel.name, strong=True) + 10, scale.top - 16, panel.note))
    parts += _curve(known, time, scale, texts)
    parts += [_mark(time.x(p.at), scale.y(p.total), place) for p in known if p.total is not None]
    parts += _totals(known, time, scale, texts)
    parts += _missed(known, time, scale, texts, drawing.words.missed)
    parts += _line_words(panel, scale, frame, texts)
    parts += _band_names(panel, scale, frame)
    return "".join(parts)


def _shade(panel: ScorePanel, scale: ValueScale, frame: Frame) -> str:
    if not panel.lines:
        return ""
    top = scale.y(max(line.at_or_below for line in panel.lines))
    width = frame.right - frame.left
    return element("rect", class_="band", x=frame.left, y=top, width=width, height=scale.bottom - top)


def _grid(scale: ValueScale, frame: Frame) -> str:
    lines = [horizontal(frame.left, frame.right, scale.y(value), "grid") for value in scale.grid(5)]
    numbers = [label(frame.left - 10, scale.y(v) + 4, f"{v:g}", anchor="end") for v in scale.grid(5)]
    return "".join([*lines, *numbers])


def _curve(points: Sequence[ScorePoint], time: TimeScale, scale: ValueScale, texts: LabelField) -> list[str]:
    """Return the lines between scores; where one was missed between two, the line is a dashed guess."""
    parts: list[str] = []
    before: ScorePoint | None = None
    is_guess = False
    for point in points:
        if point.total is None:
            is_guess = True
            continue
        if before is not None and before.total is not None:
            ends = {"x1": time.x(before.at), "y1": scale.y(before.total)}
            ends |= {"x2": time.x(point.at), "y2": scale.y(point.total)}
            parts.append(element("line", class_="miss" if is_guess else "main", **ends))
            _keep_segment_free(ends, texts)
        before, is_guess = point, False
    return parts


def _keep_segment_free(ends: dict[str, float], texts: LabelField) -> None:
    steps = max(int((abs(ends["x2"] - ends["x1"]) + abs(ends["y2"] - ends["y1"])) / 5), 1)
    for n in range(1, steps):
        x = ends["x1"] + (ends["x2"] - ends["x1"]) * n / steps
        y = ends["y1"] + (ends["y2"] - ends["y1"]) * n / steps
        texts.keep_free(x - 2, x + 2, y - 2, y + 2)


def _mark(x: float, y: float, place: int) -> str:
    if place == 0:
        return element("circle", class_="mainf", cx=x, cy=y, r=_MARK)
    return element("rect", class_="mainf", x=x - 3, y=y - 3, width=6, height=6)


def _totals(points: Sequence[ScorePoint], time: TimeScale, scale: ValueScale, texts: LabelField) -> list[str]:
    """Return the telling numbers: last, first, lowest, and where the score turned down again."""
    known = [(time.x(p.at), scale.y(p.total), p.total) for p in points if p.total is not None]
    for x, y, _ in known:
        texts.keep_free(x - _MARK, x + _MARK, y - _MARK, y + _MARK)
    peaks = [b for a, b, c in zip(known, known[1:], known[2:], strict=False) if a[2] < b[2] > c[2]]
    lowest = sorted(known, key=lambda point: point[2])[:1]
    parts = []
    for x, y, total in dict.fromkeys([*known[-1:], *known[:1], *lowest, *peaks]):
        above, below = Place(x, y - 9, "middle"), Place(x, y + 18, "middle")
        beside = (Place(x - 2, y - 8, "end"), Place(x + 8, y + 4), Place(x - 8, y + 4, "end"))
        parts.append(texts.place(str(total), above, below, *beside, strong=True, class_="strong"))
    return parts


def _missed(
    points: Sequence[ScorePoint], time: TimeScale, scale: ValueScale, texts: LabelField, words: str
) -> list[str]:
    """Return the word "missed" over each guess, half-way between the scores around it."""
    known = [point for point in points if point.total is not None]
    parts = []
    for point in points:
        before = [p for p in known if p.at < point.at]
        after = [p for p in known if p.at > point.at]
        if point.total is None and before and after:
            heights = [scale.y(p.total) for p in (before[-1], after[0]) if p.total is not None]
            x = (time.x(before[-1].at) + time.x(after[0].at)) / 2
            y = sum(heights) / 2
            places = (Place(x, y - 10, "middle"), Place(x, y + 18, "middle"), Place(x, y - 10, "middle"))
            parts.append(texts.place(words, *places, must=True))
    return parts


def _line_words(panel: ScorePanel, scale: ValueScale, frame: Frame, texts: LabelField) -> list[str]:
    if frame.names_bands:
        return [
            label(frame.right + 12, scale.y(line.at_or_below) + 4, line.words, class_="strong")
            for line in panel.lines
        ]
    parts = []
    for line in panel.lines:
        y = scale.y(line.at_or_below)
        places = (
            Place(frame.right - 4, y - 6, "end"),
            *(Place(frame.left + 4 + step * 20, level) for level in (y - 6, y + 16) for step in range(16)),
            Place(frame.left + 4, y + 16),
        )
        parts.append(texts.place(line.short or line.words, *places, strong=True, class_="strong", must=True))
    return parts


def _band_names(panel: ScorePanel, scale: ValueScale, frame: Frame) -> list[str]:
    """Return the bands' names at the right edge, where the axis reaches them and no line's words stand."""
    if not frame.names_bands:
        return []
    texts = LabelField(frame.right, frame.width)
    for line in panel.lines:
        y = scale.y(line.at_or_below)
        texts.keep_free(frame.right, frame.width, y - 8, y + 8)
    parts = []
    for band in panel.bands:
        low, high = max(band.lowest, scale.lowest), min(band.highest, scale.highest)
        if low <= high:
            middle = (scale.y(low) + scale.y(high)) / 2 + 4
            places = tuple(Place(frame.right + 12, middle + shift) for shift in (0, -6, 6, -10, 10))
            parts.append(texts.place(band.name, *places, class_="faint"))
    return parts


def _sessions(drawing: ScoreDrawing, time: TimeScale, bottom: float, frame: Frame) -> str:
    held = sorted(drawing.sessions, key=lambda session: session.at)
    parts = [vertical(time.x(session.at), bottom, bottom + 16, "sess") for session in held]
    parts += [
        element("line", class_="ev", x1=x, x2=x, y1=58, y2=bottom - 6, opacity=".3")
        for x in (time.x(session.at) for session in held)
    ]
    texts = LabelField(0, frame.width)
    for group in _groups(held, time):
        first, last = group[0], group[-1]
        said = drawing.words.sessions if len(group) > 1 else drawing.words.session
        words = said.format(first=first.number, last=last.number)
        x, y = time.x(first.at), bottom + 34
        places = (Place(x, y), Place(x, y, "middle"), Place(x + 4, y, "end"))
        full = texts.place(words, *places, strong=True, class_="strong")
        parts.append(
            full or texts.place(str(first.number), Place(x, y, "middle"), strong=True, class_="strong")
        )
    return "".join(parts)


def _groups(held: Sequence[SessionTick], time: TimeScale) -> list[list[SessionTick]]:
    """Return sessions that stand so close that one label serves them all."""
    groups: list[list[SessionTick]] = []
    for session in held:
        if groups and time.x(session.at) - time.x(groups[-1][-1].at) < 40:
            groups[-1].append(session)
        else:
            groups.append([session])
    return groups


def _today(drawing: ScoreDrawing, time: TimeScale, bottom: float, frame: Frame) -> str:
    if drawing.today is None:
        return ""
    x = time.x(drawing.today)
    half = width_of(drawing.words.today, strong=True) / 2 + 10
    middle = min(max(x, half), frame.width - half)
    left, right = number(middle - half), number(middle + half)
    edges = f"M{left} 2H{right}V20H{number(min(x + 6, middle + half))}L{number(x)} 26"
    flag = element("path", class_="nowflag", d=f"{edges}L{number(max(x - 6, middle - half))} 20H{left}Z")
    text = label(middle, 16, drawing.words.today, class_="nowtext", anchor="middle")
    return vertical(x, 24, bottom, "nowline") + flag + text
