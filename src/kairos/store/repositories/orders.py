"""Dose orders. Never changed, never deleted: verified by a second person, or invalidated."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kairos.domain.protocols import orders as domain_orders
from kairos.domain.protocols.order_details import from_details
from kairos.store.records.courses import DoseOrder as OrderRecord
from kairos.store.records.courses import DoseOrderInvalidation as InvalidationRecord
from kairos.store.records.courses import DoseOrderVerification as VerificationRecord
from kairos.store.repositories.patient_rows import add, value_of
from kairos.store.repositories.rows import to_value
from kairos.store.scope import the_only, within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class DoseOrder:
    """A clinician's order. ``details`` are codes and numbers with units (dose, rate, weight and its day)."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    course_id: UUID
    details: Mapping[str, Any]
    ordered_by: UUID
    ordered_at: datetime
    planned_session_id: UUID | None = None
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DoseOrderVerification:
    """The second person's check."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    order_id: UUID
    verified_by: UUID
    verified_at: datetime


@dataclass(frozen=True, slots=True)
class DoseOrderInvalidation:
    """Why an order no longer counts: a code, and words if there are any."""

    id: UUID
    programme_id: UUID
    person_id: UUID
    order_id: UUID
    reason: str
    invalidated_by: UUID
    invalidated_at: datetime
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlacedOrder:
    """An order with what became of it."""

    order: DoseOrder
    verification: DoseOrderVerification | None
    invalidation: DoseOrderInvalidation | None


def as_domain(placed: PlacedOrder) -> domain_orders.DoseOrder:
    """Return a kept order as the domain reads it; whether it was used, its dosing session knows."""
    kept, checked, ended = placed.order, placed.verification, placed.invalidation
    order = from_details(kept.details, order_id=kept.id, placed_by=kept.ordered_by, placed_at=kept.ordered_at)
    if checked is not None:
        status = domain_orders.OrderStatus.VERIFIED
        at = checked.verified_at
        order = replace(order, status=status, verified_by=checked.verified_by, verified_at=at)
    if ended is not None:
        status = domain_orders.OrderStatus.INVALIDATED
        by, at = ended.invalidated_by, ended.invalidated_at
        order = replace(order, status=status, invalidated_by=by, invalidated_at=at, reason=ended.reason)
    return order


def place(scope: Scope, order: DoseOrder) -> None:
    """Keep an order."""
    add(OrderRecord, scope, order, details=dict(order.details))


def verify(scope: Scope, verification: DoseOrderVerification) -> None:
    """Keep the second check; an order has one at most."""
    add(VerificationRecord, scope, verification)


def invalidate(scope: Scope, invalidation: DoseOrderInvalidation) -> None:
    """Keep why an order no longer counts; the order stays."""
    add(InvalidationRecord, scope, invalidation)


def find_order(scope: Scope, order_id: UUID) -> PlacedOrder:
    """Return an order with its check or invalidation.

    Raises
    ------
    Missing
    """
    return _placed(the_only(_rows(scope).filter(id=order_id), "the order"))


def orders_of_course(scope: Scope, course_id: UUID) -> tuple[PlacedOrder, ...]:
    """Return the orders of a course, newest first, invalid ones among them."""
    rows = _rows(scope).filter(course_id=course_id).order_by("-recorded_at", "-id")
    return tuple(_placed(row) for row in rows)


def orders_of_session(scope: Scope, planned_session_id: UUID) -> tuple[PlacedOrder, ...]:
    """Return the orders of one planned session, newest first."""
    rows = _rows(scope).filter(planned_session_id=planned_session_id).order_by("-recorded_at", "-id")
    return tuple(_placed(row) for row in rows)


def orders_to_verify(scope: Scope) -> tuple[PlacedOrder, ...]:
    """Return the orders that still want a second check, oldest first."""
    rows = _rows(scope).filter(verification__isnull=True, invalidation__isnull=True)
    return tuple(_placed(row) for row in rows.order_by("recorded_at", "id"))


def _rows(scope: Scope) -> "QuerySet[OrderRecord]":
    return within(OrderRecord.objects.select_related("verification", "invalidation"), scope)


def _placed(row: OrderRecord) -> PlacedOrder:
    verification = getattr(row, "verification", None)
    invalidation = getattr(row, "invalidation", None)
    return PlacedOrder(
        value_of(DoseOrder, row),
        to_value(DoseOrderVerification, verification) if verification else None,
        value_of(DoseOrderInvalidation, invalidation) if invalidation else None,
    )
