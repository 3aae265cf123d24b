"""Agree on touch before a dose, in the patient's own words, signed by the patient."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kairos.actions.therapy import dosed_at, tell_screens
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.touch import TouchState, check_agreement
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import courses, therapy
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("agree_touch", Permission.GIVE_CONSENT)
def agree_touch(
    *, planned_session_id: UUID, lines: Sequence[str], name: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep an agreement in place of the one before. On a clinic's tablet whoever handed it over is witness.

    Raises
    ------
    NotAllowed      the dose has begun, or the session is over or cancelled
    InvalidInput    nothing written, too many lines, or no name
    Missing         no such session within the scope
    """
    dosing = courses.lock_planned_session(by.scope, planned_session_id)
    if dosing.status not in (PlannedStatus.PLANNED, PlannedStatus.OPEN):
        raise NotAllowed(f"this session is {dosing.status}; touch is agreed for one that is to come")
    words = check_agreement(lines, name, dosed_at=dosed_at(by.scope, dosing))
    is_witness = by.may(Permission.TAKE_CONSENT)
    said = therapy.TouchSaid(
        *(new_id(), dosing.programme_id, dosing.person_id, dosing.id, TouchState.AGREED.value),
        words={"items": [{"id": str(new_id()), "words": line} for line in words], "name": name.strip()},
        signed_by=dosing.person_id if is_witness else by.id,
        witnessed_by=by.id if is_witness else None,
        true_at=now,
    )
    therapy.say_of_touch(by.scope, said)
    tell_screens(dosing)
    told = {"lines": len(words), "witnessed": is_witness}
    return said.id, AuditNote(
        f"touch:{said.id}", dosing.programme_id, dosing.person_id, why=said.state, details=told
    )
