"""Narrow or end agreed touch, at once and at any moment, by the patient or as the patient shows it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kairos.actions.therapy import dosed_at, tell_screens
from kairos.domain.protocols.touch import TouchState, narrowed, touch_in_force
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import courses, therapy
from kairos.vocab.people import Actor, Permission


@command("narrow_touch", Permission.NARROW_TOUCH)
def narrow_touch(
    *, planned_session_id: UUID, keep: Sequence[str] = (), command_id: UUID, by: Actor, now: datetime
) -> tuple[int, AuditNote]:
    """Keep only the lines named, none for no touch, and return how many are left.

    Raises
    ------
    NotAllowed    a line is named that is not agreed now
    Missing       no such session within the scope
    """
    dosing = courses.lock_planned_session(by.scope, planned_session_id)
    said = [each.value for each in therapy.touch_of(by.scope, dosing.id)]
    left = narrowed(touch_in_force(said, dosed_at=dosed_at(by.scope, dosing)), keep)
    state = TouchState.NARROWED if left else TouchState.WITHDRAWN
    kept = therapy.TouchSaid(
        *(new_id(), dosing.programme_id, dosing.person_id, dosing.id, state.value),
        words={"items": [{"id": item.id, "words": item.words} for item in left]},
        signed_by=by.id,
        witnessed_by=None,
        true_at=now,
    )
    therapy.say_of_touch(by.scope, kept)
    tell_screens(dosing)
    told = {"lines": len(left)}
    return len(left), AuditNote(
        f"touch:{kept.id}", dosing.programme_id, dosing.person_id, why=state.value, details=told
    )
