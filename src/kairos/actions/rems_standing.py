"""What the gate before an esketamine dose asks of the REMS."""

from datetime import UTC, datetime

from kairos.actions.courses import zone_of
from kairos.domain.protocols.rems import check_rems
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.sessions.monitoring_form import ENROLMENT, is_inpatient
from kairos.domain.sessions.state import DosingSessionState
from kairos.store.repositories import alarms, rems
from kairos.store.streams import Stream
from kairos.vocab.people import Scope


def check_rems_of(
    scope: Scope, stream: Stream, state: DosingSessionState, protocol: TreatmentProtocol, *, now: datetime
) -> None:
    """Refuse a dose by a protocol that asks for enrolment, where site or person are not on record for today.

    Raises
    ------
    NotAllowed
    """
    if not any(item.id == ENROLMENT for item in protocol.checks):
        return
    site_id = alarms.find_summary(scope, stream.id).site_id
    site = rems.certifications(scope, [site_id]).get(site_id) if site_id else None
    person = rems.enrolments(scope, [stream.person_id]).get(stream.person_id)
    check_rems(
        certified=site.statement if site else None,
        enrolled=person.statement if person else None,
        is_inpatient=is_inpatient(state),
        today=now.astimezone(zone_of(scope, site_id) if site_id else UTC).date(),
    )
