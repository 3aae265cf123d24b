"""The REMS Patient Monitoring Form of an esketamine session: whether one is owed, by when. Rows REMS-*."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.sessions.state import DosingSessionState
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem

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


def owes_form(state: DosingSessionState, protocol: TreatmentProtocol) -> bool:
    """Whether a session owes a form: its protocol asks for enrolment, something was given, no inpatient."""
    asks = any(item.id == ENROLMENT for item in protocol.checks)
    return asks and state.dose.started_at is not None and not is_inpatient(state)


def check_may_sign(state: DosingSessionState, protocol: TreatmentProtocol) -> None:
    """Refuse a form of a session that owes none, or that is not over.

    Raises
    ------
    NotAllowed
    """
    if not owes_form(state, protocol):
        raise NotAllowed(
            "this session owes no monitoring form: nothing was given, or the person is an inpatient"
        )
    if not state.is_over:
        raise NotAllowed("the session is not over; the form is signed once the person has gone")


class SendingWay(StrEnum):
    """How a form went out."""

    ONLINE = "online"
    FAX = "fax"


@dataclass(frozen=True, slots=True)
class SendingProof:
    """How and on which day a form went out, and the reference that proves it."""

    way: SendingWay
    sent_on: date
    reference: str


def check_sending(proof: SendingProof, *, signed_on: date, today: date) -> None:
    """Refuse proof without a reference, or of a day before the signature or not yet come.

    Raises
    ------
    InvalidInput
    """
    problems = []
    if not proof.reference.strip():
        problems.append(Problem("reference", "enter the confirmation number, or what the fax report says"))
    if not signed_on <= proof.sent_on <= today:
        said = (
            f"{proof.sent_on} is not between the signature on {signed_on} and today; enter the day of sending"
        )
        problems.append(Problem("sent_on", said))
    if problems:
        raise InvalidInput(*problems)


def due_until(due_on: date, zone: tzinfo) -> datetime:
    """Return the moment at which the last day in time is over at the site."""
    after = due_on + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=zone)


def remind_at(due_on: date, zone: tzinfo, limits: LimitsInForce) -> datetime:
    """Return the moment from which a form that is not sent goes further up."""
    return due_until(due_on, zone) - limits.span("rems.form_reminder")
