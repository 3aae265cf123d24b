"""Readings that belong together though they came apart: systolic and diastolic of one moment."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from kairos.interop.fhir.observation import mark, not_below
from kairos.interop.fhir.understanding import Reader
from kairos.vocab.facts import Fact, Understanding


def paired(facts: Sequence[Fact], reader: Reader) -> list[Fact]:
    """Return the facts with each lone pair of one moment grouped, and marked where it is crossed."""
    lone: dict[tuple[str, object, object], list[Fact]] = defaultdict(list)
    for fact in facts:
        if not fact.group and fact.value is not None and _pair(fact, reader):
            lone[_pair(fact, reader), fact.true_at or fact.true_from, fact.details.get("encounter")].append(
                fact
            )
    changed: dict[str, Fact] = {}
    for (pair, moment, _), readings in lone.items():
        if moment is not None and len(readings) == 2 and readings[0].concept != readings[1].concept:
            changed |= _joined(pair, readings, reader)
    return [changed.get(fact.id, fact) for fact in facts]


def _pair(fact: Fact, reader: Reader) -> str:
    """Name the pair a concept belongs to: that of the upper value."""
    measurement = reader.concepts.measurement(fact.concept)
    if measurement is None:
        return ""
    if measurement.below:
        return measurement.below
    return fact.concept if fact.concept in reader.concepts.upper_values else ""


def _joined(pair: str, readings: list[Fact], reader: Reader) -> dict[str, Fact]:
    low, high = sorted(readings, key=lambda fact: fact.concept == pair)
    both_used = all(fact.understanding is Understanding.EXACT for fact in readings)
    crossed = both_used and not_below(low.value, high.value)
    group = f"{high.origin.ref}+{low.origin.ref}"
    return {fact.id: mark(replace(fact, group=group), reader, implausible=crossed) for fact in readings}
