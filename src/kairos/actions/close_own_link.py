"""Close a link that was sent to oneself, such as when a phone was lost."""

from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import links
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission


@command("close_own_link", Permission.SEE_OWN_RECORD)
def close_own_link(*, link_id: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[UUID, AuditNote]:
    """Close one link; it opens nothing from now on.

    Raises
    ------
    Missing    no such link of one's own
    """
    person_id = by.scope.patient_id
    if person_id is None:
        raise Missing("you have no record of your own here")
    link = links.link_by_id(by.scope, link_id)
    links.revoke_link(by.scope, link_id)
    return link_id, AuditNote(f"link:{link_id}", link.programme_id, person_id, why="closed_by_person")
