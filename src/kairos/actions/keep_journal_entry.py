"""Keep an entry of the journal as the device closed it."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from kairos.actions.journals import check_key, note_of, whose
from kairos.domain.integration.journal import Closed, check_closed
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import journal
from kairos.store.repositories.journal import JournalEntry
from kairos.vocab.people import Actor, Permission


@command("keep_journal_entry", Permission.KEEP_JOURNAL)
def keep_journal_entry(
    *,
    entry_id: UUID,
    key: UUID,
    closed: Closed,
    written_at: datetime,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep one version of an entry; an earlier one stays beside it.

    Parameters
    ----------
    entry_id : UUID          the entry's own id, made on the device; the device bound the words to it
    written_at : datetime    by the device's clock; never later than it arrived

    Raises
    ------
    InvalidInput    not closed, too long, or under a key that is not kept
    Missing         no record of one's own
    """
    check_closed(closed)
    programme_id, person_id = whose(by)
    check_key(by.scope, person_id, key)
    version = journal.versions_of(by.scope, entry_id) + 1
    kept = (programme_id, person_id, entry_id, version, key, asdict(closed), by.id, min(written_at, now))
    journal.add_entry(by.scope, JournalEntry(new_id(), *kept))
    return entry_id, note_of(by, entry_id, "kept")
