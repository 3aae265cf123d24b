"""Medicines: ordered, dispensed, given or said to be taken; coded, referenced, contained or named."""

from kairos.domain.evidence.concepts import ValueSetEntry
from kairos.domain.evidence.drug_codes import is_from_memory, named_among
from kairos.interop.fhir.dosage import dosage_details
from kairos.interop.fhir.elements import Json, child, children, codings, instant, partial_date, text, wordings
from kairos.interop.fhir.understanding import (
    STORED_ONLY,
    Draft,
    Reader,
    Understood,
    day_of,
    details,
    encounter_of,
    first_code,
    span,
    understanding_of,
    when,
)
from kairos.vocab.facts import FactKind, Presence, Understanding
from kairos.vocab.quantities import Quantity

_PRESENCE = {
    "active": Presence.PRESENT,
    "on-hold": Presence.PRESENT,
    "completed": Presence.PRESENT,
    "stopped": Presence.PRESENT,
    "in-progress": Presence.PRESENT,
    "unknown": Presence.NOT_SURE,
    "intended": Presence.NOT_SURE,
    "preparation": Presence.NOT_SURE,
    "not-taken": Presence.ABSENT,
    "not-done": Presence.ABSENT,
    "declined": Presence.ABSENT,
}
_NOT_USED = ("entered-in-error", "cancelled", "draft")
_PROPOSALS = ("proposal", "plan", "option")
_WHEN = ("effectivePeriod", "effectiveDateTime", "whenHandedOver", "authoredOn")
_COMBINED = " / "
_WRITTEN = ("authoredOn", "dateAsserted", "whenHandedOver", "whenPrepared")


def understand_medication(resource: Json, ref: str, reader: Reader) -> Understood:
    """Return the facts of a medicine: one for each ingredient."""
    status = text(resource, "status")
    if status in _NOT_USED or resource.get("doNotPerform") is True:
        return STORED_ONLY
    draft = Draft(reader, resource, ref, FactKind.MEDICATION)
    known = draft.status(status, _PRESENCE, system="status")
    for concept in _drugs(resource, reader):
        _add_drug(draft, concept, status, known=known)
    return draft.done(*[day_of(one) for one in (*span(resource, *_WHEN), *_written(resource))])


def _add_drug(draft: Draft, concept: Json, status: str, *, known: bool) -> None:
    resource, reader, listed = draft.resource, draft.reader, len(draft.unknown)
    meanings = draft.meanings(concept)
    shared = _shared(resource, concept, status)
    named = named_among(wordings(concept), reader.concepts)
    for meaning in meanings:
        understanding = _understood(meaning, named) if known else Understanding.NOT_UNDERSTOOD
        parts = {**dict(shared["details"]), **dosage_details(resource, reader, _strength(meaning))}  # type: ignore[call-overload]
        draft.add(meaning.concept, **{**shared, "details": parts, "understanding": understanding})
    is_other = all(map(is_from_memory, meanings)) and named.isdisjoint(m.concept for m in meanings)
    if not meanings or (named and is_other):
        _add_named(draft, concept, shared, listed if known else None)


def _understood(meaning: ValueSetEntry, named: frozenset[str]) -> Understanding:
    """Return how well a code was understood. One known from memory means its drug where the name agrees."""
    if is_from_memory(meaning) and meaning.concept not in named:
        return Understanding.BROADER
    return understanding_of(meaning)


def _add_named(draft: Draft, concept: Json, shared: dict[str, object], listed: int | None) -> None:
    """Add the drugs that the words name; what was listed of the codes since then is understood after all.

    ``listed`` is nothing where the status of the entry is not understood, and then its drugs are not either.
    """
    named = dict.fromkeys(
        ingredient
        for wording in wordings(concept)
        for ingredient in draft.reader.concepts.ingredients_named(wording)
    )
    if not named:
        draft.add("", **{**shared, "understanding": Understanding.NOT_UNDERSTOOD})
        return
    if listed is not None:
        del draft.unknown[listed:]
    understanding = Understanding.NOT_UNDERSTOOD if listed is None else Understanding.EXACT
    parts = {**dict(shared["details"]), **dosage_details(draft.resource, draft.reader, None)}  # type: ignore[call-overload]
    for ingredient in named:
        draft.add(ingredient, **{**shared, "details": parts, "understanding": understanding})
    if _names_a_stranger(draft.reader, concept):
        draft.list_unknown("ingredient", "")
        draft.add("", **{**shared, "understanding": Understanding.NOT_UNDERSTOOD})


def _names_a_stranger(reader: Reader, concept: Json) -> bool:
    """Whether a combination, written "this 5 MG / that 20 MG", has a part in which no drug is known."""
    combinations = (wording.split(_COMBINED) for wording in wordings(concept) if _COMBINED in wording)
    return any(not reader.concepts.ingredients_named(part) for parts in combinations for part in parts)


def _shared(resource: Json, concept: Json, status: str) -> dict[str, object]:
    start, end = span(resource, *_WHEN)
    day, moment = when(start)
    presence = _PRESENCE.get(status, Presence.NOT_SURE)
    if text(resource, "intent") in _PROPOSALS and presence is Presence.PRESENT:
        presence = Presence.NOT_SURE
    return {
        "presence": presence,
        "code": first_code(concept),
        "status": status,
        "true_from": day,
        "true_until": partial_date(end),
        "true_at": moment,
        "recorded_at": instant(next(iter(_written(resource)), "")),
        "details": details(
            encounter=encounter_of(resource),
            intent=text(resource, "intent"),
            product=next(wordings(concept), ""),
            reason=next((text(one, "reference") for one in children(resource, "reasonReference")), ""),
        ),
    }


def _written(resource: Json) -> list[str]:
    written = [text(resource, key) for key in _WRITTEN if key in resource]
    return [day for day in written if day]


def _drugs(resource: Json, reader: Reader) -> list[Json]:
    """Return what is taken: the drug as written, or where that says nothing to us each of its ingredients."""
    inline = child(resource, "medicationCodeableConcept")
    if inline:
        return [inline]
    named = child(resource, "medicationReference")
    reference = text(named, "reference")
    if reference.startswith("#"):
        contained = [one for one in children(resource, "contained") if text(one, "id") == reference[1:]]
        medication = contained[0] if contained else {}
    else:
        medication = reader.follow(reference)
    code = child(medication, "code")
    ingredients = [child(one, "itemCodeableConcept") for one in children(medication, "ingredient")]
    if code and (_is_known(code, reader) or not any(ingredients)):
        return [code]
    return ingredients or [{"text": text(named, "display")}]


def _is_known(concept: Json, reader: Reader) -> bool:
    coded = any(reader.concepts.meanings(one, kind=FactKind.MEDICATION) for one in codings(concept))
    return coded or bool(named_among(wordings(concept), reader.concepts))


def _strength(meaning: ValueSetEntry) -> Quantity | None:
    return meaning.strength
