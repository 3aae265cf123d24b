"""A sign of life of somebody's page, and the end of a screen. Nothing of a person is recorded by it.

It is no command of its own: a page says it several times a minute, and only what follows from it (that a
watcher is back) is an act, with its entry and its audit event.
"""

from datetime import datetime

from kairos.actions.find_watch import find_watch
from kairos.actions.watchers import end_sign, renew_sign
from kairos.domain.sessions.events import WatchFault
from kairos.domain.sessions.watchers import ABSENT
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


def _is_gone(summary: SessionSummary) -> bool:
    faults = {WatchFault(fault) for fault in summary.details.get("faults", ())}
    return not ABSENT.isdisjoint(faults)
