"""What a patient prepares: their own pages, and what of it the team sees."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.integration.checklist import ItemStanding, Readiness, readiness, standings, unmet
from kairos.domain.integration.intention import Intention
from kairos.domain.integration.reminders import Wishes, plan_reminders, rules_of, usual_wishes
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.reaching import ways_to_try
from kairos.domain.rules.target import Setting
from kairos.domain.sessions.state import replay
from kairos.queries.consents import own_person_id
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import (
    courses,
    intentions,
    people,
    preparation,
    reaching,
    session_entries,
    therapy,
)
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.people import Actor, Permission, Role, Scope

READS_INTENTIONS = frozenset({Role.CLINICIAN, Role.MEDICAL_DIRECTOR, Role.NURSE, Role.THERAPIST, Role.COACH})
"""Who reads a shared intention: whoever treats, sits beside, or integrates. The page that asks says so."""


@dataclass(frozen=True, slots=True)
class OwnSession:
    """One session of one's own with its intention, and whether the dose was given."""

    planned: PlannedSession
    intention: Intention
    has_dosed: bool


@dataclass(frozen=True, slots=True)
class OwnSessions:
    """The sessions of one's own that are not cancelled, in order of time."""

    person_id: UUID
    sessions: tuple[OwnSession, ...]
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class SessionPreparation:
    """A session to come with its items as they stand, and whether it waits for them."""

    planned: PlannedSession
    setting: Setting
    items: tuple[ItemStanding, ...]
    readiness: Readiness
    intention: Intention | None
    zone: ZoneInfo

    @property
    def unmet(self) -> tuple[ItemStanding, ...]:
        """What is still to do."""
        return unmet(self.items)


@dataclass(frozen=True, slots=True)
class OwnReminders:
    """How a patient is reminded: their wishes, how many ways they named, and when the next ones go."""

    wishes: Wishes
    ways: int
    to_come: tuple[datetime, ...]


@reading(Permission.PREPARE_SESSION)
def own_intentions(*, by: Actor, now: datetime) -> OwnSessions:
    """Return a patient's own sessions with what they wrote of each. Raises Missing."""
    person_id = own_person_id(by)
    planned = [
        each
        for each in courses.sessions_of_person(by.scope, person_id)
        if each.status != PlannedStatus.CANCELLED
    ]
    written = intentions.intentions_of(by.scope, [each.id for each in planned])
    sessions = tuple(
        OwnSession(each, written.get(each.id, Intention()), _has_dosed(by.scope, each)) for each in planned
    )
    return OwnSessions(person_id, sessions, zone_for(by.scope, person_id))


@reading(Permission.PREPARE_SESSION)
def own_intention(*, planned_session_id: UUID, by: Actor) -> Intention:
    """Return what a patient wrote of one session of their own, if anything. Raises Missing."""
    planned = courses.find_planned_session(by.scope, planned_session_id)
    return intentions.intentions_of(by.scope, [planned.id]).get(planned.id, Intention())


@reading(Permission.PREPARE_SESSION)
def own_preparation(*, planned_session_id: UUID, by: Actor, now: datetime) -> SessionPreparation:
    """Return the preparation of one session of one's own. Raises Missing."""
    own_person_id(by)
    return _preparation(by.scope, courses.find_planned_session(by.scope, planned_session_id), now)


@reading(Permission.SEE_PEOPLE)
def preparation_shown(*, person_id: UUID, by: Actor, now: datetime) -> SessionPreparation | None:
    """Return the preparation of a person's next session, for the team; None where none is to come.

    A shared intention is with it for those who treat.
    """
    to_come = (
        each
        for each in courses.sessions_of_person(by.scope, person_id)
        if each.status == PlannedStatus.PLANNED
    )
    planned = next(to_come, None)
    if planned is None:
        return None
    shared = shared_intentions(person_id=person_id, by=by) if by.may(Permission.SEE_CHART) else {}
    return replace(_preparation(by.scope, planned, now), intention=shared.get(planned.id))


@reading(Permission.PREPARE_HOME)
def preparation_to_say(*, planned_session_id: UUID, by: Actor, now: datetime) -> SessionPreparation:
    """Return the preparation of a session, for whoever enters what the patient told. Raises Missing."""
    return _preparation(by.scope, courses.find_planned_session(by.scope, planned_session_id), now)


@reading(Permission.PREPARE_SESSION)
def own_reminders(*, by: Actor, now: datetime) -> OwnReminders:
    """Return how a patient is reminded, by how many ways, and what is still to come. Raises Missing."""
    person_id = own_person_id(by)
    programme_id = people.enrolments_of(by.scope, person_id)[0].programme_id
    limits = LimitsInForce(content_of(by.scope, programme_id).parameters, now.date())
    said = preparation.said_of_reminders(by.scope, person_id)
    wishes = said or usual_wishes(limits, zone=zone_for(by.scope, person_id))
    ways = [way for held in reaching.ways_of_patient(by.scope, person_id).values() for way in held]
    planned = [
        reminder.at
        for each in courses.sessions_of_person(by.scope, person_id)
        if each.status == PlannedStatus.PLANNED
        for reminder in plan_reminders(rules_of(limits), event_at=each.starts_at, wishes=wishes, now=now)
    ]
    return OwnReminders(wishes, len(ways_to_try(ways)), tuple(sorted(planned)))


@reading(Permission.SEE_CHART)
def shared_intention(*, planned_session_id: UUID, by: Actor) -> Intention | None:
    """Return the intention of a session for those who treat; None where none is shared with them."""
    dosing = courses.find_planned_session(by.scope, planned_session_id)
    return shared_intentions(person_id=dosing.person_id, by=by).get(dosing.id)


@reading(Permission.SEE_CHART)
def shared_intentions(*, person_id: UUID, by: Actor) -> Mapping[UUID, Intention]:
    """Return the shared intentions of a person by session, for those who treat; none for anybody else.

    Where the person has the trauma-care flag, coaches read none of it.
    """
    said = therapy.trauma_care_of(by.scope, person_id)
    kept_out = {Role.COACH} if said is not None and said.is_on else set()
    if by.roles.isdisjoint(READS_INTENTIONS - kept_out):
        return {}
    planned = [each.id for each in courses.sessions_of_person(by.scope, person_id)]
    return intentions.intentions_of(by.scope, planned)


@reading(Permission.SEE_CHART)
def intention_looked_back_on(*, person_id: UUID, by: Actor) -> Intention | None:
    """Return the shared intention of the last session that was opened, for the days after it."""
    held = [
        each
        for each in courses.sessions_of_person(by.scope, person_id)
        if each.status in (PlannedStatus.OPEN, PlannedStatus.DONE)
    ]
    return shared_intentions(person_id=person_id, by=by).get(held[-1].id) if held else None


def _preparation(scope: Scope, planned: PlannedSession, now: datetime) -> SessionPreparation:
    content = content_of(scope, planned.programme_id)
    protocol = content.release.protocols[courses.find_course(scope, planned.course_id).protocol]
    setting = Setting(protocol.setting)
    said = preparation.items_said(scope, [planned.id]).get(planned.id, {})
    found = standings(content.release.preparation, said, setting=setting, starts_at=planned.starts_at)
    needs = LimitsInForce(content.parameters, now.date()).count("preparation.needs_answers")
    return SessionPreparation(
        planned=planned,
        setting=setting,
        items=found,
        readiness=readiness(found, needs_answers=bool(needs)),
        intention=None,
        zone=zone_for(scope, planned.person_id),
    )


def _has_dosed(scope: Scope, planned: PlannedSession) -> bool:
    if planned.stream is None:
        return False
    return replay(session_entries.entries_of(scope, planned.stream)).dose.started_at is not None
