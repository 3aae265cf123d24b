"""How far each invented person has come. Each function brings somebody to one stage, by actions only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from kairos.cli.demo_clinic import courses, intake, medicines, sittings
from kairos.cli.demo_clinic.house import House
from kairos.cli.demo_clinic.invented import Invented
from kairos.cli.demo_clinic.sittings import Sitting
from kairos.domain.eligibility.decision import Decision
from kairos.queries.courses import SessionRow

_FAILED = "Two adequate trials failed in this episode; talked through with the person, who wants to try."
_PREPARED = timedelta(minutes=60)
_INTO_THE_VISIT = timedelta(minutes=35)
_EARLIEST, _LATEST = 8, 15


@dataclass(frozen=True, slots=True)
class Somebody:
    """An invented person and the id of their chart."""

    house: House
    person: Invented
    id: UUID


def begin_intake(who: Somebody, *, now: datetime, topics: int) -> None:
    """Leave the intake sheet half answered."""
    intake.answer_some(who.house, who.id, now=now, topics=topics)


def await_decision(who: Somebody, *, now: datetime, **answers: str) -> None:
    """Answer everything; a prescriber has not looked yet."""
    intake.complete(who.house, who.person, who.id, now=now, **answers)


def turn_away(
    who: Somebody, decision: Decision, why: str, *, now: datetime, answers: Mapping[str, str]
) -> None:
    """Answer everything, and sign that there is no course."""
    await_decision(who, now=now, **answers)
    intake.decide(who.house, who.id, decision, why, now=now + timedelta(hours=1))


def make_eligible(who: Somebody, *, now: datetime, consents: bool = True, reads: int = 0) -> None:
    """Answer everything, sign that they may start, and have the consent document read (or only begun)."""
    await_decision(who, now=now)
    intake.decide(who.house, who.id, Decision.START, _FAILED, now=now + timedelta(hours=1))
    if consents or reads:
        intake.consent(who.house, who.person, who.id, now=now + timedelta(hours=2), parts=reads)


def take_up_course(
    who: Somebody, days: Sequence[date], *, now: datetime, at_hour: int
) -> tuple[SessionRow, ...]:
    """Sign, consent and plan in the days before the first session."""
    zone = who.house.zone
    first = datetime(days[0].year, days[0].month, days[0].day, 8, tzinfo=zone)
    asked = min(first, now) - timedelta(days=6)
    make_eligible(who, now=asked)
    medicines.agree(who.house, who.id, now=asked + timedelta(hours=3))
    return courses.plan(who.house, who.id, days, at_hour=at_hour, now=asked + timedelta(hours=4))


def hold(who: Somebody, row: SessionRow, *, chair: int, until: datetime) -> Sitting:
    """Hold a session of the past from arrival to the way home."""
    sitting, order_id = arrive(who, row, chair=chair, starts_at=row.starts_at + _INTO_THE_VISIT)
    sittings.carry_on(sitting, sittings.usual(sitting, order_id), until=until)
    return sitting


def arrive(who: Somebody, row: SessionRow, *, chair: int, starts_at: datetime) -> tuple[Sitting, UUID]:
    """Have the dose ordered and checked, and the session opened."""
    order_id = courses.order(who.house, who.person, row, now=starts_at - _PREPARED)
    sitting = sittings.open_sitting(who.house, who.person, row.id, chair=chair, starts_at=starts_at)
    return sitting, order_id


def hour_near(house: House, moment: datetime) -> int:
    """Return the hour of the clinic's day at which an appointment of this moment is planned."""
    local = moment.astimezone(house.zone)
    return max(_EARLIEST, min(_LATEST, local.hour))
