"""A linear compartment system and what enters it: all that a numeric engine is ever given.

Letters for shapes: ``n`` states, ``p`` patients. An array may carry a leading axis of patients
(``(p, n, n)``, ``(p, n)``, ``(p,)``); without it, one system serves everyone. Effect sites, transit
chains and depots are states like any other. A fraction absorbed, a lag time or a swallowed part is
resolved into inputs before it comes here.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

NANOGRAM_PER_ML_IN_MG_PER_L = 1000.0
MINUTES_PER_HOUR = 60.0
DAY_MIN = 24 * MINUTES_PER_HOUR


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """What is read off one state: the concentration of an analyte.

    Parameters
    ----------
    analyte : str                          "ketamine", "norketamine", ...
    state : int                            index into ``LinearSystem.states``
    volume_l : float or array, shape (p,)  L, > 0
    mass_factor : float                    1; molar-mass ratio where the model keeps another substance's mass

    Returns
    -------
    ng/mL = 1000 * amount_mg * mass_factor / volume_l
    """

    analyte: str
    state: int
    volume_l: float | Floats
    mass_factor: float = 1.0

    def concentration_ng_ml(self, amount_mg: Floats) -> Floats:
        """Return ng/mL for amounts in mg; a last axis of times is allowed beside the patients' axis."""
        volume = np.asarray(self.volume_l, dtype=np.float64)
        spread = volume[..., np.newaxis] if volume.ndim else volume
        return NANOGRAM_PER_ML_IN_MG_PER_L * amount_mg * self.mass_factor / spread


@dataclass(frozen=True, slots=True, eq=False)
class LinearSystem:
    """First-order transfer between states, loss out of them, and what is read.

    Parameters
    ----------
    states : names, n of them
    flows : float64 array, shape (n, n) or (p, n, n)
        1/min; ``flows[..., i, j]`` = first-order rate FROM state i TO state j, diagonal 0, none negative
    losses : float64 array, shape (n,) or (p, n)      1/min, out of the system; none negative
    readings : one per analyte

    Whatever leaves state i by ``flows[i, j]`` arrives in j: mass is conserved but for ``losses``.
    """

    states: tuple[str, ...]
    flows: Floats
    losses: Floats
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True, eq=False)
class MassInput:
    """An amount that enters one state at constant rate; duration 0 = all at once (bolus).

    Parameters
    ----------
    state : int                                     index into ``LinearSystem.states``
    start_min, amount_mg, duration_min : float or array, shape (p,)
        min, mg, min; ``start_min`` from time zero, none negative
    """

    state: int
    start_min: float | Floats
    amount_mg: float | Floats
    duration_min: float | Floats
