"""What actions about medicines share: the list as it stands, the plan's standing, a statement kept."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.screening import enrolment_of, keep_facts_and_screen
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.medicine_entries import Said
from kairos.domain.protocols.medicine_list import MedicineList, medicine_list
from kairos.domain.protocols.medicine_plan import PlanStanding, plan_standing
from kairos.domain.rules.medicine_grades import asked_classes
from kairos.store.audit import AuditNote
from kairos.store.repositories import facts, medicines
from kairos.vocab.errors import NotAllowed
from kairos.vocab.facts import Fact, FactKind
from kairos.vocab.people import Actor, Scope

KINDS = (FactKind.MEDICATION, FactKind.ANSWER)
State = Callable[[MedicineList, Said], tuple[Fact, ...]]


def limits_of(scope: Scope, programme_id: UUID, now: datetime) -> LimitsInForce:
    """Return the limits that hold today, with the programme's own values over those of the release."""
    return LimitsInForce(content_of(scope, programme_id).parameters, now.astimezone(UTC).date())


def list_of(scope: Scope, programme_id: UUID, person_id: UUID, now: datetime) -> MedicineList:
    """Return what somebody takes, as it is known now."""
    release = content_of(scope, programme_id).release
    return medicine_list(
        facts.facts_of(scope, person_id, kinds=KINDS),
        drugs=release.concepts.ingredients,
        asked=asked_classes(release.rules.values()),
        on=now.astimezone(UTC).date(),
        limits=limits_of(scope, programme_id, now),
    )


def standing_of(
    scope: Scope, programme_id: UUID, person_id: UUID, now: datetime, *, route: str
) -> PlanStanding:
    """Return how the plan for somebody's medicines stands now, for a route."""
    kept = medicines.newest_plan(scope, person_id)
    listed = list_of(scope, programme_id, person_id, now)
    return plan_standing(listed, kept.plan if kept else None, route=route)


def keep_statement(
    person_id: UUID, state: State, *, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep what somebody says of a medicine, ask the rules again, and return the id of the screening.

    Raises
    ------
    Missing    no such person in the actor's programmes, or the line is not there any more
    """
    enrolment = enrolment_of(by.scope, person_id)
    listed = list_of(by.scope, enrolment.programme_id, person_id, now)
    said = Said(f"medicine/{command_id}", str(by.id), now)
    stated = state(listed, said)
    kept = keep_facts_and_screen(enrolment, stated, by=by, now=now)
    note = AuditNote(
        said.ref,
        programme_id=enrolment.programme_id,
        person_id=person_id,
        details={"drugs": sorted({fact.concept for fact in stated}), "advice": kept.advice.value},
    )
    return kept.id, note


def check_seen(listed: MedicineList, seen: str) -> None:
    """Refuse where the list is another than the one on the screen. Raises NotAllowed."""
    if listed.fingerprint != seen:
        raise NotAllowed("the list of medicines has changed since you opened the page; look again")
