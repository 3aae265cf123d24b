"""What actions ask of the signed decision about a person."""

from datetime import datetime
from uuid import UUID

from kairos.domain.eligibility.decision import LaterAdvice, SignedDecision, decision_standing
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.rules.target import Target
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


def signed_use_of(scope: Scope, person_id: UUID) -> Target | None:
    """Return the use that the newest decision was signed for; None where nobody signed."""
    signed = next(iter(screenings.decisions_of(scope, person_id)), None)
    return screenings.find_screening(scope, signed.screening_id).target if signed is not None else None


def check_signed_for(scope: Scope, person_id: UUID, protocol: TreatmentProtocol) -> Target:
    """Return the use somebody signed for, or refuse a protocol of another route or place.

    Raises
    ------
    NotAllowed
    """
    use = signed_use_of(scope, person_id)
    if use is None or (use.route, use.setting) != (protocol.route, protocol.setting):
        named = f"{protocol.route}, {protocol.setting}"
        raise NotAllowed(
            f"nobody signed for this route and place ({named}); a prescriber screens for it and signs first"
        )
    return use


def check_may_start(scope: Scope, person_id: UUID, now: datetime) -> None:
    """Refuse where no signed decision to start stands. Raises NotAllowed."""
    if decision_standing_of(scope, person_id, now).verdict is not Verdict.MET:
        raise NotAllowed("no signed decision to start stands; a prescriber screens and signs first")
