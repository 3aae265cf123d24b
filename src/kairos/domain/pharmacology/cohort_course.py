"""Everybody's course on one schedule, eight patients at a time: the fast way for large populations.

Letters for shapes: ``p`` patients, ``k`` transfers, ``t`` times, ``a`` readings. Doses begin and end
at the same moments for everybody; amounts, rates and volumes may differ. What it answers is the same as
``propagation.concentrations``; what it sums up is looked at only at the times and the edges of doses.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kairos.domain.pharmacology.kernel_arrays import KernelArrays
from kairos.domain.pharmacology.propagation import Exposures, Sharing, alone
from kairos.domain.pharmacology.schedule import LOSS, Schedule, lay_out, schedule
from kairos.domain.pharmacology.system import MINUTES_PER_HOUR, Floats, LinearSystem, MassInput

AT_ONCE = 8
LINE_BYTES = 64


def room_for(readings: int, times: int, persons: int) -> Floats:
    """Return memory for trajectories that can be used again and again: flat, as the kernel writes it.

    A million patients with 200 times and two readings take 3.2 GB; ask for sums instead, or for parts.
    """
    count = readings * times * _padded(persons)
    memory = np.empty(count + LINE_BYTES // 8)
    begin = -memory.ctypes.data % LINE_BYTES // 8
    return memory[begin : begin + count]


def _padded(persons: int) -> int:
    return -(-persons // AT_ONCE) * AT_ONCE


@dataclass(frozen=True, slots=True, eq=False)
class CohortCourse:
    """A cohort on a schedule, laid out for the kernel. Patients are filled up to a multiple of eight.

    ``rates`` (k, p) 1/min; ``jumps`` mg or mg/min; ``gains`` ng/mL per mg; ``limits`` ng/mL; (a, p).
    """

    persons: int
    times: Floats
    laid_out: Schedule
    readings: NDArray[np.int64]
    rates: Floats
    jumps: Floats
    gains: Floats
    limits: Floats

    @classmethod
    def of_system(
        cls,
        system: LinearSystem,
        inputs: Sequence[MassInput],
        times_min: Floats,
        *,
        above_ng_ml: Sequence[float] | None = None,
        summed: bool = False,
    ) -> "CohortCourse | None":
        """Lay out a checked system; None where the doses do not begin and end together, or pay no schedule.

        Parameters
        ----------
        system, inputs, times_min     as in ``propagation.concentrations``
        above_ng_ml : one limit for each reading, or None
        summed : whether sums are wanted; else trajectories
        """
        case = KernelArrays.of(system, inputs, times_min)
        links = np.argwhere((case.flows > 0.0).any(axis=0))
        lost = np.flatnonzero((case.losses > 0.0).any(axis=0))
        transfers = [(int(i), int(j)) for i, j in links] + [(int(i), LOSS) for i in lost]
        rates = np.array([*(case.flows[:, i, j] for i, j in links), *(case.losses[:, i] for i in lost)])
        gains = np.broadcast_to(case.gains.T, (case.gains.shape[1], case.persons))
        return cls.of_rates(
            (len(system.states), transfers, [reading.state for reading in system.readings]),
            np.broadcast_to(rates.reshape(len(transfers), -1), (len(transfers), case.persons)),
            gains,
            inputs,
            case.times,
            above_ng_ml=above_ng_ml,
            summed=summed,
        )

    @classmethod
    def of_rates(
        cls,
        structure: tuple[int, Sequence[tuple[int, int]], Sequence[int]],
        rates_per_min: Floats,
        gains: Floats,
        inputs: Sequence[MassInput],
        times_min: Floats,
        *,
        above_ng_ml: Sequence[float] | None = None,
        summed: bool = False,
    ) -> "CohortCourse | None":
        """Lay out bare rates.

        Parameters
        ----------
        structure : number of states; transfers from a state into a state or ``LOSS``; each reading's state
        rates_per_min : float64 array, shape (k, p)     1/min, of each transfer
        gains : float64 array, shape (a, p)             ng/mL per mg
        """
        size, transfers, seen = structure
        if not _together(inputs):
            return None
        rated = sorted({each.state for each in inputs if each.duration_min})
        layout = lay_out(size, transfers, rated, seen if summed else [])
        fastest = _fastest(size, transfers, rates_per_min)
        laid_out = schedule(layout, inputs, times_min, fastest, in_runs=not summed)
        if laid_out is None:
            return None
        persons = gains.shape[1]
        areas = layout.area_place or [-1] * len(seen)
        limits = np.full(len(seen), np.inf) if above_ng_ml is None else np.asarray(above_ng_ml)
        return cls(
            persons,
            times_min,
            laid_out,
            np.array([(layout.place[s], area) for s, area in zip(seen, areas, strict=True)], dtype=np.int64),
            _filled(rates_per_min, persons),
            _filled(_jumps(laid_out, inputs, persons), persons),
            _filled(gains, persons),
            _filled(np.broadcast_to(limits[:, np.newaxis], gains.shape), persons),
        )

    def trajectories(self, room: Floats | None = None, *, sharing: Sharing = alone) -> Floats:
        """Return ng/mL, float64 array, shape (a, p, t), in ``room`` (``room_for``) or in memory of its own.

        The patients lie side by side in memory, the times apart.
        """
        readings, times, padded = len(self.readings), len(self.times), _padded(self.persons)
        out = room_for(readings, times, self.persons) if room is None else room
        self._run(out, np.empty(0), sharing)
        return out.reshape(readings, times, padded)[:, :, : self.persons].transpose(0, 2, 1)

    def exposures(self, analytes: Sequence[str], *, sharing: Sharing = alone) -> Exposures:
        """Return each patient's sums: exact areas; peaks and times above as seen at the times and edges."""
        readings, padded = len(self.readings), _padded(self.persons)
        sums = np.empty(readings * 4 * padded)
        self._run(np.empty(0), sums, sharing)
        whole = sums.reshape(readings, 4, padded)[:, :, : self.persons].transpose(1, 2, 0)
        return Exposures(tuple(analytes), whole[0], whole[1], whole[2] / MINUTES_PER_HOUR, whole[3])

    def _run(self, out: Floats, sums: Floats, sharing: Sharing) -> None:
        from kairos.domain.pharmacology.kernels.together import follow_together

        laid_out, padded = self.laid_out, _padded(self.persons)
        recipe, spans = np.array(laid_out.recipe.steps, dtype=np.int64), np.array(laid_out.recipe.spans)

        def work(first: int, last: int) -> None:
            follow_together(
                self.rates.ravel(),
                laid_out.layout.links,
                laid_out.layout.ranges,
                recipe,
                spans,
                laid_out.recipe.slots,
                laid_out.run,
                laid_out.programme,
                laid_out.moments,
                self.jumps.ravel(),
                self.readings,
                self.gains.ravel(),
                self.limits.ravel(),
                (first * AT_ONCE, last * AT_ONCE),
                (len(self.times), padded),
                out,
                sums,
            )

        sharing(work, padded // AT_ONCE)


def _together(inputs: Sequence[MassInput]) -> bool:
    return all(np.ndim(each.start_min) == np.ndim(each.duration_min) == 0 for each in inputs)


def _fastest(size: int, transfers: Sequence[tuple[int, int]], rates: Floats) -> float:
    leaving = np.zeros((size, rates.shape[1]))
    for (source, _), rate in zip(transfers, rates, strict=True):
        leaving[source] += rate
    return float(leaving.max(initial=0.0))


def _jumps(laid_out: Schedule, inputs: Sequence[MassInput], persons: int) -> Floats:
    """Return what each jump adds: an amount, or a rate that begins or ends; shape (jumps, p)."""
    jumps = np.empty((len(laid_out.jumps), persons))
    for row, (number, sign) in zip(jumps, laid_out.jumps, strict=True):
        each = inputs[number]
        row[:] = each.amount_mg if sign == 0 else np.asarray(each.amount_mg) / each.duration_min * sign
    return jumps


def _filled(array: Floats, persons: int) -> Floats:
    """Return a copy filled up to a multiple of eight patients with the last one."""
    whole = np.empty((len(array), _padded(persons)))
    whole[:, :persons] = array
    whole[:, persons:] = array[:, persons - 1 : persons]
    return whole
