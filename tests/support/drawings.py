"""A session and a course of scores to draw, and a reader of what was drawn."""

import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from kairos.web.design.drawings.score_values import (
    ScoreBand,
    ScoreDrawing,
    ScoreLine,
    ScorePanel,
    ScorePoint,
    SessionTick,
)
from kairos.web.design.drawings.session_values import (
    InfusionSpan,
    Limit,
    LimitLevel,
    NextReading,
    SessionDrawing,
    SessionEvent,
    SessionReading,
)

ZONE = ZoneInfo("America/New_York")
START = datetime(2026, 11, 24, 15, tzinfo=UTC)
LIMITS = (
    Limit(180, "Systolic 180: stop", LimitLevel.STOP),
    Limit(160, "Systolic 160: check again", LimitLevel.CHECK),
    Limit(110, "Diastolic 110: stop", LimitLevel.STOP),
    Limit(100, "Diastolic 100: check again", LimitLevel.CHECK),
)


def minutes(count: float) -> datetime:
    """Return an instant so many minutes after the start of the session."""
    return START + timedelta(minutes=count)


def a_session(**more) -> SessionDrawing:
    """Return a session paused after a second high reading, with the next reading due."""
    values = dict(
        zone=ZONE,
        starts=minutes(-4),
        ends=minutes(100),
        now=minutes(42),
        infusion=(
            InfusionSpan(minutes(8), minutes(39), "26.4 mg given, 31 min", short="26.4 mg"),
            InfusionSpan(minutes(39), minutes(48), "7.6 of 34 mg not given", is_given=False),
        ),
        events=(SessionEvent(minutes(4), "Checks done"), SessionEvent(minutes(39), "Paused")),
        readings=(
            SessionReading(minutes(0), 128, 78, 72, 98, 5, "S. Iqbal, monitor 2"),
            SessionReading(minutes(18), 142, 88, 80, 98, 5, "S. Iqbal, monitor 2"),
            SessionReading(minutes(39), 184, 112, 96, 96, None, "S. Iqbal, by hand"),
        ),
        pressure_limits=LIMITS,
        pulse_limits=(Limit(130, "130: stop", LimitLevel.STOP),),
        oxygen_limits=(Limit(92, "92: act", LimitLevel.STOP),),
        stop_zone_from_mmhg=180,
        next_reading=NextReading(minutes(44), "Next 10:44", "then every 5 minutes"),
    )
    return SessionDrawing(**(values | more))


def some_scores(*totals: int | None, today: int | None = 60) -> ScoreDrawing:
    """Return PHQ-9 totals a week apart, with three sessions close together and one later."""
    points = tuple(ScorePoint(START + timedelta(weeks=n), t, band="Mild") for n, t in enumerate(totals))
    bands = (ScoreBand("Minimal", 0, 4), ScoreBand("Mild", 5, 9), ScoreBand("Severe", 20, 27))
    lines = (ScoreLine(9.5, "Response: 9 or less", "Response 9"), ScoreLine(4.5, "Remission: under 5"))
    sessions = tuple(
        SessionTick(START + timedelta(days=d, hours=2), n) for n, d in enumerate((1, 4, 7, 40), start=1)
    )
    return ScoreDrawing(
        zone=ZONE,
        panels=(
            ScorePanel("PHQ-9", "depression, 0 to 27", 0, 27, points, bands, lines),
            ScorePanel("GAD-7", "anxiety, 0 to 21", 0, 21, points[:2]),
        ),
        sessions=sessions,
        today=None if today is None else START + timedelta(days=today),
    )


def parsed(svg: str) -> ElementTree.Element:
    """Return the drawing read as XML, as it stands inside an HTML page."""
    return ElementTree.fromstring(svg)


def places(svg: str) -> list[tuple[float, float]]:
    """Return the (x, y) of every line's end, circle, rectangle's corner and text."""
    found = []
    for node in parsed(svg).iter():
        of = {key: float(value) for key, value in node.attrib.items() if key in _COORDINATES}
        found += [(of[x], of[y]) for x, y in _PAIRS if x in of and y in of]
        if node.tag == "rect":
            found.append((of["x"] + of["width"], of["y"] + of["height"]))
    return found


def texts(svg: str, class_: str | None = None) -> list[str]:
    """Return the words drawn, all or those of one class."""
    return [n.text or "" for n in parsed(svg).iter("text") if class_ in (None, n.get("class"))]


_COORDINATES = {"x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height"}
_PAIRS = (("x", "y"), ("x1", "y1"), ("x2", "y2"), ("cx", "cy"))
