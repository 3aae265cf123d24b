"""End what a therapist outside the clinic may read."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.integration import SHARE, check_state, find_own
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import integration, links
from kairos.vocab.people import Actor, Permission


@command("end_outside_share", Permission.INTEGRATE)
def end_outside_share(
    *, share_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Close the link at once.

    Raises
    ------
    NotAllowed    it is ended already
    Missing       no such share of one's own
    """
    said = find_own(by, share_id, SHARE)
    check_state(said, "open")
    links.revoke_link(by.scope, share_id)
    integration.say(by.scope, replace(said, id=new_id(), state="ended", by=by.id, true_at=now))
    return share_id, AuditNote(f"share:{share_id}", said.programme_id, said.person_id, why="ended")
