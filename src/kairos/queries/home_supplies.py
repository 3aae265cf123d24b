"""The supply of a course at home: what is there, what was ordered, and how much more may be handed out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kairos.domain.protocols.dose_history import HomeSupply
from kairos.domain.rules.target import Setting
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, courses
from kairos.store.repositories.home_supplies import dose_in_force, supplies_of, supply_of
from kairos.vocab.people import Actor, Permission


@dataclass(frozen=True, slots=True)
class SuppliesPage:
    """How the supply stands, the mg of one dose, and each order of a supply with who placed it."""

    course_id: UUID
    supply: HomeSupply
    mg_each: Decimal | None
    ordered: tuple[tuple[datetime, int, str], ...]


@reading(Permission.SEE_CHART)
def home_supplies(*, planned_session_id: UUID, by: Actor) -> SuppliesPage | None:
    """Return the supply of the course of a session; None where it is not at home.

    Raises
    ------
    Missing    no such session within the scope
    """
    session = courses.find_planned_session(by.scope, planned_session_id)
    course = courses.find_course(by.scope, session.course_id)
    protocol = content_of(by.scope, course.programme_id).release.protocols[course.protocol]
    if protocol.setting != Setting.HOME:
        return None
    kept = supplies_of(by.scope, course)
    names: Mapping[UUID, str] = accounts.names_of(each.by for each in kept)
    return SuppliesPage(
        course_id=course.id,
        supply=supply_of(by.scope, course, protocol.course),
        mg_each=dose_in_force(by.scope, course.id),
        ordered=tuple((each.true_at, int(each.details["doses"]), names.get(each.by, "")) for each in kept),
    )
