"""Whom a model speaks about: covariates filled in, and what lies outside the population it was made from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kairos.domain.pharmacology.pk_model import PKModel, Range
from kairos.vocab.errors import InvalidInput, Problem

Given = Mapping[str, "float | str | None"]


@dataclass(frozen=True, slots=True)
class Described:
    """A person as a model sees them.

    ``assumed`` names what was not given and taken as typical; ``outside`` says, in sentences, where the
    person lies outside the population.
    """

    covariates: Mapping[str, float | str]
    assumed: Mapping[str, float | str]
    outside: tuple[str, ...]


def describe(model: PKModel, given: Given) -> Described:
    """Return a person as a model sees them.

    Parameters
    ----------
    model : PKModel
    given : by covariate; None or absent where it is not known

    Raises
    ------
    InvalidInput        a category the model does not know, or a number that is not above 0
    """
    known = {name: value for name, value in given.items() if value is not None}
    _check(model, known)
    people = model.population
    typical: dict[str, float | str] = {name: each.typical for name, each in people.categories.items()}
    typical |= {name: each.typical for name, each in people.numbers.items() if each.typical is not None}
    assumed = {name: value for name, value in typical.items() if name not in known}
    otherwise = {name: each.otherwise for name, each in people.numbers.items() if each.otherwise is not None}
    unknown = {name: value for name, value in otherwise.items() if name not in known | typical}
    covariates = {**known, **assumed, **unknown}
    outside = (*_missing(model, unknown), *_outside(model, {**known, **assumed}))
    return Described(covariates, assumed | unknown, outside)


def check_inside(model: PKModel, described: Described) -> None:
    """Refuse a person outside the population.

    Raises
    ------
    InvalidInput      each sentence says what lies outside, and what to do
    """
    if described.outside:
        why = "; ".join(described.outside)
        made_from = f"{model.name} was made from {model.population.description}"
        ask = "describe somebody inside it, or ask for an answer outside the population"
        raise InvalidInput(Problem("population", f"{why}. {made_from}; {ask}"))


def _check(model: PKModel, known: Mapping[str, float | str]) -> None:
    people = model.population
    for name, value in known.items():
        words = people.categories.get(name)
        if words and value not in words.words:
            raise InvalidInput(Problem(name, f"is {value!r}; expected one of {', '.join(words.words)}"))
        if name in people.numbers and not (isinstance(value, int | float) and value > 0):
            raise InvalidInput(Problem(name, f"is {value}; it must be a number above 0"))


def _missing(model: PKModel, unknown: Mapping[str, float]) -> Iterator[str]:
    for name in unknown:
        bounds = _words(model.population.numbers[name])
        yield f"{name} is not given; this model is for{bounds or ' people whose ' + name + ' is known'}"


def _outside(model: PKModel, known: Mapping[str, float | str]) -> Iterator[str]:
    for name, span in model.population.numbers.items():
        value = known.get(name)
        if not isinstance(value, int | float):
            continue
        if (span.lowest is not None and value < span.lowest) or (
            span.highest is not None and value > span.highest
        ):
            unit = _UNITS.get(span.unit, span.unit)
            yield f"{name} {value:g} {unit} is outside{_words(span)} of this model"


_UNITS = {"a": "years"}


def _words(span: Range) -> str:
    unit = _UNITS.get(span.unit, span.unit)
    if span.lowest is not None and span.highest is not None:
        return f" {span.lowest:g} to {span.highest:g} {unit}"
    if span.lowest is not None:
        return f" {span.lowest:g} {unit} and more"
    if span.highest is not None:
        return f" {span.highest:g} {unit} and less"
    return ""
