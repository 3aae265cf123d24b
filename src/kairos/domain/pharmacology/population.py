"""Many people of one model: drawn, simulated part by part, and summed up in memory that does not grow.

Letters for shapes: ``p`` people, ``t`` times, ``a`` readings. People are drawn in parts of a fixed size, each
from a stream of its own: the same seed gives the same people, whatever the number of threads.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

import numpy as np
from numpy.random import Generator

from kairos.domain.pharmacology.administration import Dose, mass_inputs
from kairos.domain.pharmacology.cohort_course import CohortCourse
from kairos.domain.pharmacology.disposition import linear_system
from kairos.domain.pharmacology.individual import Covariates, individual_parameters
from kairos.domain.pharmacology.linear_facts import reached
from kairos.domain.pharmacology.pk_model import PKModel
from kairos.domain.pharmacology.propagation import Exposures, Sharing, alone, concentrations, exposures
from kairos.domain.pharmacology.quantiles import ValueCounts
from kairos.domain.pharmacology.system import Floats, LinearSystem, MassInput
from kairos.domain.pharmacology.variability import deviations
from kairos.vocab.errors import InvalidInput, Problem

PART = 8192
"""People in a part; not to be changed lightly: who is drawn for a seed depends on it."""
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class CohortAsked:
    """Whom to simulate and what to look at.

    Parameters
    ----------
    model : PKModel
    doses : at least one, the same for everybody
    persons : how many, p
    times_min : float64 array, shape (t,)
        min, ascending from 0; exposures reach from 0 to the last, profiles are taken at each
    covariates : by name; one value, or an array, shape (p,)
    above_ng_ml : by analyte, ng/mL; time above is 0 for the others
    at_times_only : peaks as seen at the times and edges of doses, eight people at a time; else also between
    """

    model: PKModel
    doses: tuple[Dose, ...]
    persons: int
    times_min: Floats
    covariates: Covariates = field(default_factory=dict)
    above_ng_ml: Mapping[str, float] = field(default_factory=dict)
    at_times_only: bool = False


@dataclass(frozen=True, slots=True)
class CohortExposures:
    """Exposures of each person, and how many drawn values had to be capped, by parameter."""

    exposures: Exposures
    capped: Mapping[str, int]


def cohort_exposures(
    asked: CohortAsked, rng: Generator, *, sharing: Sharing = alone, progress: Progress | None = None
) -> CohortExposures:
    """Return the peak, its time, the area and the time above of each person drawn; no trajectory is kept.

    Parameters
    ----------
    asked : CohortAsked
    rng : where the randomness comes from
    sharing : how the parts are shared among threads
    progress : told, after each part, how many people it had

    Raises
    ------
    InvalidInput      a model whose rates change with time, or what the models' own functions refuse
    """
    _check(asked)
    streams = rng.spawn(len(_parts(asked.persons)))
    done: dict[int, CohortExposures] = {}

    def work(first: int, last: int) -> None:
        for part in range(first, last):
            some = _part(asked, part)
            done[part] = _exposures(some, streams[part])
            if progress:
                progress(some.persons)

    sharing(work, len(streams))
    return _joined([done[part] for part in range(len(streams))])


def cohort_profiles(
    asked: CohortAsked, rng: Generator, *, sharing: Sharing = alone, progress: Progress | None = None
) -> tuple[tuple[str, ...], ValueCounts]:
    """Return the analytes, and the counted values (ng/mL) at each time, of the people the exposures have."""
    _check(asked)
    streams = rng.spawn(len(_parts(asked.persons)))
    counted: list[ValueCounts] = []

    def work(first: int, last: int) -> None:
        counts: ValueCounts | None = None
        for part in range(first, last):
            some = _part(asked, part)
            values = _trajectories(*_system(some, streams[part])[:2], some.times_min)
            counts = counts or ValueCounts.none_yet(values.shape[0], values.shape[2])
            counts.add(values)
            if progress:
                progress(some.persons)
        counted.extend(filter(None, [counts]))

    sharing(work, len(streams))
    system, _, _ = _system(replace(asked, persons=1, covariates=_of_part(asked, 0, 1)), rng)
    return tuple(each.analyte for each in system.readings), counted[0].together_with(counted[1:])


def _trajectories(system: LinearSystem, inputs: Sequence[MassInput], times: Floats) -> Floats:
    course = CohortCourse.of_system(system, inputs, times)
    return concentrations(system, inputs, times) if course is None else course.trajectories()


def _check(asked: CohortAsked) -> None:
    if asked.persons < 1:
        raise InvalidInput(Problem("n", f"is {asked.persons}; give at least 1 person"))
    if asked.model.changing:
        why = f"{asked.model.name} has rates that change with time; only its typical person is simulated"
        raise InvalidInput(Problem("model", why))
    for name, value in asked.covariates.items():
        if np.ndim(value) and np.shape(value) != (asked.persons,):
            why = f"has shape {np.shape(value)}; give one value, or one for each of {asked.persons} people"
            raise InvalidInput(Problem(name, why))


def _parts(persons: int) -> range:
    return range(0, persons, PART)


def _part(asked: CohortAsked, part: int) -> CohortAsked:
    first = part * PART
    persons = min(PART, asked.persons - first)
    return replace(asked, persons=persons, covariates=_of_part(asked, first, first + persons))


def _of_part(asked: CohortAsked, first: int, last: int) -> Covariates:
    return {
        name: np.asarray(value)[first:last] if np.ndim(value) else value
        for name, value in asked.covariates.items()
    }


def _system(
    asked: CohortAsked, rng: Generator
) -> tuple[LinearSystem, tuple[MassInput, ...], Mapping[str, int]]:
    """Draw people; return their system, their inputs, and how many values were capped."""
    drawn = deviations(asked.model, asked.persons, rng)
    people = individual_parameters(asked.model, asked.covariates, drawn)
    inputs = mass_inputs(asked.model, people.values, asked.doses)
    system, entering = reached(linear_system(asked.model, people.values), inputs)
    return system, entering, people.capped


def _exposures(asked: CohortAsked, rng: Generator) -> CohortExposures:
    system, inputs, capped = _system(asked, rng)
    analytes = [each.analyte for each in system.readings]
    limits = [asked.above_ng_ml.get(analyte, np.inf) for analyte in analytes]
    if asked.at_times_only:
        course = CohortCourse.of_system(system, inputs, asked.times_min, above_ng_ml=limits, summed=True)
        if course is not None:
            return CohortExposures(course.exposures(analytes), capped)
    found = exposures(system, inputs, asked.times_min, above_ng_ml=limits)
    shape = (asked.persons, len(analytes))
    columns = (found.cmax_ng_ml, found.tmax_min, found.auc_ng_h_ml, found.above_min)
    whole = [np.broadcast_to(column, shape) for column in columns]
    return CohortExposures(Exposures(found.analytes, *whole), capped)


def _joined(parts: Sequence[CohortExposures]) -> CohortExposures:
    found = [part.exposures for part in parts]
    columns = ("cmax_ng_ml", "tmax_min", "auc_ng_h_ml", "above_min")
    whole = [np.concatenate([getattr(each, name) for each in found]) for name in columns]
    capped = reduce(
        lambda total, part: {name: total.get(name, 0) + count for name, count in part.capped.items()},
        parts,
        dict[str, int](),
    )
    return CohortExposures(Exposures(found[0].analytes, *whole), capped)
