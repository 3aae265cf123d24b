"""Compile the kernels once, so that nobody waits for it later: ``python -m kairos.pharmacology.warming``.

The set-up starts this in the background, at the lowest priority. Where the cache cannot be written it does
no harm: every process then compiles for itself what it uses.
"""

import numpy as np

from kairos.domain.pharmacology.cohort_course import CohortCourse
from kairos.domain.pharmacology.propagation import amounts_and_areas, exposures
from kairos.domain.pharmacology.quantiles import ValueCounts
from kairos.domain.pharmacology.system import LinearSystem, MassInput, Reading


def warm() -> None:
    """Ask each kernel for something small; one state that empties is enough."""
    system = LinearSystem(("any",), np.zeros((1, 1)), np.array([0.1]), (Reading("any", 0, 1.0),))
    inputs, times = (MassInput(0, 0.0, 1.0, 1.0),), np.arange(4.0)
    amounts_and_areas(system, inputs, times)
    exposures(system, inputs, times)
    course = CohortCourse.of_system(system, inputs, times)
    if course:
        ValueCounts.none_yet(1, len(times)).add(course.trajectories())


if __name__ == "__main__":
    warm()
