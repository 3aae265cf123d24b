"""Write the summary of a talk, for the patient to agree to."""

from datetime import datetime
from uuid import UUID

from kairos.actions.integration import SUMMARY, check_accompanies, check_state, statement, tell_screens
from kairos.domain.integration.summaries import SummaryState, check_summary
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import integration
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("write_talk_summary", Permission.HOLD_THERAPY)
def write_talk_summary(
    *,
    person_id: UUID,
    summary: str,
    summary_id: UUID | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep a summary as proposed, and return its id; a further version answers the patient's other view.

    Raises
    ------
    InvalidInput    nothing was written, or too much
    NotAllowed      the patient agreed to it already, or the flag keeps a coach out
    Missing         no such person or summary within the scope
    """
    check_accompanies(person_id, by)
    words = check_summary(summary)
    if summary_id is not None:
        before = integration.find_said(by.scope, summary_id, SUMMARY)
        check_state(before, SummaryState.PROPOSED, SummaryState.DIFFERS)
        if before.person_id != person_id:
            raise NotAllowed("this summary is about another person; open that page")
    said = statement(
        *(SUMMARY, summary_id or new_id(), SummaryState.PROPOSED.value),
        person_id=person_id,
        details={"written_by": str(by.id)},
        words={"summary": words, "reply": ""},
        by=by,
        now=now,
    )
    integration.say(by.scope, said)
    tell_screens(said.programme_id, person_id)
    return said.subject, AuditNote(f"summary:{said.subject}", said.programme_id, person_id, why="proposed")
