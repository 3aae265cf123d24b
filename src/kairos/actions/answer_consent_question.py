"""Answer one question on the consent document; a wrong answer is explained and asked again."""

from datetime import datetime
from uuid import UUID

from kairos.actions.consents import document_read, programme_of
from kairos.domain.evidence.consent_reading import answer, read_so_far
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import consent_readings
from kairos.vocab.people import Actor, Permission


@command("answer_consent_question", Permission.GIVE_CONSENT)
def answer_consent_question(
    *,
    person_id: UUID,
    version: str,
    question: str,
    chosen: str,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[bool, AuditNote]:
    """Keep an answer, and return whether it was the right one.

    Raises
    ------
    InvalidInput    no such question or answer, or another version is in force by now
    Missing         no such person within the scope
    """
    document = document_read(by.scope, person_id, version, now)
    programme_id = programme_of(by.scope, person_id)
    step = answer(document, question, chosen)
    reading = consent_readings.reading_of(by.scope, programme_id, person_id, document)
    consent_readings.add_step(by.scope, reading, step, by=by.id, now=now)
    is_right = question in read_so_far(document, [step]).answered
    note = AuditNote(
        f"consent:{reading.id}",
        programme_id,
        person_id,
        details={"document": document.id, "version": version, "question": question, "is_right": is_right},
    )
    return is_right, note
