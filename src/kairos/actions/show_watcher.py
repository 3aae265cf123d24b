"""A sign of life of somebody's page, and the end of a screen. Nothing of a person is recorded by it.

It is no command of its own: a page says it several times a minute, and only what follows from it (that a
watcher is back) is an act, with its entry and its audit event.
"""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.actions.watchers import end_sign, renew_sign
from kairos.domain.sessions.events import WatchFault, WatchFound
from kairos.domain.sessions.watchers import ABSENT
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import alarms
from kairos.store.repositories.alarms import SessionSummary
from kairos.store.scope import scoped
from kairos.vocab.people import Actor, Permission


def show_watcher(*, screen: str, by: Actor, now: datetime) -> int:
    """Note that a page of somebody is alive, and return how many open sessions they watch.

    Parameters
    ----------
    screen : str    what tells one log-in of this person from another; never the key of the session itself
    """
    if not by.may(Permission.RUN_SESSION):
        return 0
    with scoped(by.scope):
        watched = alarms.watched_by(by.scope, by.id)
        for programme_id in sorted({each.programme_id for each in watched}):
            renew_sign(by.scope, programme_id, by.id, screen, now)
    for each in watched:
        if _is_gone(each):
            find_watch(session_id=each.id, command_id=new_id(), by=by, now=now)
    return len(watched)


def leave_screen(*, screen: str, by: Actor, now: datetime) -> None:
    """Note that somebody signed out of one screen."""
    with scoped(by.scope):
        for programme_id in sorted(by.scope.programme_ids):
            end_sign(by.scope, programme_id, by.id, screen, now)


@command("find_watch", Permission.RUN_SESSION)
def find_watch(*, session_id: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[Entered, AuditNote]:
    """Record that whoever watches is back; nothing where somebody else watches by now."""

    def say(sitting: Sitting) -> list[Saying]:
        state = sitting.picture.state
        over = sorted(ABSENT & set(state.watch_faults)) if state.watched_by == by.id else []
        return [Saying(WatchFound(fault=fault)) for fault in over]

    return add_entries(session_id, say, by=by, now=now, why="watcher_is_back")


def _is_gone(summary: SessionSummary) -> bool:
    faults = {WatchFault(fault) for fault in summary.details.get("faults", ())}
    return not ABSENT.isdisjoint(faults)
