"""Open an organisation's first programme, so that a fresh installation has somewhere to put a record."""

from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import organisations
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor

_NAME = "Ketamine programme"


@command("open_programme", None)
def open_programme(
    *, command_id: UUID, by: Actor, now: datetime, programme_id: UUID, name: str = _NAME
) -> tuple[UUID, AuditNote]:
    """Open an organisation with one programme, where there is none yet. Done by our own processes only.

    Raises
    ------
    InvalidInput    there is an organisation already
    """
    if organisations.list_organisations():
        raise InvalidInput(Problem("organisation", "there is one already; add a programme to it instead"))
    organisation_id = by.scope.organisation_id
    organisations.add_organisation(organisations.Organisation(organisation_id, name))
    organisations.add_programme(organisations.Programme(programme_id, organisation_id, name))
    return programme_id, AuditNote(f"programme:{programme_id}", programme_id=programme_id)
