"""What the actions about signing content share: the release on offer, and how far its review is."""

from datetime import datetime
from uuid import UUID

from kairos.content.in_force import release_of
from kairos.content.release import ContentRelease
from kairos.content.review_of_release import review_of_release
from kairos.domain.evidence.review import ParameterDecision, ReleaseReview, first_day_anywhere
from kairos.store.repositories import content
from kairos.vocab.errors import NotInForce
from kairos.vocab.people import Scope


def offered_release() -> ContentRelease:
    """Return the release that was registered last: the one to review and sign.

    Raises
    ------
    NotInForce    this program cannot read it
    """
    return release_of(content.newest_release(), content.files_of)


def review_so_far(scope: Scope, programme_id: UUID, offered: ContentRelease, now: datetime) -> ReleaseReview:
    """Return the review of a release as it stands."""
    pair = content.content_in_force(scope, programme_id)
    signature = content.newest_signature(scope, programme_id)
    kept = content.review_of(scope, programme_id, offered.version)
    return review_of_release(
        offered,
        readable_release(signature.version) if signature else None,
        signed_version=signature.version if signature else "",
        is_signed=pair.is_signed,
        own=pair.values,
        decided={name: ParameterDecision(name, each.value, each.reason) for name, each in kept.items()},
        on=first_day_anywhere(now),
    )


def readable_release(version: str) -> ContentRelease | None:
    """Return a release that was signed before, or nothing where this program cannot read it any more."""
    try:
        return release_of(version, content.files_of)
    except NotInForce:
        return None
