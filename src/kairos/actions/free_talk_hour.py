"""Give back an hour that one had taken."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.integration import TALK, check_state, find_own, tell_screens
from kairos.actions.talk_hours import offer_of
from kairos.domain.integration.hours import HourState
from kairos.domain.protocols.triads import MeetingStatus
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import integration, therapy
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("free_talk_hour", Permission.INTEGRATE)
def free_talk_hour(*, talk_id: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[UUID, AuditNote]:
    """Give back a seat before the hour begins; nothing is asked and nothing is owed.

    Raises
    ------
    NotAllowed    it was given back already, or it has begun
    Missing       no such meeting of one's own
    """
    talk = find_own(by, talk_id, TALK)
    check_state(talk, HourState.TAKEN)
    offer, _ = offer_of(by.scope, UUID(talk.details["hour"]))
    if offer.starts_at <= now:
        raise NotAllowed("this hour has begun; call your team")
    freed = replace(offer, id=new_id(), state=HourState.FREED.value, by=by.id, true_at=now, words={})
    integration.say_of_hour(by.scope, freed)
    integration.say(by.scope, replace(talk, id=new_id(), state=HourState.FREED.value, by=by.id, true_at=now))
    if talk.details["meeting"]:
        meeting = therapy.find_meeting(by.scope, UUID(talk.details["meeting"]))
        ended = replace(meeting, id=new_id(), status=MeetingStatus.CANCELLED.value, by=by.id, true_at=now)
        therapy.say_of_meeting(by.scope, ended)
    tell_screens(talk.programme_id, talk.person_id)
    return talk_id, AuditNote(f"talk:{talk_id}", talk.programme_id, talk.person_id, why="freed")
