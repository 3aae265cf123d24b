"""What the actions about signing content share: the release on offer, and how far its review is."""

from datetime import datetime
from uuid import UUID

from kairos.content.in_force import release_of
from kairos.content.release import ContentRelease
from kairos.content.review_of_release import review_as_kept
from kairos.domain.evidence.review import ReleaseReview
from kairos.store.repositories import content
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
    kept = content.kept_review(scope, programme_id, offered.version)
    return review_as_kept(offered, kept, content.files_of, now=now)
