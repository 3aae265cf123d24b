"""What actions ask of the signed decision about a person."""

from datetime import datetime
from uuid import UUID

from kairos.domain.eligibility.decision import LaterAdvice, SignedDecision, decision_standing
from kairos.store.repositories import screenings
from kairos.vocab.errors import NotAllowed
from kairos.vocab.finding import Finding
from kairos.vocab.people import Scope
from kairos.vocab.verdict import Verdict


def decision_standing_of(scope: Scope, person_id: UUID, now: datetime) -> Finding:
    """Return whether a signed decision to start stands for this person now."""
    signed = next(iter(screenings.decisions_of(scope, person_id)), None)
    newest = screenings.newest_screening(scope, person_id)
    return decision_standing(
        SignedDecision(signed.decision, signed.signed_at) if signed else None,
        LaterAdvice(newest.advice, newest.recorded_at) if newest and newest.recorded_at else None,
        now=now,
    )


def check_may_start(scope: Scope, person_id: UUID, now: datetime) -> None:
    """Refuse where no signed decision to start stands. Raises NotAllowed."""
    if decision_standing_of(scope, person_id, now).verdict is not Verdict.MET:
        raise NotAllowed("no signed decision to start stands; a prescriber screens and signs first")
