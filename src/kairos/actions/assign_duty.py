"""Say who watches, prescribes or accompanies at an appointment."""

from datetime import datetime
from uuid import UUID

from kairos.actions.courses import check_planned
from kairos.domain.protocols.clinic_day import Duty, check_may_do
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import account_keeping, courses, days
from kairos.store.repositories.days import AppointmentDuty
from kairos.vocab.people import Actor, Permission, Role, Scope


@command("assign_duty", Permission.NOTE_ARRIVAL)
def assign_duty(
    *, planned_session_id: UUID, duty: Duty, who: UUID | None, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep who has a duty at an appointment; nobody, where ``who`` is None. The newest holds.

    Raises
    ------
    NotAllowed    the appointment is not waiting
    InvalidInput  that person does not do this
    Missing       no such appointment
    """
    planned = courses.find_planned_session(by.scope, planned_session_id)
    check_planned(planned)
    if who is not None:
        check_may_do(duty, _roles_of(by.scope, who))
    ids = (planned.programme_id, planned.person_id)
    kept = AppointmentDuty(new_id(), *ids, planned_session_id, duty.value, who, by.id, now)
    days.add_duty(by.scope, kept)
    changed(programme_id=planned.programme_id, topic="clinic_day", subject=planned_session_id)
    told = {"who": str(who) if who else ""}
    return kept.id, AuditNote(f"planned_session:{planned_session_id}", *ids, why=duty.value, details=told)


def _roles_of(scope: Scope, user_id: UUID) -> frozenset[Role]:
    """Return what somebody is in the actor's programmes."""
    return frozenset(
        Role(each.role)
        for each in account_keeping.staff_memberships(scope)
        if each.user_id == user_id and each.programme_id in scope.programme_ids
    )
