"""Ask all rules about a person, for an indication and by a definition of resistance, and keep the answers."""

from datetime import datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.screening import enrolment_of, keep_screening
from kairos.content.screening_criteria import definitions_with
from kairos.domain.rules.target import Indication, Target
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("screen_person", Permission.IMPORT_RECORD)
def screen_person(
    *,
    command_id: UUID,
    by: Actor,
    now: datetime,
    person_id: UUID,
    indication: Indication = Indication.TRD,
    definition: str = "",
) -> tuple[UUID, AuditNote]:
    """Screen a person as of today and return the id of the screening.

    Parameters
    ----------
    definition : str    what counts as resistant; the usual one where empty

    Raises
    ------
    Missing    there is no such person in the actor's programmes
    """
    enrolment = enrolment_of(by.scope, person_id)
    defined = definitions_with(content_of(by.scope, enrolment.programme_id).release.rules, definition)
    target = Target(indication=indication)
    kept = keep_screening(enrolment, by=by, now=now, target=target, definitions=defined)
    return kept.id, AuditNote(
        f"screening:{kept.id}",
        programme_id=enrolment.programme_id,
        person_id=person_id,
        details={"advice": kept.advice.value, "indication": kept.indication, "content": kept.content_version},
    )
