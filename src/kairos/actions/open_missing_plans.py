"""Open the plans of sessions that were held before plans opened by themselves."""

from datetime import datetime
from uuid import UUID

from kairos.actions.integration import open_plan
from kairos.domain.protocols.course import PlannedStatus
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import courses
from kairos.vocab.people import Actor


@command("open_missing_plans", None)
def open_missing_plans(
    *, planned_session_ids: tuple[UUID, ...], command_id: UUID, by: Actor, now: datetime
) -> tuple[int, AuditNote]:
    """Open the plan of each of these sessions that was held and has none, and return how many were opened.

    Raises
    ------
    Missing    no such dosing session within the scope
    """
    opened = 0
    for planned_id in planned_session_ids:
        planned = courses.find_planned_session(by.scope, planned_id)
        if planned.status == PlannedStatus.DONE:
            opened += open_plan(planned, by=by, now=now)
    return opened, AuditNote("integration_plans:missing", why="opened", details={"opened": opened})
