"""Write into the therapist's stream of notes of a running session, at its true time."""

from datetime import datetime
from uuid import UUID

from kairos.actions.session_stream import Entered, Saying, add_entries
from kairos.actions.therapy import check_holds, the_type_of
from kairos.actions.written_words import note_words
from kairos.domain.protocols.therapy import SessionKind
from kairos.domain.sessions.events import NoteAdded, NoteKind
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import alarms, courses
from kairos.vocab.people import Actor, Permission


@command("add_therapy_note", Permission.HOLD_THERAPY)
def add_therapy_note(
    *,
    session_id: UUID,
    note: str,
    true_at: datetime | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[Entered, AuditNote]:
    """Add a note to the session's own stream; its words are kept under the person's key.

    Raises
    ------
    NotAllowed      no psychotherapy in this course, or a role that holds no dosing session
    InvalidInput    nothing was written
    """
    summary = alarms.find_summary(by.scope, session_id)
    dosing = courses.find_planned_session(by.scope, UUID(summary.details["planned"]))
    chosen = the_type_of(by.scope, courses.find_course(by.scope, dosing.course_id))
    check_holds(by.scope, chosen, SessionKind.DOSING, dosing.person_id, by)
    words, entry = note_words(note), new_id()
    saying = Saying(NoteAdded(note_id=entry, kind=NoteKind.THERAPY), true_at, words, entry)
    return add_entries(session_id, lambda _: [saying], by=by, now=now)
