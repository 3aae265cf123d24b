"""What a score chart is made of: scales, scores, sessions, and the lines that define success."""

from dataclasses import dataclass, field
from datetime import datetime, tzinfo


@dataclass(frozen=True, slots=True)
class ScorePoint:
    """One time of asking. ``total`` is None where the questionnaire was not answered in full."""

    at: datetime
    total: int | None
    when: str = ""
    band: str = ""


@dataclass(frozen=True, slots=True)
class ScoreBand:
    """A named range of totals, named at the right edge."""

    name: str
    lowest: int
    highest: int


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """A line with its number in words ("Response: 9 or less"); ``at_or_below`` is where it lies."""

    at_or_below: float
    words: str
    short: str = ""


@dataclass(frozen=True, slots=True)
class ScorePanel:
    """One scale. ``is_shaded`` tints from the highest line downwards; the first scale has it."""

    name: str
    note: str
    lowest: int
    highest: int
    points: tuple[ScorePoint, ...]
    bands: tuple[ScoreBand, ...] = ()
    lines: tuple[ScoreLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SessionTick:
    """A session that was held, with its number in the course."""

    at: datetime
    number: int


@dataclass(frozen=True, slots=True)
class ScoreWords:
    """The words of the drawing itself. A screen hands them in translated."""

    today: str = "Today"
    sessions: str = "Sessions {first} to {last}"
    session: str = "Session {first}"
    missed: str = "missed"
    title: str = "{scales} with sessions, {starts} to {ends}"
    story: str = (
        "{scale}: {first} on {first_on}, {last} on {last_on}; lowest {best}, missed {missed} of {asked}."
    )
    story_none: str = "{scale}: not answered in full yet."
    before_first: str = "Before session {number}"
    same_day: str = "Day of session {number}"
    days_after: str = "{days} days after session {number}"
    one_day_after: str = "1 day after session {number}"
    baseline: str = "baseline"
    not_known: str = "not known"


@dataclass(frozen=True, slots=True)
class ScoreDrawing:
    """Everything a score chart shows. ``today`` draws the tall line; None leaves it out."""

    zone: tzinfo
    panels: tuple[ScorePanel, ...]
    sessions: tuple[SessionTick, ...] = ()
    today: datetime | None = None
    story: str = ""
    words: ScoreWords = field(default_factory=ScoreWords)
    name: str = "scores"
