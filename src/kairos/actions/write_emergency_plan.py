"""Write down where help has to go, how it gets in, who is there, and which service is nearest."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from kairos.actions.consents import programme_of
from kairos.actions.home_statements import state
from kairos.domain.protocols.at_home import PLAN_FIELDS, StatementKind, check_filled
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.vocab.people import Actor, Permission


@command("write_emergency_plan", Permission.PREPARE_HOME)
def write_emergency_plan(
    *,
    person_id: UUID,
    words: Mapping[str, str],
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep the plan, and return its id. It is gone through anew before every session.

    Parameters
    ----------
    words : by field    ``address``, ``access`` (door, key, floor), ``phone``, ``who`` is there, ``nearest``

    Raises
    ------
    InvalidInput        a field is empty
    """
    told = check_filled(words, PLAN_FIELDS)
    programme_id, plan_id = programme_of(by.scope, person_id), new_id()
    state(
        StatementKind.PLAN_WRITTEN,
        plan_id,
        programme_id=programme_id,
        person_id=person_id,
        by=by,
        now=now,
        words=told,
    )
    return plan_id, AuditNote(f"emergency_plan:{plan_id}", programme_id, person_id, why="written")
