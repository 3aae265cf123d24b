"""Keep that a medicine on the list is not taken."""

from datetime import datetime
from uuid import UUID

from kairos.actions.medicines import keep_statement
from kairos.domain.protocols.medicine_entries import Informant, fact_of_stopped
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("end_medicine", Permission.KEEP_MEDICINES)
def end_medicine(
    *, command_id: UUID, by: Actor, now: datetime, person_id: UUID, medicine: str, informant: Informant
) -> tuple[UUID, AuditNote]:
    """Keep somebody's word that a medicine is not taken, and return the id of the new screening.

    It records what was said; it tells nobody to stop.

    Raises
    ------
    Missing    no such person, or no such line on the list
    """
    return keep_statement(
        person_id,
        lambda listed, said: (fact_of_stopped(listed.find(medicine), informant, said=said),),
        command_id=command_id,
        by=by,
        now=now,
    )
