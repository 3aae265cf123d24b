"""Models by name, and what doses do to one typical person."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kairos.domain.pharmacology.administration import Dose, repeated, route_rule
from kairos.domain.pharmacology.engine import course_of
from kairos.domain.pharmacology.exposure import AnalyteExposure, exposure
from kairos.domain.pharmacology.individual import Individual, individual_parameters
from kairos.domain.pharmacology.people import Described, check_inside, describe
from kairos.domain.pharmacology.pk_model import EffectForm, PKModel
from kairos.domain.pharmacology.system import MINUTES_PER_HOUR, Floats
from kairos.vocab.errors import InvalidInput, Problem

SIMULATION = "A simulation of a typical person from published parameters; not a measurement."
EFFECT_SITE = (
    "The rate towards the effect site is an assumption (a peak one minute after a bolus), not a measurement."
)


def model_names() -> tuple[str, ...]:
    """Return the names of the models: author and year."""
    from kairos.content.pharmacology import load_pharmacology  # the reader of files, at the first question

    return tuple(load_pharmacology().models)


def load_model(name: str) -> PKModel:
    """Return a model by author and year, such as ``perez-ruixo-2021``.

    Raises
    ------
    InvalidInput      names the models there are
    """
    from kairos.content.pharmacology import load_pharmacology  # as above

    models = load_pharmacology().models
    if name not in models:
        raise InvalidInput(Problem("model", f"is {name!r}; expected one of {', '.join(models)}"))
    return models[name]


@dataclass(frozen=True, slots=True)
class Simulation:
    """What doses do to one typical person of a model.

    Parameters
    ----------
    model : PKModel
    doses : as given, mg of base, min
    person : the covariates used, which of them were assumed, and what lies outside the population
    individual : parameter values in min and L
    times_min : float64 array, shape (t,)       asked for, min from the first device or start of dose
    analytes : by name                          Cmax ng/mL, Tmax min, AUC 0-24 ng*h/mL, ng/mL at the times
    warnings : sentences that belong to every table and picture made of this
    """

    model: PKModel
    doses: tuple[Dose, ...]
    person: Described
    individual: Individual
    times_min: Floats
    analytes: Mapping[str, AnalyteExposure]
    warnings: tuple[str, ...]

    def curve(self, times_min: Floats) -> Mapping[str, Floats]:
        """Return ng/mL by analyte at times in min (ascending, shape (t,)), each shape (t,)."""
        times = np.asarray(times_min, dtype=np.float64)
        course = course_of(self.model, self.individual.values, self.doses, times)
        return {
            reading.analyte: reading.concentration_ng_ml(course.amounts[reading.state])
            for reading in course.readings
        }


def simulate(
    model: PKModel | str,
    dose_mg: float,
    *,
    route: str,
    minutes: float = 0.0,
    doses: int = 1,
    every_h: float = 24.0,
    age: float | None = None,
    weight_kg: float | None = None,
    ancestry: str | None = None,
    times_min: Sequence[float] | Floats = (),
    outside_population: bool = False,
    effect_site: bool = False,
) -> Simulation:
    """Simulate a dose, or some of them, in the typical person of a model.

    Parameters
    ----------
    model : PKModel or name
    dose_mg : float                 mg of base each time, > 0
    route : str                     "iv", "nasal", "sl", "oral", "im", "sc" or "rectal", if the model has it
    minutes : float                 min of an infusion; 0 for all at once
    doses, every_h : int, float     how many, and h between their starts
    age, weight_kg : float          a, kg; where not given, of the model's typical person
    ancestry : str                  "other", "asian" or "japanese"
    times_min : numbers, shape (t,) min from the first device or start of dose, >= 0, any order
    outside_population : bool       answer for people the model was not made from, with a warning
    effect_site : bool              answer for the place of effect too, where the model has one

    Raises
    ------
    InvalidInput      what cannot be simulated, or a person outside the population
    """
    chosen = load_model(model) if isinstance(model, str) else model
    if effect_site:
        chosen = _with_effect_site(chosen)
    given = {"age": age, "weight": weight_kg, "ancestry": ancestry}
    person = describe(chosen, given)
    if not outside_population:
        check_inside(chosen, person)
    course = repeated(Dose(route, dose_mg, 0.0, minutes), doses, every_h * MINUTES_PER_HOUR)
    times = _times(times_min)
    individual = individual_parameters(chosen, person.covariates)
    return Simulation(
        model=chosen,
        doses=course,
        person=person,
        individual=individual,
        times_min=times,
        analytes=exposure(chosen, individual.values, course, times),
        warnings=warnings_for(chosen, person, route),
    )


def _with_effect_site(model: PKModel) -> PKModel:
    if model.effect_site is None:
        raise InvalidInput(Problem("effect site", f"{model.name} has none; ask for blood alone"))
    return replace(model, shows_effect_site=True)


def warnings_for(model: PKModel, person: Described, route: str) -> tuple[str, ...]:
    """Return what has to be said with every answer: outside the population first, then what was assumed."""
    outside = [f"Outside the population: {each}." for each in person.outside]
    assumed = [
        f"{name.capitalize()} was not given: {_plain(value)} assumed."
        for name, value in person.assumed.items()
        if name in _used(model)
    ]
    idle = [
        f"{name.capitalize()} was given and changes nothing in this model."
        for name in person.covariates
        if name not in person.assumed and name not in _used(model)
    ]
    scaled = _scaling(model, person)
    site = (EFFECT_SITE,) if model.shows_effect_site else ()
    return (
        *outside,
        *assumed,
        *idle,
        *site,
        *scaled,
        *route_rule(model, route).warnings,
        *model.known_faults,
        SIMULATION,
    )


def _plain(value: float | str) -> str:
    return value if isinstance(value, str) else f"{value:g}"


def _used(model: PKModel) -> frozenset[str]:
    return frozenset(effect.covariate for each in model.parameters.values() for effect in each.effects)


def _scaling(model: PKModel, person: Described) -> tuple[str, ...]:
    """Return what a model says about its scaling, once, where the person is not at the reference."""
    notes = (
        effect.note
        for each in model.parameters.values()
        for effect in each.effects
        if effect.note
        and (effect.form is not EffectForm.POWER or person.covariates[effect.covariate] != effect.reference)
    )
    return tuple(dict.fromkeys(notes))


def _times(given: Sequence[float] | Floats) -> Floats:
    times = np.unique(np.asarray(given, dtype=np.float64))
    if times.size and not (np.isfinite(times).all() and times[0] >= 0):
        raise InvalidInput(Problem("times", "must be numbers of minutes, 0 or more, from the start"))
    return times
