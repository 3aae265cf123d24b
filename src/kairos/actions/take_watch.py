"""Take the watch that was offered, or that of a watcher who is gone."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, add_entries
from kairos.domain.sessions import watchers
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("take_watch", Permission.RUN_SESSION)
def take_watch(*, session_id: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[Entered, AuditNote]:
    """Take the watch of a session.

    Raises
    ------
    NotAllowed    as ``domain.sessions.watchers.take_watch``
    """
    return add_entries(
        session_id, lambda s: [Saying(watchers.take_watch(s.picture.state, by=by.id))], by=by, now=now
    )
