"""A fall or an injury in a session is reported within the day (5.1), and looked at for seriousness."""

from datetime import datetime, timedelta

from kairos.actions.content_in_force import content_of
from kairos.actions.safety_tasks import INBOX, watch_task
from kairos.store import notify
from kairos.store.ids import new_id
from kairos.store.repositories import tasks
from kairos.store.repositories.tasks import Task
from kairos.store.streams import Stream
from kairos.vocab.people import Actor, Role
from kairos.vocab.quantities import HOUR

FALL = "fall"
KIND = "fall_report"


def open_fall_report(stream: Stream, *, by: Actor, now: datetime) -> None:
    """Ask a nurse to report it; one open task a session, however often the fall is noted."""
    known = tasks.tasks_of(by.scope, stream.person_id)
    if any(task.kind == KIND and task.subject == stream.id and task.done_at is None for task in known):
        return
    book = content_of(by.scope, stream.programme_id).parameters
    within = book.quantity("tasks.fall.report_within", on=now.date())
    task = Task(
        id=new_id(),
        programme_id=stream.programme_id,
        person_id=stream.person_id,
        kind=KIND,
        subject=stream.id,
        owner_role=Role.NURSE,
        due_at=now + timedelta(hours=within.value_in(HOUR)),
    )
    tasks.add_task(by.scope, task)
    watch_task(by.scope, task)
    notify.changed(programme_id=task.programme_id, topic=INBOX, subject=task.id)
