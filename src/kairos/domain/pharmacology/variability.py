"""How people differ from the typical person of a model: deviations drawn on the log or logit scale."""

from collections.abc import Mapping

import numpy as np
from numpy.random import Generator

from kairos.domain.pharmacology.pk_model import PKModel
from kairos.domain.pharmacology.system import Floats


def deviations(model: PKModel, persons: int, rng: Generator) -> Mapping[str, Floats]:
    """Return a deviation of each parameter that varies, person by person.

    What differs between people and what differs between occasions of one person is drawn together, as one
    deviation: each person is simulated on one occasion.

    Parameters
    ----------
    model : PKModel
    persons : how many, p
    rng : where the randomness comes from

    Returns
    -------
    by parameter; float64 array, shape (p,), unit 1; what ``individual_parameters`` takes
    """
    names, factor = _factor(model)
    if not names:
        return {}
    drawn = factor @ rng.standard_normal((len(names), persons))
    return dict(zip(names, drawn, strict=True))


def covariance(model: PKModel) -> tuple[list[str], Floats]:
    """Return the parameters that vary and their covariance on their own scales, shape (v, v), unit 1."""
    varying = {name: each.varies for name, each in model.parameters.items() if each.varies}
    names = list(varying)
    matrix = np.diag([sum(part.variance for part in parts) for parts in varying.values()])
    for each in model.covariances:
        one, other = (names.index(name) for name in each.between)
        matrix[one, other] = matrix[other, one] = each.value
    return names, matrix


def _factor(model: PKModel) -> tuple[list[str], Floats]:
    """Return L of covariance = L L', by Cholesky's decomposition."""
    names, matrix = covariance(model)
    return names, np.asarray(np.linalg.cholesky(matrix), dtype=np.float64) if names else matrix
