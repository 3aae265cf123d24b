"""The days after a session: a floor whose session was held, its coach, its patient, hours on offer."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from kairos.actions.offer_talk_hour import offer_talk_hour
from kairos.actions.release_patient import release_patient
from kairos.content.release import load_release
from kairos.domain.protocols.course import PlannedStatus
from kairos.store.ids import new_id
from kairos.store.repositories import courses, integration
from kairos.store.scope import scoped
from kairos.vocab.people import Actor, Role
from tests.support.clinic import staff
from tests.support.running_session import Floor, releasable


def released(floor: Floor) -> Floor:
    """Hold the session and let the person go home."""
    session_id = releasable(floor)
    floor.do(release_patient, 111, session_id=session_id)
    return floor


def held(floor: Floor) -> Floor:
    """Have the session held without its hours in the chair, and its plan open."""
    scope = floor.clinic.scope
    with scoped(scope):
        planned = courses.find_planned_session(scope, floor.planned_id)
        courses.change_planned_session(scope, replace(planned, status=PlannedStatus.DONE))
        plan = integration.KeptPlan(
            id=new_id(),
            programme_id=planned.programme_id,
            person_id=planned.person_id,
            dosing_id=planned.id,
            template=load_release().integration["days_after"].name,
            content_version=load_release().version,
            anchored_at=planned.starts_at,
        )
        integration.open_plan(scope, plan)
    return floor


def coach(floor: Floor) -> Actor:
    """Return a coach of the floor's clinic."""
    return staff(floor.clinic, Role.COACH)


def plan_of(floor: Floor) -> integration.KeptPlan:
    """Return the plan for the days after the floor's session."""
    with scoped(floor.clinic.scope):
        (plan,) = integration.plans_of(floor.clinic.scope, floor.person_id)
    return plan


def offered(floor: Floor, by: Actor, *, hours: float = 30, way: str = "room", seats: int = 1) -> UUID:
    """Offer an hour so many hours after the session, and return its id."""
    starts_at = floor.at(hours * 60)
    return offer_talk_hour(
        programme_id=floor.clinic.programme_id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        way=way,
        seats=seats,
        where="https://talk.example.org/one" if way == "video" else "Room 2",
        command_id=new_id(),
        by=by,
        now=floor.at(120),
    )
