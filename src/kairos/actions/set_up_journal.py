"""Begin a journal: its key, closed on the device in two ways, once the patient was told what may be lost."""

from datetime import datetime
from uuid import UUID

from kairos.actions.journals import keep_way, note_of
from kairos.domain.integration.journal import NOTICE, WayIn, Wrapped
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission


@command("set_up_journal", Permission.KEEP_JOURNAL)
def set_up_journal(
    *,
    key: UUID,
    passphrase: Wrapped,
    recovery: Wrapped,
    notice: str,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep a new key of the journal, closed in both ways; entries under an older one stay closed under that.

    Parameters
    ----------
    key : UUID        the key's own id, made with it
    notice : str      the version of what the patient acknowledged

    Raises
    ------
    InvalidInput      the notice was not acknowledged as it stands, or a key did not arrive closed
    Missing           no record of one's own
    """
    if notice != NOTICE:
        raise InvalidInput(
            Problem("notice", "read what is lost without the key, and say that you have read it")
        )
    keep_way(key, WayIn.PASSPHRASE, passphrase, by=by, now=now)
    keep_way(key, WayIn.RECOVERY, recovery, by=by, now=now)
    return key, note_of(by, key, "set_up")
