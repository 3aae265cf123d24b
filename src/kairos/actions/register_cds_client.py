"""Let another system ask by CDS Hooks, in one programme, or give it new keys."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import cds_clients
from kairos.store.repositories.cds_clients import CdsClient
from kairos.vocab.errors import InvalidInput, Missing, Problem
from kairos.vocab.people import Actor, Permission


@command("register_cds_client", Permission.MANAGE_ACCOUNTS)
def register_cds_client(
    *,
    programme_id: UUID,
    issuer: str,
    name: str,
    keys: tuple[Mapping[str, Any], ...],
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Register a system with its public keys. The newest registration of an issuer counts.

    Without keys it is closed: no token of it is accepted any more.

    Raises
    ------
    InvalidInput    no issuer or name, or the issuer belongs to another programme
    """
    given = {"issuer": issuer, "name": name}
    problems = [Problem(field, "is missing") for field, value in given.items() if not value.strip()]
    if problems:
        raise InvalidInput(*problems)
    if _programme_of(issuer) not in (None, programme_id):
        raise InvalidInput(Problem("issuer", "is registered in another programme; a client belongs to one"))
    client = CdsClient(new_id(), programme_id, issuer, name, keys, by.id)
    cds_clients.add_client(by.scope, client)
    told: list[str] = [str(key.get("kid", "")) for key in keys]
    subject = f"cds_client:{client.id}"
    return client.id, AuditNote(subject, programme_id=programme_id, details={"issuer": issuer, "keys": told})


def _programme_of(issuer: str) -> UUID | None:
    try:
        return cds_clients.newest_of(issuer)[0].programme_id
    except Missing:
        return None
