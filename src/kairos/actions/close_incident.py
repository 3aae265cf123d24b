"""Close an incident: only with a review that says all of it."""

from datetime import datetime
from uuid import UUID

from kairos.actions.incidents import BOARD
from kairos.domain.safety.incidents import IncidentReview, check_review
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import incidents
from kairos.vocab.people import Actor, Permission


@command("close_incident", Permission.REVIEW_INCIDENT)
def close_incident(
    *, incident_id: UUID, review: IncidentReview, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep the review of an incident, which closes it, and return the review's id.

    Raises
    ------
    InvalidInput    the review leaves something out
    NotAllowed      it is closed already
    Missing         no such incident in the actor's programmes
    """
    known = incidents.find_incident(by.scope, incident_id)
    check_review(review, is_closed=not known.is_open)
    programme_id = known.reported.programme_id
    kept = incidents.IncidentReview(
        id=new_id(),
        programme_id=programme_id,
        incident_id=incident_id,
        happened=review.happened.strip(),
        causes=tuple(cause.value for cause in review.causes),
        changed=review.changed.strip(),
        learned=review.learned.strip(),
        shared_with=review.shared_with.strip(),
        reviewed_by=by.id,
        reviewed_at=now,
    )
    incidents.add_review(by.scope, kept)
    changed(programme_id=programme_id, topic=BOARD, subject=incident_id)
    return kept.id, AuditNote(f"incident:{incident_id}", programme_id, why="closed")
