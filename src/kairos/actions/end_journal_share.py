"""End the sharing of one entry of the journal."""

from datetime import datetime
from uuid import UUID

from kairos.actions.journals import end_shares, note_of
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("end_journal_share", Permission.KEEP_JOURNAL)
def end_journal_share(
    *, entry_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Delete the copy that others could read. That it was shared, with whom, and when, stays.

    Raises
    ------
    NotAllowed    the entry is not shared
    Missing       no record of one's own
    """
    if end_shares(entry_id, by=by, now=now) is None:
        raise NotAllowed("this entry is not shared now; there is nothing to take back")
    return entry_id, note_of(by, entry_id, "share_ended")
