"""Whoever watches, as rows: who watches what, the deadline of the next sign of life, how many they watch.

A person's pages show a sign of life again and again (``show_watcher``); each sign moves one deadline ahead,
and the deadline that nobody moves is worked like any other, whichever process of ours is left. The watch
begins with the first sign of a page: who never had a page open cannot fall silent.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from kairos.actions.content_in_force import content_of
from kairos.domain.sessions.events import WatchFault
from kairos.domain.sessions.phases import DOSED
from kairos.domain.sessions.picture import Picture
from kairos.domain.sessions.state import DosingSessionState
from kairos.store.ids import new_id
from kairos.store.repositories import alarms, deadlines
from kairos.store.repositories.alarms import SessionSummary
from kairos.store.repositories.deadlines import Deadline
from kairos.store.streams import Stream
from kairos.vocab.people import Actor, Scope
from kairos.vocab.quantities import MINUTE

SILENCE = "watcher_silent"
LOAD = "watcher_load"
MOST = "watching.sessions_most"
_DOSED = frozenset(str(phase) for phase in DOSED)


def watch_details(picture: Picture) -> Mapping[str, Any]:
    """Return what a session's row says of its watch, so that it is found without reading its stream."""
    state = picture.state
    return {
        "watcher": str(state.watched_by),
        "faults": sorted(str(fault) for fault in state.watch_faults),
        "protocol": picture.protocol.id,
    }


def load_of(state: DosingSessionState, watcher: UUID | None) -> bool:
    """Whether a session counts among those that somebody watches: a dose is on board, and it is theirs."""
    return state.phase in DOSED and state.watched_by == watcher


def watches_too_many(scope: Scope, session_id: UUID, picture: Picture) -> bool:
    """Whether whoever watches this session has more with a dose on board than its protocol allows."""
    watcher = picture.state.watched_by
    others = [] if watcher is None else [each for each in dosed_of(scope, watcher) if each.id != session_id]
    return len(others) + 1 > picture.limits.quantity(MOST).value


def dosed_of(scope: Scope, watcher: UUID) -> tuple[SessionSummary, ...]:
    """Return the sessions with a dose on board that somebody watches."""
    return tuple(each for each in alarms.watched_by(scope, watcher) if each.state in _DOSED)


def ease_load(stream: Stream, before: DosingSessionState, after: Picture, *, by: Actor) -> None:
    """Have the sessions of a watcher looked at again, who has one less now."""
    watcher = before.watched_by
    if watcher is None or not load_of(before, watcher) or load_of(after.state, watcher):
        return
    if any(WatchFault.TOO_MANY in each.details.get("faults", ()) for each in dosed_of(by.scope, watcher)):
        subject = uuid5(stream.id, f"load {after.state.seq}")
        told = {"watcher": str(watcher)}
        deadlines.set_deadline(
            by.scope, Deadline(new_id(), stream.programme_id, LOAD, subject, after.now, told)
        )


def renew_sign(scope: Scope, programme_id: UUID, watcher: UUID, screen: str, now: datetime) -> None:
    """Put off the moment at which somebody counts as silent, and note which screen it was."""
    within = silence_most(scope, programme_id, now)
    held = deadlines.lock_deadline(scope, SILENCE, sign_subject(programme_id, watcher))
    screens = screens_alive(held, now - within) | {screen: now.isoformat()}
    told = {"watcher": str(watcher), "screens": screens}
    subject = sign_subject(programme_id, watcher)
    sign = Deadline(new_id(), programme_id, SILENCE, subject, now + within, told)
    if held is None:
        deadlines.set_deadline(scope, sign)
    else:
        deadlines.renew_deadline(scope, sign)


def end_sign(scope: Scope, programme_id: UUID, watcher: UUID, screen: str, now: datetime) -> None:
    """Note that somebody signed out of one screen; where it was their last, they are gone at once."""
    held = deadlines.lock_deadline(scope, SILENCE, sign_subject(programme_id, watcher))
    if held is None or held.done_at is not None:
        return
    screens = screens_alive(held, now - silence_most(scope, programme_id, now))
    screens.pop(screen, None)
    told = {**held.details, "screens": screens, "signed_out": not screens}
    due_at = held.due_at if screens else now
    deadlines.renew_deadline(scope, Deadline(held.id, programme_id, SILENCE, held.subject, due_at, told))


def screens_alive(held: Deadline | None, since: datetime) -> dict[str, str]:
    """Return the screens that have shown a sign since a moment, and when."""
    known: Mapping[str, str] = held.details.get("screens", {}) if held is not None else {}
    return {screen: at for screen, at in known.items() if datetime.fromisoformat(at) >= since}


def sign_subject(programme_id: UUID, watcher: UUID) -> UUID:
    """Return the subject of the deadline of one person's next sign of life."""
    return uuid5(programme_id, f"watcher {watcher}")


def silence_most(scope: Scope, programme_id: UUID, now: datetime) -> timedelta:
    """Return how long somebody who watches may be silent in a programme."""
    limit = content_of(scope, programme_id).parameters.quantity("watching.silence_most", on=now.date())
    return timedelta(minutes=limit.value_in(MINUTE))
