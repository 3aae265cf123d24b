"""Say that somebody asked to pay less, that their fee is waived, that it is not, or no longer."""

from datetime import datetime
from uuid import UUID

from kairos.actions.consents import programme_of
from kairos.domain.outcomes.access_report import FeeState
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import fee_waivers
from kairos.vocab.people import Actor, Permission


@command("say_of_fee", Permission.PLAN_COURSE)
def say_of_fee(
    *, person_id: UUID, state: FeeState, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep what is so of somebody's fee; the newest statement holds. No treatment depends on it.

    Raises
    ------
    Missing    no such person in the actor's programmes
    """
    programme_id = programme_of(by.scope, person_id)
    said = fee_waivers.FeeStatement(new_id(), programme_id, person_id, state.value, by.id, now)
    fee_waivers.say_of_fee(by.scope, said)
    return said.id, AuditNote(f"person:{person_id}", programme_id, person_id, why=f"fee_{state.value}")
