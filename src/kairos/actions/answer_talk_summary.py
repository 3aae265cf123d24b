"""Agree to the summary of a talk, or say how one sees it."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.integration import SUMMARY, check_state, find_own, look_for_danger_in, tell_screens
from kairos.domain.integration.summaries import SummaryState, check_answer
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import integration
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission


@command("answer_talk_summary", Permission.INTEGRATE)
def answer_talk_summary(
    *,
    summary_id: UUID,
    read_id: UUID,
    state: str,
    reply: str = "",
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep what the patient says of a summary.

    Parameters
    ----------
    read_id : UUID    the version that was read; a newer one is read first

    Raises
    ------
    InvalidInput    neither agreed nor different, or different without a word of how
    NotAllowed      it was answered already, or changed since it was read
    Missing         no such summary about oneself
    """
    before = find_own(by, summary_id, SUMMARY)
    check_state(before, SummaryState.PROPOSED)
    if before.id != read_id:
        raise NotAllowed("this summary was changed since you read it; read it again")
    answered, words = check_answer(state, reply)
    said = replace(
        before,
        id=new_id(),
        state=answered.value,
        by=by.id,
        true_at=now,
        words={**before.words, "reply": words},
    )
    integration.say(by.scope, said)
    look_for_danger_in(replace(said, words={"reply": words}), by=by, now=now)
    tell_screens(said.programme_id, said.person_id)
    note = AuditNote(f"summary:{summary_id}", said.programme_id, said.person_id, why=answered.value)
    return summary_id, note
