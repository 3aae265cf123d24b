"""Open the day at a site: room and rescue checked, a prescriber and a trained person named."""

from datetime import datetime
from uuid import UUID

from kairos.actions.clinic_days import today_at
from kairos.actions.content_in_force import content_of
from kairos.actions.prescribers import check_may_prescribe
from kairos.actions.stock_ledger import site_of
from kairos.domain.protocols.clinic_day import DayState, RoomCheck, check_room
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import days
from kairos.store.repositories.days import DayEntry
from kairos.vocab.people import Actor, Permission


@command("open_clinic_day", Permission.RUN_SESSION)
def open_clinic_day(
    *, site_id: UUID, check: RoomCheck, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Open the day at a site; no dose starts there before.

    Raises
    ------
    InvalidInput    something is not ready or was not looked at, a rescue medicine is missing or out of
                    date, or nobody is named, each of them; or the prescriber named may not prescribe here
    Missing         no such site
    """
    site = site_of(by.scope, site_id)
    on = today_at(by.scope, site_id, now)
    box = content_of(by.scope, site.programme_id).release.standards.rescue
    check_room(check, box=box, on=on)
    check_may_prescribe(by.scope, check.prescriber, programme_id=site.programme_id, field="prescriber")
    details = {"prescriber": str(check.prescriber), "resuscitator": str(check.resuscitator)}
    found = {
        "found": [item.value for item in check.found],
        "rescue": {line: until.isoformat() for line, until in check.rescue.items()},
    }
    entry = DayEntry(
        id=new_id(),
        programme_id=site.programme_id,
        site_id=site_id,
        on=on,
        state=DayState.OPEN.value,
        by=by.id,
        true_at=now,
        details=details | found,
    )
    days.add_entry(by.scope, entry)
    changed(programme_id=site.programme_id, topic="clinic_day", subject=site_id)
    return entry.id, AuditNote(f"site:{site_id}", site.programme_id, why="opened", details=details)
