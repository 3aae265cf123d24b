"""Write what one wants to explore in a session, or what became of it: private, or shared with the team."""

from datetime import datetime
from uuid import UUID

from kairos.actions.danger_words import look_for_danger
from kairos.actions.therapy import dosed_at
from kairos.domain.integration.intention import IntentionPart, check_intention
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.safety.danger_words import DangerPlace
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import courses, intentions
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("write_intention", Permission.PREPARE_SESSION)
def write_intention(
    *,
    planned_session_id: UUID,
    part: IntentionPart,
    words: str,
    is_shared: bool,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep the words under the person's key, and who may read them; the newest holds.

    Raises
    ------
    NotAllowed      a cancelled session, or the wrong part for what happened so far
    InvalidInput    nothing written, or too long
    Missing         no such session of one's own
    """
    dosing = courses.find_planned_session(by.scope, planned_session_id)
    if dosing.status == PlannedStatus.CANCELLED:
        raise NotAllowed("this session is cancelled; write an intention for one that is planned")
    text = check_intention(words, part, dosed_at=dosed_at(by.scope, dosing))
    about = (dosing.programme_id, dosing.person_id, dosing.id)
    kept = intentions.IntentionText(new_id(), *about, part.value, {"text": text}, now)
    intentions.say_of_sharing(by.scope, intentions.Sharing(new_id(), *about, is_shared, now))
    intentions.write_intention(by.scope, kept)
    if is_shared:
        look_for_danger(text, place=DangerPlace.INTENTION, subject=kept.id, **_whose(kept), by=by, now=now)
    told = {"shared": is_shared}
    return kept.id, AuditNote(
        f"planned_session:{dosing.id}", dosing.programme_id, dosing.person_id, why=part.value, details=told
    )


def _whose(kept: intentions.IntentionText) -> dict[str, UUID]:
    return {"programme_id": kept.programme_id, "person_id": kept.person_id}
