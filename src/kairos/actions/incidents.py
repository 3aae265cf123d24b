"""How an incident comes onto the board: by somebody's report, or by something the program itself found."""

from datetime import datetime
from uuid import UUID

from kairos.domain.safety.incidents import IncidentReport
from kairos.store.ids import new_id
from kairos.store.notify import changed
from kairos.store.repositories import incidents
from kairos.store.repositories.incidents import Incident
from kairos.vocab.people import Actor

BOARD = "incidents"
STOCK_DISCREPANCY = "stock_discrepancy"


def raise_incident(
    report: IncidentReport,
    *,
    programme_id: UUID,
    by: Actor,
    now: datetime,
    origin: str = "",
    subject: UUID | None = None,
) -> UUID:
    """Put an incident on the board of a programme, and return its id.

    Parameters
    ----------
    origin, subject : code and id    what raised it, where nobody wrote it in words
    """
    kept = Incident(
        id=new_id(),
        programme_id=programme_id,
        kind=report.kind.value,
        area=report.area.value,
        happened_at=report.happened_at,
        told=report.told.strip(),
        reported_by=by.id,
        reported_at=now,
        origin=origin,
        subject=subject,
    )
    incidents.add_incident(by.scope, kept)
    changed(programme_id=programme_id, topic=BOARD, subject=kept.id)
    return kept.id
