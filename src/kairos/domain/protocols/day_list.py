"""The list of a clinic's day: what each person who is expected still lacks, and who of them is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kairos.domain.protocols.clinic_day import Arrival
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.treatment_protocol import CheckItem, CheckKind
from kairos.vocab.verdict import Verdict

ESCORT_ITEM = "escort"


class Lack(StrEnum):
    """What somebody can lack, in the order in which it is mended."""

    CONSENT = "consent"
    DECISION = "decision"
    CERTIFICATION = "certification"
    ENROLMENT = "enrolment"
    MEDICINES = "medicines"
    ORDER = "order"
    ORDER_CHECK = "order_check"
    CHAIR = "chair"
    WATCHER = "watcher"
    ORDER_CHOICE = "order_choice"
    IDENTITY = "identity"
    FASTING = "fasting"
    ESCORT = "escort"
    ANSWERS = "answers"
    SIGNS = "signs"
    FORM = "form"

    @property
    def stops_the_dose(self) -> bool:
        """Whether no dose begins while it is lacking; the others are arranged beside it."""
        return self not in (Lack.WATCHER, Lack.FORM)


@dataclass(frozen=True, slots=True)
class Arranged:
    """How one appointment stands before its dose. What a protocol does not ask for is None."""

    consent: Verdict
    decision: Verdict
    medicines: Verdict
    has_order: bool
    is_checked: bool
    has_chair: bool
    has_watcher: bool
    certified: Verdict | None = None
    enrolled: Verdict | None = None
    owes_form: bool = False


def lacks_before_arrival(arranged: Arranged) -> tuple[Lack, ...]:
    """Return what is lacking of what can be arranged before somebody sits at the chair.

    An unknown is lacking as much as a no. An order's second check is lacking only where there is an order.
    """
    there = {
        Lack.CONSENT: arranged.consent is Verdict.MET,
        Lack.DECISION: arranged.decision is Verdict.MET,
        Lack.CERTIFICATION: arranged.certified in (None, Verdict.MET),
        Lack.ENROLMENT: arranged.enrolled in (None, Verdict.MET),
        Lack.MEDICINES: arranged.medicines is Verdict.MET,
        Lack.ORDER: arranged.has_order,
        Lack.ORDER_CHECK: arranged.is_checked or not arranged.has_order,
        Lack.CHAIR: arranged.has_chair,
        Lack.WATCHER: arranged.has_watcher,
        Lack.FORM: not arranged.owes_form,
    }
    return tuple(lack for lack, is_there in there.items() if not is_there)


def lack_of_item(item: CheckItem) -> Lack:
    """Return under which name an item of the same-day check stands in the list of the day."""
    if item.id == ESCORT_ITEM:
        return Lack.ESCORT
    if item.kind is CheckKind.SINCE and "fasting" in item.least:
        return Lack.FASTING
    return Lack.ANSWERS


def asked_at_the_chair(checks: Iterable[CheckItem]) -> tuple[Lack, ...]:
    """Return what the same-day check will ask, for somebody who is not at the chair yet."""
    asked = {lack_of_item(item) for item in checks}
    return tuple(lack for lack in Lack if lack in asked)


class Awaited(StrEnum):
    """How somebody who is expected stands at a moment."""

    EXPECTED = "expected"
    HERE = "here"
    LATE = "late"
    VERY_LATE = "very_late"
    NO_SHOW = "no_show"


def awaited(starts_at: datetime, noted: Arrival | None, *, now: datetime, limits: LimitsInForce) -> Awaited:
    """Return whether somebody is here, late by the content's minutes, or long past their time."""
    if noted is Arrival.ARRIVED:
        return Awaited.HERE
    if noted is Arrival.NO_SHOW:
        return Awaited.NO_SHOW
    if now - starts_at >= limits.span("day.no_show_after"):
        return Awaited.VERY_LATE
    is_late = now - starts_at >= limits.span("day.late_after")
    return Awaited.LATE if is_late or noted is Arrival.LATE else Awaited.EXPECTED


def is_missed(starts_at: datetime, noted: Arrival | None, *, now: datetime) -> bool:
    """Return whether an appointment was missed: nobody came, or another day has begun since its time.

    Somebody who comes late on the day itself has not missed it.
    """
    return noted is Arrival.NO_SHOW or (noted is not Arrival.ARRIVED and now - starts_at >= timedelta(days=1))


def minutes_late(starts_at: datetime, now: datetime) -> int:
    """Return by how many whole minutes a time has passed; nought before it."""
    return max(0, (now - starts_at) // timedelta(minutes=1))


def ends_too_late(now: datetime, length: timedelta, *, limits: LimitsInForce) -> bool:
    """Return whether a visit that begins now would outlast the hours of the site.

    Parameters
    ----------
    now : datetime      in the time of the site
    length : timedelta  of the whole visit, to the earliest release
    """
    begins = timedelta(hours=now.hour, minutes=now.minute)
    return begins + length > limits.span("course.iv_visit_last_end")
