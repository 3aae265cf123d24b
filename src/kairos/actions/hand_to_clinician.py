"""Hand something to a clinician: a coach or a therapist saw it, and it is not theirs to treat."""

from datetime import datetime
from uuid import UUID

from kairos.actions.integration import HAND_OVER, days_after, limits_of, statement, tell_screens
from kairos.actions.on_call_notices import call_for_task
from kairos.actions.safety_tasks import INBOX, watch_task
from kairos.actions.written_words import note_words
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import integration, tasks
from kairos.store.repositories.tasks import Task
from kairos.vocab.people import Actor, Permission, Role

HANDED_OVER = "coach_escalation"


@command("hand_to_clinician", Permission.HOLD_THERAPY)
def hand_to_clinician(
    *, person_id: UUID, reason: str, note: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Open a task for a clinician with an end, call whoever is on call, and return its id.

    Nothing keeps anybody from handing over: no flag, no course, no content of one's own.

    Raises
    ------
    InvalidInput    no reason of the list, or nothing was written
    Missing         no such person within the scope
    """
    said = statement(HAND_OVER, new_id(), reason, person_id=person_id, by=by, now=now, words=note_words(note))
    why = days_after(by.scope, said.programme_id).reason(reason)
    integration.say(by.scope, said)
    limits = limits_of(by.scope, said.programme_id, now)
    task = Task(
        *(new_id(), said.programme_id, person_id, HANDED_OVER, said.subject, Role.CLINICIAN),
        due_at=now + limits.span("tasks.coach_escalation.done_within"),
        details={"reason": reason, "level": why.level.value, "by": str(by.id)},
    )
    tasks.add_task(by.scope, task)
    watch_task(by.scope, task, take_by=now + limits.span("tasks.coach_escalation.take_within"))
    call_for_task(task, role=Role.CLINICIAN, at=now, by=by)
    notify.changed(programme_id=task.programme_id, topic=INBOX, subject=task.id, urgent=True)
    tell_screens(task.programme_id, person_id)
    return task.id, AuditNote(f"task:{task.id}", task.programme_id, person_id, why=reason)
