"""Sign the release on offer and the programme's own values: both come into force together."""

from datetime import datetime
from uuid import UUID

from kairos.actions.content_review import offered_release, review_so_far
from kairos.content.in_force import OWN_VALUE_SOURCE
from kairos.domain.evidence.citations import Basis
from kairos.domain.evidence.review import ReleaseReview, first_day_anywhere
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import content
from kairos.store.repositories.content import ContentSignature, ProgrammeValue
from kairos.vocab.people import Actor, Permission
from kairos.vocab.quantities import Quantity


@command("sign_content", Permission.SIGN_CONTENT)
def sign_content(
    *, programme_id: UUID, seen: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Sign what was reviewed, and return the id of the signature. From the commit on it is in force.

    Sessions that run keep what they began with.

    Parameters
    ----------
    seen : str    the fingerprint of the review that was on the screen

    Raises
    ------
    NotAllowed    values are left to review, nothing is new, or the review has changed since it was seen
    """
    content.hold_signing(programme_id)
    review = review_so_far(by.scope, programme_id, offered_release(), now)
    review.check_ready(seen)
    for name, value in review.changed_own.items():
        content.set_value(by.scope, _row(review, name, value, programme_id, by, now))
    overlay = content.content_in_force(by.scope, programme_id).overlay
    signature = ContentSignature(new_id(), programme_id, review.version, overlay, by.id, now)
    content.sign(by.scope, signature)
    note = AuditNote(
        f"content:{review.version}",
        programme_id,
        why="signed",
        details={"own": list(review.changed_own), "overlay": overlay, "before": review.signed_version},
    )
    return signature.id, note


def _row(
    review: ReleaseReview, name: str, value: Quantity | None, programme_id: UUID, by: Actor, now: datetime
) -> ProgrammeValue:
    item = next(each for each in review.items if each.id == name)
    return ProgrammeValue(
        id=new_id(),
        programme_id=programme_id,
        parameter=name,
        in_force_from=first_day_anywhere(now),
        value=None if value is None else value.value,
        unit=item.offered.quantity.unit,
        basis=Basis.CONSENSUS,
        source=OWN_VALUE_SOURCE,
        by=by.id,
        reason=review.decided[name].reason,
    )
