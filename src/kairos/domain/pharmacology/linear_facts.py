"""What follows from a linear system without any time course: half-lives, areas to infinity, reach."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kairos.domain.pharmacology.reference_solution import rate_matrix
from kairos.domain.pharmacology.system import Floats, LinearSystem, MassInput, Reading


def half_lives_min(system: LinearSystem) -> Floats:
    """Return the half-lives of one person's system, min, shortest first, shape (n,)."""
    rates = np.linalg.eigvals(rate_matrix(system)).real
    return np.sort(np.log(2.0) / -rates)


def area_to_infinity(system: LinearSystem, inputs: Sequence[MassInput], reading: Reading) -> float:
    """Return the area under one analyte's curve to infinity, ng*h/mL, for one person.

    Every state must lose what enters it in the end; ``reached`` cuts off those that nothing enters.
    """
    entered = np.zeros(len(system.states))
    for each in inputs:
        entered[each.state] += float(each.amount_mg)
    residence: Floats = np.asarray(np.linalg.solve(-rate_matrix(system), entered), dtype=np.float64)
    return float(reading.concentration_ng_ml(residence)[reading.state]) / 60.0


def reached(system: LinearSystem, inputs: Sequence[MassInput]) -> tuple[LinearSystem, tuple[MassInput, ...]]:
    """Return the part of a system that something enters, and the inputs numbered anew.

    An analyte whose state nothing reaches is left out.
    """
    size = len(system.states)
    links = np.any(system.flows.reshape(-1, size, size) > 0, axis=0)
    kept = {each.state for each in inputs}
    fresh = set(kept)
    while fresh:
        fresh = {int(j) for i in fresh for j in np.flatnonzero(links[i])} - kept
        kept |= fresh
    return _part(system, inputs, sorted(kept))


def leading_to(
    system: LinearSystem, inputs: Sequence[MassInput], state: int
) -> tuple[LinearSystem, tuple[MassInput, ...], int]:
    """Return the part of a system from which something can come into a state, and that state's new number.

    What only leaves for other states is lost to it: amounts in the part stay exactly as they were.
    """
    size = len(system.states)
    links = np.any(system.flows.reshape(-1, size, size) > 0, axis=0)
    kept, fresh = {state}, {state}
    while fresh:
        fresh = {int(i) for j in fresh for i in np.flatnonzero(links[:, j])} - kept
        kept |= fresh
    order = sorted(kept)
    part, moved = _part(system, [each for each in inputs if each.state in kept], order)
    away = system.flows[..., order, :].sum(axis=-1) - part.flows.sum(axis=-1)
    held = replace(part, losses=part.losses + away)
    return held, moved, order.index(state)


def _part(
    system: LinearSystem, inputs: Sequence[MassInput], order: Sequence[int]
) -> tuple[LinearSystem, tuple[MassInput, ...]]:
    place = {state: number for number, state in enumerate(order)}
    part = LinearSystem(
        states=tuple(system.states[state] for state in order),
        flows=system.flows[..., order, :][..., order],
        losses=system.losses[..., order],
        readings=tuple(
            Reading(each.analyte, place[each.state], each.volume_l, each.mass_factor)
            for each in system.readings
            if each.state in place
        ),
    )
    moved = (MassInput(place[e.state], e.start_min, e.amount_mg, e.duration_min) for e in inputs)
    return part, tuple(moved)
