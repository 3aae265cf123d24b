"""The parameters of one person, or of many: typical value, covariates, and the person's own deviation.

The order is fixed: what a covariate adds, then the deviation on its scale, then what covariates
multiply, then the cap. So a fraction keeps its deviation on the logit, and its ancestry factor after it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kairos.domain.pharmacology.pk_model import Effect, EffectForm, Parameter, PKModel, Spread
from kairos.domain.pharmacology.system import Floats
from kairos.vocab.errors import InvalidInput, Problem

Covariates = Mapping[str, "float | str | Floats | np.ndarray"]
Values = Mapping[str, Floats]


@dataclass(frozen=True, slots=True)
class Individual:
    """Parameter values in min and L, each a number or an array of shape (p,), and how many were capped."""

    values: Values
    capped: Mapping[str, int]


def individual_parameters(
    model: PKModel, covariates: Covariates, deviations: Mapping[str, Floats] | None = None
) -> Individual:
    """Return the parameters of people.

    Parameters
    ----------
    model : PKModel
    covariates : by name; number or word, or array, shape (p,)
        in the units the model states (a, kg)
    deviations : by parameter; array, shape (p,); unit 1
        on the log or logit scale of each parameter; none for the typical person

    Returns
    -------
    Individual        values in min and L; scalars or arrays, shape (p,)

    Raises
    ------
    InvalidInput      a covariate the model needs is missing, or so far outside that no body is described
    """
    shifts = deviations or {}
    values: dict[str, Floats] = {}
    capped: dict[str, int] = {}
    for name, parameter in model.parameters.items():
        value = _value(parameter, covariates, shifts.get(name))
        if parameter.highest is not None:
            capped[name] = int(np.count_nonzero(value > parameter.highest))
            value = np.minimum(value, parameter.highest)
        values[name] = _possible(name, value)
    return Individual(values, capped)


def _possible(name: str, value: Floats) -> Floats:
    """Refuse what no body has: covariates so far outside that a volume or a flow is no longer above 0."""
    if not np.all((value > 0) & (value < np.inf)):
        why = f"{name} would not be above 0; the covariates lie too far outside what the model knows"
        raise InvalidInput(Problem("population", why))
    return value


def _value(parameter: Parameter, covariates: Covariates, shift: Floats | None) -> Floats:
    value = np.asarray(parameter.typical, dtype=np.float64)
    for effect in parameter.effects:
        if effect.adds:
            value = value + _effect(effect, covariates)
    if shift is not None:
        value = _shifted(value, shift, parameter)
    for effect in parameter.effects:
        if not effect.adds:
            value = value * _effect(effect, covariates)
    return value


def _shifted(value: Floats, shift: Floats, parameter: Parameter) -> Floats:
    """Move a typical value by a deviation on its own scale."""
    if parameter.varies and parameter.varies[0].spread is Spread.LOGIT_NORMAL:
        odds: Floats = np.exp(np.log(value / (1.0 - value)) + shift)
        return odds / (1.0 + odds)
    return np.asarray(value * np.exp(shift))


def _effect(effect: Effect, covariates: Covariates) -> Floats:
    if effect.covariate not in covariates:
        raise InvalidInput(Problem(effect.covariate, "is missing; this model needs it"))
    given = covariates[effect.covariate]
    if effect.form is EffectForm.BY_CATEGORY:
        return _by_category(effect, given)
    number = np.asarray(given, dtype=np.float64)
    match effect.form:
        case EffectForm.POWER:
            return np.asarray((number / effect.reference) ** effect.exponent)
        case EffectForm.PROPORTIONAL:
            return number
        case _:
            return np.asarray(effect.slope * np.maximum(0.0, number - effect.reference))


def _by_category(effect: Effect, given: object) -> Floats:
    words = np.asarray(given)
    factor = np.ones(words.shape)
    for word, times in effect.factors.items():
        factor = np.where(words == word, times, factor)
    return factor
