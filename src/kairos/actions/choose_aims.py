"""Choose the aims of a dosing session with the patient, before the dose."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kairos.actions.therapy import check_holds, dosed_at, tell_screens, the_type_of
from kairos.domain.protocols.therapy import SessionKind, check_aims
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import courses, therapy
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("choose_aims", Permission.HOLD_THERAPY)
def choose_aims(
    *, planned_session_id: UUID, aims: Sequence[str], command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep the aims of a session; the newest choice holds.

    Raises
    ------
    NotAllowed      the dose has begun, no psychotherapy in this course, or outside one's scope
    InvalidInput    none, or one that the content does not offer
    Missing         no such dosing session within the scope
    """
    dosing = courses.find_planned_session(by.scope, planned_session_id)
    chosen = the_type_of(by.scope, courses.find_course(by.scope, dosing.course_id))
    check_holds(by.scope, chosen, SessionKind.PREPARATORY, dosing.person_id, by)
    if dosed_at(by.scope, dosing) is not None:
        raise NotAllowed("the dose has begun; aims are chosen before it, and rated afterwards")
    kept = therapy.Answer(
        *(new_id(), dosing.programme_id, dosing.person_id, dosing.id, "aims"),
        details={"aims": list(check_aims(chosen, tuple(aims)))},
        by=by.id,
        true_at=now,
    )
    therapy.add_answer(by.scope, kept)
    tell_screens(dosing)
    return kept.id, AuditNote(f"planned_session:{dosing.id}", dosing.programme_id, dosing.person_id)
