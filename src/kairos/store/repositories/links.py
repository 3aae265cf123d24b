"""One-tap links: found by whoever holds the token, for one purpose, until they expire."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db.models.functions import Now

from kairos.store.records.organisations import Programme as ProgrammeRecord
from kairos.store.records.questionnaires import OneTapLink as LinkRecord
from kairos.store.repositories.patient_rows import add
from kairos.store.repositories.rows import to_value, to_values
from kairos.store.scope import as_link, the_only, within
from kairos.vocab.people import Scope

TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class OneTapLink:
    """A link without log-in. Only a digest of its token is kept."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    purpose: str
    expires_at: datetime
    subject: UUID | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    used_at: datetime | None = None
    revoked_at: datetime | None = None


def make_link(scope: Scope, link: OneTapLink) -> str:
    """Keep a link and return its token, which is told once and never kept."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    add(LinkRecord, scope, link, token_digest=digest_of(token), details=dict(link.details))
    return token


def find_link(token: str) -> tuple[OneTapLink, Scope]:
    """Return the link of a token and the scope it opens: one person in one programme.

    Raises
    ------
    Missing    no such link, used, revoked, or expired by the database's clock
    """
    digest = digest_of(token)
    with as_link(digest):
        rows = LinkRecord.objects.filter(
            token_digest=digest, used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=Now()
        )
        link = to_value(OneTapLink, the_only(rows, "this link (it may have been used, or have expired)"))
        organisation_id = ProgrammeRecord.objects.get(id=link.programme_id).organisation_id
    return link, Scope(organisation_id, frozenset({link.programme_id}), link.person_id)


def mark_used(scope: Scope, link_id: UUID) -> bool:
    """Note that a link has served; false where it had already."""
    return (
        within(LinkRecord.objects.filter(id=link_id, used_at__isnull=True), scope).update(used_at=Now()) == 1
    )


def revoke_links(scope: Scope, person_id: UUID) -> int:
    """Close all open links of a person, and return how many there were."""
    rows = LinkRecord.objects.filter(person_id=person_id, used_at__isnull=True, revoked_at__isnull=True)
    return within(rows, scope).update(revoked_at=Now())


def links_of(scope: Scope, person_id: UUID) -> tuple[OneTapLink, ...]:
    """Return the links of a person, newest first."""
    rows = within(LinkRecord.objects.filter(person_id=person_id), scope)
    return to_values(OneTapLink, rows.order_by("-recorded_at", "-id"))


def digest_of(token: str) -> bytes:
    """Return what is kept of a token. The token is random enough to need no key."""
    return sha256(token.encode()).digest()
