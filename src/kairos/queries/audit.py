"""Reads of the audit: is it whole, and what does it say."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.queries.reading import reading
from kairos.store.repositories import accounts, audit_events, organisations, people
from kairos.store.repositories.audit_events import Wanted
from kairos.store.verify import Verified, verify
from kairos.vocab.people import Actor, Permission, Role, Scope

AT_HOME = {Role.PATIENT.value, Role.SUPPORT_PERSON.value}


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One event as an auditor reads it: who, when, what, on whom, why; ids and codes."""

    id: UUID
    recorded_at: datetime
    actor: UUID
    roles: str
    action: str
    person_id: UUID | None
    subject: str
    why: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AuditPage:
    """One page of the audit.

    ``actors`` are the names of staff who acted; ``people`` those of patients, for those alone who may see
    them. ``older`` is where the next page begins.
    """

    lines: tuple[AuditLine, ...]
    actors: Mapping[UUID, str]
    people: Mapping[UUID, str]
    older: tuple[datetime, UUID] | None
    zone: tzinfo


@dataclass(frozen=True, slots=True)
class Chain:
    """Where the sealed chain stands: its blocks, what waits to be sealed, and the last check."""

    blocks: int
    waiting: int
    sealed_at: datetime | None
    last_check: AuditLine | None


def verify_audit() -> Verified:
    """Recompute the whole sealed audit. It names ids and counts only, so it asks no permission."""
    return verify()


@reading(Permission.SEE_AUDIT)
def newest_events(*, by: Actor, person_id: UUID | None = None, limit: int = 200) -> tuple[AuditLine, ...]:
    """Return the newest events of the actor's programmes, newest first; about one person, if named."""
    return audit_events.newest(AuditLine, by.scope, person_id=person_id, limit=limit)


@reading(Permission.SEE_AUDIT)
def audit_page(
    *,
    by: Actor,
    day: date | None = None,
    action: str = "",
    person_id: UUID | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = 50,
) -> AuditPage:
    """Return a page of the audit, newest first. ``day`` is a day of the first site's clock."""
    zone = _zone(by.scope)
    start = datetime.combine(day, time(), zone) if day else None
    end = datetime.combine(day + timedelta(days=1), time(), zone) if day else None
    wanted = Wanted(person_id, action, start, end, before)
    lines = audit_events.page(AuditLine, by.scope, wanted, limit=limit + 1)
    shown = lines[:limit]
    older = (shown[-1].recorded_at, shown[-1].id) if len(lines) > limit else None
    return AuditPage(shown, _actors(shown), _people(by, shown), older, zone)


@reading(Permission.SEE_AUDIT)
def audit_chain(*, by: Actor) -> Chain:
    """Return where the chain stands, and the newest check that somebody of this organisation asked for."""
    blocks, waiting, sealed_at = audit_events.chain()
    checks = audit_events.page(AuditLine, by.scope, Wanted(action="check_audit"), limit=1)
    return Chain(blocks, waiting, sealed_at, checks[0] if checks else None)


def _zone(scope: Scope) -> tzinfo:
    sites = organisations.list_sites(scope)
    return ZoneInfo(sites[0].time_zone if sites else "UTC")


def _actors(lines: tuple[AuditLine, ...]) -> dict[UUID, str]:
    """Return the names of staff; who acts as a patient has a patient's name."""
    return accounts.names_of(line.actor for line in lines if not AT_HOME & set(line.roles.split(",")))


def _people(by: Actor, lines: tuple[AuditLine, ...]) -> dict[UUID, str]:
    if not by.may(Permission.SEE_PEOPLE):
        return {}
    found = people.identities(by.scope, {line.person_id for line in lines if line.person_id})
    return {person_id: identity.shown_name for person_id, identity in found.items()}
