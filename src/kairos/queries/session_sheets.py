"""What a printed session sheet holds: one for each session planned at a site today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.domain.evidence.parameters import ParameterValue
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.orders import DoseOrder
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.sessions.paper import minutes_asked
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, courses, orders, organisations, people
from kairos.store.repositories.courses import PlannedSession
from kairos.store.repositories.orders import as_domain
from kairos.store.repositories.people import Identity
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission, Scope

LIMITS = (
    "monitoring.systolic_alert",
    "monitoring.diastolic_alert",
    "monitoring.systolic_stop",
    "monitoring.diastolic_stop",
    "monitoring.systolic_low",
    "monitoring.heart_rate_high",
    "monitoring.heart_rate_low",
    "monitoring.oxygen_urgent",
    "monitoring.oxygen_emergency",
    "monitoring.breathing_urgent",
    "monitoring.breathing_emergency",
    "monitoring.sedation_urgent",
    "monitoring.sedation_emergency",
    "release.time_least",
)
"""The parameters that a sheet states, in the order in which they stand on it."""
ASKED = ("vitals", "sedation", "dissociation", "check_in")


@dataclass(frozen=True, slots=True)
class SessionSheet:
    """One session on paper. ``asked`` are minutes from the start at which each kind of reading is due."""

    planned: PlannedSession
    identity: Identity
    place: str
    protocol: TreatmentProtocol
    order: DoseOrder | None
    asked: Mapping[str, tuple[int, ...]]
    limits: LimitsInForce

    @property
    def stated(self) -> tuple[ParameterValue, ...]:
        """The limits that stand on the sheet."""
        return tuple(self.limits.entry(name) for name in LIMITS)


@dataclass(frozen=True, slots=True)
class SheetsOfDay:
    """The sheets of one site's day; ``names`` are of who signed the orders."""

    site: str
    zone: ZoneInfo
    at: datetime
    content_version: str
    sheets: tuple[SessionSheet, ...]
    names: Mapping[UUID, str]


@reading(Permission.SEE_CHART)
def session_sheets(*, site_id: UUID, by: Actor, now: datetime) -> SheetsOfDay:
    """Return the sheets of the sessions planned at a site today. Call ``record_access`` for each person.

    Raises
    ------
    Missing    no such site within the scope
    """
    scope = by.scope
    site = next((each for each in organisations.list_sites(scope) if each.id == site_id), None)
    if site is None:
        raise Missing("the site is not there, or not within your programmes")
    zone = ZoneInfo(site.time_zone)
    on = now.astimezone(zone).date()
    begins = datetime(on.year, on.month, on.day, tzinfo=zone)
    planned = [
        each
        for each in courses.sessions_between(scope, begins, begins + timedelta(days=1))
        if each.site_id == site_id and each.status in (PlannedStatus.PLANNED, PlannedStatus.OPEN)
    ]
    content = content_of(scope, site.programme_id)
    known = people.identities(scope, {each.person_id for each in planned})
    places = {place.id: place.name for place in organisations.list_places(scope)}
    limits = LimitsInForce(content.parameters, on)
    sheets = tuple(_sheet(scope, each, content.release.protocols, limits, known, places) for each in planned)
    signers = {who for sheet in sheets if (order := sheet.order) for who in _signers(order)}
    return SheetsOfDay(site.name, zone, now, content.version, sheets, accounts.names_of(signers))


def _sheet(
    scope: Scope,
    planned: PlannedSession,
    protocols: Mapping[str, TreatmentProtocol],
    limits: LimitsInForce,
    known: Mapping[UUID, Identity],
    places: Mapping[UUID, str],
) -> SessionSheet:
    protocol = protocols[courses.find_course(scope, planned.course_id).protocol]
    standing = [each for each in orders.orders_of_session(scope, planned.id) if each.invalidation is None]
    return SessionSheet(
        planned=planned,
        identity=known.get(planned.person_id, Identity()),
        place=places.get(planned.place_id, "") if planned.place_id else "",
        protocol=protocol,
        order=as_domain(standing[0]) if standing else None,
        asked={what: minutes_asked(protocol, what, limits=limits) for what in ASKED},
        limits=limits.under(protocol.limits_named),
    )


def _signers(order: DoseOrder) -> set[UUID]:
    return {who for who in (order.placed_by, order.verified_by) if who is not None}
