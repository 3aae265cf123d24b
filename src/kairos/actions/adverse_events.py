"""What actions about adverse events share: a version kept, the review of a serious one asked for."""

from datetime import datetime, timedelta
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.safety_tasks import INBOX, watch_task
from kairos.domain.safety.adverse_events import AdverseEvent, check_adverse_event
from kairos.store import notify
from kairos.store.ids import new_id
from kairos.store.repositories import adverse_events, tasks
from kairos.store.repositories.adverse_events import EventVersion
from kairos.store.repositories.site_clock import zone_for
from kairos.store.repositories.tasks import Task
from kairos.vocab.people import Actor, Role
from kairos.vocab.quantities import HOUR, MINUTE

REVIEW = "serious_event_review"


def keep_version(
    event: AdverseEvent,
    *,
    programme_id: UUID,
    person_id: UUID,
    session_id: UUID | None,
    before: EventVersion | None,
    reason: str,
    by: Actor,
    now: datetime,
) -> EventVersion:
    """Keep an event, or a newer version of one, and ask for the review of a serious one.

    Raises
    ------
    InvalidInput    it cannot be, or contradicts itself
    """
    content = content_of(by.scope, programme_id)
    today = now.astimezone(zone_for(by.scope, person_id)).date()
    check_adverse_event(event, terms=frozenset(content.release.event_terms), today=today)
    version_id = new_id()
    version = EventVersion(
        id=version_id,
        programme_id=programme_id,
        person_id=person_id,
        event_id=before.event_id if before else version_id,
        session_id=session_id,
        term=event.term,
        onset_on=event.onset_on,
        onset_at=event.onset_at,
        ended_on=event.ended_on,
        severity=event.severity.value,
        criteria=tuple(sorted(each.value for each in event.criteria)),
        relatedness=event.relatedness.value,
        action=event.action.value,
        outcome=event.outcome.value,
        words={"named": event.named.strip(), "told": event.told.strip(), "reason": reason.strip()},
        supersedes_id=before.id if before else None,
        by=by.id,
        true_at=now,
    )
    adverse_events.add_version(by.scope, version)
    if event.is_serious:
        _ask_for_review(version, by=by, now=now)
    return version


def _ask_for_review(version: EventVersion, *, by: Actor, now: datetime) -> None:
    """Open the review's task, unless one is open: a clinician's, then the medical director's."""
    for task in tasks.tasks_of(by.scope, version.person_id):
        if task.kind == REVIEW and task.subject == version.event_id and task.done_at is None:
            return
    book = content_of(by.scope, version.programme_id).parameters
    within = book.quantity("tasks.serious_event.review_within", on=now.date())
    patience = book.quantity("tasks.serious_event.take_within", on=now.date())
    task = Task(
        id=new_id(),
        programme_id=version.programme_id,
        person_id=version.person_id,
        kind=REVIEW,
        subject=version.event_id,
        owner_role=Role.CLINICIAN,
        due_at=now + timedelta(hours=within.value_in(HOUR)),
        details={"level": "urgent"},
    )
    tasks.add_task(by.scope, task)
    watch_task(by.scope, task, take_by=now + timedelta(minutes=patience.value_in(MINUTE)))
    notify.changed(programme_id=task.programme_id, topic=INBOX, subject=task.id, urgent=True)
