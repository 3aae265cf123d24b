"""The exposure that a model expects of the esketamine nasal spray, beside the order and in the plan."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from kairos.content.release import load_release
from kairos.domain.pharmacology.administration import Dose
from kairos.domain.pharmacology.system import DAY_MIN
from kairos.pharmacology.expected import ExpectedOfDevices, chosen_models, expected_of_devices
from kairos.pharmacology.plots import Curve, Plot, draw
from kairos.vocab.errors import InvalidInput
from kairos.web.clinic.courses.exposure_shown import HOURS, ExposureShown, left_words

ROUTE = "esketamine"
"""The protocols' route of the spray, which is the models' substance too."""
_NASAL = "nasal"


def exposure_of_spray(
    devices_mg: Sequence[float],
    gap_min: float,
    *,
    age: float | None,
    next_after_d: float,
    published_mg: Sequence[float],
) -> ExposureShown | None:
    """Return the panel for a dose of whole devices; None where nothing can be simulated.

    Parameters
    ----------
    devices_mg : mg of each device in its order, the protocol's ``gap_min`` apart
    age : whole years, None where the birth is not known
    published_mg : the doses that label and studies have for this use; none where the use is not signed
    """
    by = chosen_models(ROUTE)
    try:
        devices = tuple(Dose(_NASAL, mg, n * gap_min) for n, mg in enumerate(devices_mg))
        later = next_after_d * DAY_MIN
        found = expected_of_devices(ROUTE, devices, age=age, until_min=HOURS * 60.0, later_min=later)
    except (InvalidInput, ArithmeticError, ValueError):
        return None
    if by is None or found is None:
        return None
    said, texts = peak_words(found), load_release().texts
    return ExposureShown(
        picture=mark_safe(draw(_plot(found, said), narrow=True)),  # nosec B308 B703 - built as a tree
        peak=_("Drawn for %(mg)s mg.") % {"mg": f"{sum(devices_mg):g}"} + " " + said,
        left=left_words(found.left_ng_ml or 0.0, next_after_d),
        flag=_flag(sum(devices_mg), published_mg),
        range_words=_range(published_mg),
        notes=(
            texts.render("pharmacology.not_measured", {}),
            texts.render(by.text, {}),
            age_words(found),
            texts.render("pharmacology.expected_spray_unknown", {}),
        ),
        sources=(found.model.citation,),
    )


def peak_words(found: ExpectedOfDevices) -> str:
    """Return the peak of the typical person and of 9 in 10 others."""
    people = found.people
    return _(
        "Peak %(typical)s ng/mL in the typical person; %(low)s to %(high)s ng/mL in 9 of 10 people drawn."
    ) % {
        "typical": f"{people.typical_peak_ng_ml:.0f}",
        "low": f"{people.peak_ng_ml.low:.0f}",
        "high": f"{people.peak_ng_ml.high:.0f}",
    }


def age_words(found: ExpectedOfDevices) -> str:
    """Return for which age it is drawn, and whether anybody stated it."""
    age = {"age": f"{found.person.covariates['age']:g}"}
    if "age" in found.person.assumed:
        return _("The age is not known: drawn for %(age)s years.") % age
    return _("Drawn for %(age)s years.") % age


def _flag(mg: float, published: Sequence[float]) -> str:
    if not published or mg in published:
        return ""
    if mg > max(published):
        return _("Above the published doses")
    return _("Below the published doses") if mg < min(published) else _("No published dose")


def _range(published: Sequence[float]) -> str:
    if not published:
        return _("No use is signed for, so no published dose is set beside it.")
    doses = _(", ").join(f"{each:g}" for each in published)
    return _("Published doses for this use and age: %(doses)s mg.") % {"doses": doses}


def _plot(found: ExpectedOfDevices, story: str) -> Plot:
    people = found.people
    band = people.band_ng_ml
    curve = Curve(_("Expected"), people.times_min, people.typical_ng_ml, band.low, band.high)
    mark = _("Simulation, not a measurement")
    plot = Plot(title=_("Expected exposure"), story=story, curves=(curve,), mark=mark)
    return replace(plot, hours=_("hours"), minutes=_("minutes"), name="expected")
