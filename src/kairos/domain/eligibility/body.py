"""Body measures and the laboratory work that a rule needs in one piece."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from kairos.domain.rules.answer import Answer
from kairos.domain.rules.case import UNDATED, Case, Entry, moment
from kairos.domain.rules.evaluation import Binding, Plan
from kairos.domain.rules.expression import BodyMass, Lacks
from kairos.domain.rules.readings import (
    NO_READING,
    is_read,
    is_usable,
    not_dated,
    not_usable,
    undated_readings,
)
from kairos.vocab.facts import ABSENT, EXACT
from kairos.vocab.finding import FindingValue
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import CENTIMETRE, KILOGRAM, Quantity
from kairos.vocab.verdict import MET, NOT_MET, UNKNOWN

PER_SQUARE_METRE = "kg/m2"
CM_PER_M = 100.0
BODY_UNITS = {"body_weight": KILOGRAM, "body_height": CENTIMETRE, "body_mass_index": PER_SQUARE_METRE}


def bind_body_mass(binding: Binding, expression: BodyMass) -> Plan:
    """Bind the question whether the body mass index has reached a limit.

    Computed from the newest weight and height where both are there, else as the record states it. A measure
    without a date by which it might have been reached is asked about.
    """
    limit = binding.quantity(expression.limit)
    max_age, height_age = binding.duration(expression.max_age), binding.duration(expression.height_max_age)
    return Plan(lambda case: _body_mass_index(case, limit, max_age, height_age), frozenset(BODY_UNITS))


def _body_mass_index(case: Case, limit: Quantity, max_age: timedelta, height_age: timedelta) -> Answer:
    weight = newest_reading(case, "body_weight", KILOGRAM, max_age)
    height = newest_reading(case, "body_height", CENTIMETRE, height_age)
    stated = newest_reading(case, "body_mass_index", PER_SQUARE_METRE, max_age)
    used: tuple[Entry, ...]
    if weight is not None and height is not None:
        used, value = (weight, height), _index(weight, height)
    elif stated is not None:
        used, value = (stated,), _value(stated)
    else:
        newest = [(e, unit) for concept, unit in BODY_UNITS.items() for e in case.readings(concept)[-1:]]
        unread = [e for e, unit in newest if not is_usable(e, unit, case)]
        return _not_told(max(unread, key=moment), limit) if unread else NO_READING
    undated = None if value >= limit.value else _undated(case, limit, weight, height)
    if undated is not None:
        return not_dated(undated, limit, None)
    verdict = MET if value >= limit.value else NOT_MET
    values: dict[str, FindingValue] = {
        "value": Quantity(round(value, 2), PER_SQUARE_METRE),
        "limit": limit,
        "since": PartialDate.of(used[0].last),
    }
    message = "finding.reading_beyond" if verdict is MET else "finding.reading_within"
    return Answer(verdict, message, values, tuple(sorted(e.fact.id for e in used)), 3)


def _not_told(entry: Entry, limit: Quantity) -> Answer:
    return not_dated(entry, limit, None) if entry.first is UNDATED else not_usable(entry)


def _undated(case: Case, limit: Quantity, weight: Entry | None, height: Entry | None) -> Entry | None:
    """Return a measure without a date by which the limit may be reached, or that nobody can read."""
    told = {
        concept: [e for e in undated_readings(case, concept) if e.fact.presence is not ABSENT]
        for concept in BODY_UNITS
    }
    unread = [e for concept, unit in BODY_UNITS.items() for e in told[concept] if not is_read(e, unit)]
    if unread:
        return unread[0]
    stated = max(told["body_mass_index"], key=_value, default=None)
    if stated is not None and _value(stated) >= limit.value:
        return stated
    weights = [*told["body_weight"], *([weight] if weight else [])]
    heights = [*told["body_height"], *([height] if height else [])]
    if not weights or not heights or _index(max(weights, key=_value), min(heights, key=_value)) < limit.value:
        return None
    return (*told["body_weight"], *told["body_height"])[0]


def _index(weight: Entry, height: Entry) -> float:
    metres = _value(height) / CM_PER_M
    return _value(weight) / (metres * metres)


def newest_reading(case: Case, concept: str, unit: str, max_age: timedelta) -> Entry | None:
    """Return the newest measurement of a concept, unless one of that moment cannot be used or is too old.

    Of several of one moment the one that tells of more weight counts: the lowest height, else the highest.
    """
    read = case.readings(concept)
    newest = [e for e in read if moment(e) == moment(read[-1])]
    if not newest or not all(is_usable(e, unit, case) and case.on - e.first <= max_age for e in newest):
        return None
    return (min if concept == "body_height" else max)(newest, key=_value)


def _value(entry: Entry) -> float:
    assert isinstance(entry.fact.value, Quantity)
    return entry.fact.value.value


def bind_lacks(binding: Binding, expression: Lacks) -> Plan:
    """Bind the question whether a required test, with all that may take its place, is absent or too old."""
    max_age = binding.duration(expression.max_age)
    reads = frozenset(name for alternatives in expression.tests for name in alternatives)
    return Plan(lambda case: _tests(case, expression.tests, max_age), reads)


def _tests(case: Case, wanted: Sequence[Sequence[str]], max_age: timedelta) -> Answer:
    missing, unclear, used = [], [], []
    for alternatives in wanted:
        if case.concepts.isdisjoint(alternatives):
            missing.append(alternatives[0])
            continue
        found = [newest_recent(case, name, max_age) for name in alternatives]
        held = [e for e in found if e is not None]
        if held:
            used.append(max(held, key=moment).fact.id)
        elif any([_may_be_recent(case, name, max_age) for name in alternatives]):
            unclear.append(alternatives[0])
        else:
            missing.append(alternatives[0])
    facts = tuple(sorted(used))
    if missing:
        return Answer(MET, "tests.missing", {"missing": " ".join(missing)}, facts, 3)
    if unclear:
        return Answer(UNKNOWN, "tests.unclear", {"missing": " ".join(unclear)}, facts, 2)
    return Answer(NOT_MET, "tests.complete", {}, facts)


def _may_be_recent(case: Case, concept: str, max_age: timedelta) -> bool:
    """Whether a readable entry is dated too roughly to say that it is too old, or not at all."""
    readable = [e for e in case.entries(concept) if e.fact.understanding is EXACT]
    return bool(readable) and (readable[0].first is UNDATED or readable[-1].last >= _opens(case, max_age))


def _opens(case: Case, max_age: timedelta) -> date:
    return case.on - max_age if max_age < case.on - UNDATED else UNDATED


def newest_recent(case: Case, concept: str, max_age: timedelta) -> Entry | None:
    """Return the newest readable entry of a concept, unless it is older than a time."""
    return next(recent_entries(case, concept, max_age), None)


def recent_entries(case: Case, concept: str, max_age: timedelta) -> Iterator[Entry]:
    """Yield the readable entries of a concept that are not older than a time, the newest first."""
    opens = _opens(case, max_age)
    for entry in reversed(case.entries(concept)) if concept in case.concepts else ():
        if entry.last < opens:
            return
        if is_recent(entry, case, max_age):
            yield entry


def is_recent(entry: Entry, case: Case, max_age: timedelta) -> bool:
    """Whether an entry is readable and not older than a time before the asked day."""
    if entry.fact.understanding is not EXACT or entry.first is UNDATED:
        return False
    return entry.last <= case.on and case.on - entry.first <= max_age
