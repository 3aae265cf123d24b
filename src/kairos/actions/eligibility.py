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
    signed = screenings.decision_in_brief(scope, person_id)
    newest = screenings.advice_in_brief(scope, person_id)
    return decision_standing(
        SignedDecision(*signed) if signed else None,
        LaterAdvice(*newest) if newest else None,
        now=now,
    )


def check_may_start(scope: Scope, person_id: UUID, now: datetime) -> None:
    """Refuse where no signed decision to start stands. Raises NotAllowed."""
    if decision_standing_of(scope, person_id, now).verdict is not Verdict.MET:
        raise NotAllowed("no signed decision to start stands; a prescriber screens and signs first")
