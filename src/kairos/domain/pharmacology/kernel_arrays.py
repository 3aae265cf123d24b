"""A system, its inputs and the times as bare arrays, checked: what stands between records and kernels.

Letters for shapes: ``n`` states, ``p`` patients, ``t`` times, ``a`` readings, ``e`` edges (moments at
which something starts, stops or is given at once).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kairos.domain.pharmacology.system import NANOGRAM_PER_ML_IN_MG_PER_L, Floats, LinearSystem, MassInput
from kairos.vocab.errors import InvalidInput, Problem

Whole = NDArray[np.int64]
Edges = tuple[Floats, Floats, Whole]
SAME_STEP = 1e-9
"""Gaps that differ by less, as a part of the last time, count as one step: machinery."""


@dataclass(frozen=True, slots=True, eq=False)
class KernelArrays:
    """Everything as the kernels want it: contiguous, writable, with an axis of patients that is 1 or p long.

    Copied throughout: for an array that may not be written the kernels would be compiled once more.
    """

    persons: int
    flows: Floats
    losses: Floats
    edges: Edges
    times: Floats
    grid: tuple[float, float]
    seen: Whole
    gains: Floats
    limits: Floats

    @classmethod
    def of(
        cls,
        system: LinearSystem,
        inputs: Sequence[MassInput],
        times_min: Floats,
        *,
        seen: Whole | None = None,
        above_ng_ml: Sequence[float] | None = None,
    ) -> "KernelArrays":
        """Check and lay out; ``seen`` names the states to look at, where it is not those of the readings."""
        size = len(system.states)
        times = _checked_times(times_min)
        flows = _checked("flows", system.flows, (size, size))
        losses = _checked("losses", system.losses, (size,))
        gains = _gains(system) if seen is None else np.ones((1, len(seen)))
        edges = edges_of(inputs)
        persons = _persons(flows, losses, gains, edges[0])
        rows = max(len(flows), len(losses))
        above = np.full(gains.shape[1], np.inf) if above_ng_ml is None else np.asarray(above_ng_ml)
        read = np.array([reading.state for reading in system.readings], dtype=np.int64)
        return cls(
            persons,
            np.array(np.broadcast_to(flows, (rows, size, size)), order="C"),
            np.array(np.broadcast_to(losses, (rows, size)), order="C"),
            edges,
            times,
            grid_of(times),
            np.array(read if seen is None else seen),
            gains,
            np.array(above / gains, order="C"),
        )


def edges_of(inputs: Sequence[MassInput]) -> Edges:
    """Return the moments at which something starts, stops or is given, in their order.

    Returns
    -------
    times : float64 array, shape (p or 1, e)       min
    what : float64 array, shape (p or 1, e, 3)     mg at once; change of the rate, mg/min; of how many run
    states : int64 array, shape (p or 1, e)
    """
    start, amount, duration = _columns(inputs)
    lasting = duration > 0.0
    rate = np.divide(amount, duration, out=np.zeros_like(amount), where=lasting)
    none = np.zeros_like(amount)
    begin = np.stack([np.where(lasting, 0.0, amount), rate, lasting * 1.0], axis=-1)
    end = np.stack([none, -rate, lasting * -1.0], axis=-1)
    times = np.concatenate([start, start + duration], axis=1)
    states = np.tile(np.array([each.state for each in inputs] * 2, dtype=np.int64), (len(times), 1))
    order = np.argsort(times, axis=1, kind="stable")
    what = np.take_along_axis(np.concatenate([begin, end], axis=1), order[:, :, np.newaxis], axis=1)
    return np.take_along_axis(times, order, axis=1), what, np.take_along_axis(states, order, axis=1)


def _columns(inputs: Sequence[MassInput]) -> tuple[Floats, Floats, Floats]:
    """Return start, amount and duration, each of shape (p or 1, number of inputs)."""
    fields = [
        [np.atleast_1d(_checked("an input", value, ())) for value in column]
        for column in (
            [each.start_min for each in inputs],
            [each.amount_mg for each in inputs],
            [each.duration_min for each in inputs],
        )
    ]
    rows = _persons(*(value for column in fields for value in column))
    start, amount, duration = (
        np.stack([np.broadcast_to(value, (rows,)) for value in column], axis=1)
        if column
        else np.empty((1, 0))
        for column in fields
    )
    return start, amount, duration


def _gains(system: LinearSystem) -> Floats:
    """Return ng/mL per mg, shape (p or 1, a)."""
    volumes = [np.atleast_1d(_checked("a volume", reading.volume_l, ())) for reading in system.readings]
    rows = _persons(*volumes)
    factors = [NANOGRAM_PER_ML_IN_MG_PER_L * reading.mass_factor for reading in system.readings]
    columns = [np.broadcast_to(f / v, (rows,)) for f, v in zip(factors, volumes, strict=True)]
    return np.stack(columns, axis=1) if columns else np.empty((1, 0))


def _persons(*arrays: Floats) -> int:
    lengths = sorted({len(array) for array in arrays} - {1})
    if len(lengths) > 1:
        shown = " and ".join(str(length) for length in lengths)
        raise _wrong(f"axes of {shown} patients do not fit; give one value, or one for each patient")
    return lengths[0] if lengths else 1


def _checked(what: str, given: object, inner: tuple[int, ...]) -> Floats:
    array = np.asarray(given, dtype=np.float64)
    if array.ndim - len(inner) not in (0, 1) or array.shape[array.ndim - len(inner) :] != inner:
        raise _wrong(
            f"{what} of shape {array.shape} does not fit {inner}; at most one axis of patients before it"
        )
    if not np.all((array >= 0.0) & np.isfinite(array)):
        raise _wrong(f"{what} holds a number that is negative or none; rates, L, mg and min are >= 0")
    return array[np.newaxis] if array.ndim == len(inner) else array


def _checked_times(times_min: Floats) -> Floats:
    times = np.array(times_min, dtype=np.float64)
    if times.ndim != 1 or not len(times):
        raise _wrong(f"times of shape {times.shape}; give a list of one or more minutes")
    if not np.all(np.isfinite(times)) or times[0] < 0.0 or np.any(np.diff(times) < 0.0):
        raise _wrong("times in min must ascend from 0 on; sort them")
    return times


def _wrong(sentence: str) -> InvalidInput:
    return InvalidInput(Problem("simulation", sentence))


def grid_of(times: Floats) -> tuple[float, float]:
    """Return the regular step, or the longest gap where there is none, and the longest gap, in min."""
    gaps = np.diff(times, prepend=0.0)
    longest = float(gaps.max())
    later = gaps[1:]
    regular = len(later) > 0 and bool(np.all(np.abs(later - later[0]) <= SAME_STEP * times[-1]))
    step = float(later[0]) if regular else longest
    return (step if step > 0.0 else 1.0, longest)
