"""Encounter: when and how someone was seen; in shifted records the only day an age can be taken on."""

from kairos.interop.fhir.elements import Json, child, codings, partial_date, text
from kairos.interop.fhir.understanding import (
    STORED_ONLY,
    Draft,
    Reader,
    Understood,
    day_of,
    when,
)
from kairos.vocab.codes import Code
from kairos.vocab.facts import FactKind, Presence, Understanding

_TOOK_PLACE = ("arrived", "triaged", "in-progress", "onleave", "finished", "unknown")
_PLANNED = ("planned", "cancelled")
_DECEASED = "deceased"


def understand_encounter(resource: Json, ref: str, reader: Reader) -> Understood:
    """Return the facts of an Encounter; a planned or cancelled one counts for no date."""
    status = text(resource, "status")
    if status == "entered-in-error":
        return STORED_ONLY
    draft = Draft(reader, resource, ref, FactKind.ENCOUNTER)
    known = draft.status(status, (*_TOOK_PLACE, *_PLANNED), system="status")
    period = child(resource, "period")
    day, moment = when(text(period, "start"))
    concept, code = _kind(resource, reader)
    draft.add(
        concept,
        code=code,
        presence=Presence.PRESENT if status in _TOOK_PLACE else Presence.NOT_SURE,
        understanding=Understanding.EXACT if known else Understanding.NOT_UNDERSTOOD,
        status=status,
        true_from=day,
        true_until=partial_date(text(period, "end")),
        true_at=moment,
    )
    _add_death(draft, text(period, "end"))
    if status in _PLANNED:
        return draft.done()
    return draft.done(day_of(text(period, "start")), day_of(text(period, "end")))


def _kind(resource: Json, reader: Reader) -> tuple[str, Code | None]:
    held = child(resource, "class")
    code = Code(text(held, "system"), text(held, "code"), text(held, "display"))
    meanings = reader.concepts.meanings(code) if code.code else ()
    concept = meanings[0].concept if meanings else "encounter_other"
    return concept, code if code.code else None


def _add_death(draft: Draft, end: str) -> None:
    disposition = child(draft.resource, "hospitalization", "dischargeDisposition")
    for code in codings(disposition):
        if any(m.concept == _DECEASED for m in draft.reader.concepts.meanings(code)):
            draft.kind = FactKind.DEMOGRAPHIC
            draft.add(_DECEASED, code=code, true_from=partial_date(end))
