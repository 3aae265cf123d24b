"""Offer the watch to somebody of the team, for good or for a break; until it is taken, nothing changes."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.sessions import watchers
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("offer_watch", Permission.RUN_SESSION)
def offer_watch(
    *, session_id: UUID, to: UUID, command_id: UUID, by: Actor, now: datetime, until: datetime | None = None
) -> tuple[Entered, AuditNote]:
    """Offer the watch; with ``until`` for a break that ends then.

    Raises
    ------
    NotAllowed, InvalidInput    as ``domain.sessions.watchers.offer_watch``
    """

    def say(sitting: Sitting) -> list[Saying]:
        picture = sitting.picture
        limits = picture.limits
        return [
            Saying(watchers.offer_watch(picture.state, to=to, until=until, by=by.id, now=now, limits=limits))
        ]

    return add_entries(session_id, say, by=by, now=now)
