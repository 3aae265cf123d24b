"""Record that whoever watches is back, once one of their pages is alive again."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions.events import WatchFound
from kairos.domain.sessions.watchers import ABSENT
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("find_watch", Permission.RUN_SESSION)
def find_watch(*, session_id: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[Entered, AuditNote]:
    """Record that whoever watches is back; nothing where somebody else watches by now."""

    def say(sitting: Sitting) -> list[Saying]:
        state = sitting.picture.state
        over = sorted(ABSENT & set(state.watch_faults)) if state.watched_by == by.id else []
        return [Saying(WatchFound(fault=fault)) for fault in over]

    return add_entries(session_id, say, by=by, now=now, why="watcher_is_back")
