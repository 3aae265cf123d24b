"""A dose order as plain values and back. Decimals travel as text, so that 0.1 mg stays 0.1 mg."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from kairos.domain.protocols.dose_rules import DoseForm, MouthEnd
from kairos.domain.protocols.dosing import (
    Concentration,
    Dose,
    DoseRate,
    DosingWeight,
    InfusionPlan,
    WeightBasis,
    plain,
)
from kairos.domain.protocols.orders import DoseOrder
from kairos.domain.protocols.portion_doses import PortionPlan

_SECOND = timedelta(seconds=1)


def to_details(order: DoseOrder) -> dict[str, Any]:
    """Return what was ordered as codes and numbers, the unit in each name.

    ``rate_mL_per_h``, ``rate_mg_per_h`` and ``volume_mL`` follow from the others; they are kept because
    people act on them.
    """
    plan = order.plan
    return {"dose_mg": str(plan.dose.mg)} | _weight_details(order) | _plan_details(plan)


def _plan_details(plan: InfusionPlan | PortionPlan) -> dict[str, Any]:
    if isinstance(plan, PortionPlan):
        end = {"mouth_end": plan.mouth_end.value} if plan.mouth_end is not None else {}
        return {"form": plan.form.value, "portions_mg": [str(mg) for mg in plan.portions]} | end
    return {
        "over_s": plan.over // _SECOND,
        "concentration_mg_per_mL": str(plan.bag.mg_per_mL),
        "rate_mg_per_h": plain(plan.rate.mg_per_h),
        "rate_mL_per_h": plain(plan.rate.mL_per_h(plan.bag)),
        "volume_mL": plain(plan.volume_mL),
    }


def _weight_details(order: DoseOrder) -> dict[str, Any]:
    if order.rate is None or order.weight is None:
        return {}
    return {
        "mg_per_kg": str(order.rate.mg_per_kg),
        "weight_kg": str(order.weight.kg),
        "weight_basis": order.weight.basis.value,
        "weighed_on": order.weight.weighed_on.isoformat(),
    }


def from_details(
    details: Mapping[str, Any], *, order_id: UUID, placed_by: UUID, placed_at: datetime
) -> DoseOrder:
    """Return the order again, as it was placed."""
    has_weight = "weight_kg" in details
    return DoseOrder(
        id=order_id,
        rate=DoseRate(Decimal(details["mg_per_kg"])) if has_weight else None,
        weight=_weight(details) if has_weight else None,
        plan=_portions(details) if "portions_mg" in details else _infusion(details),
        placed_by=placed_by,
        placed_at=placed_at,
    )


def _weight(details: Mapping[str, Any]) -> DosingWeight:
    return DosingWeight(
        Decimal(details["weight_kg"]),
        WeightBasis(details["weight_basis"]),
        date.fromisoformat(details["weighed_on"]),
    )


def _infusion(details: Mapping[str, Any]) -> InfusionPlan:
    return InfusionPlan(
        Dose(Decimal(details["dose_mg"])),
        timedelta(seconds=int(details["over_s"])),
        Concentration(Decimal(details["concentration_mg_per_mL"])),
    )


def _portions(details: Mapping[str, Any]) -> PortionPlan:
    end = details.get("mouth_end")
    return PortionPlan(
        DoseForm(details["form"]),
        tuple(Decimal(mg) for mg in details["portions_mg"]),
        MouthEnd(end) if end else None,
    )
