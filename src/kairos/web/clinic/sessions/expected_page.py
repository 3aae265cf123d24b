"""The expected window behind the readings: what was given, when, on what weight. It decides nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from kairos.content.release import load_release
from kairos.domain.pharmacology.administration import Dose
from kairos.domain.sessions.console import InfusionLane
from kairos.pharmacology.expected import chosen_models, expected_course
from kairos.queries.dosing_sessions import SessionPage
from kairos.vocab.errors import InvalidInput
from kairos.web.design.drawings.session_values import ExpectedBand

_MINUTE = timedelta(minutes=1)
_SUBSTANCE = "ketamine"
_ROUTE = "iv"


@dataclass(frozen=True, slots=True)
class ExpectedShown:
    """The band of the drawing, and the sentences under it."""

    band: ExpectedBand
    range_words: str
    notes: tuple[str, ...]


def expected_shown(page: SessionPage, lane: InfusionLane, ends: datetime) -> ExpectedShown | None:
    """Return the expected window; None before a dose, without a weight, or where no infusion is given.

    Whatever goes wrong in a simulation, the console goes on without it.
    """
    weight, by = _weight_kg(page), chosen_models(_SUBSTANCE)
    doses = _doses(lane)
    if weight is None or by is None or not doses or page.picture.protocol.route != _ROUTE:
        return None
    starts = lane.bars[0].since
    until = max((ends - starts) / _MINUTE, 1.0)
    try:
        window = expected_course(_SUBSTANCE, doses, weight_kg=float(weight), until_min=round(until))
    except (InvalidInput, ArithmeticError, ValueError):
        return None
    if window is None:
        return None
    band = ExpectedBand(
        at=tuple(starts + timedelta(minutes=float(each)) for each in window.times_min),
        low_ng_ml=tuple(window.low_ng_ml),
        high_ng_ml=tuple(window.high_ng_ml),
        words=_("Expected exposure, %(count)s models") % {"count": len(window.models)},
        mark=_("Simulation, not a measurement"),
    )
    said = _("Expected peak %(low)s to %(high)s ng/mL, worked out on %(kg)s kg from what was given.") % {
        "low": f"{min(window.peaks_ng_ml):.0f}",
        "high": f"{max(window.peaks_ng_ml):.0f}",
        "kg": f"{weight.normalize():f}",
    }
    texts = load_release().texts
    return ExpectedShown(
        band, said, tuple(texts.render(key, {}) for key in ("pharmacology.not_measured", by.text))
    )


def _doses(lane: InfusionLane) -> tuple[Dose, ...]:
    """Return what was given, stretch by stretch, and what the pump will still give at its present rate."""
    given = [bar for bar in lane.bars if bar.mg > 0]
    if not given:
        return ()
    starts = lane.bars[0].since
    doses = [
        Dose(_ROUTE, float(bar.mg), (bar.since - starts) / _MINUTE, (bar.until - bar.since) / _MINUTE)
        for bar in given
    ]
    last = lane.bars[-1]
    if lane.runs_out_at is not None and lane.runs_out_at > last.until and last.mg_per_h > 0:
        left = float(last.mg_per_h) * ((lane.runs_out_at - last.until) / timedelta(hours=1))
        begins, over = (last.until - starts) / _MINUTE, (lane.runs_out_at - last.until) / _MINUTE
        doses.append(Dose(_ROUTE, left, begins, over))
    return tuple(doses)


def _weight_kg(page: SessionPage) -> Decimal | None:
    """Return the weight that the session's order was worked out on."""
    bound = page.picture.state.order
    placed = next((each for each in page.orders if bound and each.order.id == bound.order_id), None)
    kept = placed.order.details.get("weight_kg") if placed is not None else None
    return Decimal(kept) if kept else None
