"""Keep an insight card, or change it."""

from datetime import date, datetime
from uuid import UUID

from kairos.actions.integration import (
    INSIGHT,
    check_state,
    find_own,
    keep_own,
    look_for_danger_in,
    own_person,
    statement,
)
from kairos.domain.integration.insights import InsightState, check_insight
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.people import Actor, Permission


@command("keep_insight", Permission.INTEGRATE)
def keep_insight(
    *,
    insight: str,
    meaning: str,
    action: str,
    do_on: date,
    review_on: date,
    is_shared: bool = False,
    insight_id: UUID | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep a card under the person's key and return its id; only a shared one is read by the team.

    Raises
    ------
    InvalidInput    words or days that cannot be
    NotAllowed      the card was ended meanwhile
    Missing         no such card of one's own
    """
    person_id = own_person(by)
    before = find_own(by, insight_id, INSIGHT) if insight_id else None
    if before is not None:
        check_state(before, InsightState.OPEN)
    today = now.astimezone(zone_for(by.scope, person_id)).date()
    words = check_insight(insight, meaning, action, do_on, review_on, today=today)
    dates = {"do_on": do_on.isoformat(), "review_on": review_on.isoformat()}
    said = statement(
        *(INSIGHT, insight_id or new_id(), InsightState.OPEN.value),
        person_id=person_id,
        details={**dates, "is_shared": is_shared},
        words=words,
        by=by,
        now=now,
    )
    look_for_danger_in(keep_own(by.scope, said, before), by=by, now=now)
    return said.subject, AuditNote(f"insight:{said.subject}", said.programme_id, person_id, why="kept")
