"""Record that a watcher is gone when no page of theirs shows a sign of life, or has fewer sessions again."""

from datetime import datetime
from uuid import UUID, uuid5

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.actions.watchers import LOAD, SILENCE, watches_too_many
from kairos.actions.work_deadlines import WORK
from kairos.domain.sessions.events import WatchFault, WatchFound, WatchLost
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import alarms
from kairos.store.repositories.deadlines import Deadline
from kairos.vocab.people import Actor


@command("lose_watch", None)
def lose_watch(
    *,
    session_id: UUID,
    watcher: UUID,
    fault: WatchFault,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Record that whoever watches is gone; nothing where somebody else watches, or it is over."""

    def say(sitting: Sitting) -> list[Saying]:
        state = sitting.picture.state
        is_theirs = state.watched_by == watcher and not state.is_over
        return [Saying(WatchLost(fault=fault))] if is_theirs and fault not in state.watch_faults else []

    return add_entries(session_id, say, by=by, now=now, why=fault.value)


@command("ease_watch", None)
def ease_watch(*, session_id: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[Entered, AuditNote]:
    """Record that a watcher has not too many sessions any more; nothing where they still have."""

    def say(sitting: Sitting) -> list[Saying]:
        picture = sitting.picture
        is_over = picture.state.is_over or WatchFault.TOO_MANY not in picture.state.watch_faults
        if is_over or watches_too_many(by.scope, session_id, picture):
            return []
        return [Saying(WatchFound(fault=WatchFault.TOO_MANY))]

    return add_entries(session_id, say, by=by, now=now, why="fewer_sessions")


def _work_silence(deadline: Deadline, by: Actor, now: datetime) -> str:
    """Raise what a silent watcher means, for each of their sessions; the database's clock says when."""
    watcher = UUID(deadline.details["watcher"])
    fault = WatchFault.SIGNED_OUT if deadline.details.get("signed_out") else WatchFault.SILENT
    watched = alarms.watched_by(by.scope, watcher)
    for each in watched:
        lose_watch(
            session_id=each.id,
            watcher=watcher,
            fault=fault,
            command_id=_once(deadline, each.id),
            by=by,
            now=max(now, deadline.due_at),
        )
    return f"{fault}_in_{len(watched)}"


def _work_load(deadline: Deadline, by: Actor, now: datetime) -> str:
    """Look again at the sessions of a watcher who has one less."""
    watched = alarms.watched_by(by.scope, UUID(deadline.details["watcher"]))
    heavy = [each.id for each in watched if WatchFault.TOO_MANY in each.details.get("faults", ())]
    for session_id in heavy:
        ease_watch(session_id=session_id, command_id=_once(deadline, session_id), by=by, now=now)
    return f"looked_at_{len(heavy)}"


def _once(deadline: Deadline, session_id: UUID) -> UUID:
    return uuid5(deadline.id, f"{session_id} {deadline.due_at.isoformat()}")


WORK[SILENCE] = _work_silence
WORK[LOAD] = _work_load
