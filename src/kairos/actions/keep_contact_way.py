"""Keep a way by which somebody wants to be reached, or that they no longer want it."""

from datetime import datetime
from uuid import UUID

from kairos.domain.protocols.reaching import ContactWay, check_way
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import reaching
from kairos.store.repositories.reaching import WayStatement
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("keep_contact_way", Permission.USE_SCREEN)
def keep_contact_way(
    *, way: ContactWay, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep what the acting person says of one of their own ways; the newest statement holds.

    It is kept in every programme they work in, since each of them may have to call them.

    Raises
    ------
    InvalidInput    no address of its kind
    NotAllowed      no programme
    """
    check_way(way)
    programmes = sorted(by.scope.programme_ids)
    if not programmes:
        raise NotAllowed("this log-in has no programme that could call it; ask an administrator")
    for programme_id in programmes:
        statement = WayStatement(new_id(), programme_id, by.scope.patient_id, by.id, way, now)
        reaching.add_way(by.scope, statement)
    details = {"channel": way.channel.value, "on": way.is_on}
    return way.id, AuditNote(f"way:{way.id}", programmes[0], by.scope.patient_id, details=details)
