"""The expected window of a substance, by the models that the content names for it; kept by its inputs.

It reads the slow, exact solution: one person and a few hundred moments cost milliseconds, and a web
process does not bring in a compiler for a drawing.
"""

from functools import lru_cache

import numpy as np

from kairos.domain.pharmacology.administration import Dose
from kairos.domain.pharmacology.expected import ExpectedWindow, expected_window
from kairos.domain.pharmacology.expected_by import ExpectedBy

_STEP_MIN = 2.0
_MOST = 400


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


def chosen_models(substance: str) -> ExpectedBy | None:
    """Return the models that the content names for a substance, with the sentence about them."""
    from kairos.content.release import load_release  # half a second that only this question pays

    return load_release().expected.get(substance)
