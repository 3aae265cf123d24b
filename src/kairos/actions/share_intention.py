"""Share the intention of a session with the team, or make it private again."""

from datetime import datetime
from uuid import UUID

from kairos.actions.danger_words import look_for_danger
from kairos.domain.safety.danger_words import DangerPlace
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import courses, intentions
from kairos.vocab.people import Actor, Permission


@command("share_intention", Permission.PREPARE_SESSION)
def share_intention(
    *, planned_session_id: UUID, is_shared: bool, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep who may read it from now on. Raises Missing where this is no session of one's own."""
    dosing = courses.find_planned_session(by.scope, planned_session_id)
    about = (dosing.programme_id, dosing.person_id, dosing.id)
    said = intentions.Sharing(new_id(), *about, is_shared, now)
    intentions.say_of_sharing(by.scope, said)
    if is_shared:
        _look(said, by=by, now=now)
    why = "shared" if is_shared else "private"
    return said.id, AuditNote(f"planned_session:{dosing.id}", dosing.programme_id, dosing.person_id, why=why)


def _look(said: intentions.Sharing, *, by: Actor, now: datetime) -> None:
    """Read what the team may read from now on; what is private is read by nobody."""
    written = intentions.intentions_of(by.scope, [said.dosing_id]).get(said.dosing_id)
    if written is not None:
        about = {"subject": said.id, "programme_id": said.programme_id, "person_id": said.person_id}
        text = f"{written.before}\n{written.after}"
        look_for_danger(text, place=DangerPlace.INTENTION, **about, by=by, now=now)
