"""Acknowledge one section of the consent document."""

from datetime import datetime
from uuid import UUID

from kairos.actions.consents import document_read, programme_of
from kairos.domain.evidence.consent_reading import acknowledge
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import consent_readings
from kairos.vocab.people import Actor, Permission


@command("acknowledge_section", Permission.GIVE_CONSENT)
def acknowledge_section(
    *, person_id: UUID, version: str, section: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[str, AuditNote]:
    """Keep that a section was read and acknowledged, and return its id.

    Raises
    ------
    InvalidInput    no such section, or another version is in force by now
    Missing         no such person within the scope
    """
    document = document_read(by.scope, person_id, version, now)
    programme_id = programme_of(by.scope, person_id)
    step = acknowledge(document, section)
    reading = consent_readings.reading_of(by.scope, programme_id, person_id, document)
    consent_readings.add_step(by.scope, reading, step, by=by.id, now=now)
    details = {"document": document.id, "version": version, "section": section}
    return section, AuditNote(f"consent:{reading.id}", programme_id, person_id, details=details)
