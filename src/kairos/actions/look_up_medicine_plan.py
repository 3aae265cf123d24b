"""Look up, for the same-day check, whether a plan for the person's medicines is in place."""

from datetime import datetime
from uuid import UUID

from kairos.actions.medicine_check import plan_entry
from kairos.actions.session_stream import Entered, add_entries
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("look_up_medicine_plan", Permission.RUN_SESSION)
def look_up_medicine_plan(
    *, session_id: UUID, command_id: UUID, by: Actor, now: datetime
) -> tuple[Entered, AuditNote]:
    """Record how the plan stands now, as an entry of the check."""
    return add_entries(session_id, lambda sitting: [plan_entry(sitting, by=by, now=now)], by=by, now=now)
