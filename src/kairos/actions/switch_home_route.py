"""Switch sessions at home on or off for a programme; who signs says what it means."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.home_statements import newest_switch
from kairos.domain.protocols.home_route import SwitchState, check_switch
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import home
from kairos.vocab.errors import Missing
from kairos.vocab.people import Actor, Permission


@command("switch_home_route", Permission.SWITCH_HOME)
def switch_home_route(
    *,
    programme_id: UUID,
    state: SwitchState,
    agreed: Sequence[str] = (),
    phone: str = "",
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep the act. Sessions that run go on when it is switched off; no new one is planned or opened.

    Raises
    ------
    NotAllowed      it stands so already
    InvalidInput    a statement that was not agreed to
    Missing         a programme out of reach
    """
    if programme_id not in by.scope.programme_ids:
        raise Missing("the programme is not there, or not one of yours")
    check_switch(newest_switch(by.scope, programme_id), state, agreed, phone)
    version = content_of(by.scope, programme_id).version
    kept = home.HomeSwitch(
        new_id(), programme_id, state.value, sorted(agreed), version, by.id, now, phone.strip()
    )
    home.add_switch(by.scope, kept)
    note = AuditNote(
        f"programme:{programme_id}",
        programme_id,
        why=state.value,
        details={"agreed": sorted(agreed), "content_version": version},
    )
    return kept.id, note
