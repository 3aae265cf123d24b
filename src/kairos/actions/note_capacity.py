"""Note whether a person can decide about this treatment now, as a clinician judged it."""

from datetime import datetime
from uuid import UUID

from kairos.actions.consents import document_read, programme_of
from kairos.domain.evidence.consent_reading import SIGN, Capacity, ReadingStep, StepKind
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import consent_readings
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission


@command("note_capacity", Permission.TAKE_CONSENT)
def note_capacity(
    *,
    person_id: UUID,
    version: str,
    capacity: Capacity,
    note: str,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Capacity, AuditNote]:
    """Keep the judgement and its grounds. While it is ``NOT_NOW`` nobody signs.

    Raises
    ------
    InvalidInput    no grounds were written, or another version is in force by now
    Missing         no such person within the scope
    """
    if not note.strip():
        raise InvalidInput(Problem("note", "write what it rests on: what was asked, and what was answered"))
    document = document_read(by.scope, person_id, version, now)
    programme_id = programme_of(by.scope, person_id)
    reading = consent_readings.reading_of(by.scope, programme_id, person_id, document)
    step = ReadingStep(StepKind.CAPACITY, SIGN, capacity, {"note": note.strip()})
    consent_readings.add_step(by.scope, reading, step, by=by.id, now=now)
    details = {"document": document.id, "version": version, "capacity": capacity.value}
    return capacity, AuditNote(f"consent:{reading.id}", programme_id, person_id, details=details)
