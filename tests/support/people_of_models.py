"""Random people of the shipped models, and how far the engine is from scipy's matrix exponential on them."""

import numpy as np
from scipy.linalg import expm

from kairos.domain.pharmacology.cohort_course import CohortCourse
from kairos.domain.pharmacology.disposition import linear_system
from kairos.domain.pharmacology.individual import individual_parameters
from kairos.domain.pharmacology.propagation import concentrations
from kairos.domain.pharmacology.system import LinearSystem, MassInput, Reading
from kairos.pharmacology import load_model, model_names

MG, OVER_MIN = 100.0, 30.0
TIMES = np.array([5.0, 40.0, 300.0])
WHO = {"weight": 62.0, "age": 45.0, "ancestry": "other"}


def linear_models() -> list[str]:
    """Return the models whose rates do not change with time."""
    return [name for name in model_names() if not load_model(name).changing]


def largest_difference(name: str, count: int) -> float:
    """Return the largest difference of both ways through the kernels, as a part of each person's peak."""
    system = people(name, count)
    inputs = [MassInput(0, 0.0, MG, OVER_MIN), MassInput(len(system.states) - 1, 0.0, MG, 0.0)]
    theirs = by_expm(system)
    peak = theirs.max(axis=(0, 2))[np.newaxis, :, np.newaxis]
    course = CohortCourse.of_system(system, inputs, TIMES)
    assert course is not None
    ways = (concentrations(system, inputs, TIMES), course.trajectories())
    return max(float((np.abs(ours - theirs) / peak).max()) for ours in ways)


def people(name: str, count: int) -> LinearSystem:
    """Return people of a model: all but fractions vary by 40 %; some rates are equal, some nearly."""
    rng = np.random.default_rng(4)
    model = load_model(name)
    shifts = {
        name: rng.normal(0.0, 0.4, count)
        for name, each in model.parameters.items()
        if each.printed.unit != "1"
    }
    system = linear_system(model, individual_parameters(model, WHO, shifts).values)
    flows, losses = _equalled(system.flows.copy(), system.losses.copy(), rng)
    readings = tuple(Reading(state, place, 1000.0) for place, state in enumerate(system.states))
    return LinearSystem(system.states, flows, losses, readings)


def _equalled(
    flows: np.ndarray, losses: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Make all rates of the first tenth equal, and those of the second nearly so."""
    tenth = max(1, len(flows) // 10)
    flows[:tenth][flows[:tenth] > 0] = 0.05
    losses[:tenth][losses[:tenth] > 0] = 0.05
    near = slice(tenth, 2 * tenth)
    for rates in (flows, losses):
        some = rates[near]
        some[some > 0] = 0.05 * (1 + 1e-9 * rng.random(int((some > 0).sum())))
    return flows, losses


def by_expm(system: LinearSystem) -> np.ndarray:
    """Return amounts, shape (n, p, t), by scipy's exponential of all people at once."""
    size, persons = len(system.states), len(system.flows)
    whole = np.zeros((persons, size + 1, size + 1))
    whole[:, :size, :size] = np.swapaxes(system.flows, 1, 2)
    whole[:, range(size), range(size)] = -(system.flows.sum(axis=2) + system.losses)
    whole[:, 0, size] = MG / OVER_MIN
    state = np.zeros((persons, size + 1))
    state[:, size], state[:, -2] = 1.0, MG
    out, now = [], 0.0
    for moment in sorted({OVER_MIN, *TIMES}):
        state = np.einsum("pij,pj->pi", expm(whole * (moment - now)), state)
        if moment == OVER_MIN:
            state[:, size] = 0.0
        if moment in TIMES:
            out.append(state[:, :size].T)
        now = moment
    return np.stack(out, axis=2)
