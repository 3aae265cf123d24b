"""Take a complaint to the next person outside the team: nobody was outside, or the answer is late."""

from datetime import datetime
from uuid import UUID

from kairos.actions.complaints import LATE, UNREAD, let_read, outside_of
from kairos.actions.work_deadlines import WORK
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import complaints
from kairos.store.repositories.deadlines import Deadline
from kairos.store.scope import scoped_as
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor


@command("pass_on_complaint", None)
def pass_on_complaint(
    *, complaint_id: UUID, why: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[str, AuditNote]:
    """Let one more person outside the team read a complaint that waits; return what was done.

    Raises
    ------
    Missing    nobody is outside yet; asked again until somebody is named
    """
    note = AuditNote(f"complaint:{complaint_id}", why=why)
    with scoped_as(by.scope, by.id):
        complaint = complaints.find_complaint(by.scope, complaint_id)
        if complaints.answers_to(by.scope, {complaint_id}):
            return "answered", note
        reading = {reader.user_id for reader in complaints.readers_of(by.scope, complaint_id)}
        outside = outside_of(by.scope, complaint.programme_id, complaint.person_id)
        found = next((each for each in outside if each not in reading), None)
        if found is None and not reading:
            raise Missing("nobody outside the treating team is named for complaints yet")
        if found is not None:
            let_read(by.scope, complaint, found, why=why)
    return "passed_on" if found else "nobody_else", note


def _work(deadline: Deadline, by: Actor, now: datetime) -> str:
    return pass_on_complaint(
        complaint_id=deadline.subject, why=deadline.kind, command_id=deadline.id, by=by, now=now
    )


WORK[LATE] = _work
WORK[UNREAD] = _work
