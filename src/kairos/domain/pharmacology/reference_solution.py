"""The slow and readable solution of a linear system; what the fast kernels are held against.

Between two moments at which nothing changes, the amounts x obey dx/dt = A x + r. Written beside
their running integral and a constant 1, they obey dz/dt = M z, and z(t + d) = expm(M d) z(t).
"""

from collections.abc import Sequence

import numpy as np

from kairos.domain.pharmacology.system import Floats, LinearSystem, MassInput


def reference_solution(
    system: LinearSystem, inputs: Sequence[MassInput], times_min: Floats
) -> tuple[Floats, Floats]:
    """Return amounts and their integrals from time zero, for one person.

    Parameters
    ----------
    system : LinearSystem, flows (n, n), losses (n,)     1/min
    inputs : of scalars                                  mg, min
    times_min : float64 array, shape (t,)                min, >= 0, in any order

    Returns
    -------
    amounts : float64 array, shape (n, t)        mg; at a bolus, the amount after it
    areas : float64 array, shape (n, t)          mg min

    Source
    ------
    Van Loan 1978, integrals involving the matrix exponential. Check: mass is conserved but for the losses.
    """
    size = len(system.states)
    moments = np.unique(np.concatenate([times_min, *(_edges(each) for each in inputs), [0.0]]))
    known: dict[tuple[float, bytes], Floats] = {}
    found: dict[float, Floats] = {}
    standing = np.zeros(2 * size + 1)
    standing[-1] = 1.0
    before = 0.0
    for moment in moments:
        span = float(moment - before)
        rates = _rates(inputs, before, moment, size)
        key = (span, rates.tobytes())
        if key not in known:
            known[key] = _step(system, rates, span)
        standing = known[key] @ standing
        standing[:size] += _boluses(inputs, moment, size)
        found[float(moment)] = standing
        before = moment
    asked = np.array([found[float(time)] for time in times_min]).reshape(-1, 2 * size + 1)
    return asked[:, :size].T, asked[:, size:-1].T


def rate_matrix(system: LinearSystem) -> Floats:
    """Return A of dx/dt = A x for one person, shape (n, n), 1/min."""
    return np.asarray(system.flows.T - np.diag(system.flows.sum(axis=1) + system.losses))


def _step(system: LinearSystem, rates: Floats, span: float) -> Floats:
    """Return what carries amounts, integrals and the constant over a span of constant rates."""
    from scipy.linalg import expm

    size = len(system.states)
    matrix = np.zeros((2 * size + 1, 2 * size + 1))
    matrix[:size, :size] = rate_matrix(system)
    matrix[:size, -1] = rates
    matrix[size:-1, :size] = np.eye(size)
    return np.asarray(expm(matrix * span))


def _edges(each: MassInput) -> Floats:
    return np.array([float(each.start_min), float(each.start_min) + float(each.duration_min)])


def _rates(inputs: Sequence[MassInput], begins: float, ends: float, size: int) -> Floats:
    """Return the constant input between two neighbouring moments, mg/min by state."""
    rates = np.zeros(size)
    middle = (begins + ends) / 2
    for each in inputs:
        start, over = float(each.start_min), float(each.duration_min)
        if over > 0 and start <= middle <= start + over:
            rates[each.state] += float(each.amount_mg) / over
    return rates


def _boluses(inputs: Sequence[MassInput], moment: float, size: int) -> Floats:
    amounts = np.zeros(size)
    for each in inputs:
        if float(each.duration_min) == 0 and float(each.start_min) == moment:
            amounts[each.state] += float(each.amount_mg)
    return amounts
