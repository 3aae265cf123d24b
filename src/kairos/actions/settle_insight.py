"""End an insight card: its step was taken, or is let go."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from kairos.actions.integration import INSIGHT, check_state, find_own, keep_own
from kairos.domain.integration.insights import InsightState
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission


@command("settle_insight", Permission.INTEGRATE)
def settle_insight(
    *, insight_id: UUID, state: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep how a card ended, or that it is open again; its words stay.

    Raises
    ------
    InvalidInput    no state of a card
    NotAllowed      it stands so already
    Missing         no such card of one's own
    """
    before = find_own(by, insight_id, INSIGHT)
    if state not in set(InsightState):
        raise InvalidInput(Problem("state", f"must be one of {', '.join(InsightState)}"))
    check_state(before, *(set(InsightState) - {state}))
    keep_own(by.scope, replace(before, id=new_id(), state=state, by=by.id, true_at=now), before)
    return insight_id, AuditNote(f"insight:{insight_id}", before.programme_id, before.person_id, why=state)
