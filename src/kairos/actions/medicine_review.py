"""A medicine given as an emergency is looked at by a prescriber afterwards."""

from datetime import datetime, timedelta
from uuid import UUID

from kairos.actions.safety_tasks import INBOX, watch_task
from kairos.content.in_force import ContentInForce
from kairos.store import notify
from kairos.store.ids import new_id
from kairos.store.repositories import tasks
from kairos.store.repositories.tasks import Task
from kairos.store.streams import Stream
from kairos.vocab.people import Actor, Role
from kairos.vocab.quantities import HOUR

KIND = "emergency_medicine"
WITHIN = "giving.emergency_review_within"


def open_emergency_review(
    stream: Stream, entry: UUID, content: ContentInForce, *, by: Actor, now: datetime
) -> None:
    """Ask a prescriber to look at what was given and what the check said; the task climbs if nobody does."""
    due_at = None
    if WITHIN in content.parameters:
        within = content.parameters.quantity(WITHIN, on=now.date())
        due_at = now + timedelta(hours=within.value_in(HOUR))
    task = Task(
        id=new_id(),
        programme_id=stream.programme_id,
        person_id=stream.person_id,
        kind=KIND,
        subject=entry,
        owner_role=Role.CLINICIAN,
        due_at=due_at,
        details={"session": str(stream.id)},
    )
    tasks.add_task(by.scope, task)
    watch_task(by.scope, task)
    notify.changed(programme_id=task.programme_id, topic=INBOX, subject=task.id)
