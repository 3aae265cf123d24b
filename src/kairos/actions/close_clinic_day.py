"""Close the day at a site, with nothing left open."""

from datetime import date, datetime
from uuid import UUID

from kairos.actions.clinic_days import today_at
from kairos.actions.courses import zone_of
from kairos.actions.session_stream import begin
from kairos.actions.stock_ledger import site_of
from kairos.domain.protocols.clinic_day import DayState, LeftOpen, check_may_close
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import days
from kairos.store.repositories.days import DayEntry
from kairos.store.repositories.open_things import open_things
from kairos.vocab.people import Actor, Permission


@command("close_clinic_day", Permission.RUN_SESSION)
def close_clinic_day(*, site_id: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[UUID, AuditNote]:
    """Close the day at a site.

    Raises
    ------
    NotAllowed    sessions, expected patients, doses, forms or hand-overs are still open; each with its
                  number
    Missing       no such site
    """
    site, on = site_of(by.scope, site_id), today_at(by.scope, site_id, now)
    check_may_close(days.state_of(by.scope, site_id, on), _left(site_id, on, by=by, now=now))
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


def _left(site_id: UUID, on: date, *, by: Actor, now: datetime) -> LeftOpen:
    left = open_things(by.scope, site_id, on, zone_of(by.scope, site_id))
    looks = [begin(each.id, by=by, now=now).picture.state for each in left.sessions]
    return LeftOpen(
        sessions=len(left.sessions),
        expected=len(left.expected),
        doses=len(left.doses),
        forms=len(left.forms),
        handovers=sum(state.offer is not None for state in looks),
    )
