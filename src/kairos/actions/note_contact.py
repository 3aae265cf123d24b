"""Note that a telephone at home is in reach; the team is told when the patient's falls silent while dosed."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from kairos.actions.content_in_force import content_of_session
from kairos.actions.session_stream import Saying, Sitting, add_entries
from kairos.actions.work_deadlines import WORK
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.sessions.events import ContactNoted
from kairos.domain.sessions.phases import DOSED
from kairos.store import streams
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import deadlines, home, session_entries
from kairos.store.repositories.deadlines import Deadline
from kairos.store.streams import Stream
from kairos.vocab.people import Actor, Permission, Role

SILENT = "home_telephone_silent"


@command("note_contact", Permission.CHECK_IN)
def note_contact(
    *, session_id: UUID, link_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[str, AuditNote]:
    """Keep when the telephone was heard, and put off the moment at which its silence is told.

    Returns
    -------
    str    ``heard``, or ``heard_again`` where the team had been told that it was silent
    """
    stream = streams.find_stream(by.scope, session_id)
    who = Role.PATIENT if Role.PATIENT in by.roles else Role.SUPPORT_PERSON
    ids = (new_id(), stream.programme_id, stream.person_id)
    home.note_contact(by.scope, home.PhoneContact(*ids, link_id, session_id, who.value, now))
    outcome = "heard"
    if who is Role.PATIENT:
        _wait_anew(stream, session_id, now + _patience(stream, by, now), by)
        _entered, note = add_entries(session_id, _heard_again, by=by, now=now)
        outcome = "heard_again" if note.why == ContactNoted.type else outcome
    return outcome, AuditNote(f"session:{session_id}", stream.programme_id, stream.person_id, why=outcome)


def _patience(stream: Stream, by: Actor, now: datetime) -> timedelta:
    entries = session_entries.entries_of(by.scope, stream.id)
    book = content_of_session(by.scope, stream.programme_id, entries).parameters
    return LimitsInForce(book, now.date()).span("home.contact_lost")


def _wait_anew(stream: Stream, session_id: UUID, due_at: datetime, by: Actor) -> None:
    """Have the silence told at this moment and at no earlier one."""
    subject = uuid5(session_id, "telephone of the patient")
    place = (by.scope, SILENT, subject, due_at)
    if not deadlines.move_deadline(*place) and not deadlines.reopen_deadline(*place):
        told = {"session": str(session_id)}
        row = Deadline(new_id(), stream.programme_id, SILENT, subject, due_at, told, stream.person_id)
        deadlines.set_deadline(by.scope, row)


def _heard_again(sitting: Sitting) -> list[Saying]:
    if _is_heard(sitting) is not False:
        return []
    return [Saying(ContactNoted(who=Role.PATIENT.value, is_heard=True))]


def _is_heard(sitting: Sitting) -> bool | None:
    """Return what the stream says last of the patient's telephone; None where nothing was said."""
    said = [each.event for each in sitting.picture.state.seen(ContactNoted)]
    newest = said[-1] if said else None
    return newest.is_heard if isinstance(newest, ContactNoted) else None


@command("tell_silence", None)
def tell_silence(*, session_id: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[str, AuditNote]:
    """Note in the session that the patient's telephone is silent; only while somebody is dosed."""

    def say(sitting: Sitting) -> list[Saying]:
        is_told = sitting.picture.state.phase not in DOSED or _is_heard(sitting) is False
        return [] if is_told else [Saying(ContactNoted(who=Role.PATIENT.value, is_heard=False))]

    _entered, note = add_entries(session_id, say, by=by, now=now, why="telephone_silent")
    return "looked", note


def _work(deadline: Deadline, by: Actor, now: datetime) -> str:
    """Tell the silence at the deadline, whatever this machine's clock says."""
    session_id = UUID(deadline.details["session"])
    return tell_silence(
        session_id=session_id,
        command_id=uuid5(deadline.id, deadline.due_at.isoformat()),
        by=by,
        now=max(now, deadline.due_at),
    )


WORK[SILENT] = _work
