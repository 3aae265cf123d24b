"""Exposure: concentrations over time, the peak and when, and the area over a day, of each analyte."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from kairos.domain.pharmacology.administration import Dose, mass_inputs
from kairos.domain.pharmacology.engine import Course, course_of
from kairos.domain.pharmacology.individual import Values
from kairos.domain.pharmacology.pk_model import PKModel
from kairos.domain.pharmacology.system import DAY_MIN, MINUTES_PER_HOUR, Floats, MassInput, Reading

GRID_MIN = 1.0
"""How far apart the curve is looked at to find its peak, which is then looked for more finely."""
FINER = 50
"""Points of the finer look on each side of the highest one: the time of the peak is known to 0.02 min."""


@dataclass(frozen=True, slots=True)
class AnalyteExposure:
    """One analyte in one person.

    Parameters
    ----------
    cmax_ng_ml, tmax_min : float           ng/mL; min from time zero
    auc_0_24_ng_h_ml : float               ng*h/mL, from time zero to 24 h
    at_ng_ml : float64 array, shape (t,)   ng/mL at the times asked for
    """

    cmax_ng_ml: float
    tmax_min: float
    auc_0_24_ng_h_ml: float
    at_ng_ml: Floats


def exposure(
    model: PKModel, values: Values, doses: Sequence[Dose], times_min: Floats
) -> Mapping[str, AnalyteExposure]:
    """Return the exposure of one person, by analyte.

    Parameters
    ----------
    model : PKModel
    values : by parameter, numbers; min and L
    doses : at least one; the search for the peak ends a day after the last one starts
    times_min : float64 array, shape (t,)     min from time zero, ascending, >= 0
    """
    grid = _grid(mass_inputs(model, values, doses), doses)
    coarse = course_of(model, values, doses, np.union1d(grid, times_min))
    return {
        reading.analyte: _exposure(model, values, doses, coarse, reading, times_min)
        for reading in coarse.readings
    }


def _grid(inputs: Sequence[MassInput], doses: Sequence[Dose]) -> Floats:
    """Return every minute, and the moments at which something begins or ends to enter."""
    horizon = max(dose.start_min + dose.over_min for dose in doses) + DAY_MIN
    edges = chain.from_iterable((e.start_min, float(e.start_min) + float(e.duration_min)) for e in inputs)
    return np.union1d(np.arange(0.0, horizon + GRID_MIN, GRID_MIN), np.array(list(edges), dtype=np.float64))


def _exposure(
    model: PKModel,
    values: Values,
    doses: Sequence[Dose],
    coarse: Course,
    reading: Reading,
    times_min: Floats,
) -> AnalyteExposure:
    curve = reading.concentration_ng_ml(coarse.amounts[reading.state])
    areas = reading.concentration_ng_ml(coarse.areas[reading.state]) / MINUTES_PER_HOUR
    cmax, tmax = _peak(model, values, doses, coarse, reading, curve)
    return AnalyteExposure(
        cmax_ng_ml=cmax,
        tmax_min=tmax,
        auc_0_24_ng_h_ml=float(areas[np.searchsorted(coarse.times_min, DAY_MIN)]),
        at_ng_ml=curve[np.searchsorted(coarse.times_min, times_min)],
    )


def _peak(
    model: PKModel, values: Values, doses: Sequence[Dose], coarse: Course, reading: Reading, curve: Floats
) -> tuple[float, float]:
    """Look at the curve more finely between the neighbours of its highest point."""
    top = int(np.argmax(curve))
    times = coarse.times_min
    low, high = times[max(top - 1, 0)], times[min(top + 1, times.size - 1)]
    finer = np.union1d(np.linspace(low, high, 2 * FINER + 1), times[top])
    course = course_of(model, values, doses, finer)
    found = reading.concentration_ng_ml(course.amounts[reading.state])
    best = int(np.argmax(found))
    return float(found[best]), float(finer[best])
