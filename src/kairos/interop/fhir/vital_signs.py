"""Vital signs that a device posts as one Observation: a reading with its time, or what is wrong with it."""

from dataclasses import dataclass
from datetime import datetime

from kairos.domain.protocols.device_readings import READ_AS
from kairos.domain.protocols.readings import Reading
from kairos.interop.fhir.elements import Json, child, children, codings, instant, text
from kairos.interop.fhir.observation import understand_observation
from kairos.interop.fhir.understanding import Reader
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.facts import Fact, Understanding
from kairos.vocab.quantities import Quantity

_STATUSES = ("final", "preliminary")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class SentReading:
    """A reading as a device sent it: its time by the device's clock, and the name the device gave it."""

    reading: Reading
    identifier: str = ""


def read_vital_signs(resource: Json, reader: Reader) -> SentReading:
    """Return the reading that an Observation states. A missing side is left out, and is no fault.

    Whom the Observation names is not read: a device does not say who sits there.

    Raises
    ------
    InvalidInput    no vital signs that Kairos reads, a unit it does not know, no time, another status
    """
    taken_at = instant(text(resource, "effectiveDateTime") or text(resource, "effectiveInstant"))
    problems = [*_head_problems(resource, taken_at)]
    understood = understand_observation(resource, "Observation", reader)
    values, unread = _values(understood.facts)
    problems += [_unread(fact) for fact in unread]
    problems += _doubled(understood.facts)
    if not values and not problems:
        problems.append(Problem("Observation.value", _nothing(resource)))
    if problems or taken_at is None:
        raise InvalidInput(*problems)
    return SentReading(Reading(id="", true_at=taken_at, **values), _identifier(resource))


def _head_problems(resource: Json, taken_at: datetime | None) -> list[Problem]:
    problems = []
    if text(resource, "resourceType") != "Observation":
        problems.append(Problem("resourceType", "must be Observation"))
    if text(resource, "status") not in _STATUSES:
        asked = f"must be one of {', '.join(_STATUSES)}; a person corrects what was recorded"
        problems.append(Problem("Observation.status", asked))
    if taken_at is None or taken_at.tzinfo is None:
        asked = "must be an instant with seconds and an offset, such as 2026-11-24T10:05:00+01:00"
        problems.append(Problem("Observation.effectiveDateTime", asked))
    return problems


def _values(facts: tuple[Fact, ...]) -> tuple[dict[str, float], list[Fact]]:
    values: dict[str, float] = {}
    unread = []
    for fact in facts:
        name = READ_AS.get(fact.concept)
        if name is None:
            continue
        # A value that nobody can have is refused with its range, where the ranges of a session are known.
        is_read = fact.understanding is not Understanding.NOT_UNDERSTOOD and not _is_bound(fact)
        if isinstance(fact.value, Quantity) and is_read:
            values[name] = fact.value.value
        elif not is_read:
            unread.append(fact)
    return values, unread


def _is_bound(fact: Fact) -> bool:
    """Whether the value is a bound, such as "under 70", and no number."""
    return "comparator" in dict(fact.details)


def _unread(fact: Fact) -> Problem:
    written = dict(fact.details).get("as_written", "a value")
    return Problem(fact.concept, f"{written} cannot be read; send the number with its UCUM unit")


def _doubled(facts: tuple[Fact, ...]) -> list[Problem]:
    said = [fact.concept for fact in facts if fact.concept in READ_AS]
    return [
        Problem(concept, "is stated more than once; send one value")
        for concept in READ_AS
        if said.count(concept) > 1
    ]


def _nothing(resource: Json) -> str:
    parts = [resource, *children(resource, "component")]
    codes = ", ".join(code.code[:_LONGEST] for part in parts for code in codings(child(part, "code")))
    read = "blood pressure, heart rate, oxygen saturation and breathing are read"
    return f"holds no vital sign that can be used (codes: {codes or 'none'}); {read}"


def _identifier(resource: Json) -> str:
    first = next(iter(children(resource, "identifier")), {})
    value = text(first, "value")
    return f"{text(first, 'system')}|{value}"[:_LONGEST] if value else ""
