"""Tick off a step of the days after a session, leave it out, or open it again."""

from datetime import datetime
from uuid import UUID, uuid5

from kairos.actions.integration import STEP, days_after, statement, tell_screens
from kairos.domain.integration.plan import check_settles
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import integration
from kairos.vocab.people import Actor, Permission


@command("settle_plan_step", Permission.INTEGRATE)
def settle_plan_step(
    *, plan_id: UUID, step: str, state: str, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep where one step stands, and return the id of the plan.

    Raises
    ------
    InvalidInput    not a step of the plan, or no state of a step
    Missing         no such plan of one's own
    """
    plan = integration.find_plan(by.scope, plan_id)
    settled = check_settles(days_after(by.scope, plan.programme_id), step, state)
    said = statement(
        *(STEP, uuid5(plan_id, step), settled.value),
        person_id=plan.person_id,
        plan_id=plan_id,
        details={"step": step},
        by=by,
        now=now,
    )
    integration.say(by.scope, said)
    tell_screens(plan.programme_id, plan.person_id)
    note = AuditNote(f"integration_plan:{plan_id}", plan.programme_id, plan.person_id, settled.value)
    return plan_id, note
