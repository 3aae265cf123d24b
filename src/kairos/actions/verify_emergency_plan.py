"""Go through the emergency plan with the person before a session, and say that every line still holds."""

from datetime import datetime
from uuid import UUID

from kairos.actions.home_statements import PLAN_ITEM, VERIFIED, state, stated
from kairos.actions.session_stream import Saying, Sitting, add_entries
from kairos.domain.protocols.at_home import StatementKind, newest_plan
from kairos.domain.sessions.events import CheckAnswered
from kairos.domain.sessions.phases import UNDECIDED
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import courses
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("verify_emergency_plan", Permission.PREPARE_HOME)
def verify_emergency_plan(
    *, planned_session_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep that it holds for this appointment, and answer the item of an open check with it.

    Raises
    ------
    NotAllowed    there is no plan yet
    Missing       no such appointment
    """
    planned = courses.find_planned_session(by.scope, planned_session_id)
    plan_id = newest_plan(stated(by.scope, planned.person_id))
    if plan_id is None:
        raise NotAllowed("there is no emergency plan yet; write it down first, then go through it")
    kept = state(
        StatementKind.PLAN_VERIFIED,
        plan_id,
        programme_id=planned.programme_id,
        person_id=planned.person_id,
        by=by,
        now=now,
        session=planned.id,
    )
    if planned.stream is not None:
        add_entries(planned.stream, _answered, by=by, now=now)
    why = {"plan": str(plan_id)}
    note = AuditNote(
        f"planned_session:{planned.id}", planned.programme_id, planned.person_id, "verified", why
    )
    return kept.id, note


def _answered(sitting: Sitting) -> list[Saying]:
    is_open = sitting.picture.state.phase in UNDECIDED
    return [Saying(CheckAnswered(item=PLAN_ITEM, answer=VERIFIED))] if is_open else []
