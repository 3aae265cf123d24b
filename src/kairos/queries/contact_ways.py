"""How somebody can be reached, for themselves: their own ways that are on."""

from kairos.domain.protocols.reaching import ContactWay, ways_to_try
from kairos.queries.reading import reading
from kairos.store.repositories import reaching
from kairos.vocab.people import Actor, Permission


@reading(Permission.USE_SCREEN)
def own_contact_ways(*, by: Actor) -> tuple[ContactWay, ...]:
    """Return the acting person's own ways in the order in which they are tried."""
    return ways_to_try(reaching.ways_of(by.scope, [by.id]).get(by.id, ()))
