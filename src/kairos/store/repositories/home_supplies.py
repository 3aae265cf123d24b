"""How many doses of a course at home were handed out, and how many of them were taken."""

from decimal import Decimal
from uuid import UUID

from kairos.domain.protocols.at_home import StatementKind
from kairos.domain.protocols.course import CourseTemplate, PlannedStatus
from kairos.domain.protocols.dose_history import HomeSupply, supply_until_review
from kairos.store.repositories import courses, home, orders
from kairos.store.repositories.courses import Course
from kairos.store.repositories.home import KeptStatement
from kairos.store.repositories.prior_doses import doses_given
from kairos.vocab.people import Scope


def supplies_of(scope: Scope, course: Course) -> tuple[KeptStatement, ...]:
    """Return what was ordered to be handed out for a course, in order."""
    return tuple(
        each
        for each in home.statements_of(scope, course.person_id)
        if each.kind == StatementKind.SUPPLY_ORDERED and each.subject == course.id
    )


def supply_of(scope: Scope, course: Course, template: CourseTemplate) -> HomeSupply:
    """Return how the supply of a course at home stands."""
    rows = courses.sessions_of_course(scope, course.id)
    ours = {each.id for each in rows if each.status != PlannedStatus.CANCELLED}
    taken = sum(each.planned.id in ours for each in doses_given(scope, course.person_id))
    handed_out = sum(int(each.details["doses"]) for each in supplies_of(scope, course))
    return supply_until_review(template.reviews_after, sessions=len(ours), taken=taken, handed_out=handed_out)


def dose_in_force(scope: Scope, course_id: UUID) -> Decimal | None:
    """Return the mg of the newest order of a course that a second person checked; None without one."""
    placed = orders.orders_of_course(scope, course_id)
    checked = [each for each in placed if each.verification is not None and each.invalidation is None]
    return orders.as_domain(checked[0]).plan.dose.mg if checked else None
