"""What is known of a person at the moment a medicine is given, and standing orders."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from kairos.domain.evidence.concepts import ConceptMap
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.medicine_list import ListState, medicine_list
from kairos.domain.rules.evaluation import ANSWER_MAX_AGE, STATUS_MAX_AGE
from kairos.domain.safety.giving import AtTheChair
from kairos.domain.safety.standing_orders import StandingOrder
from kairos.store.records.safety import StandingOrder as OrderRecord
from kairos.store.records.safety import StandingOrderEnd as EndRecord
from kairos.store.repositories import facts
from kairos.store.repositories.rows import to_columns, to_value, to_values
from kairos.store.scope import check_within, the_only, within
from kairos.vocab.facts import FactKind
from kairos.vocab.people import Scope

_KINDS = (FactKind.ALLERGY, FactKind.CONDITION, FactKind.MEDICATION, FactKind.ANSWER)


@dataclass(frozen=True, slots=True)
class SignedOrder:
    """A standing order as it was signed."""

    id: UUID
    programme_id: UUID
    drug: str
    dose: Decimal
    unit: str
    route: str
    most: Decimal
    finding: str
    effect_after_min: int
    starts_on: date
    ends_on: date
    signed_by: UUID
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class OrderEnd:
    """That a standing order holds no longer."""

    id: UUID
    programme_id: UUID
    order_id: UUID
    reason: str
    ended_by: UUID
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """A standing order with its end, if it was ended before its last day."""

    signed: SignedOrder
    end: OrderEnd | None

    @property
    def order(self) -> StandingOrder:
        """The order as the domain reads it."""
        signed = self.signed
        return StandingOrder(
            id=signed.id,
            drug=signed.drug,
            dose=signed.dose.normalize(),
            unit=signed.unit,
            route=signed.route,
            most=signed.most.normalize(),
            finding=signed.finding,
            effect_after=timedelta(minutes=signed.effect_after_min),
            starts_on=signed.starts_on,
            ends_on=signed.ends_on,
            is_ended=self.end is not None,
        )


def add_order(scope: Scope, order: SignedOrder) -> None:
    """Keep a signed order."""
    check_within(scope, order.programme_id, scope.patient_id)
    OrderRecord.objects.create(**to_columns(order))


def end_order(scope: Scope, end: OrderEnd) -> None:
    """Keep that an order holds no longer."""
    check_within(scope, end.programme_id, scope.patient_id)
    EndRecord.objects.create(**to_columns(end))


def find_order(scope: Scope, order_id: UUID) -> KnownOrder:
    """Return a standing order. Raises Missing."""
    row = the_only(within(OrderRecord.objects.filter(id=order_id), scope), "the standing order")
    return KnownOrder(to_value(SignedOrder, row), _ends(scope, [row.id]).get(row.id))


def standing_orders(scope: Scope) -> tuple[KnownOrder, ...]:
    """Return all standing orders of the programmes, the newest first."""
    rows = list(within(OrderRecord.objects.all(), scope).order_by("-signed_at", "-id"))
    ends = _ends(scope, [row.id for row in rows])
    return tuple(KnownOrder(to_value(SignedOrder, row), ends.get(row.id)) for row in rows)


def _ends(scope: Scope, order_ids: list[UUID]) -> dict[UUID, OrderEnd]:
    rows = within(EndRecord.objects.filter(order_id__in=order_ids), scope)
    return {each.order_id: each for each in to_values(OrderEnd, rows)}


def at_the_chair(
    scope: Scope,
    person_id: UUID,
    *,
    concepts: ConceptMap,
    asked: Mapping[str, frozenset[str]],
    limits: LimitsInForce,
    given_here: tuple[tuple[str, str], ...],
) -> AtTheChair:
    """Return what the check before a medicine reads, as of the day of the limits.

    Parameters
    ----------
    asked : mapping         the concept that a question about a class states -> the drugs of that class
    given_here : pairs      drug and route of what this session's entries say was given
    """
    known = facts.facts_of(scope, person_id, kinds=_KINDS)
    listed = medicine_list(known, drugs=concepts.ingredients, asked=asked, on=limits.on, limits=limits)
    return AtTheChair(
        facts=known,
        taken=frozenset(each.key for each in listed.current if each.is_understood),
        list_is_known=listed.state is ListState.KNOWN,
        given_here=given_here,
        on=limits.on,
        fresh=limits.span(ANSWER_MAX_AGE),
        lasting=limits.span(STATUS_MAX_AGE),
        named=concepts.ingredients_named,
    )
