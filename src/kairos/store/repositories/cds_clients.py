"""Systems that may ask by CDS Hooks: each belongs to one programme."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.store.records.cds import CdsClient as ClientRecord
from kairos.store.records.organisations import Programme as ProgrammeRecord
from kairos.store.repositories.rows import to_columns, to_value, to_values
from kairos.store.scope import as_cds_client, check_within, within
from kairos.vocab.errors import Missing
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class CdsClient:
    """A system and its public keys; without keys it is closed."""

    id: UUID
    programme_id: UUID
    issuer: str
    name: str
    keys: tuple[Mapping[str, Any], ...]
    by: UUID
    recorded_at: datetime | None = None


def add_client(scope: Scope, client: CdsClient) -> None:
    """Keep a system, or new keys of it."""
    check_within(scope, client.programme_id)
    columns = to_columns(client, "recorded_at") | {"keys": [dict(key) for key in client.keys]}
    ClientRecord.objects.create(**columns)


def newest_of(issuer: str) -> tuple[CdsClient, Scope]:
    """Return a system by the name in its tokens, before any scope is known, and the scope it works in.

    Raises
    ------
    Missing    no system of this name is registered
    """
    with as_cds_client(issuer):
        row = ClientRecord.objects.filter(issuer=issuer).order_by("-recorded_at", "-id").first()
        if row is None:
            raise Missing("no client of this issuer is registered; ask the programme's administrator")
        client = to_value(CdsClient, row)
        organisation = ProgrammeRecord.objects.values_list("organisation_id", flat=True)
        return client, Scope(organisation.get(id=client.programme_id), frozenset({client.programme_id}))


def list_clients(scope: Scope) -> tuple[CdsClient, ...]:
    """Return the newest row of each system of the scope, by issuer."""
    rows = (
        within(ClientRecord.objects.all(), scope).order_by("issuer", "-recorded_at", "-id").distinct("issuer")
    )
    return to_values(CdsClient, rows)
