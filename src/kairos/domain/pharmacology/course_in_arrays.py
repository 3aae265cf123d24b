"""The course of one person, or of some hundreds at once, by plain arrays: nothing to compile or bring in.

Letters for shapes: ``n`` states, ``p`` people, ``t`` times. It is the ladder of ``kernels/propagators.py``
(a Taylor sum for a short span, doubled until it reaches), written for whole arrays. A question of some
thousand moments is answered before a compiler would have started; larger ones belong to ``propagation.py``.
"""

from collections.abc import Sequence

import numpy as np

from kairos.domain.pharmacology.system import Floats, LinearSystem, MassInput
from kairos.vocab.errors import InvalidInput, Problem

_SMALL = 0.125
_TERMS = 12
_SAME_SPAN_DIGITS = 11
"""Spans that agree to so many decimals of a minute share one propagator, made for the first of them."""


def course_in_arrays(
    system: LinearSystem, inputs: Sequence[MassInput], times_min: Floats
) -> tuple[Floats, Floats]:
    """Return amounts and their integrals from time zero.

    Parameters
    ----------
    system : LinearSystem, flows (n, n) or (p, n, n)     1/min
    inputs : all at moments that everybody shares; amounts mg, scalars or arrays of shape (p,)
    times_min : float64 array, shape (t,)                min, ascending, >= 0

    Returns
    -------
    amounts : float64 array, shape (n, t) or (p, n, t)   mg; at a bolus, the amount after it
    areas : float64 array, of the same shape             mg min

    Raises
    ------
    InvalidInput      inputs that begin or end at moments of each person's own
    """
    moments = np.unique(np.concatenate([times_min, *(_edges(each) for each in inputs), [0.0]]))
    rates = np.swapaxes(system.flows, -1, -2) - _diagonal(system.flows.sum(axis=-1) + system.losses)
    people = np.broadcast_shapes(rates.shape[:-2], *(np.shape(each.amount_mg) for each in inputs))
    size = len(system.states)
    amount, area = np.zeros((*people, size)), np.zeros((*people, size))
    amounts, areas = np.empty((*people, size, times_min.size)), np.empty((*people, size, times_min.size))
    known: dict[float, tuple[Floats, Floats, Floats]] = {}
    before = 0.0
    for moment in moments:
        span = float(moment) - before
        if span > 0.0:
            key = round(span, _SAME_SPAN_DIGITS)
            if key not in known:
                known[key] = propagators(rates, span)
            entering = _entering(inputs, before, float(moment), amount.shape)
            amount, area = _moved(known[key], amount, area, entering)
        amount = amount + _given(inputs, float(moment), amount.shape)
        here = times_min == moment
        amounts[..., here], areas[..., here] = amount[..., np.newaxis], area[..., np.newaxis]
        before = float(moment)
    return amounts, areas


def propagators(rates: Floats, span_min: float) -> tuple[Floats, Floats, Floats]:
    """Return what carries amounts over a span, its integral, and the integral of that.

    Parameters
    ----------
    rates : float64 array, shape (n, n) or (p, n, n)     1/min, ``rates[..., i, j]`` from state j to state i
    span_min : float                                     min, > 0

    Source
    ------
    ``kernels/propagators.py``: E(2h) = E E, P(2h) = P + E P, Q(2h) = Q + h P + E Q; no eigenvalue is taken.
    """
    halvings = 0
    fastest = float(-rates.min(initial=0.0))
    while fastest * span_min * 0.5**halvings > _SMALL:
        halvings += 1
    short = span_min * 0.5**halvings
    one = np.broadcast_to(np.eye(rates.shape[-1]), rates.shape)
    twice = one
    for term in range(_TERMS + 1, 2, -1):
        twice = (rates * (short / term)) @ twice + one
    twice = twice * (0.5 * short * short)
    once = rates @ twice + short * one
    moved = rates @ once + one
    for _ in range(halvings):
        twice = twice + short * once + moved @ twice
        once = once + moved @ once
        moved = moved @ moved
        short *= 2.0
    return moved, once, twice


def _moved(
    by: tuple[Floats, Floats, Floats], amount: Floats, area: Floats, entering: Floats | None
) -> tuple[Floats, Floats]:
    moved, once, twice = by
    then, gained = _times(moved, amount), area + _times(once, amount)
    if entering is None:
        return then, gained
    return then + _times(once, entering), gained + _times(twice, entering)


def _times(matrix: Floats, vector: Floats) -> Floats:
    return np.asarray((matrix @ vector[..., np.newaxis])[..., 0])


def _diagonal(values: Floats) -> Floats:
    return np.asarray(values[..., np.newaxis] * np.eye(values.shape[-1]))


def _edges(each: MassInput) -> Floats:
    if np.ndim(each.start_min) or np.ndim(each.duration_min):
        why = "begin or end at moments of each person's own; this way needs moments that everybody shares"
        raise InvalidInput(Problem("doses", why))
    return np.array([float(each.start_min), float(each.start_min) + float(each.duration_min)])


def _entering(
    inputs: Sequence[MassInput], begins: float, ends: float, shape: tuple[int, ...]
) -> Floats | None:
    """Return the constant input between two moments, mg/min by state; None where nothing runs."""
    middle = (begins + ends) / 2
    running = [
        each
        for each in inputs
        if float(each.duration_min) > 0
        and float(each.start_min) <= middle <= float(each.start_min) + float(each.duration_min)
    ]
    if not running:
        return None
    entering = np.zeros(shape)
    for each in running:
        entering[..., each.state] += np.asarray(each.amount_mg) / float(each.duration_min)
    return entering


def _given(inputs: Sequence[MassInput], moment: float, shape: tuple[int, ...]) -> Floats:
    given = np.zeros(shape)
    for each in inputs:
        if float(each.duration_min) == 0 and float(each.start_min) == moment:
            given[..., each.state] += np.asarray(each.amount_mg)
    return given
