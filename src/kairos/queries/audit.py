"""Reads of the audit: is it whole, and what does it say."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.queries.reading import reading
from kairos.store.repositories import audit_events
from kairos.store.verify import Verified, verify
from kairos.vocab.people import Actor, Permission


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


def verify_audit() -> Verified:
    """Recompute the whole sealed audit. It names ids and counts only, so it asks no permission."""
    return verify()


@reading(Permission.SEE_AUDIT)
def newest_events(*, by: Actor, person_id: UUID | None = None, limit: int = 200) -> tuple[AuditLine, ...]:
    """Return the newest events of the actor's programmes, newest first; about one person, if named."""
    return audit_events.newest(AuditLine, by.scope, person_id=person_id, limit=limit)
