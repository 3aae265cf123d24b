"""A dose order as plain values and back. Decimals travel as text, so that 0.1 mg stays 0.1 mg."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

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

_SECOND = timedelta(seconds=1)


def to_details(order: DoseOrder) -> dict[str, str | int]:
    """Return what was ordered as codes and numbers, the unit in each name.

    ``rate_mL_per_h``, ``rate_mg_per_h`` and ``volume_mL`` follow from the others; they are kept because
    people act on them.
    """
    plan = order.plan
    return {
        "mg_per_kg": str(order.rate.mg_per_kg),
        "dose_mg": str(plan.dose.mg),
        "over_s": plan.over // _SECOND,
        "concentration_mg_per_mL": str(plan.bag.mg_per_mL),
        "rate_mg_per_h": plain(plan.rate.mg_per_h),
        "rate_mL_per_h": plain(plan.rate.mL_per_h(plan.bag)),
        "volume_mL": plain(plan.volume_mL),
        "weight_kg": str(order.weight.kg),
        "weight_basis": order.weight.basis.value,
        "weighed_on": order.weight.weighed_on.isoformat(),
    }


def from_details(
    details: Mapping[str, Any], *, order_id: UUID, placed_by: UUID, placed_at: datetime
) -> DoseOrder:
    """Return the order again, as it was placed."""
    return DoseOrder(
        id=order_id,
        rate=DoseRate(Decimal(details["mg_per_kg"])),
        weight=DosingWeight(
            Decimal(details["weight_kg"]),
            WeightBasis(details["weight_basis"]),
            date.fromisoformat(details["weighed_on"]),
        ),
        plan=InfusionPlan(
            Dose(Decimal(details["dose_mg"])),
            timedelta(seconds=int(details["over_s"])),
            Concentration(Decimal(details["concentration_mg_per_mL"])),
        ),
        placed_by=placed_by,
        placed_at=placed_at,
    )
