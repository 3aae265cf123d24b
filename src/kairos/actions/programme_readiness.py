"""What the actions of a programme's readiness share: how it stands, and the gate of planning and opening."""

from datetime import UTC, datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.domain.protocols.readiness import Readiness, check_is_live
from kairos.store.repositories import readiness
from kairos.vocab.people import Scope


def readiness_of(scope: Scope, programme_id: UUID, now: datetime) -> Readiness:
    """Return how a programme stands now."""
    items = content_of(scope, programme_id).release.standards.readiness
    return readiness.standing_of(scope, programme_id, items, now.astimezone(UTC).date())


def check_programme_is_live(scope: Scope, programme_id: UUID, now: datetime) -> None:
    """Refuse to plan or open a dosing session of a programme that is not live. Raises NotAllowed."""
    check_is_live(readiness_of(scope, programme_id, now))
