"""Send a person the PTSD scale (PCL-5), where trauma-focused care is planned."""

from datetime import datetime
from uuid import UUID

from kairos.actions.consents import programme_of
from kairos.actions.content_in_force import content_of
from kairos.actions.measures import set_asking
from kairos.domain.outcomes.schedule import asked_now
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission

_TRAUMA_SCALES = ("pcl5",)


@command("send_trauma_scale", Permission.SEND_QUESTIONNAIRE)
def send_trauma_scale(
    *, person_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Have a link to the scale sent at once, and return the subject of the asking.

    Raises
    ------
    Missing    no such person in the actor's programmes
    """
    programme_id = programme_of(by.scope, person_id)
    asking = asked_now(now, book=content_of(by.scope, programme_id).parameters)
    set_asking(by.scope, asking, programme_id, person_id, command_id, _TRAUMA_SCALES)
    return command_id, AuditNote(f"asking:{command_id}", programme_id, person_id, asking.moment)
