"""What the actions about psychotherapy share: the type of a course, its meetings, the gate, the flag."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.content.in_force import ContentInForce
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.therapy import SessionKind, TherapyType, check_may_hold
from kairos.domain.protocols.triads import (
    Dosing,
    MeetingStatus,
    Preparation,
    Triad,
    check_preparation_planned,
    preparation_of,
    triads,
)
from kairos.domain.sessions.state import replay
from kairos.store import notify
from kairos.store.ids import new_id
from kairos.store.repositories import courses, session_entries, therapy
from kairos.store.repositories.courses import Course, PlannedSession
from kairos.store.repositories.therapy import MeetingSaid
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Actor, Scope
from kairos.vocab.verdict import Verdict

THERAPY = "therapy"
"""The detail of a course that names its type of psychotherapy, and the topic that screens listen to."""


def type_named(content: ContentInForce, name: str) -> TherapyType | None:
    """Return a type of the content; None where no psychotherapy is asked for.

    Raises
    ------
    Missing
    """
    if not name:
        return None
    found = content.release.therapy.get(name)
    if found is None:
        raise Missing(f"the content has no course with psychotherapy called {name}")
    return found


def type_of(scope: Scope, course: Course) -> TherapyType | None:
    """Return the type of a course; None where it has no psychotherapy. Raises Missing."""
    return type_named(content_of(scope, course.programme_id), str(course.details.get(THERAPY, "")))


def the_type_of(scope: Scope, course: Course) -> TherapyType:
    """Return the type of a course.

    Raises
    ------
    NotAllowed    the course has no psychotherapy
    """
    found = type_of(scope, course)
    if found is None:
        raise NotAllowed("this course has no psychotherapy; plan one that has before its sessions are noted")
    return found


def check_planned_preparation(
    content: ContentInForce,
    name: str,
    preparation: Sequence[datetime],
    *,
    first_dose: datetime,
    now: datetime,
) -> dict[str, Any]:
    """Return what a course keeps of its psychotherapy, or refuse one without its preparation.

    Raises
    ------
    InvalidInput    too little preparation before the first dose, or at another time
    Missing         no such type
    """
    chosen = type_named(content, name)
    if chosen is None:
        return {}
    needed = LimitsInForce(content.parameters, now.date()).count(chosen.first_needs)
    check_preparation_planned(preparation, first_dose=first_dose, needed=needed, now=now)
    return {THERAPY: chosen.id, "therapy_version": chosen.version}


def plan_preparation(
    first: PlannedSession, preparation: Sequence[datetime], *, by: Actor, now: datetime
) -> None:
    """Keep the preparatory sessions of a course's first dose."""
    for starts_at in preparation:
        therapy.say_of_meeting(
            by.scope, new_meeting(first, SessionKind.PREPARATORY, starts_at, by=by, now=now)
        )


def new_meeting(
    dosing: PlannedSession, kind: SessionKind, starts_at: datetime, *, by: Actor, now: datetime
) -> MeetingSaid:
    """Return a meeting of a dosing session, planned."""
    return MeetingSaid(
        id=new_id(),
        programme_id=dosing.programme_id,
        person_id=dosing.person_id,
        meeting=new_id(),
        kind=kind.value,
        course_id=dosing.course_id,
        dosing_id=dosing.id,
        starts_at=starts_at,
        status=MeetingStatus.PLANNED.value,
        by=by.id,
        true_at=now,
    )


def triads_of(scope: Scope, course: Course) -> tuple[Triad, ...]:
    """Return the triads of a course in order."""
    dosings = [
        Dosing(each.id, each.number, each.starts_at, each.status == PlannedStatus.CANCELLED)
        for each in courses.sessions_of_course(scope, course.id)
    ]
    return triads(dosings, [said.value for said in therapy.meetings_of_course(scope, course.id)])


def preparation_standing(scope: Scope, planned: PlannedSession, *, now: datetime) -> Preparation | None:
    """Return whether a dosing session's preparation is done; None where its course has no psychotherapy."""
    course = courses.find_course(scope, planned.course_id)
    chosen = type_of(scope, course)
    if chosen is None:
        return None
    found = triads_of(scope, course)
    mine = next((triad for triad in found if triad.dosing.id == planned.id), None)
    if mine is None:
        return Preparation(Verdict.NOT_MET, 0, 0, 0)
    needs = chosen.first_needs if mine is found[0] else chosen.each_needs
    limits = LimitsInForce(content_of(scope, planned.programme_id).parameters, now.date())
    return preparation_of(mine, needed=limits.count(needs), now=now)


def check_prepared(scope: Scope, planned: PlannedSession, *, now: datetime) -> None:
    """Refuse a dosing session whose preparation is not done, or not known to be.

    Raises
    ------
    NotAllowed
    """
    standing = preparation_standing(scope, planned, now=now)
    if standing is None or standing.verdict is Verdict.MET:
        return
    texts = content_of(scope, planned.programme_id).release.texts
    told = {"held": standing.held, "needed": standing.needed, "unsigned": standing.unsigned}
    raise NotAllowed(texts.render(f"therapy.preparation.{standing.verdict}", told).rstrip("."))


def has_trauma_flag(scope: Scope, person_id: UUID) -> bool:
    """Whether the person has the trauma-care flag."""
    said = therapy.trauma_care_of(scope, person_id)
    return said is not None and said.is_on


def check_holds(scope: Scope, chosen: TherapyType, kind: SessionKind, person_id: UUID, by: Actor) -> None:
    """Refuse a kind of session to those whose scope does not reach it. Raises NotAllowed."""
    flagged = has_trauma_flag(scope, person_id)
    check_may_hold(chosen.templates[kind], by.roles, has_trauma_flag=flagged)


def dosed_at(scope: Scope, planned: PlannedSession) -> datetime | None:
    """Return when the dose of a session began; None where none was given."""
    if planned.stream is None:
        return None
    return replay(session_entries.entries_of(scope, planned.stream)).dose.started_at


def tell_screens(planned: PlannedSession) -> None:
    """Have the open screens of a session fetched anew, and those of the person's therapy."""
    notify.changed(programme_id=planned.programme_id, topic=THERAPY, subject=planned.person_id)
    if planned.stream is not None:
        notify.changed(
            programme_id=planned.programme_id, topic=session_entries.SESSION, subject=planned.stream
        )
