"""Take one of the hours that the team offers for talking."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from kairos.actions.integration import TALK, own_person, statement, tell_screens
from kairos.actions.talk_hours import offer_of
from kairos.actions.therapy import new_meeting, type_of
from kairos.domain.integration.hours import HourState, check_can_take
from kairos.domain.protocols.therapy import SessionKind
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import courses, integration, therapy
from kairos.store.repositories.integration import KeptPlan
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("take_talk_hour", Permission.INTEGRATE)
def take_talk_hour(*, hour_id: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[UUID, AuditNote]:
    """Keep a seat for oneself, and return the id of the meeting.

    In a course with psychotherapy it is an integration session of the newest dosing session as well.

    Raises
    ------
    NotAllowed    no seat is left, it has begun, or somebody else was faster
    Missing       no such hour within the scope
    """
    person_id = own_person(by)
    offer, hour = offer_of(by.scope, hour_id)
    seat = check_can_take(hour, now)
    taken = replace(
        offer, id=new_id(), state=HourState.TAKEN.value, seat=seat, by=by.id, true_at=now, words={}
    )
    if not integration.say_of_hour(by.scope, taken):
        raise NotAllowed("somebody took this hour a moment ago; choose another one")
    plan = next(iter(integration.plans_of(by.scope, person_id)), None)
    said = statement(
        *(TALK, uuid5(hour_id, str(person_id)), HourState.TAKEN.value),
        person_id=person_id,
        plan_id=plan.id if plan else None,
        details={
            "hour": str(hour_id),
            "seat": seat,
            "starts_at": offer.starts_at.isoformat(),
            "with": str(offer.user),
            "way": offer.way,
            "meeting": _meeting(plan, offer.starts_at, by, now),
        },
        by=by,
        now=now,
    )
    integration.say(by.scope, said)
    tell_screens(said.programme_id, person_id)
    return said.subject, AuditNote(f"talk:{said.subject}", said.programme_id, person_id, why="taken")


def _meeting(plan: KeptPlan | None, starts_at: datetime, by: Actor, now: datetime) -> str | None:
    """Keep the meeting of a course with psychotherapy; nothing where there is none."""
    if plan is None:
        return None
    dosing = courses.find_planned_session(by.scope, plan.dosing_id)
    if type_of(by.scope, courses.find_course(by.scope, dosing.course_id)) is None:
        return None
    meeting = new_meeting(dosing, SessionKind.INTEGRATION, starts_at, by=by, now=now)
    therapy.say_of_meeting(by.scope, meeting)
    return str(meeting.meeting)
