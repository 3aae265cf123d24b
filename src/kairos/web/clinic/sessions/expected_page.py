"""The expected window behind the readings: what was given, when, on what weight. It decides nothing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil

from django.utils.translation import gettext as _

from kairos.content.release import load_release
from kairos.domain.pharmacology.administration import Dose
from kairos.domain.protocols.portion_doses import whole_years
from kairos.domain.sessions.console import InfusionBar, InfusionLane
from kairos.pharmacology.expected import MODEL_ROUTES, chosen_models, expected_course, expected_of_devices
from kairos.queries.dosing_sessions import SessionPage
from kairos.vocab.errors import InvalidInput
from kairos.web.clinic.courses.spray_shown import age_words, peak_words
from kairos.web.design.drawings.session_values import ExpectedBand

_MINUTE = timedelta(minutes=1)
_SUBSTANCE = "ketamine"
_INFUSED = "iv"
_NASAL = "nasal"
_SPRAY = "esketamine"
"""The protocols' route of the spray, which is the models' substance too."""


@dataclass(frozen=True, slots=True)
class ExpectedShown:
    """The band of the drawing, and the sentences under it."""

    band: ExpectedBand
    range_words: str
    notes: tuple[str, ...]


def expected_shown(page: SessionPage, lane: InfusionLane, ends: datetime) -> ExpectedShown | None:
    """Return the expected window; None before a dose and, for racemic ketamine, without a weight.

    Whatever goes wrong in a simulation, the console goes on without it.
    """
    if page.picture.protocol.route == _SPRAY:
        return _sprayed(page, ends)
    weight, by = _weight_kg(page), chosen_models(_SUBSTANCE)
    starts, doses = _infused(lane) if lane.bars else _portions(page)
    if weight is None or by is None or not doses or starts is None:
        return None
    until = max((ends - starts) / _MINUTE, 1.0)
    try:
        window = expected_course(_SUBSTANCE, doses, weight_kg=float(weight), until_min=_whole_hours(until))
    except (InvalidInput, ArithmeticError, ValueError):
        return None
    if window is None:
        return None
    seen = window.times_min <= until
    band = ExpectedBand(
        at=tuple(starts + timedelta(minutes=float(each)) for each in window.times_min[seen]),
        low_ng_ml=tuple(window.low_ng_ml[seen]),
        high_ng_ml=tuple(window.high_ng_ml[seen]),
        words=_("Expected exposure, %(count)s models") % {"count": len(window.models)},
        mark=_("Simulation, not a measurement"),
    )
    said = _("Expected peak %(low)s to %(high)s ng/mL, worked out on %(kg)s kg from what was given.") % {
        "low": f"{window.lowest_peak_ng_ml:.0f}",
        "high": f"{window.highest_peak_ng_ml:.0f}",
        "kg": f"{weight.normalize():f}",
    }
    texts = load_release().texts
    return ExpectedShown(
        band, said, tuple(texts.render(key, {}) for key in ("pharmacology.not_measured", by.text))
    )


def _sprayed(page: SessionPage, ends: datetime) -> ExpectedShown | None:
    """Return the window of the devices that were used, each from the moment at which it was."""
    given, by = page.picture.state.dose.portions, chosen_models(_SPRAY)
    if not given or by is None:
        return None
    starts, born = given[0].at, page.identity.born_on
    age = float(whole_years(born.last, starts.date())) if born else None
    until = max((ends - starts) / _MINUTE, 1.0)
    try:
        devices = tuple(Dose(_NASAL, float(each.mg), (each.at - starts) / _MINUTE) for each in given)
        found = expected_of_devices(_SPRAY, devices, age=age, until_min=_whole_hours(until))
    except (InvalidInput, ArithmeticError, ValueError):
        return None
    if found is None:
        return None
    people, texts = found.people, load_release().texts
    seen = people.times_min <= until
    band = ExpectedBand(
        at=tuple(starts + timedelta(minutes=float(each)) for each in people.times_min[seen]),
        low_ng_ml=tuple(people.band_ng_ml.low[seen]),
        high_ng_ml=tuple(people.band_ng_ml.high[seen]),
        words=_("Expected exposure, 9 in 10 simulated people"),
        mark=_("Simulation, not a measurement"),
    )
    keys = ("pharmacology.not_measured", by.text, "pharmacology.expected_spray_unknown")
    words = (peak_words(found), age_words(found))
    return ExpectedShown(band, " ".join(words), tuple(texts.render(key, {}) for key in keys))


def _whole_hours(minutes: float) -> float:
    """Return the minutes of the hours begun, so that a look a minute later asks the same question."""
    return ceil(minutes / 60) * 60.0


def _portions(page: SessionPage) -> tuple[datetime | None, tuple[Dose, ...]]:
    """Return when the first portion was given, and every one of them."""
    route, given = MODEL_ROUTES.get(page.picture.protocol.route), page.picture.state.dose.portions
    if route is None or not given:
        return None, ()
    starts = given[0].at
    return starts, tuple(Dose(route, float(each.mg), (each.at - starts) / _MINUTE) for each in given)


def _infused(lane: InfusionLane) -> tuple[datetime, tuple[Dose, ...]]:
    """Return what was given, stretch by stretch, and what the pump will still give at its present rate.

    The stretch that runs is one dose up to where it runs out, so that a look a minute later asks the same
    question and finds it answered.
    """
    last, ends = lane.bars[-1], lane.runs_out_at
    runs_until = ends if ends and ends > last.until and last.mg_per_h > 0 else last.until
    stretches = [*((bar, bar.until) for bar in lane.bars[:-1]), (last, runs_until)]
    starts = lane.bars[0].since
    return starts, tuple(
        _stretch(starts, *each) for each in stretches if each[0].mg > 0 or each[1] > last.until
    )


def _stretch(starts: datetime, bar: InfusionBar, until: datetime) -> Dose:
    """Return one stretch of the pump as a dose; past what was given it goes on at its rate."""
    mg = float(bar.mg)
    if until > bar.until:
        mg = float(bar.mg_per_h) * ((until - bar.since) / timedelta(hours=1))
    return Dose(_INFUSED, mg, (bar.since - starts) / _MINUTE, (until - bar.since) / _MINUTE)


def _weight_kg(page: SessionPage) -> Decimal | None:
    """Return the weight that the session's order was worked out on."""
    bound = page.picture.state.order
    placed = next((each for each in page.orders if bound and each.order.id == bound.order_id), None)
    kept = placed.order.details.get("weight_kg") if placed is not None else None
    return Decimal(kept) if kept else None
