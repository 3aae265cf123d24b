"""What a therapist outside the clinic reads by a patient's link: the chosen parts, nothing private."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from kairos.domain.integration.habits import HabitState
from kairos.domain.integration.sharing import OutsideShare, SharePart
from kairos.queries.integration import IntegrationPage, integration_of
from kairos.store.repositories import links
from kairos.store.scope import scoped
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Role

OUTSIDE = "outside_therapist"


@dataclass(frozen=True, slots=True)
class OutsideHolder:
    """Whoever holds a link of a patient to the outside."""

    actor: Actor
    share_id: UUID


@dataclass(frozen=True, slots=True)
class OutsideView:
    """What the link opens: the share, and the patient's page reduced to its parts."""

    share: OutsideShare
    page: IntegrationPage

    def has(self, part: SharePart) -> bool:
        """Whether a part was chosen."""
        return part in self.share.parts


def fresh_address() -> str:
    """Return an address for a link that is about to be made; it is told once, and kept nowhere."""
    return links.new_token()


def outside_holder(address: str, *, now: datetime) -> OutsideHolder:
    """Return who holds a link, before any scope is known.

    Raises
    ------
    Missing    no such link, one for another purpose, expired, or ended by the patient
    """
    link, scope = links.find_any_link(address)
    if link.purpose != OUTSIDE or link.revoked_at is not None or link.expires_at <= now:
        raise Missing("this link (it may have been ended, or have expired) opens nothing")
    actor = Actor(link.id, frozenset({Role.SUPPORT_PERSON}), scope, "outside therapist")
    return OutsideHolder(actor, link.id)


def outside_view(holder: OutsideHolder, *, now: datetime) -> OutsideView:
    """Return what the link opens.

    Only agreed summaries, and only cards and habits that the team may read too.

    Raises
    ------
    Missing    the share is not there
    """
    scope = holder.actor.scope
    with scoped(scope, only_reads=True):
        if scope.patient_id is None:
            raise Missing("this link opens nothing")
        page = integration_of(scope, scope.patient_id, now)
    share = next((each for each in page.shares if each.id == holder.share_id), None)
    if share is None or not share.is_open(now):
        raise Missing("this link (it may have been ended, or have expired) opens nothing")
    return OutsideView(share, _reduced(page, share))


def _reduced(page: IntegrationPage, share: OutsideShare) -> IntegrationPage:
    """Return the page with nothing on it that was not chosen."""
    has = share.parts
    return replace(
        page,
        days=page.days if SharePart.DAYS in has else None,
        practised=page.practised if SharePart.DAYS in has else {},
        talks=(),
        summaries=tuple(s for s in page.summaries if s.is_agreed) if SharePart.MEETINGS in has else (),
        insights=tuple(i for i in page.insights if i.is_shared) if SharePart.INSIGHTS in has else (),
        habits=tuple(h for h in page.habits if h.is_shared and h.state is HabitState.KEPT)
        if SharePart.HABITS in has
        else (),
        visits=(),
        handed_over=(),
        shares=(),
    )
