"""How much of a receptor a concentration would occupy, by a formula that knows nothing of the brain.

Additive competitive occupancy: S / (1 + S), where S sums unbound concentration over Ki. It illustrates;
it does not measure. Every use shows the receptor's caveat.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kairos.domain.pharmacology.receptor import Receptor
from kairos.domain.pharmacology.substances import Substance
from kairos.vocab.errors import InvalidInput, Problem

Floats = NDArray[np.float64]


def occupancy(
    ng_ml: Mapping[str, float | Floats],
    receptor: Receptor,
    substances: Mapping[str, Substance],
    *,
    unbound: float = 1.0,
) -> Floats:
    """Return the part of a receptor that concentrations in plasma would occupy.

    Parameters
    ----------
    ng_ml : by analyte; number or array, all of one shape     ng/mL in plasma, total, none below 0
    receptor : Receptor
    substances : by name                                      molar masses
    unbound : float                                           part not bound to protein, above 0, at most 1

    Returns
    -------
    float64 array, shape of the concentrations      0 to 1

    Raises
    ------
    InvalidInput      an analyte the receptor knows nothing of, or a part outside its range

    Source
    ------
    Ebert 1997 (affinities in rat cortex); the formula is that of competitive binding
    """
    if not 0 < unbound <= 1:
        raise InvalidInput(Problem("unbound", f"is {unbound:g}; it is a part above 0, and at most 1"))
    strength = np.asarray(0.0)
    for analyte, level in ng_ml.items():
        if analyte not in receptor.made_of:
            known = ", ".join(receptor.made_of)
            raise InvalidInput(
                Problem("analyte", f"{receptor.name} has no affinity of {analyte}; it has {known}")
            )
        free = unbound * np.asarray(level, dtype=np.float64) / substances[analyte].molar_mass
        strength = strength + free * _binding(receptor, analyte)
    return strength / (1.0 + strength)


def _binding(receptor: Receptor, analyte: str) -> float:
    """Return the sum of part / Ki over what an analyte is made of, L/umol."""
    parts = receptor.made_of[analyte]
    return sum(part / receptor.affinities[compound].ki_umol_l for compound, part in parts.items())
