"""Linear compartment systems, and an answer to them that shares nothing with Kairos."""

import numpy as np
from scipy.linalg import expm

from kairos.domain.pharmacology.system import LinearSystem, MassInput, Reading


def read_all(flows, losses) -> LinearSystem:
    """Return a system in which the amount of every state is read, as mg."""
    size = len(losses)
    names = tuple(f"s{i}" for i in range(size))
    readings = tuple(Reading(name, i, 1000.0) for i, name in enumerate(names))
    return LinearSystem(names, np.asarray(flows, dtype=float), np.asarray(losses, dtype=float), readings)


def any_system(rng: np.random.Generator, states: int | None = None) -> LinearSystem:
    """Return a system of random links; some of its rates are equal, some nearly so."""
    size = int(states or rng.integers(1, 9))
    flows = rng.lognormal(-3.5, 1.5, (size, size)) * (rng.random((size, size)) < 0.5)
    losses = rng.lognormal(-4.0, 1.0, size)
    kind = rng.integers(0, 3)
    if kind == 1:
        flows[flows > 0] = 0.05
        losses[:] = 0.05
    if kind == 2:
        flows[flows > 0] = 0.05 * (1 + 1e-9 * rng.random(int((flows > 0).sum())))
        losses[:] = 0.05 * (1 + 1e-9 * rng.random(size))
    np.fill_diagonal(flows, 0.0)
    return read_all(flows, losses)


def any_inputs(rng: np.random.Generator, system: LinearSystem, most: int = 4) -> list[MassInput]:
    """Return boluses and infusions into random states at random moments."""
    return [
        MassInput(
            int(rng.integers(len(system.states))),
            float(rng.choice([0.0, rng.uniform(0, 300), 60.0])),
            float(rng.uniform(1, 100)),
            float(rng.choice([0.0, rng.uniform(1, 90), 40.0])),
        )
        for _ in range(int(rng.integers(1, most + 1)))
    ]


def matrix(system: LinearSystem) -> np.ndarray:
    """Return A of dx/dt = A x."""
    return system.flows.T - np.diag(system.flows.sum(axis=1) + system.losses)


def amounts_by_expm(system: LinearSystem, inputs, time: float) -> np.ndarray:
    """Return the amounts at one moment: each input by itself, by one matrix exponential of its own."""
    total = np.zeros(len(system.states))
    for each in inputs:
        total += _one(matrix(system), each, time)
    return total


def _one(rates: np.ndarray, given: MassInput, time: float) -> np.ndarray:
    size = len(rates)
    since = time - given.start_min
    if since < 0:
        return np.zeros(size)
    start = np.zeros(size)
    start[given.state] = given.amount_mg
    if given.duration_min == 0:
        return expm(rates * since) @ start
    lasted = min(since, given.duration_min)
    whole = np.zeros((size + 1, size + 1))
    whole[:size, :size], whole[:size, size] = rates, start / given.duration_min
    return expm(rates * (since - lasted)) @ expm(whole * lasted)[:size, size]
