"""Keep that a medicine is still taken as its newest entry says."""

from datetime import datetime
from uuid import UUID

from kairos.actions.medicines import keep_statement
from kairos.domain.protocols.medicine_entries import Informant, Said, fact_of_still_taken
from kairos.domain.protocols.medicine_list import MedicineList
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.errors import NotAllowed
from kairos.vocab.facts import Fact
from kairos.vocab.people import Actor, Permission


@command("confirm_medicine", Permission.KEEP_MEDICINES)
def confirm_medicine(
    *, command_id: UUID, by: Actor, now: datetime, person_id: UUID, medicine: str, informant: Informant
) -> tuple[UUID, AuditNote]:
    """Keep somebody's word that a medicine is still taken, and return the id of the new screening.

    Raises
    ------
    NotAllowed    no drug was recognised in the entry; it is corrected, not confirmed
    Missing       no such person, or no such line on the list
    """

    def state(listed: MedicineList, said: Said) -> tuple[Fact, ...]:
        line = listed.find(medicine)
        if not line.is_understood:
            raise NotAllowed("no drug was recognised in this entry; correct it, or say that it is not taken")
        return (fact_of_still_taken(line, informant, said=said),)

    return keep_statement(person_id, state, command_id=command_id, by=by, now=now)
