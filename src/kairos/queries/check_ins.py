"""Whoever holds the link of a check-in after a session: who they are, which one it is. No log-in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.domain.sessions.check_ins_after import PURPOSE, CheckInMoment
from kairos.queries.reading import reading
from kairos.store.repositories import check_ins, links
from kairos.store.repositories.check_ins import CheckInAnswer
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission, Role


@dataclass(frozen=True, slots=True)
class CheckInHolder:
    """Whoever holds a link, for one check-in after one session."""

    actor: Actor
    planned_id: UUID
    moment: CheckInMoment


def check_in_holder(address: str, *, now: datetime) -> CheckInHolder:
    """Return who holds a link, before any scope is known.

    Raises
    ------
    Missing    no such link, one for another purpose, expired or withdrawn
    """
    link, scope = links.find_any_link(address)
    is_over = link.revoked_at is not None or link.expires_at <= now
    if link.purpose != PURPOSE or link.subject is None or is_over:
        raise Missing("this link (it may have been withdrawn, or have expired) opens nothing")
    actor = Actor(link.id, frozenset({Role.PATIENT}), scope)
    return CheckInHolder(actor, link.subject, CheckInMoment(link.details["moment"]))


@reading(Permission.SEE_CHART)
def check_ins_of_session(*, planned_session_id: UUID, by: Actor) -> tuple[CheckInAnswer, ...]:
    """Return what was answered after a session, in the order of it."""
    return check_ins.answers_of(by.scope, planned_session_id)
