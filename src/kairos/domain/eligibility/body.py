"""Body measures and the laboratory work that a rule needs in one piece."""

from collections.abc import Mapping
from datetime import timedelta

from kairos.domain.rules.answer import Answer
from kairos.domain.rules.case import UNDATED, Case, Entry
from kairos.domain.rules.evaluation import Binding, Evaluator
from kairos.vocab.facts import Presence, Understanding
from kairos.vocab.finding import FindingValue
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import CENTIMETRE, KILOGRAM, Quantity
from kairos.vocab.verdict import Verdict

PER_SQUARE_METRE = "kg/m2"
_CM_PER_M = 100.0


def body_mass_index_at_least(binding: Binding, arguments: Mapping[str, str]) -> Evaluator:
    """Bind the question whether the body mass index has reached a limit.

    Computed from the newest weight and height where both are there, else as the record states it.
    """
    limit = binding.quantity(arguments["limit"])
    max_age, height_age = (
        binding.duration(arguments["max_age"]),
        binding.duration(arguments["height_max_age"]),
    )
    return lambda case: _body_mass_index(case, limit, max_age, height_age)


def _body_mass_index(case: Case, limit: Quantity, max_age: timedelta, height_age: timedelta) -> Answer:
    weight = newest_reading(case, "body_weight", KILOGRAM, max_age)
    height = newest_reading(case, "body_height", CENTIMETRE, height_age)
    stated = newest_reading(case, "body_mass_index", PER_SQUARE_METRE, max_age)
    used: tuple[Entry, ...]
    if weight is not None and height is not None:
        used, value = (weight, height), _value(weight) / (_value(height) / _CM_PER_M) ** 2
    elif stated is not None:
        used, value = (stated,), _value(stated)
    else:
        return Answer(Verdict.UNKNOWN, "finding.unknown_no_reading", rank=0)
    verdict = Verdict.MET if value >= limit.value else Verdict.NOT_MET
    values: dict[str, FindingValue] = {
        "value": Quantity(round(value, 1), PER_SQUARE_METRE),
        "limit": limit,
        "since": PartialDate.of(used[0].last),
    }
    message = "finding.reading_beyond" if verdict is Verdict.MET else "finding.reading_within"
    return Answer(verdict, message, values, tuple(sorted(e.fact.id for e in used)), 3)


def newest_reading(case: Case, concept: str, unit: str, max_age: timedelta) -> Entry | None:
    """Return the newest usable measurement of a concept, unless it is too old."""
    if concept not in case.concepts:
        return None
    for entry in reversed(case.entries(concept)):
        if _is_measured(entry, unit) and entry.last <= case.on:
            return entry if case.on - entry.first <= max_age else None
    return None


def _is_measured(entry: Entry, unit: str) -> bool:
    value = entry.fact.value
    return (
        isinstance(value, Quantity)
        and value.unit == unit
        and entry.fact.understanding is Understanding.EXACT
        and entry.fact.presence is Presence.PRESENT
        and entry.first is not UNDATED
    )


def _value(entry: Entry) -> float:
    assert isinstance(entry.fact.value, Quantity)
    return entry.fact.value.value


def tests_missing(binding: Binding, arguments: Mapping[str, str]) -> Evaluator:
    """Bind the question whether a required test is absent or too old; ``|`` stands between alternatives."""
    max_age = binding.duration(arguments["max_age"])
    wanted = [alternatives.split("|") for alternatives in arguments["tests"].split()]
    return lambda case: _tests(case, wanted, max_age)


def _tests(case: Case, wanted: list[list[str]], max_age: timedelta) -> Answer:
    missing, used = [], []
    for alternatives in wanted:
        found = [e for name in alternatives for e in case.entries(name) if is_recent(e, case, max_age)]
        if found:
            used.append(max(found, key=lambda e: (e.last, e.fact.id)).fact.id)
        else:
            missing.append(alternatives[0])
    if not missing:
        return Answer(Verdict.NOT_MET, "tests.complete", {}, tuple(sorted(used)))
    values = {"missing": ", ".join(name.replace("_", " ") for name in missing)}
    return Answer(Verdict.MET, "tests.missing", values, tuple(sorted(used)), 3)


def is_recent(entry: Entry, case: Case, max_age: timedelta) -> bool:
    """Whether an entry is readable and not older than a time before the asked day."""
    if entry.fact.understanding is not Understanding.EXACT or entry.first is UNDATED:
        return False
    return entry.last <= case.on and case.on - entry.first <= max_age
