"""Sign an eligibility decision: the only way to become eligible."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kairos.actions.screening import enrolment_of, keep_screening
from kairos.domain.eligibility.decision import Decision
from kairos.domain.eligibility.signing import STAGE_AFTER, Obstacle, fingerprint, needing_reason, obstacles
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import people, screenings
from kairos.store.repositories.people import Enrolment
from kairos.store.repositories.screenings import EligibilityDecision, KeptScreening
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("sign_eligibility_decision", Permission.SIGN_ELIGIBILITY)
def sign_eligibility_decision(
    *,
    command_id: UUID,
    by: Actor,
    now: datetime,
    person_id: UUID,
    decision: Decision,
    why: str,
    reasons: Mapping[str, str],
    seen: str,
) -> tuple[UUID, AuditNote]:
    """Sign what a prescriber decided over findings made in the same moment, and move the person on.

    Parameters
    ----------
    reasons : mapping    why to go on in spite of a relative finding, by rule
    seen : str           the fingerprint of the findings that were on the screen

    Raises
    ------
    NotAllowed    the findings have changed since, or something stands between and a signature
    Missing       there is no such person in the actor's programmes
    """
    enrolment = enrolment_of(by.scope, person_id)
    kept = keep_screening(enrolment, by=by, now=now)
    _check(kept, decision, why, reasons, seen)
    signed = _signed(enrolment, kept, decision, why, reasons, by, now)
    screenings.sign_decision(by.scope, signed)
    people.move_to_stage(by.scope, enrolment.id, STAGE_AFTER[decision])
    return signed.id, AuditNote(
        f"decision:{signed.id}",
        programme_id=enrolment.programme_id,
        person_id=person_id,
        why=decision.value,
        details={
            "screening": str(kept.id),
            "advice": kept.advice.value,
            "overridden": list(signed.overridden_rules),
        },
    )


def _check(kept: KeptScreening, decision: Decision, why: str, reasons: Mapping[str, str], seen: str) -> None:
    if fingerprint(kept.findings) != seen:
        raise NotAllowed("what the rules find has changed since you opened the page; look again, then sign")
    left = obstacles(kept.findings, decision, why=why, reasons=reasons)
    if left:
        raise NotAllowed(f"not ready to sign: {'; '.join(map(_told, left))}; settle these first")


def _told(obstacle: Obstacle) -> str:
    return f"{obstacle.kind.replace('_', ' ')} {obstacle.rule}".strip()


def _signed(
    enrolment: Enrolment,
    kept: KeptScreening,
    decision: Decision,
    why: str,
    reasons: Mapping[str, str],
    by: Actor,
    now: datetime,
) -> EligibilityDecision:
    overridden = needing_reason(kept.findings) if decision is Decision.START else ()
    return EligibilityDecision(
        id=new_id(),
        programme_id=enrolment.programme_id,
        person_id=enrolment.person_id,
        screening_id=kept.id,
        decision=decision,
        signed_by=by.id,
        signed_at=now,
        words={"why": why.strip(), "reasons": {rule: reasons[rule].strip() for rule in overridden}},
        overridden_rules=overridden,
    )
