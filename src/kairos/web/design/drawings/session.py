"""The session drawing, after the anaesthesia chart: lanes that share one axis of time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kairos.web.design.drawings.labels import LabelField, Place
from kairos.web.design.drawings.scales import TimeScale, ValueScale, clock, covering, spanning
from kairos.web.design.drawings.session_lanes import (
    dot,
    event_height,
    event_rows,
    events_lane,
    infusion_lane,
    pressure_lane,
    pressure_scale,
    square,
    trace_lane,
)
from kairos.web.design.drawings.session_table import session_story
from kairos.web.design.drawings.session_values import SessionDrawing, SessionReading
from kairos.web.design.drawings.svg import drawing as whole
from kairos.web.design.drawings.svg import element, horizontal, label, number, vertical, width_of


@dataclass(frozen=True, slots=True)
class Frame:
    """Sizes of one width. ``names_above`` puts a lane's name over it where there is no margin for it."""

    width: float
    left: float
    right: float
    pressure: float
    trace: float
    tick_room: float
    names_above: bool


WIDE = Frame(1040, 96, 1014, 220, 60, 80, names_above=False)
NARROW = Frame(390, 34, 384, 200, 56, 66, names_above=True)


@dataclass(frozen=True, slots=True)
class Lanes:
    """Where each lane starts, from top to bottom."""

    infusion: float
    events: float
    pressure: float
    pulse: float
    oxygen: float
    awake: float
    axis: float


def draw_session(drawing: SessionDrawing, *, narrow: bool = False) -> str:
    """Return the session as SVG.

    Parameters
    ----------
    drawing : SessionDrawing    the values
    narrow : bool               the drawing for a phone, 390 wide, instead of the one 1040 wide

    Returns
    -------
    str                         one ``<svg>`` with title and story; text escaped, no style in line
    """
    frame = NARROW if narrow else WIDE
    time = TimeScale(*_span(drawing), frame.left, frame.right)
    lanes = _lanes(drawing, frame, time)
    content = [
        _time_axis(drawing, frame, time, lanes),
        infusion_lane(drawing, time, lanes.infusion, _name_at(frame, lanes.infusion, 18)),
        events_lane(drawing, time, lanes.events, _name_at(frame, lanes.events, 24)),
        _pressure(drawing, frame, time, lanes),
        _pulse(drawing, frame, time, lanes),
        _oxygen(drawing, frame, time, lanes),
        _awake(drawing, frame, time, lanes),
        horizontal(frame.left, frame.right, lanes.axis, "axis"),
        _now(drawing, frame, time, lanes),
    ]
    said = drawing.words.title.format(
        starts=clock(time.starts, drawing.zone), ends=clock(time.ends, drawing.zone)
    )
    return whole(
        "".join(content),
        width=frame.width,
        height=lanes.axis + 32,
        title=said,
        story=drawing.story or session_story(drawing),
        name=drawing.name + ("-narrow" if narrow else ""),
    )


def _span(drawing: SessionDrawing) -> tuple[datetime, datetime]:
    instants = [drawing.starts, drawing.ends]
    instants += [edge for span in drawing.infusion for edge in (span.starts, span.ends)]
    instants += [event.at for event in drawing.events]
    instants += [reading.at for reading in drawing.readings]
    instants += [drawing.now] if drawing.now else []
    instants += [drawing.next_reading.at] if drawing.next_reading else []
    return spanning(instants, at_least=timedelta(minutes=10))


def _lanes(drawing: SessionDrawing, frame: Frame, time: TimeScale) -> Lanes:
    gap = 20.0 if frame.names_above else 0.0
    infusion = 40 + gap
    events = infusion + 36 + gap
    pressure = events + event_height(event_rows(drawing, time)) + 14 + gap * 1.4
    pulse = pressure + frame.pressure + 20 + gap
    oxygen = pulse + frame.trace + 18 + gap
    awake = oxygen + 50 + gap
    return Lanes(infusion, events, pressure, pulse, oxygen, awake, awake + 26)


def _name_at(frame: Frame, top: float, inside: float) -> tuple[float, float]:
    return (0, top - 7) if frame.names_above else (0, top + inside)


def _time_axis(drawing: SessionDrawing, frame: Frame, time: TimeScale, lanes: Lanes) -> str:
    parts = []
    for at in time.ticks(room=frame.tick_room):
        x, words = time.x(at), clock(at, drawing.zone)
        parts.append(vertical(x, 34, lanes.axis, "grid"))
        half = width_of(words) / 2
        parts.append(label(min(max(x, half), frame.width - half), lanes.axis + 20, words, anchor="middle"))
    return "".join(parts)


def _pressure(drawing: SessionDrawing, frame: Frame, time: TimeScale, lanes: Lanes) -> str:
    scale = pressure_scale(drawing, lanes.pressure, lanes.pressure + frame.pressure)
    first, second = drawing.words.blood_pressure
    unit = drawing.words.blood_pressure_unit
    if frame.names_above:
        name = label(0, lanes.pressure - 13, f"{first} {second}, {unit}", class_="strong")
    else:
        name = label(0, lanes.pressure + 14, first, class_="strong")
        name += label(0, lanes.pressure + 30, second, class_="strong")
        name += label(0, lanes.pressure + 46, unit)
    return name + pressure_lane(drawing, time, scale)


def _pulse(drawing: SessionDrawing, frame: Frame, time: TimeScale, lanes: Lanes) -> str:
    points = [(time.x(r.at), r.pulse_per_min) for r in _ordered(drawing) if r.pulse_per_min is not None]
    values = [value for _, value in points] + [limit.value for limit in drawing.pulse_limits]
    lowest, highest = covering(values, step=10, room=10)
    scale = ValueScale(lowest, highest, lanes.pulse, lanes.pulse + frame.trace)
    name = drawing.words.pulse, drawing.words.pulse_unit
    return _lane_name(frame, lanes.pulse, *name) + trace_lane(
        points, drawing.pulse_limits, time, scale, "hr", dot, _name_ends(frame, name)
    )


def _oxygen(drawing: SessionDrawing, frame: Frame, time: TimeScale, lanes: Lanes) -> str:
    points = [(time.x(r.at), r.oxygen_percent) for r in _ordered(drawing) if r.oxygen_percent is not None]
    values = [value for _, value in points] + [limit.value for limit in drawing.oxygen_limits]
    lowest, _ = covering(values, step=1, room=2)
    scale = ValueScale(lowest, 101, lanes.oxygen, lanes.oxygen + 36)
    name = drawing.words.oxygen, drawing.words.oxygen_unit
    return _lane_name(frame, lanes.oxygen, *name) + trace_lane(
        points, drawing.oxygen_limits, time, scale, "sp", square, _name_ends(frame, name)
    )


def _awake(drawing: SessionDrawing, frame: Frame, time: TimeScale, lanes: Lanes) -> str:
    known = [(time.x(r.at), r.awake) for r in _ordered(drawing) if r.awake is not None]
    y = lanes.awake + 16
    parts = [label(*_name_at(frame, lanes.awake, 16), drawing.words.awake, class_="strong")]
    last = -100.0
    for x, value in known:
        if x - last >= 12:
            parts.append(label(x, y, str(value), anchor="middle"))
            last = x
    seen = [x for x, _ in known] + ([time.x(drawing.now)] if drawing.now else [])
    note = Place(max(seen, default=time.left) + 24, y)
    parts.append(LabelField(frame.left, frame.right).place(drawing.words.awake_note, note, class_="faint"))
    return "".join(parts)


def _lane_name(frame: Frame, top: float, name: str, unit: str) -> str:
    if frame.names_above:
        return label(0, top - 7, f"{name}, {unit}", class_="strong")
    return label(0, top + 16, name, class_="strong") + label(0, top + 32, unit)


def _name_ends(frame: Frame, name: tuple[str, str]) -> float:
    return width_of(", ".join(name), strong=True) if frame.names_above else 0


def _now(drawing: SessionDrawing, frame: Frame, time: TimeScale, lanes: Lanes) -> str:
    if drawing.now is None:
        return ""
    x = time.x(drawing.now)
    words = drawing.words.now.format(time=clock(drawing.now, drawing.zone))
    half = width_of(words, strong=True) / 2 + 10
    middle = min(max(x, half), frame.width - half)
    left, right = number(middle - half), number(middle + half)
    edges = f"M{left} 4H{right}V24H{number(min(x + 7, middle + half))}L{number(x)} 31"
    flag = element("path", class_="nowflag", d=f"{edges}L{number(max(x - 7, middle - half))} 24H{left}Z")
    text = label(middle, 19, words, class_="nowtext", anchor="middle")
    return vertical(x, 30, lanes.axis, "nowline") + flag + text


def _ordered(drawing: SessionDrawing) -> list[SessionReading]:
    return sorted(drawing.readings, key=lambda reading: reading.at)
