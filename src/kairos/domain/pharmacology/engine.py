"""What doses do in a model, over time; rates that change with time are walked in short steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kairos.domain.pharmacology.administration import Dose, mass_inputs
from kairos.domain.pharmacology.course_in_arrays import course_in_arrays
from kairos.domain.pharmacology.disposition import linear_system
from kairos.domain.pharmacology.individual import Values
from kairos.domain.pharmacology.linear_facts import reached
from kairos.domain.pharmacology.pk_model import PKModel
from kairos.domain.pharmacology.propagation import amounts_and_areas
from kairos.domain.pharmacology.system import Floats, LinearSystem, MassInput, Reading

STEP_MIN = 5.0
"""How long a rate that changes with time is held: machinery, small beside any such change."""

FEW = 4000
"""Up to so many moments plain arrays are done before a compiler has been brought in: machinery."""


@dataclass(frozen=True, slots=True)
class Course:
    """Amounts over time, and what is read off them.

    Parameters
    ----------
    times_min : float64 array, shape (t,)
    amounts : float64 array, shape (n, t)     mg
    areas : float64 array, shape (n, t)       mg min, from time zero
    readings : what to read off which state
    """

    times_min: Floats
    amounts: Floats
    areas: Floats
    readings: tuple[Reading, ...]


def course_of(model: PKModel, values: Values, doses: Sequence[Dose], times_min: Floats) -> Course:
    """Return what doses do to one person.

    Parameters
    ----------
    model : PKModel
    values : by parameter, numbers; min and L
    doses : at least one
    times_min : float64 array, shape (t,)     min from time zero, ascending, >= 0
    """
    inputs = mass_inputs(model, values, doses)
    if model.changing:
        return _walked(model, values, inputs, times_min)
    system, entering = reached(linear_system(model, values), inputs)
    amounts, areas = _solved(system, entering, times_min)
    return Course(times_min, amounts, areas, system.readings)


def _solved(system: LinearSystem, inputs: Sequence[MassInput], times_min: Floats) -> tuple[Floats, Floats]:
    """Return amounts and areas: of few moments by plain arrays, of many by the kernels."""
    solve = course_in_arrays if times_min.size <= FEW else amounts_and_areas
    return solve(system, inputs, times_min)


def _walked(model: PKModel, values: Values, inputs: Sequence[MassInput], times_min: Floats) -> Course:
    """Hold the changing rates over short steps, each at its middle, and carry the amounts on."""
    size = len(model.states)
    amounts, areas = np.zeros((size, times_min.size)), np.zeros((size, times_min.size))
    held, area = np.zeros(size), np.zeros(size)
    last = float(times_min[-1]) if times_min.size else 0.0
    for begins in np.arange(0.0, last + STEP_MIN, STEP_MIN):
        system = linear_system(model, _values_at(model, values, begins + STEP_MIN / 2))
        here = (times_min >= begins) & (times_min < begins + STEP_MIN)
        moments = np.append(times_min[here] - begins, STEP_MIN)
        entering = [*_carried(held), *_within(inputs, begins)]
        step_amounts, step_areas = amounts_and_areas(system, entering, moments)
        amounts[:, here], areas[:, here] = step_amounts[:, :-1], area[:, np.newaxis] + step_areas[:, :-1]
        held, area = step_amounts[:, -1], area + step_areas[:, -1]
    return Course(times_min, amounts, areas, linear_system(model, values).readings)


def _values_at(model: PKModel, values: Values, minutes: float) -> Values:
    grown = {
        name: values[name] * (1.0 + model.parameters[name].changes_per_min * minutes)
        for name in model.changing
    }
    return {**values, **grown}


def _carried(held: Floats) -> Iterator[MassInput]:
    for state, amount in enumerate(held):
        yield MassInput(state, 0.0, float(amount), 0.0)


def _within(inputs: Sequence[MassInput], begins: float) -> Iterator[MassInput]:
    """Yield the part of each input that falls into a step, timed from its beginning."""
    for each in inputs:
        start, over = float(each.start_min) - begins, float(each.duration_min)
        if over == 0:
            if 0 <= start < STEP_MIN:
                yield replace(each, start_min=start)
            continue
        first, last = max(start, 0.0), min(start + over, STEP_MIN)
        if last > first:
            part = float(each.amount_mg) * (last - first) / over
            yield MassInput(each.state, first, part, last - first)
