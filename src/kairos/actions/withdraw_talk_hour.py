"""Withdraw an hour that was offered."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.talk_hours import offer_of
from kairos.domain.integration.hours import HourState
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import integration
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("withdraw_talk_hour", Permission.HOLD_THERAPY)
def withdraw_talk_hour(
    *, hour_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Take back an hour that nobody has taken.

    Raises
    ------
    NotAllowed    somebody has taken it, it is another person's, or it is withdrawn already
    Missing       no such hour within the scope
    """
    offer, hour = offer_of(by.scope, hour_id)
    if offer.user != by.id:
        raise NotAllowed("this hour is somebody else's; only they withdraw it")
    if hour.is_withdrawn or hour.left < hour.seats:
        raise NotAllowed("this hour is withdrawn or taken; call whoever took it before you change it")
    end = replace(offer, id=new_id(), state=HourState.WITHDRAWN.value, by=by.id, true_at=now, words={})
    integration.say_of_hour(by.scope, end)
    return hour_id, AuditNote(f"talk_hour:{hour_id}", offer.programme_id, why="withdrawn")
