"""End a way by which somebody was reached."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import reaching
from kairos.store.repositories.reaching import WayStatement
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission


@command("end_contact_way", Permission.USE_SCREEN)
def end_contact_way(*, way_id: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[UUID, AuditNote]:
    """Keep that nothing is sent by one of the acting person's own ways any more.

    Raises
    ------
    Missing    they have no such way
    """
    own = {way.id: way for way in reaching.ways_of(by.scope, [by.id]).get(by.id, ())}
    if way_id not in own:
        raise Missing("this way is not there, or not yours")
    ended = replace(own[way_id], is_on=False, address="", secret=None)
    programmes = sorted(by.scope.programme_ids)
    for programme_id in programmes:
        statement = WayStatement(new_id(), programme_id, by.scope.patient_id, by.id, ended, now)
        reaching.add_way(by.scope, statement)
    details = {"channel": ended.channel.value, "on": False}
    return way_id, AuditNote(f"way:{way_id}", programmes[0], by.scope.patient_id, details=details)
