"""Share one entry of the journal with named people of the team."""

from datetime import datetime
from uuid import UUID

from kairos.actions.danger_words import look_for_danger
from kairos.actions.journals import end_shares, note_of, say_of_share, team_of, whose
from kairos.domain.integration.journal import ShareState, check_readers
from kairos.domain.protocols.complaints import check_words
from kairos.domain.safety.danger_words import DangerPlace
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import journal
from kairos.store.repositories.journal import JournalCopy, JournalShare
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission


@command("share_journal_entry", Permission.KEEP_JOURNAL)
def share_journal_entry(
    *,
    entry_id: UUID,
    words: str,
    with_whom: tuple[UUID, ...],
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep a copy of the entry that those named can read; a copy shared before is deleted.

    Where it signals danger a clinician is asked to reach the person; they read it only if they are named.

    Parameters
    ----------
    words : str    the entry as the patient's device opened it; kept under the person's key while it is shared

    Raises
    ------
    InvalidInput    nothing was written, nobody was chosen, or somebody outside the team
    Missing         no such entry of one's own
    """
    said = check_words(words, asked="there is nothing to share yet")
    check_readers(with_whom, team_of(by.scope))
    programme_id, person_id = whose(by)
    version = journal.versions_of(by.scope, entry_id)
    if not version:
        raise Missing("this entry is not there; let it arrive first, then share it")
    end_shares(entry_id, by=by, now=now)
    readers = tuple(sorted(map(str, with_whom)))
    about = JournalShare(new_id(), programme_id, person_id, entry_id, version, "", (), by.id, now)
    share_id = say_of_share(about, ShareState.SHARED, readers, by=by, now=now)
    journal.add_copy(by.scope, JournalCopy(new_id(), programme_id, person_id, share_id, {"words": said}))
    whom = {"subject": share_id, "programme_id": programme_id, "person_id": person_id}
    look_for_danger(said, place=DangerPlace.JOURNAL, by=by, now=now, **whom)
    return share_id, note_of(by, entry_id, "shared")
