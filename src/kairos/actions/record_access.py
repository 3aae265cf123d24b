"""Record that somebody looked at a person's chart, or at an original."""

from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import people
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission


@command("record_access", Permission.SEE_CHART)
def record_access(
    *, person_id: UUID, what: str, why: str = "", command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Record an access before it is given, and return the person's id.

    Parameters
    ----------
    what : str    a code of what is opened, such as ``chart`` or ``original``
    why : str     a code of the reason, where the screen asks for one

    Raises
    ------
    Missing       there is no such person in the actor's programmes
    """
    enrolments = people.enrolments_of(by.scope, person_id)
    if not enrolments:
        raise Missing("this person is not there, or not within your programmes")
    note = AuditNote(
        f"person:{person_id}",
        programme_id=enrolments[0].programme_id,
        person_id=person_id,
        why=why,
        details={"what": what},
    )
    return person_id, note
