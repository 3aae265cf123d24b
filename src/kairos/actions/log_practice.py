"""Log that an exercise of the library was done."""

from datetime import datetime
from uuid import UUID

from kairos.actions.integration import PRACTICE, days_after, own_person, statement, tell_screens
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import integration
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission


@command("log_practice", Permission.INTEGRATE)
def log_practice(*, practice: str, command_id: UUID, by: Actor, now: datetime) -> tuple[UUID, AuditNote]:
    """Keep that an exercise was done, and return the id of the entry.

    Raises
    ------
    InvalidInput    not an exercise of the library
    """
    said = statement(
        PRACTICE, new_id(), "done", person_id=own_person(by), by=by, now=now, details={"id": practice}
    )
    if practice not in days_after(by.scope, said.programme_id).practices:
        raise InvalidInput(Problem("practice", "is not in the library; choose one on the page"))
    integration.say(by.scope, said)
    tell_screens(said.programme_id, said.person_id)
    return said.subject, AuditNote(
        f"practice:{said.subject}", said.programme_id, said.person_id, why=practice
    )
