"""Who is on call: duties in the time zone of their site, and the hours in which nobody is.

A duty runs on weekdays from one time of day to another, over the clock's changes in spring and autumn: what
one duty ends with is where the next begins. Of several at one moment the one entered last stands first, so
a swap is one more entry for its day; a site's own duties stand before those of the whole programme.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Role
from kairos.vocab.verdict import Verdict

WELFARE_DEED = "welfare_check"
_DAY = timedelta(days=1)
EVERY_DAY = frozenset(range(1, 8))


class OnCallStep(StrEnum):
    """For what somebody is on call; an alarm goes from one to the next."""

    NURSE_IN_CHARGE = "nurse_in_charge"
    PRESCRIBER = "prescriber"
    MEDICAL_DIRECTOR = "medical_director"
    WELFARE = "welfare"


MAY_STAND: dict[OnCallStep, frozenset[Role]] = {
    OnCallStep.NURSE_IN_CHARGE: frozenset({Role.NURSE, Role.CLINICIAN, Role.MEDICAL_DIRECTOR}),
    OnCallStep.PRESCRIBER: frozenset({Role.CLINICIAN, Role.MEDICAL_DIRECTOR}),
    OnCallStep.MEDICAL_DIRECTOR: frozenset({Role.MEDICAL_DIRECTOR}),
    OnCallStep.WELFARE: frozenset({Role.NURSE, Role.CLINICIAN, Role.MEDICAL_DIRECTOR, Role.COORDINATOR}),
}
"""Who may be named for each step."""

_STEP_OF_ROLE = {
    Role.NURSE: OnCallStep.NURSE_IN_CHARGE,
    Role.CLINICIAN: OnCallStep.PRESCRIBER,
    Role.MEDICAL_DIRECTOR: OnCallStep.MEDICAL_DIRECTOR,
}


def step_for(role: Role, deed: str = "") -> OnCallStep:
    """Return the step of the roster that a role of an alarm's ladder stands for.

    Anybody without a step of their own is stood for by the nurse in charge.
    """
    if deed == WELFARE_DEED:
        return OnCallStep.WELFARE
    return _STEP_OF_ROLE.get(role, OnCallStep.NURSE_IN_CHARGE)


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody on call for a step, on these weekdays (1 is Monday), from one time of day to another.

    ``ends`` at or before ``starts`` is on the next day. Without a site it holds for the whole programme;
    without a last day until it is withdrawn.
    """

    id: UUID
    step: OnCallStep
    who: UUID
    zone: str
    starts: time
    ends: time
    first_day: date
    last_day: date | None = None
    weekdays: frozenset[int] = EVERY_DAY
    site_id: UUID | None = None
    withdrawn_at: datetime | None = None

    @property
    def is_daily(self) -> bool:
        """Whether it is on every weekday."""
        return self.weekdays == EVERY_DAY

    def runs_on(self, day: date) -> bool:
        """Whether it begins on this day."""
        is_within = self.first_day <= day and (self.last_day is None or day <= self.last_day)
        return is_within and day.isoweekday() in self.weekdays

    def shift_of(self, day: date) -> tuple[datetime, datetime]:
        """Return the instants between which it runs when it begins on this day; the end is not within."""
        ends_on = day if self.ends > self.starts else day + _DAY
        begins, ends = _instant(day, self.starts, self.zone), _instant(ends_on, self.ends, self.zone)
        return begins, ends if self.withdrawn_at is None else min(ends, self.withdrawn_at)

    def shifts(self, begins: datetime, ends: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield each shift that touches a span of time."""
        day = begins.astimezone(ZoneInfo(self.zone)).date() - _DAY
        last = ends.astimezone(ZoneInfo(self.zone)).date()
        while day <= last:
            if self.runs_on(day):
                start, end = self.shift_of(day)
                if max(start, begins) < min(end, ends):
                    yield start, end
            day += _DAY

    def covers(self, at: datetime) -> bool:
        """Whether it runs at this instant."""
        today = at.astimezone(ZoneInfo(self.zone)).date()
        spans = (self.shift_of(day) for day in (today - _DAY, today) if self.runs_on(day))
        return any(start <= at < end for start, end in spans)


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who is on call for a step at an instant, the one to be called first at the front."""

    step: OnCallStep
    at: datetime
    people: tuple[UUID, ...]

    @property
    def verdict(self) -> Verdict:
        """MET where somebody is; UNKNOWN where the roster names nobody."""
        return Verdict.MET if self.people else Verdict.UNKNOWN

    @property
    def first(self) -> UUID | None:
        """Whom to call first; None where nobody is known."""
        return self.people[0] if self.people else None


@dataclass(frozen=True, slots=True)
class Gap:
    """A span of time in which nobody is on call for a step."""

    step: OnCallStep
    begins: datetime
    ends: datetime


def on_call(duties: Iterable[Duty], step: OnCallStep, *, at: datetime, site_id: UUID | None = None) -> OnCall:
    """Return who is on call for a step at an instant and site.

    Parameters
    ----------
    duties : of one programme, in the order they were entered
    at : aware instant
    """
    standing = [each for each in _of_step(duties, step, site_id) if each.covers(at)]
    ranked = sorted(reversed(standing), key=lambda each: each.site_id is None)
    return OnCall(step, at, tuple(dict.fromkeys(each.who for each in ranked)))


def gaps(
    duties: Iterable[Duty],
    step: OnCallStep,
    *,
    begins: datetime,
    ends: datetime,
    site_id: UUID | None = None,
) -> tuple[Gap, ...]:
    """Return the spans between two instants in which nobody is on call for a step, in order of time."""
    found: list[Gap] = []
    covered_until = begins
    listed = (shift for each in _of_step(duties, step, site_id) for shift in each.shifts(begins, ends))
    for start, end in sorted(listed):
        if start > covered_until:
            found.append(Gap(step, covered_until, start))
        covered_until = max(covered_until, end)
    if covered_until < ends:
        found.append(Gap(step, covered_until, ends))
    return tuple(found)


def check_duty(duty: Duty, *, roles: frozenset[Role], today: date) -> None:
    """Refuse a duty that never runs, is over, or is given to somebody it is not for.

    Raises
    ------
    InvalidInput    every problem with its field
    """
    problems = list(_problems_of_days(duty, today))
    if roles.isdisjoint(MAY_STAND[duty.step]):
        allowed = ", ".join(sorted(role.replace("_", " ") for role in MAY_STAND[duty.step]))
        problems.append(Problem("who", f"this duty is for: {allowed}; name one of them"))
    if problems:
        raise InvalidInput(*problems)


def _problems_of_days(duty: Duty, today: date) -> Iterator[Problem]:
    if not duty.weekdays:
        yield Problem("weekdays", "no weekday is chosen; choose at least one")
    if duty.last_day is None:
        return
    if duty.last_day < duty.first_day:
        yield Problem("last_day", "the last day is before the first; check whether they were swapped")
    elif duty.last_day < today:
        yield Problem("last_day", "the last day is over; a duty is entered for days to come")
    elif duty.weekdays and not any(duty.runs_on(day) for day in _first_week(duty)):
        yield Problem("weekdays", "none of these weekdays falls between the two days; check both")


def _first_week(duty: Duty) -> Iterator[date]:
    return (duty.first_day + timedelta(days=count) for count in range(7))


def _of_step(duties: Iterable[Duty], step: OnCallStep, site_id: UUID | None) -> list[Duty]:
    return [each for each in duties if each.step is step and each.site_id in (None, site_id)]


def _instant(day: date, at: time, zone: str) -> datetime:
    """Return the instant in UTC, so that two in one zone compare as instants over the clock's change."""
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)
