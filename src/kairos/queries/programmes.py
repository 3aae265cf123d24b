"""Which programmes there are, for our own processes."""

from kairos.queries.accounts import system_actors
from kairos.store.repositories import organisations
from kairos.store.repositories.organisations import Programme
from kairos.store.scope import scoped
from kairos.vocab.people import Actor


def programmes_with_actors() -> tuple[tuple[Programme, Actor], ...]:
    """Return every programme of this installation with the actor of our own processes in it."""
    found: list[tuple[Programme, Actor]] = []
    for actor in system_actors():
        with scoped(actor.scope):
            found += [(programme, actor) for programme in organisations.list_programmes(actor.scope)]
    return tuple(found)
