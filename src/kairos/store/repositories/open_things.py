"""What still stands open at a site on a day: what keeps it from closing, by id."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.protocols.clinic_day import Arrival
from kairos.domain.protocols.course import PlannedStatus
from kairos.store.repositories import alarms, courses, days, forms, stock, tasks
from kairos.store.repositories.courses import PlannedSession
from kairos.vocab.people import Scope

FORM_TASK = "monitoring_form"
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OpenThings:
    """Sessions that run, appointments nobody answered for, doses out of the stock, forms not signed."""

    sessions: tuple[alarms.SessionSummary, ...]
    expected: tuple[PlannedSession, ...]
    doses: tuple[UUID, ...]
    forms: tuple[PlannedSession, ...]


def open_things(scope: Scope, site_id: UUID, on: date, zone: ZoneInfo) -> OpenThings:
    """Return what stands open at a site on a day of its own time."""
    begins = datetime(on.year, on.month, on.day, tzinfo=UTC)
    today = [
        each
        for each in courses.sessions_between(scope, begins - _A_DAY, begins + 2 * _A_DAY)
        if each.site_id == site_id and each.starts_at.astimezone(zone).date() == on
    ]
    waiting = [each for each in today if each.status == PlannedStatus.PLANNED]
    noted = days.arrivals_of(scope, [each.id for each in waiting])
    gone = {key for key, note in noted.items() if note.arrival == Arrival.NO_SHOW}
    lots = {lot.id for lot in stock.lots_of(scope, site_id)}
    out = tuple(issue for issue in stock.open_issues(scope) if stock.find_entry(scope, issue).lot_id in lots)
    return OpenThings(
        sessions=alarms.summaries(scope, sites=[site_id]),
        expected=tuple(each for each in waiting if each.id not in gone),
        doses=out,
        forms=_unsigned(scope, today),
    )


def _unsigned(scope: Scope, today: list[PlannedSession]) -> tuple[PlannedSession, ...]:
    """Return the sessions of today that owe a monitoring form which nobody has signed."""
    owed = {task.subject for task in tasks.open_tasks(scope) if task.kind == FORM_TASK}
    return tuple(
        each
        for each in today
        if each.stream in owed and each.stream is not None and forms.form_in_force(scope, each.stream) is None
    )
