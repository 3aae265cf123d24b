"""Close the day at a site, with nothing left open."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from kairos.actions.clinic_days import today_at
from kairos.actions.stock_ledger import site_of
from kairos.domain.protocols.clinic_day import Arrival, DayState, LeftOpen, check_may_close
from kairos.domain.protocols.course import PlannedStatus
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import alarms, courses, days, stock
from kairos.store.repositories.days import DayEntry
from kairos.vocab.people import Actor, Permission, Scope

_A_DAY = timedelta(days=1)


@command("close_clinic_day", Permission.RUN_SESSION)
def close_clinic_day(*, site_id: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[UUID, AuditNote]:
    """Close the day at a site.

    Raises
    ------
    NotAllowed    sessions, expected patients or doses are still open; each kind with its number
    Missing       no such site
    """
    site, on = site_of(by.scope, site_id), today_at(by.scope, site_id, now)
    check_may_close(days.state_of(by.scope, site_id, on), _left(by.scope, site_id, on))
    entry = DayEntry(
        id=new_id(),
        programme_id=site.programme_id,
        site_id=site_id,
        on=on,
        state=DayState.CLOSED.value,
        by=by.id,
        true_at=now,
        details={},
    )
    days.add_entry(by.scope, entry)
    changed(programme_id=site.programme_id, topic="clinic_day", subject=site_id)
    return entry.id, AuditNote(f"site:{site_id}", site.programme_id, why="closed")


def _left(scope: Scope, site_id: UUID, on: date) -> LeftOpen:
    begins = datetime(on.year, on.month, on.day, tzinfo=UTC)
    near = courses.sessions_between(scope, begins - _A_DAY, begins + 2 * _A_DAY)
    waiting = [
        each
        for each in near
        if each.site_id == site_id
        and each.status == PlannedStatus.PLANNED
        and today_at(scope, site_id, each.starts_at) == on
    ]
    noted = days.arrivals_of(scope, [each.id for each in waiting])
    gone = {key for key, note in noted.items() if note.arrival == Arrival.NO_SHOW}
    lots = {lot.id for lot in stock.lots_of(scope, site_id)}
    out = [issue for issue in stock.open_issues(scope) if stock.find_entry(scope, issue).lot_id in lots]
    return LeftOpen(
        sessions=len(alarms.summaries(scope, sites=[site_id])),
        expected=sum(each.id not in gone for each in waiting),
        doses=len(out),
    )
