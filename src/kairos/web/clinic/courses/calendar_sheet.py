"""A course as weeks of days: which day holds which session."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _

from kairos.domain.protocols.course import PlannedStatus
from kairos.queries.courses import SessionRow
from kairos.web.design.drawings.moment_rule import draw_moment_rule, weeks_rule

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the sheet; ``row`` is the session on it, if there is one."""

    on: date
    row: SessionRow | None
    is_today: bool
    is_past: bool

    @property
    def look(self) -> str:
        """The class of the day."""
        state = f"has {self.row.status.value}" if self.row else ""
        words = [state, "today" if self.is_today else "", "past" if self.is_past else ""]
        return " ".join(word for word in words if word)


def weeks_of(rows: Sequence[SessionRow], *, today: date) -> list[list[Day]]:
    """Return the weeks, Monday first, from the first session to the last; cancelled ones are left out."""
    kept = {row.starts_at.date(): row for row in rows if row.status is not PlannedStatus.CANCELLED}
    if not kept:
        return []
    start = min(kept) - timedelta(days=min(kept).weekday())
    count = (max(kept) - start).days // WEEK.days + 1
    days = [start + timedelta(days=n) for n in range(count * WEEK.days)]
    sheet = [Day(day, kept.get(day), day == today, day < today) for day in days]
    return [sheet[n : n + WEEK.days] for n in range(0, len(sheet), WEEK.days)]


def course_rule(rows: Sequence[SessionRow], *, now: datetime) -> str:
    """Return the course as a strip of time with a tall now."""
    starts = [row.starts_at for row in rows if row.status is not PlannedStatus.CANCELLED]
    if not starts:
        return ""
    held = sum(row.status is PlannedStatus.DONE for row in rows)
    words = _("%(held)d of %(all)d sessions held") % {"held": held, "all": len(starts)}
    first, last = min(starts) - timedelta(days=1), max(starts) + timedelta(days=1)
    return draw_moment_rule(
        weeks_rule(starts, starts=first.astimezone(UTC), ends=last.astimezone(UTC), now=now, words=words)
    )
