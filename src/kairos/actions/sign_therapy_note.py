"""Sign the note of a meeting, or the plan of a dosing session; amend it by a further version."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.therapy import check_holds, has_trauma_flag, tell_screens, the_type_of
from kairos.domain.protocols.therapy import SessionKind, check_filled
from kairos.domain.protocols.triads import MeetingStatus
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import courses, therapy
from kairos.store.repositories.therapy import MeetingSaid, SignedNote
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import Actor, Permission


@command("sign_therapy_note", Permission.HOLD_THERAPY)
def sign_therapy_note(
    *,
    subject_id: UUID,
    kind: SessionKind,
    fields: Mapping[str, str],
    based_on: int = 0,
    reason: str = "",
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep a filled template under the person's key; a meeting is held from the first one on.

    Parameters
    ----------
    subject_id : UUID    a meeting, or for its plan a dosing session
    based_on : int       the version that is amended; 0 for the first
    reason : str         why it is amended

    Raises
    ------
    NotAllowed      outside one's scope, or the meeting is cancelled or still to come
    InvalidInput    a required field is empty, no reason, or somebody signed a version meanwhile
    Missing         no such meeting or session within the scope
    """
    said = None if kind is SessionKind.DOSING else therapy.find_meeting(by.scope, subject_id)
    dosing = courses.lock_planned_session(by.scope, said.dosing_id if said else subject_id)
    chosen = the_type_of(by.scope, courses.find_course(by.scope, dosing.course_id))
    check_holds(by.scope, chosen, kind, dosing.person_id, by)
    if said is not None:
        said = _held(therapy.find_meeting(by.scope, subject_id), kind, now)
    flagged = has_trauma_flag(by.scope, dosing.person_id)
    words = check_filled(chosen.templates[kind], fields, has_trauma_flag=flagged)
    version = len(therapy.notes_of(by.scope, subject_id)) + 1
    _check_version(version, based_on, reason)
    note = SignedNote(
        *(new_id(), dosing.programme_id, dosing.person_id, subject_id, dosing.course_id, kind.value, version),
        template=f"{chosen.id}:{chosen.version}",
        words={"fields": words, "reason": reason.strip()},
        signed_by=by.id,
        signed_at=now,
    )
    therapy.add_note(by.scope, note)
    if said is not None and version == 1:
        therapy.say_of_meeting(by.scope, replace(said, id=new_id(), by=by.id, true_at=now))
    tell_screens(dosing)
    return note.id, AuditNote(
        f"therapy_note:{note.id}",
        *(dosing.programme_id, dosing.person_id, kind.value),
        details={"version": version, "subject": str(subject_id)},
    )


def _held(said: MeetingSaid, kind: SessionKind, now: datetime) -> MeetingSaid:
    """Return the meeting as held, or refuse one that cannot have been."""
    if said.kind != kind or said.status == MeetingStatus.CANCELLED:
        raise NotAllowed("this meeting is cancelled or of another kind; plan the one that was held")
    if said.starts_at > now:
        raise NotAllowed(
            f"this meeting is planned for {said.starts_at:%Y-%m-%d %H:%M} UTC; sign it once held"
        )
    return replace(said, status=MeetingStatus.HELD.value)


def _check_version(version: int, based_on: int, reason: str) -> None:
    if based_on != version - 1:
        raise InvalidInput(
            Problem("based_on", "somebody signed a version meanwhile; read it and amend that one")
        )
    if based_on and not reason.strip():
        raise InvalidInput(Problem("reason", "say in a few words why it is amended; the first one stays"))
