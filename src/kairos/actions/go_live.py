"""Say that a programme is live, or no longer."""

from datetime import datetime
from uuid import UUID

from kairos.actions.programme_readiness import readiness_of
from kairos.actions.programmes import check_ours
from kairos.domain.protocols.readiness import LIVE, ItemState, check_may_go_live
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import readiness
from kairos.vocab.people import Actor, Permission


@command("go_live", Permission.KEEP_READINESS)
def go_live(
    *, programme_id: UUID, is_live: bool, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep that a programme doses from now on, or plans and opens no more; what runs goes on.

    Raises
    ------
    NotAllowed    an item of its readiness is missing or out of date; each is named
    Missing       no such programme
    """
    check_ours(by.scope, programme_id)
    if is_live:
        check_may_go_live(readiness_of(by.scope, programme_id, now))
    state = ItemState.HOLDS if is_live else ItemState.ENDED
    kept = readiness.KeptStatement(new_id(), programme_id, LIVE, state.value, None, None, by.id, now)
    readiness.add_statements(by.scope, [kept])
    why = "live" if is_live else "not_live"
    return kept.id, AuditNote(f"programme:{programme_id}", programme_id, why=why)
