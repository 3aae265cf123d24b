"""Procedure: what was done."""

from kairos.interop.fhir.elements import Json, child, partial_date, text
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

_PRESENCE = {
    "completed": Presence.PRESENT,
    "in-progress": Presence.PRESENT,
    "stopped": Presence.PRESENT,
    "on-hold": Presence.PRESENT,
    "unknown": Presence.NOT_SURE,
    "preparation": Presence.NOT_SURE,
    "not-done": Presence.ABSENT,
}
_WHEN = ("performedDateTime", "performedPeriod", "performedString")


def understand_procedure(resource: Json, ref: str, reader: Reader) -> Understood:
    """Return the facts of a Procedure."""
    status = text(resource, "status")
    if status == "entered-in-error":
        return STORED_ONLY
    draft = Draft(reader, resource, ref, FactKind.PROCEDURE)
    known = draft.status(status, _PRESENCE, system="status")
    start, end = span(resource, *_WHEN)
    day, moment = when(start)
    shared = {
        "code": first_code(child(resource, "code")),
        "presence": _PRESENCE.get(status, Presence.NOT_SURE),
        "status": status,
        "true_from": day,
        "true_until": partial_date(end),
        "true_at": moment,
        "details": details(encounter=encounter_of(resource)),
    }
    meanings = draft.meanings(child(resource, "code"))
    for meaning in meanings:
        understanding = understanding_of(meaning) if known else Understanding.NOT_UNDERSTOOD
        draft.add(meaning.concept, understanding=understanding, **shared)
    if not meanings:
        draft.add("", understanding=Understanding.NOT_UNDERSTOOD, **shared)
    return draft.done(day_of(start), day_of(end))
