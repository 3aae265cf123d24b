"""What the actions about offered hours share: an hour as it stands, or that there is none."""

from uuid import UUID

from kairos.domain.integration.hours import OfferedHour
from kairos.store.repositories import integration
from kairos.store.repositories.integration import HourSaid
from kairos.vocab.errors import Missing
from kairos.vocab.people import Scope


def offer_of(scope: Scope, hour_id: UUID) -> tuple[HourSaid, OfferedHour]:
    """Return the offer of an hour, and how it stands.

    Raises
    ------
    Missing
    """
    said = integration.sayings_of_hour(scope, hour_id)
    if not said:
        raise Missing("this hour is not there, or not within your programmes")
    return said[0], integration.as_hour(said)
