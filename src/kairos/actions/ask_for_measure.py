"""Ask a person the questionnaires of one time: a message goes out, and one reminder is set."""

from datetime import datetime
from uuid import UUID, uuid5

from kairos.actions.content_in_force import content_of
from kairos.actions.work_deadlines import WORK
from kairos.domain.instruments.asking import Asking
from kairos.domain.outcomes.schedule import Moment, kind_of, remind_at
from kairos.domain.protocols.course import PlannedStatus
from kairos.store import outbox
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import courses, deadlines
from kairos.store.repositories.askings import asking_of_deadline, still_open
from kairos.store.repositories.deadlines import Deadline
from kairos.vocab.people import Actor

_AGAIN = "measure_again."


@command("ask_for_measure", None)
def ask_for_measure(
    *,
    person_id: UUID,
    programme_id: UUID,
    asking: Asking,
    closes_at: datetime,
    is_reminder: bool,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[str, AuditNote]:
    """Put the message with the link in the outbox, unless nothing is left to ask; return what was done.

    Parameters
    ----------
    closes_at : datetime    until when the link takes answers
    is_reminder : bool      the second and last message about this asking
    """
    subject = f"asking:{asking.subject}"
    note = AuditNote(subject, programme_id, person_id, asking.timepoint)
    if now >= closes_at:
        return "closed", note
    if not still_open(by.scope, person_id, asking):
        return "answered", note
    payload = {
        "subject": str(asking.subject),
        "timepoint": asking.timepoint,
        "instruments": ",".join(asking.instruments),
        "closes_at": closes_at.isoformat(),
    }
    kind = "questions_again" if is_reminder else "questions"
    outbox.put(by.scope, kind, payload, programme_id=programme_id, due_at=now, person_id=person_id)
    again_at = remind_at(now, closes_at=closes_at, book=content_of(by.scope, programme_id).parameters)
    if not is_reminder and again_at is not None:
        details = {"instruments": list(asking.instruments), "closes_at": closes_at.isoformat()}
        again = Deadline(
            new_id(), programme_id, _AGAIN + asking.timepoint, asking.subject, again_at, details, person_id
        )
        deadlines.set_deadline(by.scope, again)
    return "asked", note


def _work(deadline: Deadline, by: Actor, now: datetime) -> str:
    """Ask what a deadline asks; before a session, only while it is still to be held."""
    closes_at = datetime.fromisoformat(deadline.details["closes_at"])
    asking = asking_of_deadline(deadline)
    if asking.timepoint == Moment.BEFORE_SESSION:
        session = courses.find_planned_session(by.scope, deadline.subject)
        if session.status == PlannedStatus.CANCELLED:
            return "cancelled"
        closes_at = session.starts_at
    if deadline.person_id is None:
        return "nobody"
    return ask_for_measure(
        person_id=deadline.person_id,
        programme_id=deadline.programme_id,
        asking=asking,
        closes_at=closes_at,
        is_reminder=deadline.kind.startswith(_AGAIN),
        command_id=uuid5(deadline.id, closes_at.isoformat()),
        by=by,
        now=now,
    )


for _moment in Moment:
    WORK[kind_of(_moment)] = _work
    WORK[_AGAIN + _moment] = _work
