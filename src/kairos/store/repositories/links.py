"""One-tap links: found by whoever holds the token, for one purpose, until they expire.

A token is random and signed: one that was not made here is refused before the database is asked.
"""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db.models.functions import Now

from kairos.store.records.kernel import Command as CommandRecord
from kairos.store.records.organisations import Programme as ProgrammeRecord
from kairos.store.records.questionnaires import OneTapLink as LinkRecord
from kairos.store.repositories.patient_rows import add
from kairos.store.repositories.rows import to_value, to_values
from kairos.store.scope import as_link, scoped, the_only, within
from kairos.vocab.errors import Missing
from kairos.vocab.people import Scope

TOKEN_BYTES = 32
_NO_LINK = "this link (it may have been used, or have expired)"


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
    token = new_token()
    keep_link(scope, link, token)
    return token


def new_token() -> str:
    """Return a fresh token: random, and signed as ours."""
    return _signer().sign(secrets.token_urlsafe(TOKEN_BYTES))


def keep_link(scope: Scope, link: OneTapLink, token: str) -> None:
    """Keep a link under the digest of its token."""
    add(LinkRecord, scope, link, token_digest=digest_of(token), details=dict(link.details))


def find_link(token: str) -> tuple[OneTapLink, Scope]:
    """Return the link of a token and the scope it opens: one person in one programme.

    Raises
    ------
    Missing    no such link, used, revoked, or expired by the database's clock
    """
    link, scope = find_any_link(token)
    with scoped(scope):
        rows = within(LinkRecord.objects.filter(id=link.id), scope)
        the_only(rows.filter(used_at__isnull=True, revoked_at__isnull=True, expires_at__gt=Now()), _NO_LINK)
    return link, scope


def find_any_link(token: str) -> tuple[OneTapLink, Scope]:
    """Return the link of a token whatever has become of it, and the scope it opened.

    Raises
    ------
    Missing    a token that was not made here, or whose link is not there
    """
    try:
        _signer().unsign(token)
    except BadSignature as error:
        raise Missing(f"{_NO_LINK} is not one of ours") from error
    digest = digest_of(token)
    with as_link(digest):
        row = the_only(LinkRecord.objects.filter(token_digest=digest), _NO_LINK)
        link = to_value(OneTapLink, row)
        organisation_id = ProgrammeRecord.objects.get(id=link.programme_id).organisation_id
    return link, Scope(organisation_id, frozenset({link.programme_id}), link.person_id)


def link_by_id(scope: Scope, link_id: UUID, *, lock: bool = False) -> OneTapLink:
    """Return a link of the scope; with ``lock``, nobody else writes by it until the transaction ends.

    Raises
    ------
    Missing
    """
    rows = within(LinkRecord.objects.filter(id=link_id), scope)
    rows = rows.select_for_update() if lock else rows
    return to_value(OneTapLink, the_only(rows, _NO_LINK))


def commands_by(scope: Scope, link_id: UUID, *, since: datetime) -> int:
    """Return how many commands were sent through a link since an instant."""
    rows = within(LinkRecord.objects.filter(id=link_id), scope).values("id")
    return CommandRecord.objects.filter(actor__in=rows, recorded_at__gte=since).count()


def mark_all_used(scope: Scope, link: OneTapLink) -> int:
    """Note that every link to the same asking has served, and return how many had not."""
    rows = LinkRecord.objects.filter(
        person_id=link.person_id, purpose=link.purpose, subject=link.subject, used_at__isnull=True
    )
    timepoint = link.details.get("timepoint")
    return within(rows.filter(details__timepoint=timepoint), scope).update(used_at=Now())


def mark_used(scope: Scope, link_id: UUID) -> bool:
    """Note that a link has served; false where it had already."""
    return (
        within(LinkRecord.objects.filter(id=link_id, used_at__isnull=True), scope).update(used_at=Now()) == 1
    )


def revoke_link(scope: Scope, link_id: UUID) -> bool:
    """Close one link; false where it is closed already."""
    rows = LinkRecord.objects.filter(id=link_id, revoked_at__isnull=True)
    return within(rows, scope).update(revoked_at=Now()) == 1


def revoke_links(scope: Scope, person_id: UUID) -> int:
    """Close all open links of a person, and return how many there were."""
    rows = LinkRecord.objects.filter(person_id=person_id, used_at__isnull=True, revoked_at__isnull=True)
    return within(rows, scope).update(revoked_at=Now())


def revoke_purposes(scope: Scope, person_id: UUID, purposes: Iterable[str]) -> int:
    """Close a person's open links for some purposes, and return how many there were."""
    rows = LinkRecord.objects.filter(person_id=person_id, purpose__in=list(purposes), revoked_at__isnull=True)
    return within(rows, scope).update(revoked_at=Now())


def links_of(scope: Scope, person_id: UUID) -> tuple[OneTapLink, ...]:
    """Return the links of a person, newest first."""
    rows = within(LinkRecord.objects.filter(person_id=person_id), scope)
    return to_values(OneTapLink, rows.order_by("-recorded_at", "-id"))


def digest_of(token: str) -> bytes:
    """Return what is kept of a token. The token is random enough to need no key."""
    return sha256(token.encode()).digest()


def _signer() -> Signer:
    return Signer(salt="kairos.one_tap_link", sep=".")
