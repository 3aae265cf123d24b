"""Whoever holds a link to a session at home: who they are, and what it opens. No account, no log-in."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.domain.protocols.at_home import check_may_act
from kairos.domain.sessions.home_links import HomeLink
from kairos.store.repositories import home, links
from kairos.store.scope import scoped
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Actor, Role

_ROLES = {
    HomeLink.PATIENT: Role.PATIENT,
    HomeLink.SUPPORT: Role.SUPPORT_PERSON,
    HomeLink.TRAINING: Role.SUPPORT_PERSON,
    HomeLink.MORNING: Role.PATIENT,
}


@dataclass(frozen=True, slots=True)
class HomeHolder:
    """Whoever holds a link. ``planned_id`` is the one session it opens; a training opens none."""

    kind: HomeLink
    actor: Actor
    person_id: UUID
    planned_id: UUID | None
    support_id: UUID | None
    expires_at: datetime


def fresh_address() -> str:
    """Return an address for a link that is about to be made; it is told once, and kept nowhere."""
    return links.new_token()


def home_holder(address: str, *, now: datetime) -> HomeHolder:
    """Return who holds a link, before any scope is known.

    Raises
    ------
    Missing    no such link, one for another purpose, expired, withdrawn, or the support person was ended
    """
    link, scope = links.find_any_link(address)
    if link.purpose not in list(HomeLink) or link.revoked_at is not None or link.expires_at <= now:
        raise Missing("this link (it may have been withdrawn, or have expired) opens nothing")
    kind = HomeLink(link.purpose)
    support = link.details.get("support")
    support_id = UUID(support) if support else None
    holder = HomeHolder(
        kind=kind,
        actor=Actor(link.id, frozenset({_ROLES[kind]}), scope),
        person_id=link.person_id,
        planned_id=None if kind is HomeLink.TRAINING else link.subject,
        support_id=support_id,
        expires_at=link.expires_at,
    )
    if support_id is not None:
        _check_not_ended(holder, support_id)
    return holder


def _check_not_ended(holder: HomeHolder, support_id: UUID) -> None:
    with scoped(holder.actor.scope):
        stated = [each.statement for each in home.statements_of(holder.actor.scope, holder.person_id)]
    try:
        check_may_act(stated, support_id)
    except NotAllowed as error:
        raise Missing("this link (it has been withdrawn) opens nothing") from error
