"""What the pages about a person's medicines show: the list, what is proposed, what was signed, by whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from kairos.content.release import load_release
from kairos.domain.evidence.drug_codes import WaitingCode, waiting_code
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.medicine_list import Medicine, MedicineList, medicine_list
from kairos.domain.protocols.medicine_plan import (
    MedicinePlan,
    PlanStanding,
    Proposed,
    plan_finding,
    plan_standing,
    proposed,
)
from kairos.domain.rules.medicine_grades import asked_classes
from kairos.queries.consents import own_person_id
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, courses, facts, medicines, people
from kairos.store.repositories.people import Identity
from kairos.vocab.errors import Missing
from kairos.vocab.facts import FactKind
from kairos.vocab.finding import Finding
from kairos.vocab.people import Actor, Permission, Scope

KINDS = (FactKind.MEDICATION, FactKind.ANSWER)
USUAL_ROUTE = "iv"


@dataclass(frozen=True, slots=True)
class Medicines:
    """A person's medicines for one route. ``names`` are of everybody who said or signed something, by id."""

    person_id: UUID
    programme_id: UUID
    identity: Identity
    route: str
    listed: MedicineList
    proposals: tuple[Proposed, ...]
    plan: MedicinePlan | None
    standing: PlanStanding
    limits: LimitsInForce
    names: Mapping[str, str]
    waiting: Mapping[str, WaitingCode]

    @property
    def finding(self) -> Finding:
        """The standing as a finding, for its sentence."""
        return plan_finding(self.standing, limits=self.limits)


@reading(Permission.SEE_CHART)
def medicines_of(*, person_id: UUID, by: Actor, now: datetime, route: str = "") -> Medicines:
    """Return a person's medicines. Call ``record_access`` first.

    Parameters
    ----------
    route : str    how ketamine is given; that of the newest course, else the usual one, where empty

    Raises
    ------
    Missing    no such person in the actor's programmes, erased, or no such route
    """
    return _medicines(person_id, by.scope, now, route)


@reading(Permission.SEE_OWN_RECORD)
def my_medicines(*, by: Actor, now: datetime) -> Medicines:
    """Return the patient's own medicines, by the route of their course."""
    return _medicines(own_person_id(by), by.scope, now, "")


def _medicines(person_id: UUID, scope: Scope, now: datetime, route: str) -> Medicines:
    person = people.find_person(scope, person_id)
    if person.identity is None:
        raise Missing("this person's record was erased")
    programme_id = person.enrolments[0].programme_id
    content = content_of(scope, programme_id)
    release = content.release
    route = route or _route_of_course(scope, person_id)
    if route not in release.interactions.columns:
        raise Missing(
            f"{route} is no route of the grid; choose one of {', '.join(release.interactions.columns)}"
        )
    today = now.astimezone(UTC).date()
    limits = LimitsInForce(content.parameters, today)
    held = facts.facts_of(scope, person_id, kinds=KINDS)
    listed = medicine_list(
        held,
        drugs=release.concepts.ingredients,
        asked=asked_classes(release.rules.values()),
        on=today,
        limits=limits,
    )
    kept = medicines.newest_plan(scope, person_id)
    plan = kept.plan if kept else None
    return Medicines(
        person_id=person_id,
        programme_id=programme_id,
        identity=person.identity,
        route=route,
        listed=listed,
        proposals=proposed(listed.current, release.interactions, route=route, limits=limits),
        plan=plan,
        standing=plan_standing(listed, plan, route=route),
        limits=limits,
        names=_names(listed, plan),
        waiting=_waiting(scope, listed.medicines),
    )


def plan_standing_of(
    scope: Scope, programme_id: UUID, person_id: UUID, now: datetime, *, route: str
) -> PlanStanding:
    """Return how the plan for somebody's medicines stands now, for a route."""
    content, today = content_of(scope, programme_id), now.astimezone(UTC).date()
    listed = medicine_list(
        facts.facts_of(scope, person_id, kinds=KINDS),
        drugs=content.release.concepts.ingredients,
        asked=asked_classes(content.release.rules.values()),
        on=today,
        limits=LimitsInForce(content.parameters, today),
    )
    kept = medicines.newest_plan(scope, person_id)
    return plan_standing(listed, kept.plan if kept else None, route=route)


def _route_of_course(scope: Scope, person_id: UUID) -> str:
    found = courses.courses_of(scope, person_id)
    protocols = load_release().protocols
    return protocols[found[0].protocol].route if found and found[0].protocol in protocols else USUAL_ROUTE


def _names(listed: MedicineList, plan: MedicinePlan | None) -> Mapping[str, str]:
    said = [fact.origin.by for line in listed.medicines for fact in line.entries]
    said += [listed.confirmed.origin.by] if listed.confirmed else []
    said += [plan.signed_by] if plan else []
    return {str(user): name for user, name in accounts.names_of({UUID(one) for one in said if one}).items()}


def _waiting(scope: Scope, lines: Iterable[Medicine]) -> Mapping[str, WaitingCode]:
    """Return, by line, the codes that content knows from memory and nobody here has confirmed."""
    concepts = load_release().concepts
    confirmed = {(one.system, one.code, one.concept) for one in medicines.confirmations(scope)}
    found = {
        line.key: waiting
        for line in lines
        for fact in line.entries
        if (waiting := waiting_code(fact.code, line.key, concepts)) is not None
    }
    return {key: one for key, one in found.items() if (one.system, one.code, one.concept) not in confirmed}
