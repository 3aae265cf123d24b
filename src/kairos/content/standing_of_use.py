"""What is known of a use, whoever the person is: its approval, the law, how sure anyone is that it helps."""

from dataclasses import dataclass
from datetime import date

from kairos.content.release import ContentRelease
from kairos.domain.evidence.regulation import (
    IndicationEvidence,
    RegulatoryBook,
    RegulatoryStanding,
    RegulatoryStatus,
    may_be_prescribed,
    regulatory_status,
)
from kairos.domain.rules.target import Standing, Target, Telehealth
from kairos.vocab.verdict import Verdict

_TELEHEALTH = {
    Verdict.MET: Telehealth.ALLOWED,
    Verdict.NOT_MET: Telehealth.FORBIDDEN,
    Verdict.UNKNOWN: Telehealth.NOT_KNOWN,
}


@dataclass(frozen=True, slots=True)
class UseKnown:
    """The use that a target asks for: its row of the regulatory table, and the evidence for its route."""

    target: Target
    status: RegulatoryStanding
    evidence: IndicationEvidence | None
    is_offered: bool


def use_known(release: ContentRelease, target: Target, *, on: date) -> UseKnown:
    """Return what content knows of the use that a target asks for, as of a day."""
    book = release.regulation
    profile = book.indications.get(target.indication)
    product = book.product_by(target.route).id
    return UseKnown(
        target=target,
        status=_status(book, target, on),
        evidence=profile.evidence_for(product, target.route) if profile else None,
        is_offered=not any(use.reach.holds_for(target) for use in release.barred),
    )


def standing_of(book: RegulatoryBook, target: Target, *, on: date) -> Standing:
    """Return how the law sees a target: the first of state and country of which the table says anything."""
    product = book.product_by(target.route).id
    asked = [may_be_prescribed(book, product, place, means="telehealth", on=on)[0] for place in target.places]
    allowed = next((verdict for verdict in asked if verdict is not Verdict.UNKNOWN), Verdict.UNKNOWN)
    return Standing(_status(book, target, on).status, _TELEHEALTH[allowed])


def _status(book: RegulatoryBook, target: Target, on: date) -> RegulatoryStanding:
    product = book.product_by(target.route).id
    found = [regulatory_status(book, product, target.indication, place, on=on) for place in target.places]
    known = (one for one in found if one.status is not RegulatoryStatus.NOT_KNOWN)
    return next(known, found[0])
