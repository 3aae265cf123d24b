"""What dose by another route gives the same exposure as a simulated one."""

from dataclasses import dataclass

from kairos.domain.pharmacology.administration import Dose, route_rule
from kairos.domain.pharmacology.equivalence import Width, equivalent
from kairos.pharmacology.simulation import Simulation

RANGE_ONLY = (
    "The width is that of the bioavailability that studies report; people differ by more, and one person "
    "from day to day."
)
NO_RANGE = "No range of bioavailability is stated for these routes: the width is not known."


@dataclass(frozen=True, slots=True)
class EquivalentDose:
    """Doses, mg of base, of the same area under the curve and of the same peak; and what to say with them."""

    by_area: Width
    by_peak: Width
    warnings: tuple[str, ...]


def equivalent_dose(simulation: Simulation, route: str, *, minutes: float = 0.0) -> EquivalentDose:
    """Return what dose by another route gives the same person the exposure of a simulated dose.

    Parameters
    ----------
    simulation : Simulation      of one dose
    route : str                  a route of its model
    minutes : float              min of an infusion; 0 for all at once

    Raises
    ------
    InvalidInput      a route the model does not have, or one whose exposure is not in proportion to the dose
    """
    dose, model = simulation.doses[0], simulation.model
    other = Dose(route, dose.amount_mg, 0.0, minutes)
    found = equivalent(model, simulation.individual.values, dose, other)
    width = NO_RANGE if found.by_area.low_mg is None else RANGE_ONLY
    said = dict.fromkeys((width, *route_rule(model, route).warnings, *simulation.warnings))
    return EquivalentDose(found.by_area, found.by_peak, tuple(said))
