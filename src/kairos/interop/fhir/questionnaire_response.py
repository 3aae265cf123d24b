"""QuestionnaireResponse: recomputed totals and coded answers as facts, each with the day of answering."""

from dataclasses import replace

from kairos.domain.instruments.questionnaire import Item
from kairos.interop.fhir.elements import Json, text
from kairos.interop.fhir.questionnaires.response import (
    ReadInstrument,
    ReadResponse,
    UnknownQuestionnaireError,
)
from kairos.interop.fhir.understanding import (
    STORED_ONLY,
    Draft,
    Outcome,
    Reader,
    Understood,
    day_of,
    details,
    encounter_of,
    when,
)
from kairos.vocab.codes import Code
from kairos.vocab.errors import InvalidInput
from kairos.vocab.facts import FactKind, Presence, Understanding
from kairos.vocab.quantities import ONE, Quantity

_STATUSES = ("completed", "amended", "in-progress", "stopped")
_NOT_USED = "entered-in-error"


def understand_response(resource: Json, ref: str, reader: Reader) -> Understood:
    """Return the facts of a response, or why it is refused.

    A response to a questionnaire that asks none of Kairos's instruments is kept and makes no facts.
    """
    if text(resource, "status") == _NOT_USED:
        return STORED_ONLY
    try:
        read = reader.questionnaires.read(resource, ref)
    except InvalidInput as error:
        notes = tuple(problem.message for problem in error.problems)
        lacks = isinstance(error, UnknownQuestionnaireError)
        return Understood(Outcome.REFUSED, notes=notes, lacks_questionnaire=lacks)
    day = day_of(read.authored)
    if not read.found:
        return Understood(Outcome.STORED_ONLY, day=day)
    draft = Draft(reader, resource, ref, FactKind.SCORE)
    is_known = draft.status(read.status, _STATUSES, system="status")
    shared = _shared(resource, read, is_known=is_known)
    for one in read.found:
        _add_total(draft, one, shared)
        for item in one.instrument.items:
            _add_item(draft, one, item, shared)
    kept = read.found if is_known else ()
    return replace(draft.done(day), notes=_notes(read), answered=kept, answered_on=read.authored)


def _shared(resource: Json, read: ReadResponse, *, is_known: bool) -> dict[str, object]:
    day, moment = when(read.authored)
    return {
        "status": read.status,
        "understanding": Understanding.EXACT if is_known else Understanding.NOT_UNDERSTOOD,
        "true_from": day,
        "true_at": moment,
        "recorded_at": moment,
        "details": details(encounter=encounter_of(resource)),
    }


def _add_total(draft: Draft, one: ReadInstrument, shared: dict[str, object]) -> None:
    """Add the recomputed total; where an answer cannot be used, that there is one that is not known."""
    concept = _concept_of(draft.reader, one.instrument.total)
    own = {**shared, "code": one.instrument.total}
    draft.kind = FactKind.SCORE
    if concept and one.total is not None:
        declared = Quantity(one.declared, ONE) if one.is_total_wrong and one.declared is not None else None
        parts = {**dict(shared["details"]), **details(declared_total=declared)}  # type: ignore[call-overload]
        draft.add(concept, **{**own, "value": Quantity(float(one.total), ONE), "details": parts})
    elif concept and one.unread:
        draft.add(concept, **{**own, "understanding": Understanding.NOT_UNDERSTOOD})


def _add_item(draft: Draft, one: ReadInstrument, item: Item, shared: dict[str, object]) -> None:
    """Add an answer that rules read: a coded one by its concept, one of a screener by its own id."""
    is_screener = bool(one.instrument.tiers)
    concept = item.id if is_screener else _concept_of(draft.reader, item.code)
    value = one.answers.get(item.id)
    own = {**shared, "code": item.code}
    draft.kind = FactKind.ANSWER if is_screener else FactKind.SCORE
    if concept and item.id in one.unread:
        draft.add(concept, **{**own, "understanding": Understanding.NOT_UNDERSTOOD})
    elif concept and value is not None and is_screener:
        draft.add(concept, **{**own, "presence": Presence.PRESENT if value else Presence.ABSENT})
    elif concept and value is not None:
        draft.add(concept, **{**own, "value": Quantity(float(value), ONE)})


def _concept_of(reader: Reader, code: Code | None) -> str:
    """Return the measured concept, counted in ones, that a code means; empty where there is none."""
    for meaning in reader.concepts.meanings(code) if code else ():
        measurement = reader.concepts.measurement(meaning.concept)
        if measurement is not None and measurement.unit == ONE:
            return meaning.concept
    return ""


def _notes(read: ReadResponse) -> tuple[str, ...]:
    found = [fault for one in read.found for fault in one.faults]
    found += [
        f"{one.instrument.short_title}: no total, {len(one.missing)} of {len(one.instrument.scored_ids)}"
        " questions that count have no answer that can be used"
        for one in read.found
        if one.missing
    ]
    if read.converted:
        found.insert(0, f"converted from FHIR {read.converted}")
    if read.strangers:
        found.append(f"{read.strangers} answers are to questions that the Questionnaire does not have")
    if not day_of(read.authored):
        found.append("does not say when it was answered")
    return tuple(found)
