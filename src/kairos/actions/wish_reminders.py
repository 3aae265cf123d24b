"""Say how one wants to be reminded: at all, by which clock, and at what hours not."""

from datetime import datetime, time
from uuid import UUID
from zoneinfo import available_timezones

from kairos.actions.preparation_reminders import plan_all_reminders
from kairos.domain.integration.reminders import check_wishes
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import people, preparation
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("wish_reminders", Permission.PREPARE_SESSION)
def wish_reminders(
    *, is_on: bool, quiet_from: time, quiet_to: time, zone: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep the wishes and plan every reminder to come by them; the newest holds.

    Raises
    ------
    NotAllowed      nobody's own log-in
    InvalidInput    a time zone that is none
    """
    person_id = by.scope.patient_id
    if person_id is None:
        raise NotAllowed("a patient says how they are reminded; log in as the patient")
    given = {"is_on": is_on, "quiet_from": quiet_from, "quiet_to": quiet_to, "zone": zone}
    wishes = check_wishes(**given, zones=available_timezones())  # type: ignore[arg-type]
    programme_id = people.enrolments_of(by.scope, person_id)[0].programme_id
    details = {
        "is_on": wishes.is_on,
        "quiet_from": wishes.quiet.starts.isoformat("minutes"),
        "quiet_to": wishes.quiet.ends.isoformat("minutes"),
        "zone": wishes.zone.key,
    }
    said = preparation.PreparationStatement(
        *(new_id(), programme_id, person_id, None, preparation.REMINDERS, "", details), by=by.id, true_at=now
    )
    preparation.say_of_preparation(by.scope, said)
    plan_all_reminders(by.scope, person_id, now=now)
    why = "on" if is_on else "off"
    return said.id, AuditNote(f"person:{person_id}", programme_id, person_id, why=why)
