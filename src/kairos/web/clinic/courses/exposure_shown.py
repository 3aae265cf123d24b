"""The exposure that models expect of racemic ketamine, beside the order, and the published range."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kairos.content.release import load_release
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.pharmacology.administration import Dose
from kairos.domain.pharmacology.dose_band import DoseBand, Place, place_in_band
from kairos.domain.pharmacology.expected import ExpectedWindow
from kairos.domain.pharmacology.expected_by import ExpectedBy
from kairos.domain.pharmacology.system import DAY_MIN
from kairos.pharmacology.expected import MODEL_ROUTES, chosen_models, expected_course
from kairos.pharmacology.plots import Curve, Plot, Shade, draw
from kairos.vocab.errors import InvalidInput

SUBSTANCE = "ketamine"
HOURS = 6.0
_SHADES = ("dissociation", "antidepressant")
_HARDLY = 1.0
"""What is below one unit of the picture is told as that: the last digits of a model say nothing."""


@dataclass(frozen=True, slots=True)
class ExposureShown:
    """What a panel about one dose shows. ``flag`` is empty where the dose lies in the published range."""

    picture: SafeString
    peak: str
    left: str
    flag: str
    range_words: str
    notes: tuple[str, ...]
    sources: tuple[str, ...]


def exposure_of_infusion(
    mg_per_kg: float, over_min: float, *, weight_kg: float | None, next_after_d: float, on: date
) -> ExposureShown | None:
    """Return the panel for an infusion of racemic ketamine; None where nothing can be simulated.

    Without a weight the models' typical one is taken: by mg/kg they give everybody the same curve.
    """
    by = chosen_models(SUBSTANCE)
    if by is None:
        return None
    kg = weight_kg or by.models[0].population.numbers["weight"].typical or 0.0
    try:
        doses = (Dose("iv", mg_per_kg * kg, 0.0, over_min),)
    except InvalidInput:
        return None
    return _shown(by, doses, kg=kg, next_after_d=next_after_d, on=on)


def exposure_of_portions(
    route: str,
    portions_mg: Sequence[float],
    gap_min: float,
    *,
    weight_kg: float,
    next_after_d: float,
    on: date,
) -> ExposureShown | None:
    """Return the panel for racemic ketamine in portions; None where nothing can be simulated.

    ``route`` is the protocol's. The dose beside the published range is what typically arrives of it; the flag
    says so too where only a part of what studies report lies outside.
    """
    by = chosen_models(SUBSTANCE)
    if by is None or route not in MODEL_ROUTES:
        return None
    try:
        doses = tuple(Dose(MODEL_ROUTES[route], mg, n * gap_min) for n, mg in enumerate(portions_mg))
    except InvalidInput:
        return None
    return _shown(by, doses, kg=weight_kg, next_after_d=next_after_d, on=on)


def _shown(
    by: ExpectedBy, doses: tuple[Dose, ...], *, kg: float, next_after_d: float, on: date
) -> ExposureShown | None:
    try:
        window = expected_course(SUBSTANCE, doses, weight_kg=kg, until_min=HOURS * 60.0)
        later = expected_course(SUBSTANCE, doses, weight_kg=kg, until_min=next_after_d * DAY_MIN)
    except (InvalidInput, ArithmeticError, ValueError):
        return None
    if window is None or later is None:
        return None
    release, route = load_release(), doses[0].route
    band = _placed(sum(each.amount_mg for each in doses) / kg, route, release.parameters, on)
    peak = _peak(window, route)
    return ExposureShown(
        picture=mark_safe(draw(_plot(window, peak), narrow=True)),  # nosec B308 B703 - built as a tree
        peak=peak,
        left=left_words(float(later.high_ng_ml[-1]), next_after_d),
        flag=_flag(band),
        range_words=_range(release.parameters, on),
        notes=tuple(release.texts.render(key, {}) for key in _NOTES),
        sources=tuple(model.citation for model in by.models),
    )


_NOTES = ("pharmacology.not_measured", "pharmacology.expected_models", "pharmacology.effects_caveat")


def _peak(window: ExpectedWindow, route: str) -> str:
    said = _("Peak %(low)s to %(high)s ng/mL.")
    if route == "iv":
        said = _("Peak %(low)s to %(high)s ng/mL at the end of the infusion.")
    return said % {"low": f"{window.lowest_peak_ng_ml:.0f}", "high": f"{window.highest_peak_ng_ml:.0f}"}


def left_words(level: float, days: float) -> str:
    """Return what is left at the next session, in words."""
    if level < _HARDLY:
        return _(
            "At the next session, %(days)s days later, hardly any of it is left (under %(level)s ng/mL)."
        ) % {
            "days": f"{days:g}",
            "level": f"{_HARDLY:g}",
        }
    return _("At the next session, %(days)s days later, at most %(level)s ng/mL of it is left.") % {
        "days": f"{days:g}",
        "level": f"{level:.1f}",
    }


def _placed(mg_per_kg: float, route: str, parameters: ParameterBook, on: date) -> DoseBand:
    arrives = load_release().absorption[SUBSTANCE].routes[route].bioavailability
    return place_in_band(
        mg_per_kg,
        arrives=arrives.typical,
        arrives_low=arrives.low,
        arrives_high=arrives.high,
        lowest_per_kg=parameters.quantity("exposure.published_lowest_per_kg", on=on).value,
        highest_per_kg=parameters.quantity("exposure.published_highest_per_kg", on=on).value,
    )


def _flag(band: DoseBand) -> str:
    if not band.is_flagged:
        return ""
    if band.place is Place.WITHIN:
        return _("Perhaps outside the published range")
    return _("Above the published range") if band.place is Place.ABOVE else _("Below the published range")


def _range(parameters: ParameterBook, on: date) -> str:
    return _("People in studies of depression responded to %(low)s to %(high)s mg/kg into a vein.") % {
        "low": f"{parameters.quantity('exposure.published_lowest_per_kg', on=on).value:g}",
        "high": f"{parameters.quantity('exposure.published_highest_per_kg', on=on).value:g}",
    }


def _plot(window: ExpectedWindow, story: str) -> Plot:
    ranges = {each.name: each for each in load_release().effects}
    words = {"dissociation": _("Dissociation seen"), "antidepressant": _("Trials: end of infusion")}
    shades = tuple(Shade(ranges[n].low_ng_ml, ranges[n].high_ng_ml, words[n]) for n in _SHADES if n in ranges)
    curve = Curve(_("Expected"), window.times_min, None, window.low_ng_ml, window.high_ng_ml)
    plot = Plot(
        title=_("Expected exposure"),
        story=story,
        curves=(curve,),
        shades=shades,
        mark=_("Simulation, not a measurement"),
    )
    return replace(plot, hours=_("hours"), minutes=_("minutes"), name="expected")
