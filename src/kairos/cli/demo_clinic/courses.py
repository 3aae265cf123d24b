"""Courses of the demonstration: dates on the calendar, and an order for a session."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

from kairos.actions.end_course import end_course
from kairos.actions.place_dose_order import place_dose_order
from kairos.actions.plan_course import plan_course
from kairos.actions.verify_dose_order import verify_dose_order
from kairos.cli.demo_clinic.house import House
from kairos.cli.demo_clinic.invented import Invented, stock
from kairos.domain.protocols.course_end import CourseEnd
from kairos.domain.protocols.dosing import BodyMeasures, Concentration, DevineSex, DoseRate
from kairos.domain.protocols.orders import OrderRequest
from kairos.queries.courses import IV_PROTOCOL, SessionRow, course_page
from kairos.queries.dose_orders import order_page
from kairos.vocab.errors import Missing
from kairos.vocab.people import Role

_APART = (3, 4)
_SATURDAY = 5
_SEXES = {"female": DevineSex.FEMALE, "male": DevineSex.MALE}


def days_around(today: date, *, before: int, after: int) -> list[date]:
    """Return days of a course with so many behind today, today itself, and so many ahead, on weekdays."""
    days = [today]
    for number in range(before):
        days.insert(0, _weekday(days[0], -_APART[number % 2]))
    for number in range(after):
        days.append(_weekday(days[-1], _APART[number % 2]))
    return days


def _weekday(start: date, step: int) -> date:
    day = start + timedelta(days=step)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1 if step > 0 else -1)
    return day


def plan(
    house: House, person_id: UUID, days: Sequence[date], *, at_hour: int, now: datetime
) -> tuple[SessionRow, ...]:
    """Plan a course on these days and return its sessions."""
    zone = house.zone
    starts = [datetime(d.year, d.month, d.day, at_hour, tzinfo=zone) for d in days]
    plan_course(
        command_id=uuid4(),
        by=house.clinician,
        now=now,
        person_id=person_id,
        protocol=IV_PROTOCOL,
        site_id=house.site_id,
        place_id=None,
        starts=starts,
    )
    return sessions_of(house, person_id, now=now)


def sessions_of(house: House, person_id: UUID, *, now: datetime) -> tuple[SessionRow, ...]:
    """Return the sessions of somebody's course."""
    return course_page(person_id=person_id, by=house.clinician, now=now).rows


def end(house: House, person_id: UUID, reason: CourseEnd, *, now: datetime) -> None:
    """End somebody's course."""
    course_id = course_page(person_id=person_id, by=house.clinician, now=now).course_id
    if course_id is not None:
        end_course(course_id=course_id, reason=reason, command_id=uuid4(), by=house.clinician, now=now)


def order(house: House, person: Invented, session: SessionRow, *, now: datetime) -> UUID:
    """Place the order of a session, have the pharmacist check it, and return its id."""
    known = stock()["order"]
    today = now.astimezone(house.zone).date()
    body = BodyMeasures(Decimal(person.weight_kg), today, Decimal(person.height_cm), _SEXES.get(person.sex))
    rate, bag = DoseRate(Decimal(known["mg_per_kg"])), Concentration(Decimal(known["mg_per_mL"]))
    request = OrderRequest(body, rate, timedelta(minutes=known["over_min"]), bag)
    order_id = place_dose_order(
        planned_session_id=session.id, request=request, command_id=uuid4(), by=house.clinician, now=now
    )
    pharmacist = house.staff[Role.PHARMACIST]
    shown = order_page(planned_session_id=session.id, by=pharmacist, now=now).standing
    if shown is None:
        raise Missing("the order that was just placed is not there")
    verify_dose_order(
        order_id=order_id,
        dose_mg=shown.order.plan.dose.mg,
        concentration_mg_per_mL=shown.order.infusion.bag.mg_per_mL,
        command_id=uuid4(),
        by=pharmacist,
        now=now,
    )
    return order_id
