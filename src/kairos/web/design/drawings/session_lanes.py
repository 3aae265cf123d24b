"""The lanes of the session drawing. Each returns SVG and draws inside its own part of the frame."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kairos.web.design.drawings.labels import LabelField, Place
from kairos.web.design.drawings.scales import TimeScale, ValueScale, covering
from kairos.web.design.drawings.session_expected import expected_band, expected_words
from kairos.web.design.drawings.session_table import pressure_words
from kairos.web.design.drawings.session_values import (
    InfusionSpan,
    Limit,
    SessionDrawing,
    SessionEvent,
    SessionReading,
)
from kairos.web.design.drawings.svg import element, fitted, horizontal, label, number, vertical, width_of

EVENT_ROW = 22.0
_ARM = 6.0
_HEAD = 8.0
_STEPS = range(0, 900, 30)
"""How far from the right edge the words of a limit may move to stand free."""


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event, the row it stands in, and on which side of its dot the words are."""

    event: SessionEvent
    row: int
    anchor: str
    words: str


def infusion_lane(drawing: SessionDrawing, time: TimeScale, top: float, name_at: tuple[float, float]) -> str:
    """Return the bars of what was given (solid) and not given (dashed), with their words."""
    parts = [label(*name_at, drawing.words.infusion, class_="strong")]
    spans = sorted(drawing.infusion, key=lambda span: span.starts)
    parts += [_bar(span, time, top) for span in spans]
    texts = LabelField(time.left, time.right)
    for span in spans:
        texts.keep_free(time.x(span.starts), time.x(span.ends), top, top + 28)
    parts += [_bar_words(span, time, top, texts) for span in spans]
    return "".join(parts)


def _bar(span: InfusionSpan, time: TimeScale, top: float) -> str:
    x, ends = time.x(span.starts), time.x(span.ends)
    width = max(ends - x, 1.0)
    if span.is_given:
        return element("rect", class_="given", x=x, y=top, width=width, height=28, rx=3)
    inner = max(width - 3, 1.0)
    return element("rect", class_="notgiven", x=x + 2, y=top + 1, width=inner, height=26, rx=3)


def _bar_words(span: InfusionSpan, time: TimeScale, top: float, texts: LabelField) -> str:
    x, ends, y = time.x(span.starts), time.x(span.ends), top + 19
    for words in filter(None, (span.words, span.short)):
        if span.is_given and width_of(words, strong=True) + 14 <= ends - x:
            return label(x + 8, y, words, class_="nowtext")
        outside = texts.place(words, Place(ends + 10, y), Place(x - 10, y, "end"))
        if outside:
            return outside
    return ""


def event_rows(drawing: SessionDrawing, time: TimeScale) -> tuple[EventRow, ...]:
    """Return each event with the first row in which its words stand free."""
    ends: list[float] = []
    placed: list[EventRow] = []
    for event in sorted(drawing.events, key=lambda e: e.at):
        x = time.x(event.at)
        anchor = "start" if time.right - x >= min(width_of(event.words) + 8, x - time.left) else "end"
        room = (time.right - x if anchor == "start" else x - time.left) - 10
        words = fitted(event.words, room)
        left = x - 4 if anchor == "start" else x - 8 - width_of(words)
        row = next((n for n, end in enumerate(ends) if end <= left), len(ends))
        ends[row : row + 1] = [left + width_of(words) + 18]
        placed.append(EventRow(event, row, anchor, words))
    return tuple(placed)


def events_lane(drawing: SessionDrawing, time: TimeScale, top: float, name_at: tuple[float, float]) -> str:
    """Return a dot and the words for each event."""
    rows = event_rows(drawing, time)
    bottom = top + event_height(rows)
    parts = [label(*name_at, drawing.words.events, class_="strong")]
    parts += [vertical(time.x(row.event.at), top, bottom, "ev") for row in rows]
    for row in rows:
        x, y = time.x(row.event.at), top + 14 + row.row * EVENT_ROW
        parts.append(element("circle", class_="mainf", cx=x, cy=y, r=3.5))
        beside = x + 8 if row.anchor == "start" else x - 8
        parts.append(label(beside, y + 4, row.words, anchor=None if row.anchor == "start" else "end"))
    return "".join(parts)


def event_height(rows: Sequence[EventRow]) -> float:
    """Return how high the events lane must be."""
    return max((row.row for row in rows), default=0) * EVENT_ROW + 28


def pressure_scale(drawing: SessionDrawing, top: float, bottom: float) -> ValueScale:
    """Return the axis that holds every reading and every limit."""
    values = [v for r in drawing.readings for v in (r.systolic_mmhg, r.diastolic_mmhg) if v is not None]
    values += [limit.value for limit in drawing.pressure_limits]
    lowest, highest = covering(values, step=20, room=10)
    return ValueScale(max(lowest, 0), highest, top, bottom)


def pressure_lane(drawing: SessionDrawing, time: TimeScale, scale: ValueScale) -> str:
    """Return limits, stop zone and a V over an inverted V for each reading."""
    texts = LabelField(time.left, time.right)
    readings = [r for r in sorted(drawing.readings, key=lambda r: r.at) if pressure_words(r)]
    _keep_marks_free(drawing, readings, time, scale, texts)
    parts = [_stop_zone(drawing, time, scale), _pressure_grid(time, scale)]
    parts.append(expected_band(drawing, time, scale))
    parts += [_limit_line(limit, time, scale) for limit in drawing.pressure_limits]
    due = _next_reading(drawing, readings, time, scale, texts)
    labels = [_pressure_label(r, time, scale, texts, must=r is readings[-1]) for r in reversed(readings)]
    for limit in drawing.pressure_limits:
        texts.keep_line_free(scale.y(limit.value))
    parts += [_limit_words(limit, time, scale, texts) for limit in drawing.pressure_limits]
    parts.append(expected_words(drawing, time, scale, texts))
    parts += [_marks(reading, time, scale) for reading in readings]
    return "".join([*parts, *labels, due])


def _keep_marks_free(
    drawing: SessionDrawing,
    readings: Sequence[SessionReading],
    time: TimeScale,
    scale: ValueScale,
    texts: LabelField,
) -> None:
    for reading in readings:
        known = [v for v in (reading.systolic_mmhg, reading.diastolic_mmhg) if v is not None]
        x = time.x(reading.at)
        texts.keep_free(x - 4, x + 4, scale.y(max(known)) - _HEAD, scale.y(min(known)) + _HEAD)
    if drawing.now is not None:
        now = time.x(drawing.now)
        texts.keep_free(now - 1, now + 1, scale.top, scale.bottom)
    if drawing.next_reading is not None:
        due = time.x(drawing.next_reading.at)
        texts.keep_free(due - 6, due + 6, scale.top, scale.bottom)


def _stop_zone(drawing: SessionDrawing, time: TimeScale, scale: ValueScale) -> str:
    if drawing.stop_zone_from_mmhg is None:
        return ""
    height = scale.y(drawing.stop_zone_from_mmhg) - scale.top
    width = time.right - time.left
    return element("rect", class_="zone", x=time.left, y=scale.top, width=width, height=height)


def _pressure_grid(time: TimeScale, scale: ValueScale) -> str:
    lines = [horizontal(time.left, time.right, scale.y(value), "grid") for value in scale.grid(20)]
    numbers = [label(time.left - 8, scale.y(v) + 4, f"{v:g}", anchor="end") for v in scale.grid(20)]
    return "".join([*lines, *numbers])


def _limit_line(limit: Limit, time: TimeScale, scale: ValueScale) -> str:
    return horizontal(time.left, time.right, scale.y(limit.value), limit.level.value)


def _limit_words(limit: Limit, time: TimeScale, scale: ValueScale, texts: LabelField) -> str:
    y = scale.y(limit.value)
    return texts.place(
        limit.words,
        *(Place(time.right - 4 - step, line, "end") for step in _STEPS for line in (y - 6, y + 15)),
        Place(time.right - 4, y - 6, "end"),
        must=True,
    )


def _marks(reading: SessionReading, time: TimeScale, scale: ValueScale) -> str:
    x, path = time.x(reading.at), ""
    left, right = number(x - _ARM), number(x + _ARM)
    systolic, diastolic = reading.systolic_mmhg, reading.diastolic_mmhg
    if systolic is not None and diastolic is not None:
        path += f"M{number(x)} {number(scale.y(systolic))}V{number(scale.y(diastolic))}"
    if systolic is not None:
        tip = scale.y(systolic)
        path += f"M{left} {number(tip - _HEAD)}L{number(x)} {number(tip)}L{right} {number(tip - _HEAD)}"
    if diastolic is not None:
        tip = scale.y(diastolic)
        path += f"M{left} {number(tip + _HEAD)}L{number(x)} {number(tip)}L{right} {number(tip + _HEAD)}"
    return element("path", class_="bp", d=path)


def _pressure_label(
    reading: SessionReading, time: TimeScale, scale: ValueScale, texts: LabelField, *, must: bool
) -> str:
    x, words = time.x(reading.at), pressure_words(reading)
    top = reading.systolic_mmhg if reading.systolic_mmhg is not None else reading.diastolic_mmhg
    y = scale.y(top or 0)
    places = (Place(x + 9, y + 2), Place(x - 9, y - 2, "end"), Place(x, y - 13, "middle"))
    return texts.place(words, *places, strong=True, class_="strong", must=must)


def _next_reading(
    drawing: SessionDrawing,
    readings: Sequence[SessionReading],
    time: TimeScale,
    scale: ValueScale,
    texts: LabelField,
) -> str:
    due = drawing.next_reading
    if due is None:
        return ""
    x = time.x(due.at)
    high, low = _expected(readings, scale)
    parts = [element("line", class_="future", x1=x, x2=x, y1=high, y2=low, stroke_dasharray="2 5")]
    parts += [element("circle", class_="future", cx=x, cy=y, r=5) for y in (high, low)]
    middle = (high + low) / 2
    places = (Place(x + 12, middle), Place(x - 12, middle, "end"))
    parts.append(texts.place(due.words, *places, strong=True, class_="strong"))
    after = tuple(Place(p.x, p.y + 17, p.anchor) for p in places)
    parts.append(texts.place(due.then, *after) if due.then else "")
    return "".join(parts)


def _expected(readings: Sequence[SessionReading], scale: ValueScale) -> tuple[float, float]:
    """Return where the hollow marks stand: level with the last reading, or mid-scale without one."""
    third = (scale.bottom - scale.top) / 3
    systolic = readings[-1].systolic_mmhg if readings else None
    diastolic = readings[-1].diastolic_mmhg if readings else None
    high = scale.top + third if systolic is None else scale.y(systolic)
    low = scale.bottom - third if diastolic is None else scale.y(diastolic)
    return high, low


def trace_lane(
    points: Sequence[tuple[float, float]],
    limits: Sequence[Limit],
    time: TimeScale,
    scale: ValueScale,
    line_class: str,
    mark: Callable[[float, float], str],
    name_ends: float = 0,
) -> str:
    """Return a line with a mark and a number at each point, and the limits with their words.

    ``name_ends`` is how far the lane's own name reaches where it stands over the lane.
    """
    texts = LabelField(time.left - 12, time.right)
    texts.keep_free(0, name_ends, scale.top - 20, scale.top - 4)
    for limit in limits:
        texts.keep_line_free(scale.y(limit.value))
    parts = [_limit_line(limit, time, scale) for limit in limits]
    placed = [(x, scale.y(value), value) for x, value in points]
    if placed:
        path = " ".join(f"{number(x)},{number(y)}" for x, y, _ in placed)
        parts.append(element("polyline", class_=line_class, points=path))
    parts += [mark(x, y) for x, y, _ in placed]
    for x, y, value in [*placed[-1:], *placed[:-1]]:
        parts.append(texts.place(f"{value:g}", Place(x, y - 9, "middle"), Place(x, y + 19, "middle")))
    parts += [_limit_words(limit, time, scale, texts) for limit in limits]
    return "".join(parts)


def dot(x: float, y: float) -> str:
    """Return the mark of a pulse."""
    return element("circle", class_="hrf", cx=x, cy=y, r=4.5)


def square(x: float, y: float) -> str:
    """Return the mark of an oxygen reading."""
    return element("rect", class_="spf", x=x - 4, y=y - 4, width=8, height=8)
