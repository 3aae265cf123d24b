"""The order page of one planned session: what is proposed, what was ordered, who checked it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from kairos.content.release import load_release
from kairos.domain.evidence.texts import Audience
from kairos.domain.protocols.body import BodyOnRecord, body_on_record
from kairos.domain.protocols.dose_history import DoseStep, LastGiven, check_next_dose
from kairos.domain.protocols.dosing import KG_PER_M2, DosingWeight, InfusionPlan
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.orders import DoseOrder, OrderRequest, OrderStatus, work_out
from kairos.queries.consents import standing_sentence
from kairos.queries.content_in_force import content_of
from kairos.queries.courses import (
    SessionRow,
    Standing,
    consent_of,
    decision_of,
    ground_of,
    identity_of,
    session_row,
)
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, courses, facts, orders
from kairos.store.repositories.prior_doses import last_given
from kairos.vocab.facts import FactKind
from kairos.vocab.finding import Finding
from kairos.vocab.instants import PartialDate
from kairos.vocab.people import Actor, Permission
from kairos.vocab.quantities import DAY, MILLIGRAM, MILLIGRAM_PER_KG, MINUTE
from kairos.vocab.verdict import Verdict


@dataclass(frozen=True, slots=True)
class OrderLimits:
    """The numbers of the content that the order page shows beside its fields, each with its unit."""

    usual_mg_per_kg: Decimal
    usual_over_min: Decimal
    first_mg_per_kg: Decimal
    cap_mg_per_kg: Decimal
    cap_mg: Decimal
    weight_max_age_d: Decimal
    adjusted_from_bmi: Decimal
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownOrder:
    """An order with the names of those who signed it; a withdrawn one with the reason as written."""

    order: DoseOrder
    placed_by: str
    verified_by: str
    withdrawn_by: str
    reason: str
    changes_from: str = ""
    changes_to: str = ""
    changed_because: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for a second person."""
        return self.order.status is OrderStatus.PLACED


@dataclass(frozen=True, slots=True)
class OrderPage:
    """Everything the order page shows."""

    person_id: UUID
    name: str
    born_on: PartialDate | None
    row: SessionRow
    day: date
    today: date
    decision: Standing
    consent: Standing
    body: BodyOnRecord
    limits: OrderLimits
    in_force: LimitsInForce
    is_signed: bool
    is_first: bool
    standing: ShownOrder | None
    withdrawn: tuple[ShownOrder, ...]
    last: LastGiven | None = None
    least: timedelta = timedelta(0)

    @property
    def weight_age_d(self) -> int | None:
        """Days from the last weighing to the session."""
        return (self.day - self.body.weight.on).days if self.body.weight else None


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What a request comes to, before anybody orders it."""

    weight: DosingWeight
    plan: InfusionPlan


@reading(Permission.SEE_CHART)
def order_page(*, planned_session_id: UUID, by: Actor, now: datetime) -> OrderPage:
    """Return the order page of a planned session.

    Raises
    ------
    Missing    no such session within the scope
    """
    session = courses.find_planned_session(by.scope, planned_session_id)
    course = courses.find_course(by.scope, session.course_id)
    who, content = identity_of(by.scope, session.person_id), content_of(by.scope, session.programme_id)
    row = session_row(session, content.release.protocols[course.protocol].course, ground_of(by.scope), None)
    day, today = row.starts_at.date(), now.astimezone(row.starts_at.tzinfo).date()
    kinds = [FactKind.VITAL, FactKind.DEMOGRAPHIC]
    known = facts.facts_of(by.scope, session.person_id, kinds=kinds)
    limits = LimitsInForce(content.parameters, day)
    protocol = content.release.protocols[course.protocol]
    shown = _shown(orders.orders_of_session(by.scope, session.id))
    return OrderPage(
        person_id=session.person_id,
        name=who.shown_name,
        born_on=who.born_on,
        row=row,
        day=day,
        today=today,
        decision=_standing(decision_of(by.scope, session.person_id, now=now)),
        consent=_standing(consent_of(by.scope, session.person_id, now=now, protocol=protocol.id)),
        body=body_on_record(known, on=today),
        limits=_limits(limits),
        in_force=limits,
        is_signed=content.is_signed,
        is_first=not courses.has_had_infusion(by.scope, session.person_id),
        standing=next((s for s in shown if s.order.status is not OrderStatus.INVALIDATED), None),
        withdrawn=tuple(s for s in shown if s.order.status is OrderStatus.INVALIDATED),
        last=last_given(by.scope, session.person_id, protocol.id),
        least=limits.under(protocol.limits_named).span(protocol.course.spacing_least),
    )


@reading(Permission.PLACE_ORDER)
def worked_out(*, page: OrderPage, request: OrderRequest, by: Actor) -> WorkedOut:
    """Return the dose that a request comes to, by the same rules by which it will be ordered.

    Raises
    ------
    InvalidInput    every limit that the request breaks
    """
    limits = page.in_force
    weight, plan = work_out(request, on=page.day, today=page.today, is_first=page.is_first, limits=limits)
    step = DoseStep(plan.dose.mg, request.rate.mg_per_kg)
    check_next_dose(step, page.last, reason=request.reason, on=page.day, least=page.least)
    return WorkedOut(weight, plan)


@reading(Permission.SEE_CHART)
def session_of_order(*, order_id: UUID, by: Actor) -> UUID:
    """Return the planned session of an order.

    Raises
    ------
    Missing    no such order within the scope
    """
    return orders.find_order(by.scope, order_id).order.planned_session_id or order_id


def _standing(finding: Finding) -> Standing:
    return Standing(finding.verdict is Verdict.MET, standing_sentence(finding, Audience.CLINICIAN))


def _limits(limits: LimitsInForce) -> OrderLimits:
    return OrderLimits(
        usual_mg_per_kg=limits.number("dosing.iv_standard_per_kg", MILLIGRAM_PER_KG),
        usual_over_min=limits.number("dosing.iv_standard_over", MINUTE),
        first_mg_per_kg=limits.number("dosing.iv_first_per_kg", MILLIGRAM_PER_KG),
        cap_mg_per_kg=limits.number("dosing.iv_cap_per_kg", MILLIGRAM_PER_KG),
        cap_mg=limits.number("dosing.iv_cap_mg", MILLIGRAM),
        weight_max_age_d=limits.number("dosing.weight_max_age", DAY),
        adjusted_from_bmi=limits.number("dosing.adjusted_from_bmi", KG_PER_M2),
        sources=_titles(limits.sources("dosing.iv_standard_per_kg", "dosing.iv_cap_per_kg")),
    )


def _titles(keys: tuple[str, ...]) -> tuple[str, ...]:
    citations = load_release().citations
    return tuple(citations[key.removeprefix("cite:")].title for key in keys)


def _shown(placed: tuple[orders.PlacedOrder, ...]) -> tuple[ShownOrder, ...]:
    read = [(orders.as_domain(each), each) for each in placed]
    ids = [i for order, _ in read for i in (order.placed_by, order.verified_by, order.invalidated_by) if i]
    names = accounts.names_of(ids)
    return tuple(
        ShownOrder(
            order=order,
            placed_by=names.get(order.placed_by, ""),
            verified_by=names.get(order.verified_by, "") if order.verified_by else "",
            withdrawn_by=names.get(order.invalidated_by, "") if order.invalidated_by else "",
            reason=str(kept.invalidation.words.get("reason", "")) if kept.invalidation else "",
            changes_from=str(kept.order.details.get("changes_from", "")),
            changes_to=str(kept.order.details.get("changes_to", "")),
            changed_because=str(kept.order.words.get("reason", "")),
        )
        for order, kept in read
    )
