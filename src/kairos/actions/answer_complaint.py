"""Answer a complaint. The answer goes to the patient who made it, and to nobody else."""

from datetime import datetime
from uuid import UUID

from kairos.actions.complaints import COMPLAINTS, LATE
from kairos.domain.protocols.complaints import check_words
from kairos.store import notify
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import complaints, deadlines
from kairos.store.scope import scoped_as
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("answer_complaint", Permission.ANSWER_COMPLAINT)
def answer_complaint(
    *, complaint_id: UUID, words: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep the answer under the person's key.

    Raises
    ------
    InvalidInput    nothing was written
    NotAllowed      it is answered already
    Missing         no such complaint, or it is not for whoever asks
    """
    said = check_words(words, asked="write what you found and what is done")
    with scoped_as(by.scope, by.id):
        complaint = complaints.find_complaint(by.scope, complaint_id)
        if complaints.answers_to(by.scope, {complaint_id}):
            raise NotAllowed("this complaint is answered already; open the page again")
        about = (new_id(), complaint.programme_id, complaint.person_id, complaint_id)
        complaints.add_answer(by.scope, complaints.Answer(*about, {"words": said}, by.id, now))
    deadlines.drop_deadline(by.scope, LATE, complaint_id, outcome="answered")
    notify.changed(programme_id=complaint.programme_id, topic=COMPLAINTS, subject=by.id)
    return complaint_id, AuditNote(f"complaint:{complaint_id}", why="answered")
