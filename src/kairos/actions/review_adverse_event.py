"""Review a serious adverse event: by somebody who did not treat, wherever there is such a person."""

from datetime import datetime
from uuid import UUID

from kairos.actions.adverse_events import REVIEW
from kairos.actions.safety_tasks import INBOX, settle_task
from kairos.domain.safety.adverse_events import EventReview, check_event_review
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import account_keeping, adverse_events, tasks
from kairos.store.repositories.adverse_events import EventVersion, KeptEventReview
from kairos.vocab.people import GRANTS, Actor, Permission, Role


@command("review_adverse_event", Permission.REVIEW_ADVERSE_EVENT)
def review_adverse_event(
    *, event_id: UUID, review: EventReview, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep the review of an event as it stands now, and end its task.

    Raises
    ------
    InvalidInput    no account is given
    NotAllowed      not serious, reviewed already, or the reviewer treated and somebody else may review
    Missing         no such event in the actor's programmes
    """
    version = adverse_events.find_event(by.scope, event_id)
    treated_by = _treated_by(version, by)
    check_event_review(
        review,
        is_serious=version.event.is_serious,
        treated=by.id in treated_by,
        others_may=bool(_may_review(version.programme_id, by) - treated_by),
        is_reviewed=version.id in adverse_events.reviewed_versions(by.scope),
    )
    kept = KeptEventReview(
        id=new_id(),
        programme_id=version.programme_id,
        person_id=version.person_id,
        version_id=version.id,
        expectedness=review.expectedness.value,
        decision=review.decision.value,
        treated=by.id in treated_by,
        words={"account": review.account.strip()},
        reviewed_by=by.id,
        reviewed_at=now,
    )
    adverse_events.add_review(by.scope, kept)
    for task in tasks.tasks_of(by.scope, version.person_id):
        if task.kind == REVIEW and task.subject == event_id and task.done_at is None:
            settle_task(by.scope, task.id, by=by.id, outcome="reviewed")
    notify.changed(programme_id=version.programme_id, topic=INBOX, subject=event_id)
    note = AuditNote(f"adverse_event:{event_id}", version.programme_id, version.person_id, kept.decision)
    return kept.id, note


def _treated_by(version: EventVersion, by: Actor) -> frozenset[UUID]:
    """Return who wrote in the session, and who reported the event."""
    wrote = adverse_events.writers_of(by.scope, version.session_id) if version.session_id else frozenset()
    return wrote | {each.by for each in adverse_events.versions_of(by.scope, version.event_id)}


def _may_review(programme_id: UUID, by: Actor) -> set[UUID]:
    return {
        held.user_id
        for held in account_keeping.staff_memberships(by.scope)
        if Role(held.role) in GRANTS[Permission.REVIEW_ADVERSE_EVENT] and held.programme_id == programme_id
    }
