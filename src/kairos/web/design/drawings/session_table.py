"""The table twin of the session drawing, and its story in words."""

from dataclasses import dataclass

from kairos.web.design.drawings.scales import clock
from kairos.web.design.drawings.session_values import SessionDrawing, SessionReading


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One row, every cell in words; what was not measured says so."""

    time: str
    pressure: str
    change: str
    pulse: str
    oxygen: str
    awake: str
    by: str


def reading_rows(drawing: SessionDrawing) -> tuple[ReadingRow, ...]:
    """Return every reading in order of time; ``change`` is systolic against the first one measured."""
    ordered = sorted(drawing.readings, key=lambda reading: reading.at)
    baseline = next((r for r in ordered if r.systolic_mmhg is not None), None)
    return tuple(_row(drawing, reading, baseline) for reading in ordered)


def pressure_words(reading: SessionReading) -> str:
    """Return ``128/78``, with ``?`` for a half that was not measured; empty where neither was."""
    if reading.systolic_mmhg is None and reading.diastolic_mmhg is None:
        return ""
    return f"{_half(reading.systolic_mmhg)}/{_half(reading.diastolic_mmhg)}"


def session_story(drawing: SessionDrawing) -> str:
    """Return the story of the drawing: the infusion's own words, then first and last blood pressure."""
    said = drawing.words
    parts = [f"{clock(s.starts, drawing.zone)}: {s.words}." for s in drawing.infusion if s.words]
    measured = [r for r in sorted(drawing.readings, key=lambda r: r.at) if pressure_words(r)]
    if not measured:
        return " ".join([*parts, said.story_none])
    first, last = measured[0], measured[-1]
    if first is last:
        told = said.story_first.format(first=pressure_words(first), at=clock(first.at, drawing.zone))
    else:
        told = said.story_course.format(
            first=pressure_words(first),
            first_at=clock(first.at, drawing.zone),
            last=pressure_words(last),
            last_at=clock(last.at, drawing.zone),
            peak=_half(max((r.systolic_mmhg for r in measured if r.systolic_mmhg is not None), default=None)),
        )
    simulated = [f"{drawing.expected.words}. {drawing.expected.mark}."] if drawing.expected else []
    return " ".join([*parts, told, *simulated, said.story_table])


def _row(drawing: SessionDrawing, reading: SessionReading, baseline: SessionReading | None) -> ReadingRow:
    none = drawing.words.not_measured
    return ReadingRow(
        time=clock(reading.at, drawing.zone),
        pressure=pressure_words(reading) or none,
        change=_change(drawing, reading, baseline),
        pulse=_cell(reading.pulse_per_min, none),
        oxygen=_cell(reading.oxygen_percent, none),
        awake=_cell(reading.awake, none),
        by=reading.by,
    )


def _change(drawing: SessionDrawing, reading: SessionReading, baseline: SessionReading | None) -> str:
    if reading.systolic_mmhg is None or baseline is None or not baseline.systolic_mmhg:
        return drawing.words.not_measured
    if reading is baseline:
        return drawing.words.baseline
    return f"{reading.systolic_mmhg / baseline.systolic_mmhg - 1:+.0%}".replace("%", " %")


def _cell(value: float | None, none: str) -> str:
    return none if value is None else f"{value:g}"


def _half(value: float | None) -> str:
    return "?" if value is None else f"{value:g}"
