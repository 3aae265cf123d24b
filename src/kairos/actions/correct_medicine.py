"""Correct a line of a person's list: another dose, another drug, or an entry nobody could read."""

from datetime import datetime
from uuid import UUID

from kairos.actions.medicines import keep_statement
from kairos.content.release import load_release
from kairos.domain.protocols.medicine_entries import ToldMedicine, facts_of_correction
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("correct_medicine", Permission.KEEP_MEDICINES)
def correct_medicine(
    *, command_id: UUID, by: Actor, now: datetime, person_id: UUID, medicine: str, told: ToldMedicine
) -> tuple[UUID, AuditNote]:
    """Keep what stands in the place of a line, and return the id of the new screening. Old entries are kept.

    Raises
    ------
    InvalidInput    no name, or a start that lies ahead
    Missing         no such person, or no such line on the list
    """
    concepts = load_release().concepts
    return keep_statement(
        person_id,
        lambda listed, said: facts_of_correction(listed.find(medicine), told, concepts, said=said),
        command_id=command_id,
        by=by,
        now=now,
    )
