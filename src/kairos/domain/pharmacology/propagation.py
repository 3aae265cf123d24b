"""Amounts and concentrations of any linear compartment system, exactly; the way into the kernels.

Letters for shapes: ``n`` states, ``p`` patients, ``t`` times, ``a`` readings (analytes). The kernels are
brought in at the first question: a program that simulates nothing does not pay for them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from kairos.domain.pharmacology.kernel_arrays import KernelArrays
from kairos.domain.pharmacology.system import MINUTES_PER_HOUR, Floats, LinearSystem, MassInput

Work = Callable[[int, int], None]
Sharing = Callable[[Work, int], None]


def alone(work: Work, persons: int) -> None:
    """Do the work of all persons here and now; another ``Sharing`` may give parts of them to threads."""
    work(0, persons)


@dataclass(frozen=True, slots=True, eq=False)
class Exposures:
    """What is summed up of each patient and reading, from time zero to the last time.

    Parameters
    ----------
    analytes : names, a of them
    cmax_ng_ml, tmax_min : float64 arrays, shape (p, a)      the highest value, also between the times
    auc_ng_h_ml : float64 array, shape (p, a)
    above_min : float64 array, shape (p, a)                  min above the limits asked for; 0 where none
    """

    analytes: tuple[str, ...]
    cmax_ng_ml: Floats
    tmax_min: Floats
    auc_ng_h_ml: Floats
    above_min: Floats


def amounts_and_areas(
    system: LinearSystem, inputs: Sequence[MassInput], times_min: Floats
) -> tuple[Floats, Floats]:
    """Return the amounts in all states of one person and their integrals from time zero.

    Parameters
    ----------
    system : LinearSystem, flows (n, n), losses (n,)     1/min
    inputs : of scalars                                  mg, min
    times_min : float64 array, shape (t,)                min, ascending, >= 0

    Returns
    -------
    amounts : float64 array, shape (n, t)        mg; at a bolus, the amount after it
    areas : float64 array, shape (n, t)          mg min
    """
    size = len(system.states)
    case = KernelArrays.of(system, inputs, times_min, seen=np.arange(size))
    amounts, areas = np.empty((size, 1, len(times_min))), np.empty((size, 1, len(times_min)))
    _follow(case, amounts, areas, np.empty((1, 0, 4)), alone)
    return amounts[:, 0], areas[:, 0]


def concentrations(
    system: LinearSystem, inputs: Sequence[MassInput], times_min: Floats, *, sharing: Sharing = alone
) -> Floats:
    """Return what each reading shows at each time, after whatever is given at that very moment.

    Parameters
    ----------
    system, inputs                                    arrays in them may carry an axis of patients
    times_min : float64 array, shape (t,)             min from time zero, ascending, >= 0; regular or not
    sharing                                           how the patients are shared among threads

    Returns
    -------
    float64 array, shape (a, p, t)                    ng/mL; p = 1 where nothing carries an axis of patients

    Raises
    ------
    InvalidInput
        Times that do not ascend from 0, negative rates or amounts, axes that do not fit.
    """
    case = KernelArrays.of(system, inputs, times_min)
    out = np.empty((len(case.seen), case.persons, len(case.times)))
    _follow(case, out, np.empty((0, case.persons, 0)), np.empty((case.persons, 0, 4)), sharing)
    out *= case.gains.T[:, :, np.newaxis]
    return out


def exposures(
    system: LinearSystem,
    inputs: Sequence[MassInput],
    times_min: Floats,
    *,
    above_ng_ml: Sequence[float] | None = None,
    sharing: Sharing = alone,
) -> Exposures:
    """Return each patient's peak, its time, area and time above a limit, keeping no trajectory.

    The area is exact. Peaks and crossings between two times are those of the cubic through values and
    slopes at both (``kernels/turns.py`` says how far off it may be), so the times say how finely the course
    is looked at.

    Parameters
    ----------
    above_ng_ml : one limit for each reading, ng/mL, or None
    others                                            as in ``concentrations``
    """
    case = KernelArrays.of(system, inputs, times_min, above_ng_ml=above_ng_ml)
    summary = np.empty((case.persons, len(case.seen), 4))
    _follow(case, np.empty((0, case.persons, 0)), np.empty((0, case.persons, 0)), summary, sharing)
    return Exposures(
        tuple(reading.analyte for reading in system.readings),
        summary[:, :, 0] * case.gains,
        summary[:, :, 1],
        summary[:, :, 2] * case.gains / MINUTES_PER_HOUR,
        summary[:, :, 3],
    )


def _follow(case: KernelArrays, out: Floats, areas: Floats, summary: Floats, sharing: Sharing) -> None:
    from kairos.domain.pharmacology.kernels.course import follow

    def work(first: int, last: int) -> None:
        follow(
            case.flows,
            case.losses,
            *case.edges,
            case.times,
            case.grid,
            case.seen,
            case.limits,
            (first, last),
            out,
            areas,
            summary,
        )

    sharing(work, case.persons)
