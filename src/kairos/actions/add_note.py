"""Write a note into a session; its words are kept under the person's key."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, add_entries
from kairos.actions.written_words import note_words
from kairos.domain.sessions.events import NoteAdded
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.vocab.people import Actor, Permission


@command("add_note", Permission.RUN_SESSION)
def add_note(
    *,
    session_id: UUID,
    note: str,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Write a note into a session; its words are kept under the person's key."""
    words = note_words(note)
    entry = new_id()
    saying = Saying(NoteAdded(note_id=entry), true_at, words, entry)
    return add_entries(session_id, lambda _: [saying], by=by, now=now)
