"""Set the trauma-care flag of a person with a plan for pacing, or take it away."""

from datetime import datetime
from uuid import UUID

from kairos.actions.consents import programme_of
from kairos.actions.therapy import THERAPY
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import therapy
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import Actor, Permission, Role

_DECIDES = frozenset({Role.THERAPIST, Role.CLINICIAN, Role.MEDICAL_DIRECTOR})


@command("set_trauma_care", Permission.HOLD_THERAPY)
def set_trauma_care(
    *, person_id: UUID, is_on: bool, pacing: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep the flag with its pacing plan; while it is on, no trauma prompt is shown and coaches hold nothing.

    Raises
    ------
    NotAllowed      a coach; the flag is set by a therapist or a prescriber
    InvalidInput    no plan for pacing, or no reason to take the flag away
    Missing         no such person within the scope
    """
    if by.roles.isdisjoint(_DECIDES):
        raise NotAllowed("the trauma-care flag is set by a therapist or a prescriber; tell one of them")
    if not pacing.strip():
        raise InvalidInput(Problem("pacing", "write how it is paced, or why the flag is taken away"))
    programme_id = programme_of(by.scope, person_id)
    said = therapy.TraumaCare(
        *(new_id(), programme_id, person_id, is_on, {"pacing": pacing.strip()}, by.id, now)
    )
    therapy.say_of_trauma_care(by.scope, said)
    notify.changed(programme_id=programme_id, topic=THERAPY, subject=person_id)
    return said.id, AuditNote(f"person:{person_id}", programme_id, person_id, why="on" if is_on else "off")
