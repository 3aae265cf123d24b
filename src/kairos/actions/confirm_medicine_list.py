"""Confirm a list of medicines: somebody went through it with the person, and it is complete."""

from datetime import datetime
from uuid import UUID

from kairos.actions.medicine_list_age import note_list_confirmed
from kairos.actions.medicines import check_seen, keep_statement
from kairos.actions.screening import enrolment_of
from kairos.domain.eligibility.answers import fact_of_confirmed_list
from kairos.domain.protocols.medicine_entries import Said
from kairos.domain.protocols.medicine_list import MedicineList
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.errors import NotAllowed
from kairos.vocab.facts import Fact, FactKind
from kairos.vocab.people import Actor, Permission


@command("confirm_medicine_list", Permission.KEEP_MEDICINES)
def confirm_medicine_list(
    *, command_id: UUID, by: Actor, now: datetime, person_id: UUID, seen: str
) -> tuple[UUID, AuditNote]:
    """Keep that a list is complete, and return the id of the new screening.

    Parameters
    ----------
    seen : str    the fingerprint of the list that was on the screen

    Raises
    ------
    NotAllowed    a line is not settled, or the list has changed since
    Missing       there is no such person in the actor's programmes
    """

    def state(listed: MedicineList, said: Said) -> tuple[Fact, ...]:
        check_seen(listed, seen)
        if listed.open_lines:
            count = len(listed.open_lines)
            raise NotAllowed(
                f"{count} of the lines are not settled; say of each whether it is taken, then confirm"
            )
        return (
            fact_of_confirmed_list(
                FactKind.MEDICATION, fact_id=said.ref, ref=said.ref, by=said.by, at=said.at
            ),
        )

    kept = keep_statement(person_id, state, command_id=command_id, by=by, now=now)
    note_list_confirmed(enrolment_of(by.scope, person_id), by=by, now=now)
    return kept
