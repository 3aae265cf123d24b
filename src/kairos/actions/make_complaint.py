"""Complain: to somebody who does not treat the person, never to the treating team."""

from datetime import datetime, timedelta
from uuid import UUID

from kairos.actions.complaints import (
    LATE,
    UNREAD,
    let_read,
    note_nobody_outside,
    outside_of,
    watch_complaint,
)
from kairos.actions.consents import programme_of
from kairos.actions.content_in_force import content_of
from kairos.actions.danger_words import look_for_danger
from kairos.domain.protocols.complaints import check_words
from kairos.domain.safety.danger_words import DangerPlace
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import complaints
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission
from kairos.vocab.quantities import DAY


@command("make_complaint", Permission.COMPLAIN)
def make_complaint(*, words: str, command_id: UUID, by: Actor, now: datetime) -> tuple[UUID, AuditNote]:
    """Keep a complaint under the person's key, and name who answers it and by when.

    Where it signals danger to a life, a clinician is asked to call the person, and not told of the complaint.

    Raises
    ------
    InvalidInput    nothing was written
    Missing         no record of one's own
    """
    person_id = by.scope.patient_id
    if person_id is None:
        raise Missing("you have no record of your own here")
    said = check_words(words, asked="write what was not right")
    programme_id = programme_of(by.scope, person_id)
    book = content_of(by.scope, programme_id).parameters
    days = book.quantity("complaints.answer_within", on=now.date()).value_in(DAY)
    found = next(iter(outside_of(by.scope, programme_id, person_id)), None)
    complaint = complaints.Complaint(
        *(new_id(), programme_id, person_id, {"words": said}, found),
        due_at=now + timedelta(days=days),
        made_by=by.id,
        made_at=now,
    )
    complaints.add_complaint(by.scope, complaint)
    about = {"subject": complaint.id, "programme_id": programme_id, "person_id": person_id}
    look_for_danger(said, place=DangerPlace.COMPLAINT, by=by, now=now, **about)
    if found is None:
        note_nobody_outside(by.scope, programme_id, now=now)
        watch_complaint(by.scope, complaint, kind=UNREAD, at=now)
    else:
        let_read(by.scope, complaint, found, why="first")
    watch_complaint(by.scope, complaint, kind=LATE, at=complaint.due_at)
    return complaint.id, AuditNote(f"complaint:{complaint.id}", why="kept" if found else "nobody_outside")
