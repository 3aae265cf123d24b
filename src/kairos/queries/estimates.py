"""What a person's planned course is expected to cost: for the person, and for whoever hands it to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.evidence.estimate import Estimate, Expected, estimate
from kairos.domain.evidence.price_list import VISIT, PriceItem
from kairos.domain.protocols.course import CourseStatus, PlannedStatus
from kairos.domain.protocols.therapy import SessionKind
from kairos.domain.protocols.triads import MeetingStatus
from kairos.queries.consents import own_person_id
from kairos.queries.prices import price_lists_of
from kairos.queries.reading import reading
from kairos.store.repositories import courses, kept_sheets, organisations, people, therapy
from kairos.store.repositories.courses import Course, PlannedSession
from kairos.store.repositories.kept_sheets import OFFERS
from kairos.store.repositories.people import Identity
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.people import Actor, Permission, Scope

_TO_COME = (PlannedStatus.PLANNED, PlannedStatus.OPEN)


@dataclass(frozen=True, slots=True)
class EstimatePage:
    """Whose estimate it is, by which programme and where; None where no course or no price list stands."""

    person_id: UUID
    identity: Identity
    programme: str
    sites: tuple[str, ...]
    protocol: str
    zone: ZoneInfo
    estimate: Estimate | None


@reading(Permission.SEE_OWN_RECORD)
def own_estimate(*, by: Actor, now: datetime) -> EstimatePage:
    """Return what one's own planned course is expected to cost."""
    return _page(by.scope, own_person_id(by), now)


@reading(Permission.SEE_PEOPLE)
def estimate_for(*, person_id: UUID, by: Actor, now: datetime) -> EstimatePage:
    """Return what a person's planned course is expected to cost.

    Raises
    ------
    Missing    no such person in the reader's programmes
    """
    return _page(by.scope, person_id, now)


def _page(scope: Scope, person_id: UUID, now: datetime) -> EstimatePage:
    person = people.find_person(scope, person_id)
    programme_id = person.enrolments[0].programme_id
    running = [c for c in courses.courses_of(scope, person_id) if c.status == CourseStatus.ACTIVE]
    course = next(iter(running), None)
    sessions = _to_come(scope, course)
    offered = next(each for each in price_lists_of(scope) if each.programme_id == programme_id)
    prices = offered.on(now.astimezone(UTC).date())
    expected = _expected(scope, course, sessions) if course else ()
    sites = {each.site_id for each in sessions}
    return EstimatePage(
        person_id=person_id,
        identity=person.identity or Identity(),
        programme=offered.name,
        sites=tuple(each.name for each in organisations.list_sites(scope) if each.id in sites),
        protocol=course.protocol if course else "",
        zone=zone_for(scope, person_id),
        estimate=estimate(prices, expected) if prices and expected else None,
    )


def _to_come(scope: Scope, course: Course | None) -> tuple[PlannedSession, ...]:
    if course is None:
        return ()
    return tuple(each for each in courses.sessions_of_course(scope, course.id) if each.status in _TO_COME)


def _expected(scope: Scope, course: Course, sessions: tuple[PlannedSession, ...]) -> tuple[Expected, ...]:
    """Return the sessions and meetings that are planned and not yet held."""
    meetings = [
        each for each in therapy.meetings_of_course(scope, course.id) if each.status == MeetingStatus.PLANNED
    ]
    kinds = {
        PriceItem.PREPARATION: SessionKind.PREPARATORY,
        PriceItem.INTEGRATION: SessionKind.INTEGRATION,
    }
    around = (
        Expected(item, tuple(each.starts_at for each in meetings if each.kind == kind))
        for item, kind in kinds.items()
    )
    visits = Expected(VISIT + course.protocol, tuple(each.starts_at for each in sessions))
    found = (visits, *around)
    return found if any(each.at for each in found) else ()


@reading(Permission.SEE_OWN_RECORD)
def own_offers(*, by: Actor) -> Mapping[str, Any]:
    """Return the offers that a patient kept, by field; empty where none are."""
    kept = kept_sheets.newest_sheet(by.scope, own_person_id(by), OFFERS)
    return kept.words if kept else {}
