"""The REMS Patient Monitoring Form of an esketamine session: whether one is owed, by when. Rows REMS-*."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.sessions.state import DosingSessionState

ENROLMENT = "patient_enrolled"
INPATIENT = "inpatient"


class FormStanding(StrEnum):
    """Where the form stands."""

    NOT_REQUIRED = "not_required"
    SENT = "sent"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class MonitoringForm:
    """The form of one session: how it stands on a day, and the last day on which it is in time."""

    standing: FormStanding
    due_on: date | None = None


def monitoring_form(
    *, session_on: date, today: date, sent_on: date | None, is_inpatient: bool, limits: LimitsInForce
) -> MonitoringForm:
    """Return how the form of a session stands, in calendar days of the site.

    Parameters
    ----------
    sent_on : date or None    the day on which sending was proven
    """
    if is_inpatient:
        return MonitoringForm(FormStanding.NOT_REQUIRED)
    due_on = session_on + timedelta(days=limits.span("rems.form_due").days)
    if sent_on is not None:
        return MonitoringForm(FormStanding.SENT, due_on)
    return MonitoringForm(FormStanding.OVERDUE if today > due_on else FormStanding.DUE, due_on)


def is_inpatient(state: DosingSessionState) -> bool:
    """Whether the same-day check says that the person is an inpatient, for whom no form is owed."""
    answered = state.answers.get(ENROLMENT)
    return answered is not None and answered.answer == INPATIENT
