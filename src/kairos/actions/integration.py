"""What the actions about the days after a session share: the plan, what is said of it, who may accompany."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from kairos.actions.content_in_force import content_of
from kairos.actions.danger_words import look_for_danger
from kairos.actions.therapy import dosed_at, has_trauma_flag
from kairos.domain.integration.plan import DaysAfter, check_may_accompany
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.safety.danger_words import DangerPlace
from kairos.store import notify
from kairos.store.ids import new_id
from kairos.store.repositories import integration, people
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.integration import KeptPlan, Said
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Actor, Role, Scope

INTEGRATION = "integration"
"""The topic that screens listen to."""
DAYS_AFTER = "days_after"
"""The plan of the content that opens by itself."""
STEP, INSIGHT, HABIT, HABIT_DAY, PRACTICE = "step", "insight", "habit", "habit_day", "practice"
TALK, SUMMARY, HAND_OVER, VISIT, SHARE = "talk", "summary", "hand_over", "visit", "share"
PRIVATE = "private"
"""The state of a thing that the team read before and no longer does; its words stand in a private row."""
TRAINED = frozenset({Role.THERAPIST, Role.CLINICIAN, Role.MEDICAL_DIRECTOR})


def days_after(scope: Scope, programme_id: UUID) -> DaysAfter:
    """Return what the content in force offers for the days after a session.

    Raises
    ------
    Missing    the release in force is older than such plans
    """
    found = content_of(scope, programme_id).release.integration.get(DAYS_AFTER)
    if found is None:
        raise Missing("the content in force has no plan for the days after a session; sign a newer release")
    return found


def limits_of(scope: Scope, programme_id: UUID, now: datetime) -> LimitsInForce:
    """Return the numbers in force for a programme today."""
    return LimitsInForce(content_of(scope, programme_id).parameters, now.date())


def open_plan(planned: PlannedSession, *, by: Actor, now: datetime) -> bool:
    """Open the plan for the days after a dosing session; false where it is open, or the content has none.

    Its days count from the start of the dose, which the record of the session holds.
    """
    content = content_of(by.scope, planned.programme_id)
    days = content.release.integration.get(DAYS_AFTER)
    if days is None:
        return False
    plan = KeptPlan(
        id=uuid5(planned.id, "integration_plan"),
        programme_id=planned.programme_id,
        person_id=planned.person_id,
        dosing_id=planned.id,
        template=days.name,
        content_version=content.version,
        anchored_at=dosed_at(by.scope, planned) or now,
    )
    is_new = integration.open_plan(by.scope, plan)
    tell_screens(plan.programme_id, plan.person_id)
    return is_new


def own_person(by: Actor) -> UUID:
    """Return the person whose own page this is.

    Raises
    ------
    Missing
    """
    if by.scope.patient_id is None:
        raise Missing("you have no record of your own here")
    return by.scope.patient_id


def programme_of(scope: Scope, person_id: UUID) -> UUID:
    """Return the programme in which somebody is.

    Raises
    ------
    Missing    no such person within the scope
    """
    enrolments = people.enrolments_of(scope, person_id)
    if not enrolments:
        raise Missing("this person is not there, or not within your programmes")
    return enrolments[0].programme_id


def statement(
    kind: str,
    subject: UUID,
    state: str,
    *,
    person_id: UUID,
    by: Actor,
    now: datetime,
    plan_id: UUID | None = None,
    is_private: bool = False,
    details: Mapping[str, Any] | None = None,
    words: Mapping[str, Any] | None = None,
) -> Said:
    """Return a statement about one thing of a person, made now and not yet kept. Raises Missing."""
    return Said(
        id=new_id(),
        programme_id=programme_of(by.scope, person_id),
        person_id=person_id,
        kind=kind,
        subject=subject,
        state=state,
        by=by.id,
        true_at=now,
        plan_id=plan_id,
        is_private=is_private,
        details=details or {},
        words=words or {},
    )


def say_as_shared(said: Said) -> Said:
    """Return a statement that the team may read where its details say so, and else nobody but the patient."""
    return replace(said, is_private=not said.details.get("is_shared", False))


def keep_own(scope: Scope, said: Said, before: Said | None = None) -> Said:
    """Keep a patient's own statement as it is shared; one that no longer is, is taken from the team."""
    kept = say_as_shared(said)
    if kept.is_private and before is not None and not before.is_private:
        integration.say(
            scope, replace(kept, id=new_id(), state=PRIVATE, is_private=False, details={}, words={})
        )
    integration.say(scope, kept)
    tell_screens(said.programme_id, said.person_id)
    return kept


def look_for_danger_in(said: Said, *, by: Actor, now: datetime) -> None:
    """Bring a clinician to read words that signal danger; nobody reads what is private."""
    if said.is_private:
        return
    look_for_danger(
        "\n".join(str(words) for words in said.words.values()),
        place=DangerPlace.ANSWER,
        subject=said.id,
        programme_id=said.programme_id,
        person_id=said.person_id,
        by=by,
        now=now,
    )


def find_own(by: Actor, subject: UUID, kind: str) -> Said:
    """Return what was said last of one thing of one's own.

    Raises
    ------
    Missing
    """
    own_person(by)
    return integration.find_said(by.scope, subject, kind)


def check_accompanies(person_id: UUID, by: Actor) -> None:
    """Refuse a coach where the person has the trauma-care flag.

    Raises
    ------
    NotAllowed
    """
    flagged = has_trauma_flag(by.scope, person_id)
    check_may_accompany(has_trauma_flag=flagged, is_trained=not by.roles.isdisjoint(TRAINED))


def check_state(said: Said, *allowed: str) -> None:
    """Refuse to go on with something that has ended or changed meanwhile.

    Raises
    ------
    NotAllowed
    """
    if said.state not in allowed:
        raise NotAllowed(f"this is {said.state.replace('_', ' ')} already; load the page again")


def tell_screens(programme_id: UUID, person_id: UUID) -> None:
    """Have open screens fetched anew."""
    notify.changed(programme_id=programme_id, topic=INTEGRATION, subject=person_id)
