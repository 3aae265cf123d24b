"""Licences that were looked at. The newest of a role holds; an expired one takes the role away at log-in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now, TruncDate

from kairos.domain.protocols.credentials import Credential
from kairos.store.records.published import Credential as CredentialRecord
from kairos.store.repositories.rows import to_columns
from kairos.store.scope import check_within, within
from kairos.store.vault import of_installation
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class KeptCredential:
    """What was found of somebody's licence for one role, and who looked."""

    id: UUID
    programme_id: UUID
    user: UUID
    role: str
    found: Credential
    by: UUID
    true_at: datetime


def add_credential(scope: Scope, kept: KeptCredential) -> None:
    """Keep a check; its number stands under the key of the installation."""
    check_within(scope, kept.programme_id, scope.patient_id)
    found = kept.found
    words = of_installation().seal_words({"reference": found.reference}, _purpose(kept.id))
    told = {"source": found.source, "checked_on": found.checked_on, "until": found.until, "words": words}
    CredentialRecord.objects.create(**to_columns(kept, "found"), **told)


def credentials_of(scope: Scope, programme_id: UUID) -> Mapping[tuple[UUID, str], KeptCredential]:
    """Return the newest check of each role of each log-in."""
    rows = within(CredentialRecord.objects.filter(programme_id=programme_id), scope)
    return {(row.user, row.role): _kept(row) for row in rows.order_by("recorded_at", "id")}


def in_licence(memberships: "QuerySet[Any]") -> "QuerySet[Any]":
    """Leave out memberships whose newest licence has expired; one that nobody looked at takes nothing."""
    same = {name: OuterRef(of) for name, of in _SAME.items()}
    newest = CredentialRecord.objects.filter(**same).order_by("-recorded_at", "-id").values("until")[:1]
    holds = Q(licensed_until__isnull=True) | Q(licensed_until__gte=TruncDate(Now()))
    return memberships.annotate(licensed_until=Subquery(newest)).filter(holds)


_SAME = {"user": "user_id", "role": "role", "programme_id": "programme_id"}


def _kept(row: CredentialRecord) -> KeptCredential:
    words = of_installation().open_words(bytes(row.words), _purpose(row.id))
    found = Credential(row.source, str(words["reference"]), row.checked_on, row.until)
    return KeptCredential(row.id, row.programme_id, row.user, row.role, found, row.by, row.true_at)


def _purpose(row_id: UUID) -> str:
    return f"credential/{row_id}"
