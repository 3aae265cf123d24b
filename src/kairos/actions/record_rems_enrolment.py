"""Record that a person is enrolled in the REMS, or no longer."""

from datetime import datetime
from uuid import UUID

from kairos.domain.protocols.rems import RemsStatement, check_statement
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import people, rems
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.people import Actor, Permission


@command("record_rems_enrolment", Permission.KEEP_REMS)
def record_rems_enrolment(
    *, person_id: UUID, statement: RemsStatement, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep what was said of a person's enrolment; the newest statement holds.

    Raises
    ------
    InvalidInput    no reference, or days that cannot be
    Missing         no such person within the scope
    """
    programme_id = people.find_person(by.scope, person_id).enrolments[0].programme_id
    check_statement(statement, today=now.astimezone(zone_for(by.scope, person_id)).date())
    kept = rems.RemsEnrolment(
        id=new_id(),
        programme_id=programme_id,
        person_id=person_id,
        state=statement.state.value,
        on=statement.on,
        until=statement.until,
        words={"reference": statement.reference.strip()},
        by=by.id,
        true_at=now,
    )
    rems.add_enrolment(by.scope, kept)
    return kept.id, AuditNote(f"person:{person_id}", programme_id, person_id, why=kept.state)
