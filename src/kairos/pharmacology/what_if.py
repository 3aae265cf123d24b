"""The same dose with another medicine beside it, or in people of other weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kairos.pharmacology.simulation import Simulation, simulate
from kairos.vocab.errors import InvalidInput, Problem

if TYPE_CHECKING:  # the rules and their codes are brought in by the content that holds the measured effects
    from kairos.domain.rules.interactions import MeasuredEffect


@dataclass(frozen=True, slots=True)
class BesideMedicine:
    """Exposure of the substance itself with another medicine, as a study measured it.

    Parameters
    ----------
    effect : MeasuredEffect              multiples, source and certainty
    auc_0_24_ng_h_ml : float             ng*h/mL, the simulated area times the measured multiple
    cmax_ng_ml : float or None           ng/mL, the same for the peak; None where the study gives none
    warnings : sentences that belong to it
    """

    effect: "MeasuredEffect"
    auc_0_24_ng_h_ml: float
    cmax_ng_ml: float | None
    warnings: tuple[str, ...]


def beside(simulation: Simulation, medicine: str) -> BesideMedicine:
    """Return what a simulated dose comes to beside another medicine.

    Only what a study measured by that route is answered: a multiple of one route says nothing of another.

    Parameters
    ----------
    simulation : Simulation
    medicine : str           "clarithromycin", "ticlopidine", ...

    Raises
    ------
    InvalidInput      names the medicines that were studied by this route
    """
    route = simulation.doses[0].route
    studied = {each.drug: each for each in _studied(route)}
    if medicine not in studied:
        known = ", ".join(studied) or "none"
        message = f"{medicine} was not studied beside a dose by {route}; studied were {known}"
        raise InvalidInput(Problem("medicine", message))
    effect, alone = studied[medicine], simulation.analytes[simulation.model.substance]
    said = (
        "The multiple is that of the people of one study; it is not added up with a second medicine.",
        *simulation.warnings,
    )
    peak = None if effect.peak is None else alone.cmax_ng_ml * effect.peak
    return BesideMedicine(effect, alone.auc_0_24_ng_h_ml * effect.auc, peak, said)


def _studied(route: str) -> "list[MeasuredEffect]":
    from kairos.content.release import load_release  # half a second that only this question pays

    rows = load_release().interactions.rows.values()
    return [effect for row in rows for effect in row.effects if effect.column.value == route]


def by_weight(
    model: str,
    mg_per_kg: float,
    weights_kg: Sequence[float],
    *,
    route: str,
    minutes: float = 0.0,
    age: float | None = None,
) -> Mapping[float, Simulation]:
    """Return the same dose per kg in people of several weights.

    Parameters
    ----------
    model : str                     name
    mg_per_kg : float               mg of base per kg
    weights_kg : numbers            kg
    route, minutes, age             as ``simulate`` takes them
    """
    return {
        kg: simulate(model, mg_per_kg * kg, route=route, minutes=minutes, weight_kg=kg, age=age)
        for kg in weights_kg
    }
