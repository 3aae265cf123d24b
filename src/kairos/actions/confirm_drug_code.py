"""Confirm a code of a drug that content knows from memory: somebody looked it up where it is published."""

from datetime import datetime
from uuid import UUID

from kairos.content.release import load_release
from kairos.domain.evidence.drug_codes import check_waits
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import medicines
from kairos.store.repositories.medicines import DrugCodeConfirmation
from kairos.vocab.people import Actor, Permission


@command("confirm_drug_code", Permission.CONFIRM_CODES)
def confirm_drug_code(
    *, command_id: UUID, by: Actor, now: datetime, programme_id: UUID, system: str, code: str, concept: str
) -> tuple[UUID, AuditNote]:
    """Keep that a code means a drug, for the whole programme, and return the id of the confirmation.

    Raises
    ------
    InvalidInput    content does not say so, or does not wait for anybody's word
    """
    check_waits(load_release().concepts, system=system, code=code, concept=concept)
    confirmation = DrugCodeConfirmation(new_id(), programme_id, system, code, concept, by.id, now)
    is_new = medicines.add_confirmation(by.scope, confirmation)
    return confirmation.id, AuditNote(
        f"drug_code:{system}/{code}",
        programme_id=programme_id,
        why="confirmed" if is_new else "was_confirmed",
        details={"concept": concept},
    )
