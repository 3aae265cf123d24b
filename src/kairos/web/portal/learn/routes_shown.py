"""The routes as a picture, a table and what is not known of each."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kairos.domain.evidence.citations import Citation
from kairos.domain.evidence.texts import Audience
from kairos.pharmacology.plots import Curve, Plot, draw
from kairos.pharmacology.routes_compared import RouteCurve, compared_routes, comparison_model
from kairos.web.languages import spoken_release
from kairos.web.portal.learn.route_names import ROUTES

SUBSTANCE = "ketamine"
UNKNOWN = ("person", "effect", "speed", "nose", "breakdown", "brain")


@dataclass(frozen=True, slots=True)
class RouteRow:
    """One route in the table twin, in words."""

    name: str
    series: int
    arrives: str
    peak: str
    after: str


@dataclass(frozen=True, slots=True)
class RoutesShown:
    """Everything the page draws."""

    wide: SafeString
    narrow: SafeString
    rows: tuple[RouteRow, ...]
    dose: str
    unknown: tuple[str, ...]
    marks: tuple[str, ...]
    sources: tuple[Citation, ...]


def routes_shown(routes: tuple[str, ...], *, hours: int, on: date) -> RoutesShown:
    """Return the same dose by each of some routes, in the order of the page."""
    release = spoken_release()
    model = comparison_model(SUBSTANCE)
    per_kg = release.parameters.quantity("dosing.iv_standard_per_kg", on=on).value
    over = release.parameters.quantity("dosing.iv_standard_over", on=on).value
    weight = model.population.numbers["weight"].typical or 0.0
    curves = compared_routes(
        SUBSTANCE,
        tuple(route for route in ROUTES if route in routes),
        dose_mg=per_kg * weight,
        weight_kg=weight,
        infusion_min=over,
        until_min=hours * 60.0,
    )
    rows = tuple(_row(each) for each in curves)
    dose = _("%(mg)s mg by each route, in a person of %(kg)s kg; into a vein over %(minutes)s minutes.") % {
        "mg": f"{per_kg * weight:g}",
        "kg": f"{weight:g}",
        "minutes": f"{over:g}",
    }
    plot = _plot(curves, rows, dose)
    texts = release.texts
    return RoutesShown(
        wide=mark_safe(draw(plot)),  # nosec B308 B703 - built as a tree, which escapes
        narrow=mark_safe(draw(_renamed(plot), narrow=True)),  # nosec B308 B703 - as above
        rows=rows,
        dose=dose,
        unknown=tuple(
            texts.render(f"pharmacology.unknown.{each}", {}, audience=Audience.PATIENT) for each in UNKNOWN
        ),
        marks=tuple(
            texts.render(key, {}, audience=Audience.PATIENT)
            for key in ("pharmacology.not_measured", "pharmacology.routes_band", "pharmacology.routes_only")
        ),
        sources=tuple(release.citations[key] for key in _sources(curves)),
    )


def _plot(curves: tuple[RouteCurve, ...], rows: tuple[RouteRow, ...], dose: str) -> Plot:
    drawn = []
    for each, row in zip(curves, rows, strict=True):
        low, high = each.band or (None, None)
        drawn.append(Curve(row.name, each.times_min, each.typical_ng_ml, low, high, series=row.series))
    told = [
        _("%(route)s: highest about %(peak)s after %(after)s.")
        % {"route": row.name, "peak": row.peak, "after": row.after}
        for row in rows
    ]
    return Plot(
        title=_("Ketamine in the blood, by route"),
        story=" ".join([dose, *told]),
        curves=tuple(drawn),
        mark=_("Simulation, not a measurement"),
        hours=_("hours"),
        minutes=_("minutes"),
        name="routes",
    )


def _renamed(plot: Plot) -> Plot:
    """Return the picture for a phone, with ids of its own."""
    return Plot(**{name: getattr(plot, name) for name in plot.__slots__} | {"name": "routes-narrow"})


def _row(curve: RouteCurve) -> RouteRow:
    arrives = curve.arrives
    part = _("%(part)s of 100") % {"part": f"{100 * arrives.typical:.0f}"}
    if arrives.low is not None and arrives.high is not None:
        low, high = f"{100 * arrives.low:.0f}", f"{100 * arrives.high:.0f}"
        part = _("%(part)s; studies say %(low)s to %(high)s") % {"part": part, "low": low, "high": high}
    return RouteRow(
        name=str(ROUTES[curve.route]),
        series=list(ROUTES).index(curve.route) + 1,
        arrives=part,
        peak=_("%(level)s ng/mL") % {"level": f"{curve.peak_ng_ml:.0f}"},
        after=_("%(minutes)s minutes") % {"minutes": f"{curve.peak_min:.0f}"},
    )


def _sources(curves: tuple[RouteCurve, ...]) -> tuple[str, ...]:
    """Return the citations of the model and of what arrives by the routes that are drawn."""
    model = comparison_model(SUBSTANCE)
    table = spoken_release().absorption[SUBSTANCE].routes
    keys = [*model.sources, *(key for each in curves for key in table[each.route].bioavailability.sources)]
    return tuple(dict.fromkeys(keys))
