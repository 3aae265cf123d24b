"""Add a medicine to a person's list: prescribed, bought, or a supplement."""

from datetime import datetime
from uuid import UUID

from kairos.actions.medicines import keep_statement
from kairos.content.release import load_release
from kairos.domain.protocols.medicine_entries import ToldMedicine, facts_of_told
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("tell_medicine", Permission.KEEP_MEDICINES)
def tell_medicine(
    *, command_id: UUID, by: Actor, now: datetime, person_id: UUID, told: ToldMedicine
) -> tuple[UUID, AuditNote]:
    """Keep that a medicine is taken, and return the id of the new screening.

    Raises
    ------
    InvalidInput    no name, or a start that lies ahead
    Missing         there is no such person in the actor's programmes
    """
    concepts = load_release().concepts
    return keep_statement(
        person_id,
        lambda _, said: facts_of_told(told, concepts, said=said),
        command_id=command_id,
        by=by,
        now=now,
    )
