"""The case of P1 and P2: ketamine and norketamine in three and two compartments, infusions twice a week.

Structure and typical values are those of a shipped model; every parameter is given 30 % log-normal
variability, as the prototypes' figures had it. Seven patients in
ten thousand have two rates within 1e-4 of each other.
"""

from dataclasses import replace

import numpy as np

from kairos.domain.pharmacology.administration import Dose, mass_inputs, repeated
from kairos.domain.pharmacology.cohort_course import CohortCourse
from kairos.domain.pharmacology.disposition import transfer_rate
from kairos.domain.pharmacology.individual import individual_parameters
from kairos.domain.pharmacology.pk_model import PKModel, Spread, Variability
from kairos.domain.pharmacology.schedule import LOSS
from kairos.domain.pharmacology.variability import deviations
from kairos.pharmacology import load_model

MG, OVER_MIN, EVERY_MIN, DAYS = 35.0, 40.0, 5040.0, 28
WHO = {"weight": 70.0}
SPREAD_SD = 0.3


def varied_model() -> PKModel:
    """Return the model with the same variability on everything."""
    model = load_model("otto-2021")
    wide = (Variability(Spread.LOG_NORMAL, SPREAD_SD**2),)
    parameters = {name: replace(each, varies=wide) for name, each in model.parameters.items()}
    return replace(model, parameters=parameters, covariances=())


def doses(count: int = 8) -> tuple[Dose, ...]:
    """Return the course: so many infusions within 28 days."""
    return repeated(Dose("iv", MG, 0.0, OVER_MIN), count, EVERY_MIN * 8 / count)


def points(count: int) -> np.ndarray:
    """Return uniform times over the course, min."""
    return np.arange(count) * (DAYS * 1440.0 / count)


def drawn(model: PKModel, patients: int) -> dict[str, np.ndarray]:
    """Return parameter values of patients, min and L."""
    rng = np.random.default_rng(20261122)
    values = individual_parameters(model, WHO, deviations(model, patients, rng)).values
    return {name: np.asarray(value) for name, value in values.items()}


def course(model: PKModel, values: dict[str, np.ndarray], count: int, times: np.ndarray) -> CohortCourse:
    """Lay out everybody's course, from parameters on: this is what P1 times, with what follows it."""
    place = {state: number for number, state in enumerate(model.states)}
    transfers = [(place[t.leaves], place[t.into] if t.into else LOSS) for t in model.transfers]
    rates = np.stack([transfer_rate(transfer, values) for transfer in model.transfers])
    gains = np.stack([1000.0 / values[reading.volume] for reading in model.readings])
    seen = [place[reading.state] for reading in model.readings]
    found = CohortCourse.of_rates(
        (len(model.states), transfers, seen),
        rates,
        gains,
        mass_inputs(model, {}, doses(count)),
        times,
    )
    assert found is not None
    return found
