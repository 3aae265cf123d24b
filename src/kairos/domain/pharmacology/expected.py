"""The concentrations that published models expect of a dose: a band to draw, never a value to act on.

Nothing that decides may read this: no rule, no alarm, no release. It is drawn behind what was measured.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kairos.domain.pharmacology.administration import Dose, mass_inputs
from kairos.domain.pharmacology.arrival import End, values_at
from kairos.domain.pharmacology.disposition import linear_system
from kairos.domain.pharmacology.expected_by import ExpectedBy
from kairos.domain.pharmacology.individual import Covariates, individual_parameters
from kairos.domain.pharmacology.linear_facts import reached
from kairos.domain.pharmacology.pk_model import PKModel
from kairos.domain.pharmacology.reference_solution import reference_solution
from kairos.domain.pharmacology.system import Floats


@dataclass(frozen=True, slots=True, eq=False)
class ExpectedWindow:
    """What the models expect over time.

    Parameters
    ----------
    times_min : float64 array, shape (t,)              min from time zero
    low_ng_ml, high_ng_ml : float64 array, shape (t,)  the lowest and the highest model at each time
    lowest_peak_ng_ml, highest_peak_ng_ml : float      ng/mL, of the curves that make the window
    models : names
    """

    times_min: Floats
    low_ng_ml: Floats
    high_ng_ml: Floats
    lowest_peak_ng_ml: float
    highest_peak_ng_ml: float
    models: tuple[str, ...]


def expected_window(
    by: ExpectedBy, doses: Sequence[Dose], covariates: Covariates, times_min: Floats
) -> ExpectedWindow:
    """Return the window of the substance itself, without metabolites, over the typical person of each model.

    Where studies report a range of what arrives by a route, the window holds both ends of it.

    Parameters
    ----------
    by : ExpectedBy
    doses : at least one, by routes that every model has; mg of base, min
    covariates : by name            "weight" in kg, "age" in a, as far as the models speak of them
    times_min : float64 array, shape (t,)     min from time zero, ascending, >= 0

    Raises
    ------
    InvalidInput      a route that a model does not have, or a covariate it needs
    """
    curves = np.array(
        [[typical_curve(model, doses, covariates, times_min, end=end) for end in End] for model in by.models]
    )
    return ExpectedWindow(
        times_min=times_min,
        low_ng_ml=curves.min(axis=(0, 1)),
        high_ng_ml=curves.max(axis=(0, 1)),
        lowest_peak_ng_ml=float(curves.max(axis=2).min()),
        highest_peak_ng_ml=float(curves.max()),
        models=tuple(model.name for model in by.models),
    )


def typical_curve(
    model: PKModel,
    doses: Sequence[Dose],
    covariates: Covariates,
    times_min: Floats,
    *,
    end: End = End.TYPICAL,
) -> Floats:
    """Return the substance itself in the typical person, ng/mL, shape (t,), by the slow, readable solution.

    For drawings: milliseconds for one person, and nothing to compile.

    Raises
    ------
    InvalidInput      a route the model does not have, or a covariate it needs
    """
    values = individual_parameters(model, covariates).values
    for route in {dose.route for dose in doses}:
        values = values_at(model, values, route, end)
    system, inputs = reached(linear_system(model, values), mass_inputs(model, values, doses))
    amounts, _ = reference_solution(system, inputs, times_min)
    reading = next(each for each in system.readings if each.analyte == model.substance)
    return reading.concentration_ng_ml(amounts[reading.state])
