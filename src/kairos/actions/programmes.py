"""Whether a programme is one of the actor's."""

from uuid import UUID

from kairos.store.repositories import organisations
from kairos.vocab.errors import Missing
from kairos.vocab.people import Scope


def check_ours(scope: Scope, programme_id: UUID) -> None:
    """Refuse a programme that is not within the scope. Raises Missing."""
    if programme_id not in {each.id for each in organisations.list_programmes(scope)}:
        raise Missing("this programme is not there, or not one of yours")
