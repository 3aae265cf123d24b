"""What published models expect of what was given or is planned; kept by its inputs.

It reads solutions that need no compiler: a web process does not bring one in for a drawing.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from kairos.domain.pharmacology.administration import Dose
from kairos.domain.pharmacology.expected import ExpectedWindow, expected_window
from kairos.domain.pharmacology.expected_by import ExpectedBy
from kairos.domain.pharmacology.expected_people import ExpectedPeople, device_moments, expected_people
from kairos.domain.pharmacology.people import Described, check_inside, describe
from kairos.domain.pharmacology.pk_model import PKModel

MODEL_ROUTES = {"iv": "iv", "im": "im", "in": "nasal", "sl": "sl", "oral": "oral"}
"""The models' names for the protocols' routes of racemic ketamine."""
_STEP_MIN = 2.0
_MOST = 400
_PERSONS = 800
_SEED = 1
_DEVICE_STEP_MIN = 6.0


@lru_cache(maxsize=256)
def expected_course(
    substance: str, doses: tuple[Dose, ...], *, weight_kg: float, until_min: float
) -> ExpectedWindow | None:
    """Return the window of one person; None where the content names no models for the substance.

    Parameters
    ----------
    substance : str               "ketamine"
    doses : at least one          mg of base, min from time zero
    weight_kg : float             kg
    until_min : float             min from time zero

    Raises
    ------
    InvalidInput      a route that one of the models does not have
    """
    by = chosen_models(substance)
    if by is None:
        return None
    step = max(_STEP_MIN, until_min / _MOST)
    edges = [edge for dose in doses for edge in (dose.start_min, dose.start_min + dose.over_min)]
    times = np.union1d(np.arange(0.0, until_min + step, step), [each for each in edges if each <= until_min])
    return expected_window(by, doses, {"weight": weight_kg}, times)


@dataclass(frozen=True, slots=True, eq=False)
class ExpectedOfDevices:
    """What a model expects of the devices of one dose, in whom, and what is left much later.

    ``left_ng_ml`` is the 95th of 100 at the later moment, where one was asked for.
    """

    people: ExpectedPeople
    model: PKModel
    person: Described
    left_ng_ml: float | None


@lru_cache(maxsize=256)
def expected_of_devices(
    substance: str,
    devices: tuple[Dose, ...],
    *,
    age: float | None,
    until_min: float,
    later_min: float | None = None,
) -> ExpectedOfDevices | None:
    """Return the typical person and the band of others; None where the content names no model.

    Weight and ancestry are the model's typical ones: what they are and what they change is said beside it.

    Parameters
    ----------
    substance : str               "esketamine"
    devices : one for each        mg of base, min from time zero
    age : float or None           a; None where it is not known
    until_min, later_min : float  min from time zero: how far it is drawn, and when to look once more

    Raises
    ------
    InvalidInput      other devices than the model knows, or an age outside its population
    """
    by = chosen_models(substance)
    if by is None:
        return None
    model = by.models[0]
    person = describe(model, {"age": age})
    check_inside(model, person)
    times = device_moments(model, devices, person.covariates, until_min, step_min=_DEVICE_STEP_MIN)
    asked = times if later_min is None else np.append(times, max(later_min, until_min))
    rng = np.random.default_rng(_SEED)
    found = expected_people(model, devices, person.covariates, asked, persons=_PERSONS, rng=rng)
    left = None if later_min is None else float(found.band_ng_ml.high[-1])
    return ExpectedOfDevices(found.first(times.size), model, person, left)


def chosen_models(substance: str) -> ExpectedBy | None:
    """Return the models that the content names for a substance, with the sentence about them."""
    from kairos.content.release import load_release  # half a second that only this question pays

    return load_release().expected.get(substance)
