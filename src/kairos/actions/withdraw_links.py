"""Close a person's open links, such as when a phone was lost."""

from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import links, people
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission


@command("withdraw_links", Permission.SEND_QUESTIONNAIRE)
def withdraw_links(*, person_id: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[int, AuditNote]:
    """Close every open link of a person, and return how many there were.

    Raises
    ------
    Missing    no such person in the actor's programmes
    """
    enrolments = people.enrolments_of(by.scope, person_id)
    if not enrolments:
        raise Missing("this person is not there, or not within your programmes")
    closed = links.revoke_links(by.scope, person_id)
    note = AuditNote(f"person:{person_id}", enrolments[0].programme_id, person_id, details={"links": closed})
    return closed, note
