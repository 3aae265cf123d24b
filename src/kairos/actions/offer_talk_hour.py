"""Offer an hour for talking after sessions."""

from datetime import datetime, timedelta
from uuid import UUID

from kairos.domain.integration.hours import HourState, check_offer
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import integration
from kairos.store.repositories.integration import HourSaid
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("offer_talk_hour", Permission.HOLD_THERAPY)
def offer_talk_hour(
    *,
    programme_id: UUID,
    starts_at: datetime,
    ends_at: datetime,
    way: str,
    seats: int = 1,
    where: str = "",
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep an hour of one's own that patients of the programme can take, and return its id.

    Parameters
    ----------
    seats : int    1 for one person, more for a group
    where : str    the room, the number or, for a video meeting, its link

    Raises
    ------
    InvalidInput    times, way, seats or link that cannot be
    NotAllowed      another hour of one's own lies across it, or outside one's programmes
    """
    place = where.strip()
    kept = check_offer(starts_at, ends_at, way, seats, place, now=now)
    for said in integration.hours_between(by.scope, starts_at - timedelta(days=1), ends_at).values():
        is_open = all(each.state != HourState.WITHDRAWN for each in said)
        if said[0].user == by.id and is_open and said[0].starts_at < ends_at and starts_at < said[0].ends_at:
            raise NotAllowed("another hour of yours lies across this one; withdraw it or choose another time")
    offer = HourSaid(
        *(new_id(), programme_id, new_id(), by.id, starts_at, ends_at, kept.value, seats),
        state=HourState.OFFERED.value,
        by=by.id,
        true_at=now,
        words={"where": place} if place else {},
    )
    integration.say_of_hour(by.scope, offer)
    return offer.hour, AuditNote(f"talk_hour:{offer.hour}", programme_id, why=kept.value)
