"""The table twin of the score chart, and its story in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from kairos.web.design.drawings.score_values import ScoreDrawing, ScorePanel, ScorePoint, ScoreWords


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """One scale at one time: total, band and change against the first score, each in words."""

    total: str
    band: str
    change: str


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One day of asking, with a cell for each scale in the order of the panels."""

    day: str
    since_session: str
    cells: tuple[ScoreCell, ...]


def score_rows(drawing: ScoreDrawing) -> tuple[ScoreRow, ...]:
    """Return one row for each time at which any scale was asked, oldest first."""
    instants = sorted({point.at for panel in drawing.panels for point in panel.points})
    return tuple(_row(drawing, at) for at in instants)


def scores_story(drawing: ScoreDrawing) -> str:
    """Return first, last and lowest score of each scale, and how many were missed."""
    return " ".join(_told(panel, drawing) for panel in drawing.panels)


def day_words(at: datetime, zone: tzinfo) -> str:
    """Return ``15 Aug 2026`` in the place's own zone."""
    local = at.astimezone(zone)
    return f"{local.day} {local:%b %Y}"


def _row(drawing: ScoreDrawing, at: datetime) -> ScoreRow:
    cells = tuple(_cell(panel, at, drawing.words) for panel in drawing.panels)
    return ScoreRow(day_words(at, drawing.zone), _since(drawing, at), cells)


def _cell(panel: ScorePanel, at: datetime, words: ScoreWords) -> ScoreCell:
    point = next((p for p in panel.points if p.at == at), None)
    if point is None:
        return ScoreCell("", "", "")
    if point.total is None:
        return ScoreCell(words.missed, "", "")
    return ScoreCell(str(point.total), point.band, _change(panel.points, point, words))


def _change(points: Sequence[ScorePoint], point: ScorePoint, words: ScoreWords) -> str:
    first = min((p for p in points if p.total is not None), key=lambda p: p.at)
    if point is first:
        return words.baseline
    if not first.total or point.total is None:
        return words.not_known
    return f"{point.total / first.total - 1:+.0%}".replace("%", " %")


def _since(drawing: ScoreDrawing, at: datetime) -> str:
    words = drawing.words
    held = sorted((s for s in drawing.sessions), key=lambda s: s.at)
    before = [session for session in held if session.at <= at]
    if not before:
        return words.before_first.format(number=held[0].number) if held else ""
    days = (_day(at, drawing.zone) - _day(before[-1].at, drawing.zone)).days
    said = {0: words.same_day, 1: words.one_day_after}.get(days, words.days_after)
    return said.format(days=days, number=before[-1].number)


def _day(at: datetime, zone: tzinfo) -> date:
    return at.astimezone(zone).date()


def _told(panel: ScorePanel, drawing: ScoreDrawing) -> str:
    known = sorted((p for p in panel.points if p.total is not None), key=lambda p: p.at)
    if not known:
        return drawing.words.story_none.format(scale=panel.name)
    return drawing.words.story.format(
        scale=panel.name,
        first=known[0].total,
        first_on=day_words(known[0].at, drawing.zone),
        last=known[-1].total,
        last_on=day_words(known[-1].at, drawing.zone),
        best=min(p.total for p in known if p.total is not None),
        missed=len(panel.points) - len(known),
        asked=len(panel.points),
    )
