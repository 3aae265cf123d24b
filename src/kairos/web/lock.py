"""When entry locks. The clocks stand in the web session, so every process sees the same.

A lock stops entry; it never hides a running session. Idle too long: the same person unlocks with the
password. Signed in too long: a full sign-in is asked for.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.utils import timezone

SIGNED_IN = "kairos_signed_in_at"
SEEN = "kairos_seen_at"
LOCKED = "kairos_locked_at"
REMEMBER_EVERY = timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Clocks:
    """When this person signed in, was last seen, and since when entry is locked."""

    signed_in_at: datetime
    seen_at: datetime
    locked_at: datetime | None

    @property
    def is_locked(self) -> bool:
        """Whether entry is locked."""
        return self.locked_at is not None


def _read(session: SessionBase, key: str) -> datetime | None:
    text = session.get(key)
    return datetime.fromisoformat(text) if text else None


def mark_of(session: SessionBase) -> str:
    """Return what tells one log-in from another without being its key."""
    return hashlib.sha256(str(session.session_key).encode()).hexdigest()[:16]


def start_clocks(session: SessionBase, now: datetime) -> None:
    """Begin anew: somebody has just proved who they are."""
    session[SIGNED_IN] = session[SEEN] = now.isoformat()
    session.pop(LOCKED, None)


def unlock(session: SessionBase, now: datetime) -> None:
    """Open entry again for the same person; the sign-in keeps its age."""
    session[SEEN] = now.isoformat()
    session.pop(LOCKED, None)


def lock(session: SessionBase, now: datetime) -> None:
    """Lock entry, unless it is locked already."""
    session.setdefault(LOCKED, now.isoformat())


def is_sign_in_over(session: SessionBase, now: datetime) -> bool:
    """Whether the sign-in is older than one may be."""
    signed_in_at = _read(session, SIGNED_IN)
    return signed_in_at is None or now - signed_in_at >= settings.KAIROS_SIGN_IN_LASTS


def tick(session: SessionBase, *, is_activity: bool, now: datetime | None = None) -> Clocks:
    """Return the clocks as of now, locking entry when one has run out.

    ``is_activity`` is false for what a page does by itself, such as fetching a changed fragment.
    """
    now = now or timezone.now()
    if SIGNED_IN not in session:
        start_clocks(session, now)
    seen_at = _read(session, SEEN) or now
    if now - seen_at >= settings.KAIROS_IDLE_LOCK or is_sign_in_over(session, now):
        lock(session, now)
    locked_at = _read(session, LOCKED)
    if is_activity and locked_at is None and now - seen_at >= REMEMBER_EVERY:
        session[SEEN] = now.isoformat()
    return Clocks(_read(session, SIGNED_IN) or now, seen_at, locked_at)
