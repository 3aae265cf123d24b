"""Results that a person of the team enters: a measured value, a yes-or-no result, a date of birth."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from kairos.domain.evidence.concepts import ConceptMap, Measurement
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.facts import Fact, FactKind, FactValue, Origin
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import Quantity

Given = float | bool | str
BIRTH_DATE, SEX = "birth_date", "sex"
SEXES = ("female", "male", "other", "unknown")


def facts_of_results(
    results: Mapping[str, Given],
    concepts: ConceptMap,
    *,
    done: Collection[str] = (),
    id_prefix: str,
    origin: Origin,
    measured_at: datetime,
    now: datetime,
) -> tuple[Fact, ...]:
    """Return what the results state; parts of one reading belong together.

    Parameters
    ----------
    results : mapping    concept -> number in the concept's own unit, true or false, or a word
    done : concepts      of examinations of which only it is kept that they were made (an ECG)

    Raises
    ------
    InvalidInput    every value that cannot be, with the range; a moment after now; nothing given
    """
    problems = [*_moment(measured_at, now), *_impossible(results, concepts, done)]
    if not results:
        problems.append(Problem("", "no result was entered; enter at least one"))
    if problems:
        raise InvalidInput(*problems)
    return tuple(
        Fact(
            id=f"{id_prefix}#{concept}",
            kind=_kind(concept, concepts),
            concept=concept,
            origin=origin,
            value=_value(concept, given, concepts),
            true_at=None if concept in (BIRTH_DATE, SEX) else measured_at,
            recorded_at=now,
            group=id_prefix,
        )
        for concept, given in sorted(results.items())
    )


def _moment(measured_at: datetime, now: datetime) -> Iterable[Problem]:
    if measured_at > now:
        yield Problem("measured_at", "this moment lies ahead; enter when it was measured")


def _impossible(
    results: Mapping[str, Given], concepts: ConceptMap, done: Collection[str]
) -> Iterable[Problem]:
    for concept, given in results.items():
        measurement = concepts.measurement(concept)
        if measurement is not None and isinstance(given, float):
            yield from _beyond(measurement, given)
            yield from _not_below(measurement, given, results)
        elif concept in done and given is True:
            continue
        elif _value(concept, given, concepts) is None:
            yield Problem(concept, "this is no result of this kind; choose one that is offered")


def _beyond(measurement: Measurement, given: float) -> Iterable[Problem]:
    low, high = measurement.plausible_low, measurement.plausible_high
    if not low <= given <= high:
        unit = "" if measurement.unit == "1" else f" {measurement.unit}"
        message = f"{given:g}{unit} cannot be: enter a value from {low:g} to {high:g}{unit}"
        yield Problem(measurement.concept, message)


def _not_below(measurement: Measurement, given: float, results: Mapping[str, Given]) -> Iterable[Problem]:
    upper = results.get(measurement.below) if measurement.below else None
    if measurement.below and not isinstance(upper, float):
        yield Problem(measurement.below, "enter both parts of the reading")
    elif isinstance(upper, float) and given >= upper:
        message = f"{upper:g} must exceed {given:g}; check whether the two numbers were swapped"
        yield Problem(measurement.concept, message)


def _kind(concept: str, concepts: ConceptMap) -> FactKind:
    if concept in (BIRTH_DATE, SEX):
        return FactKind.DEMOGRAPHIC
    known = concepts.concept(concept)
    return known.kind if known is not None else FactKind.PROCEDURE


def _value(concept: str, given: Given, concepts: ConceptMap) -> FactValue:
    """Return the value of a fact, or nothing where the result does not fit the concept."""
    measurement = concepts.measurement(concept)
    if measurement is not None:
        return None if isinstance(given, bool | str) else Quantity(given, measurement.unit)
    if concept == BIRTH_DATE:
        return _birth_date(given)
    if concept == SEX:
        return given if given in SEXES else None
    return given if isinstance(given, bool) and concepts.concept(concept) is not None else None


def _birth_date(given: Given) -> PartialDate | None:
    try:
        return PartialDate.parse(str(given))
    except ValueError:
        return None
