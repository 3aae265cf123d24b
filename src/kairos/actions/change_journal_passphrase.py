"""Close the journal's key under a new passphrase."""

from datetime import datetime
from uuid import UUID

from kairos.actions.journals import check_key, keep_way, note_of, whose
from kairos.domain.integration.journal import WayIn, Wrapped
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("change_journal_passphrase", Permission.KEEP_JOURNAL)
def change_journal_passphrase(
    *, key: UUID, passphrase: Wrapped, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep the same key closed anew; the device opened it, with the old passphrase or the recovery code.

    Raises
    ------
    InvalidInput    no such key, or it did not arrive closed
    Missing         no record of one's own
    """
    check_key(by.scope, whose(by)[1], key)
    keep_way(key, WayIn.PASSPHRASE, passphrase, by=by, now=now)
    return key, note_of(by, key, "passphrase_changed")
