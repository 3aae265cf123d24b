"""What part of a receptor a simulated course would occupy, with what that leaves out."""

from dataclasses import dataclass

import numpy as np

from kairos.domain.pharmacology.occupancy import occupancy
from kairos.domain.pharmacology.system import Floats
from kairos.pharmacology.simulation import Simulation


@dataclass(frozen=True, slots=True, eq=False)
class OccupancyCourse:
    """Occupancy over time, unit 1, and the caveat that belongs to every table and picture of it.

    Parameters
    ----------
    times_min : float64 array, shape (t,)     min
    total : float64 array, shape (t,)         as if nothing were bound to protein
    unbound : float64 array, shape (t,)       with the part that is not bound
    """

    times_min: Floats
    total: Floats
    unbound: Floats
    caveat: str


def receptor_occupancy(
    simulation: Simulation, times_min: Floats, *, receptor: str = "nmda"
) -> OccupancyCourse:
    """Return the occupancy over a simulated course, of every analyte that the receptor knows.

    Parameters
    ----------
    times_min : float64 array, shape (t,)     min from time zero, ascending
    receptor : str                            "nmda"
    """
    from kairos.content.release import load_release  # half a second that only this question pays

    release = load_release()
    chosen = release.receptors[receptor]
    times = np.asarray(times_min, dtype=np.float64)
    levels = {name: each for name, each in simulation.curve(times).items() if name in chosen.made_of}
    free = chosen.unbound[simulation.model.substance].typical
    return OccupancyCourse(
        times_min=times,
        total=occupancy(levels, chosen, release.substances),
        unbound=occupancy(levels, chosen, release.substances, unbound=free),
        caveat=release.texts.render(chosen.caveat, {}),
    )
