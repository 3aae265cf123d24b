"""Report an incident or a near miss: anyone of the staff, in a minute."""

from datetime import datetime
from uuid import UUID

from kairos.actions.incidents import raise_incident
from kairos.domain.safety.incidents import IncidentReport, check_report
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission


@command("report_incident", Permission.REPORT_INCIDENT)
def report_incident(
    *, programme_id: UUID, report: IncidentReport, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep what somebody saw, and return the incident's id.

    Raises
    ------
    InvalidInput    nothing is said, or it lies ahead
    NotAllowed      another programme than one's own
    """
    check_report(report, now=now)
    incident_id = raise_incident(report, programme_id=programme_id, by=by, now=now)
    return incident_id, AuditNote(f"incident:{incident_id}", programme_id, why=report.kind.value)
