"""Tell what one expects of the treatment, before signing; what nothing supports is talked about."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kairos.actions.consents import document_read, open_consent_task, programme_of
from kairos.actions.danger_words import look_for_danger
from kairos.content.consent_in_force import expectation_check
from kairos.content.release import load_release
from kairos.domain.evidence.consent_reading import EXPECTATION, ReadingStep, StepKind
from kairos.domain.evidence.expectations import check_answered, unrealistic
from kairos.domain.safety.danger_words import DangerPlace
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import consent_readings
from kairos.vocab.people import Actor, Permission

TALK = "expectation_talk"


@command("tell_expectations", Permission.GIVE_CONSENT)
def tell_expectations(
    *,
    person_id: UUID,
    version: str,
    chosen: Mapping[str, str],
    said: str = "",
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[tuple[str, ...], AuditNote]:
    """Keep what is expected, and return the questions whose answer nothing supports.

    Such an answer stops nobody. It opens a task for somebody to talk with the person; the person is told so.

    Raises
    ------
    InvalidInput    a question is open, or another version is in force by now
    Missing         no such person within the scope
    """
    document = document_read(by.scope, person_id, version, now)
    programme_id = programme_of(by.scope, person_id)
    check = expectation_check(load_release(), document.language)
    check_answered(check, chosen)
    reading = consent_readings.reading_of(by.scope, programme_id, person_id, document)
    steps = [ReadingStep(StepKind.EXPECTED, each.id, chosen[each.id]) for each in check.questions]
    if said.strip():
        steps.append(ReadingStep(StepKind.EXPECTED, EXPECTATION, words={"said": said.strip()}))
    consent_readings.add_step(by.scope, reading, *steps, by=by.id, now=now)
    doubtful = unrealistic(check, chosen)
    about = {"subject": reading.id, "programme_id": programme_id, "person_id": person_id}
    if doubtful:
        open_consent_task(by, TALK, now=now, **about)
    look_for_danger(said, place=DangerPlace.ANSWER, by=by, now=now, **about)
    details = {"document": document.id, "version": version, "to_talk_about": ", ".join(doubtful)}
    return doubtful, AuditNote(f"consent:{reading.id}", programme_id, person_id, details=details)
