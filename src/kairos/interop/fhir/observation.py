"""Observation: vital signs, laboratory values, scores and the few findings that rules read."""

from collections.abc import Iterable
from dataclasses import replace

from kairos.domain.evidence.concepts import Measurement
from kairos.interop.fhir.elements import Json, child, children, codings, number, text, wordings
from kairos.interop.fhir.understanding import (
    STORED_ONLY,
    Draft,
    Outcome,
    Reader,
    Understood,
    day_of,
    details,
    encounter_of,
    first_code,
    span,
    when,
)
from kairos.vocab.facts import Fact, FactKind, FactValue, Presence, Understanding
from kairos.vocab.quantities import Quantity

_STATUSES = ("final", "amended", "corrected", "preliminary", "unknown")
_NOT_USED = ("entered-in-error", "cancelled", "registered")
_READ_CATEGORIES = {
    "vital-signs": FactKind.VITAL,
    "laboratory": FactKind.LABORATORY,
}
_WHEN = ("effectiveDateTime", "effectivePeriod", "effectiveInstant", "issued")
_UNITLESS = "1"


def understand_observation(resource: Json, ref: str, reader: Reader) -> Understood:
    """Return the facts of an Observation and of its components."""
    status = text(resource, "status")
    if status in _NOT_USED:
        return STORED_ONLY
    draft = Draft(reader, resource, ref, _category(resource) or FactKind.VITAL)
    shared = _shared(draft, status)
    parts = [resource, *children(resource, "component")]
    read = [_add_part(draft, part, shared) for part in parts]
    draft.facts = _marked(draft.facts, reader)
    understood = draft.done(day_of(span(resource, *_WHEN)[0]))
    if any(read):
        return understood
    if _category(resource) is None or _is_known_unread(resource, reader) or _states_nothing(resource):
        return replace(understood, outcome=Outcome.STORED_ONLY, facts=(), unknown=())
    for code in codings(child(resource, "code")):
        draft.list_unknown(code.system, code.code)
    draft.add("", **{**shared, "understanding": Understanding.NOT_UNDERSTOOD})
    return draft.done(understood.day)


def _category(resource: Json) -> FactKind | None:
    words = [code.code for category in children(resource, "category") for code in codings(category)]
    return next((_READ_CATEGORIES[word] for word in words if word in _READ_CATEGORIES), None)


def _states_nothing(resource: Json) -> bool:
    """Whether an observation only groups others, or says why it has no value."""
    is_empty = not _has_value(resource) and not children(resource, "component")
    return is_empty and bool(children(resource, "hasMember") or child(resource, "dataAbsentReason"))


def _has_value(part: Json) -> bool:
    return any(key.startswith("value") and held not in (None, {}, "") for key, held in part.items())


def _is_known_unread(resource: Json, reader: Reader) -> bool:
    return any(reader.concepts.meanings(code) for code in codings(child(resource, "code")))


def _shared(draft: Draft, status: str) -> dict[str, object]:
    resource = draft.resource
    start, _ = span(resource, *_WHEN)
    day, moment = when(start)
    known = draft.status(status, _STATUSES, system="status")
    return {
        "status": status,
        "code": first_code(child(resource, "code")),
        "presence": Presence.NOT_SURE if status == "unknown" else Presence.PRESENT,
        "understanding": Understanding.EXACT if known else Understanding.NOT_UNDERSTOOD,
        "true_from": day,
        "true_at": moment,
        "recorded_at": when(text(resource, "issued"))[1],
        "group": f"{draft.ref}" if children(resource, "component") else "",
        "details": details(encounter=encounter_of(resource)),
    }


def _add_part(draft: Draft, part: Json, shared: dict[str, object]) -> bool:
    """Add what one value says; whether its code is one that rules read."""
    concepts = draft.reader.concepts
    found = [m for code in codings(child(part, "code")) for m in concepts.meanings(code)]
    read = dict.fromkeys(m.concept for m in found if concepts.concepts[m.concept].is_read)
    for concept in read:
        draft.kind = concepts.concepts[concept].kind
        own = {**shared, "code": first_code(child(part, "code"))}
        measurement = concepts.measurement(concept)
        if measurement is not None:
            _add_measured(draft, part, measurement, own)
        else:
            _add_answer(draft, part, concept, own)
    return bool(read)


def _add_measured(draft: Draft, part: Json, measurement: Measurement, own: dict[str, object]) -> None:
    held = child(part, "valueQuantity")
    value = number(held, "value")
    if value is None:
        value = number(part, "valueInteger")
    if value is None:
        _add_number_from_answer(draft, part, measurement, own)
        return
    written = text(held, "code") or text(held, "unit")
    unit = _unit(draft, held, measurement)
    quantity = measurement.in_own_unit(Quantity(value, unit)) if unit else None
    if quantity is None:
        draft.list_unknown("unit", written)
        parts = {**dict(own["details"]), **details(as_written=f"{value:g} {written}")}  # type: ignore[call-overload]
        draft.add(
            measurement.concept, **{**own, "details": parts, "understanding": Understanding.NOT_UNDERSTOOD}
        )
        return
    if unit != measurement.unit and unit not in (_UNITLESS, "{score}"):
        own = {**own, "details": {**dict(own["details"]), "as_written": Quantity(value, unit or "1")}}  # type: ignore[call-overload]
    if text(held, "comparator"):
        own = {**own, "details": {**dict(own["details"]), "comparator": text(held, "comparator")}}  # type: ignore[call-overload]
    draft.add(measurement.concept, **{**own, "value": quantity})


def _unit(draft: Draft, held: Json, measurement: Measurement) -> str | None:
    concepts = draft.reader.concepts
    for written in (text(held, "code"), text(held, "unit")):
        unit = concepts.unit(written) if written else None
        if unit is not None and measurement.in_own_unit(Quantity(0, unit)) is not None:
            return unit
    nothing_written = not text(held, "code") and not text(held, "unit")
    return _UNITLESS if nothing_written and measurement.unit == _UNITLESS else None


def _add_number_from_answer(
    draft: Draft, part: Json, measurement: Measurement, own: dict[str, object]
) -> None:
    given = list(_given(part))
    for one in given:
        answer = draft.reader.concepts.answer(measurement.concept, one)
        if answer is not None and isinstance(answer.value, float):
            draft.add(measurement.concept, **{**own, "value": Quantity(answer.value, measurement.unit)})
            return
    if given or _has_value(part):
        draft.list_unknown("value", "")
        draft.add(measurement.concept, **{**own, "understanding": Understanding.NOT_UNDERSTOOD})


def _add_answer(draft: Draft, part: Json, concept: str, own: dict[str, object]) -> None:
    given = list(_given(part))
    for one in given:
        answer = draft.reader.concepts.answer(concept, one)
        if answer is not None:
            said: dict[str, object] = {"value": answer.value}
            if answer.presence is not None:
                said = {"presence": answer.presence}
            draft.add(concept, **{**own, **said})
            return
    if (given or _has_value(part)) and concept in draft.reader.concepts.answered:
        for code in codings(child(part, "valueCodeableConcept")):
            draft.list_unknown(code.system, code.code)
        draft.list_unknown("value", "")
        draft.add(concept, **{**own, "understanding": Understanding.NOT_UNDERSTOOD})
    elif given or concept not in draft.reader.concepts.answered:
        draft.add(concept, **own)


def _given(part: Json) -> Iterable[str]:
    concept = child(part, "valueCodeableConcept")
    yield from (code.code for code in codings(concept))
    yield from wordings(concept)
    if text(part, "valueString"):
        yield text(part, "valueString")
    if isinstance(part.get("valueBoolean"), bool):
        yield str(part["valueBoolean"]).lower()
    quantity = number(child(part, "valueQuantity"), "value")
    if quantity is not None:
        yield f"{quantity:g}"


def _marked(facts: list[Fact], reader: Reader) -> list[Fact]:
    """Mark what no living person has: a value out of its range, a diastolic not below its systolic."""
    facts = [mark(fact, reader, implausible=False) for fact in facts]
    by_concept = {fact.concept: fact for fact in facts}
    crossed: set[str] = set()
    for fact in facts:
        measurement = reader.concepts.measurement(fact.concept)
        above = by_concept.get(measurement.below) if measurement else None
        if above is not None and _both_used(fact, above) and not_below(fact.value, above.value):
            crossed |= {fact.id, above.id}
    return [mark(fact, reader, implausible=fact.id in crossed) for fact in facts]


def _both_used(*facts: Fact) -> bool:
    return all(fact.understanding is Understanding.EXACT for fact in facts)


def not_below(low: FactValue, high: FactValue) -> bool:
    """Whether two quantities of one unit stand the wrong way round."""
    if not isinstance(low, Quantity) or not isinstance(high, Quantity):
        return False
    return low.unit == high.unit and low.value >= high.value


def mark(fact: Fact, reader: Reader, *, implausible: bool) -> Fact:
    """Return the fact, marked implausible where it is out of range or already known to be."""
    measurement = reader.concepts.measurement(fact.concept)
    if fact.understanding is Understanding.NOT_UNDERSTOOD:
        return fact
    if measurement and isinstance(fact.value, Quantity) and not measurement.is_plausible(fact.value):
        implausible = True
    return replace(fact, understanding=Understanding.IMPLAUSIBLE) if implausible else fact
