"""How widely people differ in what the same doses do: many of them drawn from a model, summed up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kairos.domain.pharmacology.exposure import AnalyteExposure
from kairos.domain.pharmacology.pk_model import PKModel
from kairos.domain.pharmacology.population import (
    CohortAsked,
    CohortExposures,
    Progress,
    cohort_exposures,
    cohort_profiles,
)
from kairos.domain.pharmacology.system import DAY_MIN, Floats
from kairos.pharmacology.simulation import Simulation
from kairos.pharmacology.threads import sharing_among
from kairos.vocab.errors import InvalidInput, Problem

STEP_MIN = 3.0
"""How far apart the courses of many are looked at; peaks and areas are found between as well: machinery."""
LEVELS = {"median": 0.5, "p05": 0.05, "p95": 0.95}


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle and the ends of what happens to people like one: half, 5 and 95 of 100 lie below.

    Parameters
    ----------
    asked : CohortAsked
    seed : the same seed gives the same people
    analytes : by name, then by "median", "p05" and "p95"      each number has its own quantile
    warnings : what has to be said with every table and picture made of this
    """

    asked: CohortAsked
    seed: int
    analytes: Mapping[str, Mapping[str, AnalyteExposure]]
    warnings: tuple[str, ...]

    def band(self, times_min: Floats) -> Mapping[str, Mapping[str, Floats]]:
        """Return ng/mL by analyte and "median", "p05", "p95" at times in min, each shape (t,)."""
        return _profiles(replace(self.asked, times_min=np.asarray(times_min, dtype=np.float64)), self.seed)


def spread_of(
    simulation: Simulation,
    n: int,
    *,
    seed: int = 1,
    progress: Progress | None = None,
    threads: int | None = None,
) -> Spread:
    """Draw people who share the covariates of a simulation, and sum up what its doses do to them.

    Parameters
    ----------
    simulation : Simulation     whose doses, covariates and times are taken
    n : int                     how many people
    seed : int                  the same seed gives the same people, whatever the number of threads
    progress                    told how many people each finished part had
    threads : int               as many as there are cores, where none is named

    Raises
    ------
    InvalidInput      a model that states no differences between people, or that changes with time; n below 1
    """
    model = simulation.model
    if not any(each.varies for each in model.parameters.values()):
        why = f"{model.name} states no differences between people; ask for its typical person alone"
        raise InvalidInput(Problem("n", why))
    if seed < 0:
        raise InvalidInput(Problem("seed", f"is {seed}; give a whole number, 0 or more"))
    asked = CohortAsked(model, simulation.doses, n, _grid(DAY_MIN), simulation.person.covariates)
    day = _exposures(asked, seed, progress, threads)
    end = simulation.doses[-1].start_min + simulation.doses[-1].over_min + DAY_MIN
    whole = (
        day if end <= DAY_MIN else _exposures(replace(asked, times_min=_grid(end)), seed, progress, threads)
    )
    seen = replace(asked, times_min=simulation.times_min)
    at = _profiles(seen, seed) if simulation.times_min.size else {}
    analytes = {
        name: _quantiles(name, number, day, whole, at) for number, name in enumerate(day.exposures.analytes)
    }
    return Spread(asked, seed, analytes, (*simulation.warnings, *_said(model, n, day.capped)))


def _grid(end_min: float) -> Floats:
    return np.arange(0.0, end_min + STEP_MIN / 2, STEP_MIN)


def _exposures(
    asked: CohortAsked, seed: int, progress: Progress | None, threads: int | None
) -> CohortExposures:
    rng = np.random.default_rng(seed)
    return cohort_exposures(asked, rng, sharing=sharing_among(threads), progress=progress)


def _profiles(asked: CohortAsked, seed: int) -> Mapping[str, Mapping[str, Floats]]:
    names, counts = cohort_profiles(asked, np.random.default_rng(seed), sharing=sharing_among())
    found = counts.quantiles(list(LEVELS.values()))
    return {
        name: {level: found[place, number] for place, level in enumerate(LEVELS)}
        for number, name in enumerate(names)
    }


def _quantiles(
    name: str,
    number: int,
    day: CohortExposures,
    whole: CohortExposures,
    at: Mapping[str, Mapping[str, Floats]],
) -> Mapping[str, AnalyteExposure]:
    def level(values: Floats, part: float) -> float:
        return float(np.quantile(values[:, number], part))

    return {
        label: AnalyteExposure(
            cmax_ng_ml=level(whole.exposures.cmax_ng_ml, part),
            tmax_min=level(whole.exposures.tmax_min, part),
            auc_0_24_ng_h_ml=level(day.exposures.auc_ng_h_ml, part),
            at_ng_ml=at[name][label] if at else np.empty(0),
        )
        for label, part in LEVELS.items()
    }


def _said(model: PKModel, n: int, capped: Mapping[str, int]) -> Sequence[str]:
    limits = [
        f"In {count} of {n} people {name} was drawn above its limit and held there."
        for name, count in capped.items()
        if count
    ]
    guessed = [
        f"How widely {name} differs between people is not published; the spread used is a placeholder."
        for name, each in model.parameters.items()
        if any(part.is_placeholder for part in each.varies)
    ]
    return (
        *limits,
        *guessed,
        "The band is of people as the model draws them; the doubt of the model is not in it.",
    )
