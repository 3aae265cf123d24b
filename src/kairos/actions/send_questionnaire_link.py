"""Send a person the questionnaires now, at the wish of somebody on the team."""

from datetime import datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.measures import set_asking
from kairos.domain.outcomes.schedule import MEASURED, asked_now
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import people
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission


@command("send_questionnaire_link", Permission.SEND_QUESTIONNAIRE)
def send_questionnaire_link(
    *, person_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Have a link to PHQ-9 and GAD-7 sent at once, and return the subject of the asking.

    Raises
    ------
    Missing    no such person in the actor's programmes
    """
    enrolments = people.enrolments_of(by.scope, person_id)
    if not enrolments:
        raise Missing("this person is not there, or not within your programmes")
    programme_id = enrolments[0].programme_id
    asking = asked_now(now, book=content_of(by.scope, programme_id).parameters)
    set_asking(by.scope, asking, programme_id, person_id, command_id, MEASURED)
    return command_id, AuditNote(f"asking:{command_id}", programme_id, person_id, asking.moment)
