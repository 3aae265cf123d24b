"""Who looked at one's own record, and what was done with it: the sealed audit, as the person reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.queries.audit import AT_HOME, AuditLine
from kairos.queries.consents import own_person_id
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, audit_events
from kairos.store.repositories.audit_events import Wanted
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.people import Actor, Permission

LOOK = "record_access"
"""The action that keeps that somebody opened a record."""


@dataclass(frozen=True, slots=True)
class OwnLog:
    """One page of the log, newest first. ``names`` are those of staff; ``older`` is where the next begins."""

    lines: tuple[AuditLine, ...]
    names: Mapping[UUID, str]
    older: tuple[datetime, UUID] | None
    zone: ZoneInfo


@reading(Permission.SEE_OWN_RECORD)
def own_log(
    *, by: Actor, only_looks: bool = True, before: tuple[datetime, UUID] | None = None, limit: int = 25
) -> OwnLog:
    """Return who looked at the record of whoever is logged in; all that was done with it, if asked for.

    Raises
    ------
    Missing    the log-in is nobody's own
    """
    person_id = own_person_id(by)
    wanted = Wanted(person_id, LOOK if only_looks else "", before=before)
    found = audit_events.page(AuditLine, by.scope, wanted, limit=limit + 1)
    shown = found[:limit]
    older = (shown[-1].recorded_at, shown[-1].id) if len(found) > limit else None
    staff = {line.actor for line in shown if not AT_HOME & set(line.roles.split(","))}
    return OwnLog(shown, accounts.names_of(staff), older, zone_for(by.scope, person_id))
