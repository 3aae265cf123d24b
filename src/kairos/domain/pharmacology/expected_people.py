"""What a dose does in many people of one model: the typical person, and the band of the others.

Nothing that decides may read this: no rule, no alarm, no release. It is drawn behind what was measured.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.random import Generator

from kairos.domain.pharmacology.administration import Dose, device_inputs
from kairos.domain.pharmacology.course_in_arrays import course_in_arrays
from kairos.domain.pharmacology.disposition import linear_system
from kairos.domain.pharmacology.individual import Covariates, individual_parameters
from kairos.domain.pharmacology.linear_facts import leading_to, reached
from kairos.domain.pharmacology.pk_model import PKModel
from kairos.domain.pharmacology.system import Floats
from kairos.domain.pharmacology.variability import deviations

_LEVELS = (0.05, 0.5, 0.95)


@dataclass(frozen=True, slots=True, eq=False)
class Quantiles:
    """The 5th, 50th and 95th of 100 people; numbers, or float64 arrays, shape (t,)."""

    low: Floats
    median: Floats
    high: Floats


@dataclass(frozen=True, slots=True, eq=False)
class ExpectedPeople:
    """What a model expects of the substance itself, over time.

    Parameters
    ----------
    times_min : float64 array, shape (t,)          min from time zero
    typical_ng_ml : float64 array, shape (t,)      ng/mL, the typical person
    band_ng_ml : Quantiles                         ng/mL, at each time by itself, shape (t,)
    peak_ng_ml : Quantiles                         ng/mL, of each person's highest value at these times
    persons : int                                  how many were drawn
    """

    times_min: Floats
    typical_ng_ml: Floats
    band_ng_ml: Quantiles
    peak_ng_ml: Quantiles
    persons: int

    @property
    def typical_peak_ng_ml(self) -> float:
        """The highest value of the typical person at these times."""
        return float(self.typical_ng_ml.max())

    def first(self, count: int) -> "ExpectedPeople":
        """Return the same at the first so many times; peaks stay those of all of them."""
        band = self.band_ng_ml
        return replace(
            self,
            times_min=self.times_min[:count],
            typical_ng_ml=self.typical_ng_ml[:count],
            band_ng_ml=Quantiles(band.low[:count], band.median[:count], band.high[:count]),
        )


def device_moments(
    model: PKModel, devices: Sequence[Dose], covariates: Covariates, until_min: float, *, step_min: float
) -> Floats:
    """Return moments to look at: where something starts or ends to enter, and evenly between.

    Between two neighbouring edges all steps are equal, so that few propagators serve everybody.

    Parameters
    ----------
    until_min, step_min : float     min: the last moment, and the longest step

    Returns
    -------
    float64 array, shape (t,)       min, ascending from 0 to ``until_min``
    """
    values = individual_parameters(model, covariates).values
    inputs = device_inputs(model, values, devices)
    ends = [e for i in inputs for e in (float(i.start_min), float(i.start_min) + float(i.duration_min))]
    edges = sorted({0.0, until_min, *(end for end in ends if end < until_min)})
    spans = (np.linspace(a, b, int(np.ceil((b - a) / step_min)) + 1) for a, b in pairwise(edges))
    return np.unique(np.concatenate([*spans]))


def expected_people(
    model: PKModel,
    devices: Sequence[Dose],
    covariates: Covariates,
    times_min: Floats,
    *,
    persons: int,
    rng: Generator,
) -> ExpectedPeople:
    """Return the typical person of a model and the spread of others who share the covariates.

    Parameters
    ----------
    model : PKModel                           one that states how people differ
    devices : one for each device             mg of base, min from time zero
    covariates : by name
    times_min : float64 array, shape (t,)     min from time zero, ascending, >= 0
    persons : int                             how many people are drawn, beside the typical one
    rng                                       where the randomness comes from

    Raises
    ------
    InvalidInput      a route that the model does not have, or a dose that is no device of it
    """
    drawn = _typical_first(deviations(model, persons, rng))
    values = individual_parameters(model, covariates, drawn).values
    system, inputs = reached(linear_system(model, values), device_inputs(model, values, devices))
    reading = next(each for each in system.readings if each.analyte == model.substance)
    part, entering, state = leading_to(system, inputs, reading.state)
    amounts, _ = course_in_arrays(part, entering, times_min)
    levels = reading.concentration_ng_ml(amounts[:, state])
    return ExpectedPeople(
        times_min=times_min,
        typical_ng_ml=levels[0],
        band_ng_ml=Quantiles(*np.quantile(levels[1:], _LEVELS, axis=0)),
        peak_ng_ml=Quantiles(*np.quantile(levels[1:].max(axis=1), _LEVELS)),
        persons=persons,
    )


def _typical_first(drawn: Mapping[str, Floats]) -> Mapping[str, Floats]:
    """Put one person without any deviation before the others."""
    return {name: np.concatenate([[0.0], each]) for name, each in drawn.items()}
