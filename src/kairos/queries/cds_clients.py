"""Who asks by CDS Hooks, and by which content their programme judges."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from kairos.content.in_force import ContentInForce
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import cds_clients
from kairos.store.repositories.cds_clients import CdsClient
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Actor, Permission


@dataclass(frozen=True, slots=True)
class AskingClient:
    """A registered system: the keys that its tokens are held against, and as whom its calls are kept."""

    issuer: str
    programme_id: UUID
    keys: tuple[Mapping[str, Any], ...]
    actor: Actor


def asking_client(issuer: str) -> AskingClient:
    """Return a registered system by the name in its tokens.

    What is kept of its calls is kept by our own process, in its one programme alone.

    Raises
    ------
    NotAllowed    no such system is registered, or it was closed
    """
    try:
        client, scope = cds_clients.newest_of(issuer)
    except Missing as error:
        raise NotAllowed(str(error)) from error
    if not client.keys:
        raise NotAllowed("this client was closed; ask the programme's administrator")
    actor = Actor(client.id, frozenset(), scope, client.name, is_system=True)
    return AskingClient(issuer, client.programme_id, client.keys, actor)


@reading(None)
def content_for_calls(*, programme_id: UUID, by: Actor) -> ContentInForce:
    """Return the content in force for a programme: by what the calls of its clients are judged."""
    return content_of(by.scope, programme_id)


@reading(Permission.MANAGE_ACCOUNTS)
def list_cds_clients(*, by: Actor) -> tuple[CdsClient, ...]:
    """Return the systems that may ask in the actor's programmes."""
    return cds_clients.list_clients(by.scope)
