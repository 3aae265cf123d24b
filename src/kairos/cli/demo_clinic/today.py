"""The day at the chairs: two infusions running, one alarm to take, one release to do, one check half done.

Opened anew whenever the last day has gone stale; then what still runs is carried to its end first.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import takewhile
from typing import Any
from uuid import UUID, uuid4

from kairos.actions.cancel_session import cancel_session
from kairos.actions.leave_against_advice import leave_against_advice
from kairos.actions.stop_infusion import stop_infusion
from kairos.actions.take_alarm import take_alarm
from kairos.cli.demo_clinic import sittings
from kairos.cli.demo_clinic.courses import days_around
from kairos.cli.demo_clinic.house import House
from kairos.cli.demo_clinic.invented import stock
from kairos.cli.demo_clinic.sittings import Sitting, Step
from kairos.cli.demo_clinic.stages import Somebody, arrive, hold, hour_near, take_up_course
from kairos.domain.sessions.events import CancelReason, StopReason
from kairos.domain.sessions.phases import BEFORE_DOSE, Phase
from kairos.queries.board import board
from kairos.queries.dosing_sessions import SessionPage, session_page

_STALE_AFTER = timedelta(minutes=30)
_A_WHILE = timedelta(minutes=20)
_NOBODY = "The demonstration was stopped while this session ran; nobody was at the chair."


@dataclass(frozen=True, slots=True)
class Part:
    """One chair of the day: how long ago its infusion started, and what is left to be done there."""

    name: str
    chair: int
    started_ago: timedelta
    sessions_before: int
    steps: Callable[[Sitting, UUID], Iterator[Step]]


def open_day(
    house: House, somebody: Callable[[str], Somebody], *, now: datetime, parts: Sequence[Part] = ()
) -> dict[str, Sitting]:
    """Open the sessions of today (these parts, or all), and return them by what they show."""
    return {part.name: _open(house, somebody, part, now) for part in parts or PARTS}


def _open(house: House, somebody: Callable[[str], Somebody], part: Part, now: datetime) -> Sitting:
    today = now.astimezone(house.zone).date()
    days = days_around(today, before=part.sessions_before, after=5 - part.sessions_before)
    started = now - part.started_ago
    who = somebody(part.name)
    rows = take_up_course(who, days, now=now, at_hour=hour_near(house, started))
    for row in rows[: part.sessions_before]:
        hold(who, row, chair=part.chair, until=now)
    sitting, order_id = arrive(who, rows[part.sessions_before], chair=part.chair, starts_at=started)
    sittings.carry_on(sitting, part.steps(sitting, order_id), until=now)
    return sitting


def close_day(house: House, *, now: datetime) -> bool:
    """End what still runs from a day that has gone stale, and say whether it had.

    A session in which nobody entered anything for so long is ended as it would have ended: before a dose
    it is cancelled, after one it is stopped, observed and released, or the person is written as having left.
    """
    pages = [_page(house, seat.session_id, now) for seat in board(by=house.nurse, now=now).seats]
    last = max((page.entries[-1].true_at for page in pages), default=datetime.min.replace(tzinfo=UTC))
    if now - last < _STALE_AFTER:
        return False
    for page in pages:
        _end(house, page, now)
    return True


def _page(house: House, session_id: UUID, now: datetime) -> SessionPage:
    return session_page(session_id=session_id, by=house.nurse, now=now)


def _end(house: House, page: SessionPage, now: datetime) -> None:
    """End one session a while after its last entry."""
    phase, at = page.picture.state.phase, page.entries[-1].true_at + timedelta(minutes=1)
    given: dict[str, Any] = {"session_id": page.id, "by": house.floor_nurse}
    if phase in BEFORE_DOSE:
        cancel_session(reason=CancelReason.CLINIC, command_id=uuid4(), now=at, **given)
        return
    for alarm in page.picture.state.open_alarms:
        if alarm.waits:
            take_alarm(alarm_id=alarm.raised.alarm_id, command_id=uuid4(), now=at, **given)
    if phase in (Phase.INFUSING, Phase.PAUSED):
        stop_infusion(reason=StopReason.PATIENT_WISH, command_id=uuid4(), now=at, **given)
    if not page.picture.state.is_over:
        leave_against_advice(reason=_NOBODY, command_id=uuid4(), now=min(now, at + _A_WHILE), **given)


def _until_release(sitting: Sitting, order_id: UUID) -> Iterator[Step]:
    """Return a session up to the last criterion: somebody presses Release."""
    ends = stock()["sitting"]["leaves"]
    return takewhile(lambda step: step[0] < ends, sittings.usual(sitting, order_id))


def _rising(sitting: Sitting, order_id: UUID) -> Iterator[Step]:
    """Return a session whose pressure rises over the limit twice; the second time is moments ago."""
    rises = stock()["sitting"]["alarm"]
    first = min(rises)
    yield from takewhile(lambda step: step[0] < first, sittings.usual(sitting, order_id))
    for minute, values in rises.items():
        yield minute - 0.1, partial(_take_alarms, sitting)
        yield minute - 0.1, partial(sittings.rate_awake, sitting)
        yield from sittings.seen_at(sitting, minute, values)


def _take_alarms(sitting: Sitting, now: datetime) -> None:
    """Be at the chair for what has been raised so far."""
    for alarm in _page(sitting.house, sitting.session_id, now).picture.state.open_alarms:
        if alarm.waits:
            sitting.do(take_alarm, now, alarm_id=alarm.raised.alarm_id)


def _half_checked(sitting: Sitting, order_id: UUID) -> Iterator[Step]:
    """Return the beginning of a check: who it is, the questions up to the last two."""
    steps = list(sittings.before(sitting))
    return iter(steps[:-2])


PARTS = (
    Part("running", 1, timedelta(minutes=26), 1, sittings.usual),
    Part("alarm", 3, timedelta(minutes=31), 0, _rising),
    Part("to_release", 4, timedelta(minutes=101), 1, _until_release),
    Part("checking", 6, timedelta(minutes=-18), 0, _half_checked),
)
