"""Say no to a treatment: one step, at any time of reading, without a reason and without a price."""

from datetime import datetime
from uuid import UUID

from kairos.actions.consents import document_read, open_consent_task, programme_of
from kairos.domain.evidence.consent_reading import SIGN, ReadingStep, StepKind
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.notify import changed
from kairos.store.repositories import consent_readings
from kairos.vocab.people import Actor, Permission


@command("decline_consent", Permission.GIVE_CONSENT)
def decline_consent(
    *, person_id: UUID, version: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep that the person said no, and tell the prescribers, who cancel what is planned.

    Whoever reads on afterwards has changed their mind; nothing else is needed for that.

    Raises
    ------
    InvalidInput    another version is in force by now
    Missing         no such person within the scope
    """
    document = document_read(by.scope, person_id, version, now)
    programme_id = programme_of(by.scope, person_id)
    reading = consent_readings.reading_of(by.scope, programme_id, person_id, document)
    step = ReadingStep(StepKind.DECLINED, SIGN)
    consent_readings.add_step(by.scope, reading, step, by=by.id, now=now)
    about = {"subject": reading.id, "programme_id": programme_id, "person_id": person_id}
    open_consent_task(by, "consent_declined", now=now, **about)
    changed(programme_id=programme_id, topic="consent", subject=person_id)
    details = {"document": document.id, "version": version}
    return reading.id, AuditNote(f"consent:{reading.id}", programme_id, person_id, details=details)
