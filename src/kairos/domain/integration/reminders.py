"""When a patient is reminded of something that is to come: by their own clock, outside their quiet hours.

A reminder has a time of day in the patient's own zone, so many days before the event. Where clocks are put
on, a time that the day does not have is read by the offset before the change; where they are put back, the
first of two equal times counts (RFC 5545, section 3.3.5). A reminder that falls in quiet hours goes when they
end; where that would be too late, in the last minute before they began. None goes at or after the event, or
in the past; of several that fall on one instant the latest rule goes alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from kairos.domain.protocols.limits import LimitsInForce
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.instants import check_aware
from kairos.vocab.quantities import HOUR

NAMES = ("week", "eve", "morning")
"""The reminders there are, in the order they go; the content says how many days before and at what hour."""
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of day up to another, in whole minutes of the patient's clock; equal times are none."""

    starts: time
    ends: time

    def hold(self, clock: time) -> bool:
        """Whether a time of day lies in them; they may run over midnight."""
        if self.starts <= self.ends:
            return self.starts <= clock < self.ends
        return clock >= self.starts or clock < self.ends


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a patient wants to be reminded."""

    is_on: bool
    quiet: QuietHours
    zone: ZoneInfo

    def are_quiet_at(self, instant: datetime) -> bool:
        """Whether an instant lies in the quiet hours of the patient's own clock."""
        return self.quiet.hold(instant.astimezone(self.zone).time())


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """A reminder at a time of day, so many days before the day of the event."""

    name: str
    days_before: int
    at: time


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder and when it goes, in UTC."""

    name: str
    at: datetime


class Sending(StrEnum):
    """What becomes of a reminder whose turn has come."""

    NOW = "now"
    LATER = "later"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Sent:
    """Whether a reminder goes now; ``at`` says when, where that is later."""

    how: Sending
    at: datetime | None = None


def rules_of(limits: LimitsInForce) -> tuple[ReminderRule, ...]:
    """Return the reminders that the content asks for."""
    return tuple(
        ReminderRule(
            name, limits.span(f"reminders.{name}_before").days, _hour(limits, f"reminders.{name}_at")
        )
        for name in NAMES
    )


def usual_wishes(limits: LimitsInForce, *, zone: ZoneInfo) -> Wishes:
    """Return what holds for somebody who said nothing of reminders: the quiet hours of the content."""
    quiet = QuietHours(_hour(limits, "reminders.quiet_from"), _hour(limits, "reminders.quiet_to"))
    return Wishes(is_on=True, quiet=quiet, zone=zone)


def all_reminders(
    rules: Iterable[ReminderRule], *, event_at: datetime, wishes: Wishes
) -> tuple[Reminder, ...]:
    """Return every reminder of one event in order of time, past ones too; none where they are not wanted.

    Raises
    ------
    ValueError    an instant without a time zone
    """
    event = check_aware(event_at, name="event_at")
    found: dict[datetime, Reminder] = {}
    for rule in sorted(rules, key=lambda each: (-each.days_before, each.at)):
        at = instant_of(rule, event_at=event, wishes=wishes)
        if wishes.is_on and at is not None:
            found[at] = Reminder(rule.name, at)
    return tuple(found[at] for at in sorted(found))


def plan_reminders(
    rules: Iterable[ReminderRule], *, event_at: datetime, wishes: Wishes, now: datetime
) -> tuple[Reminder, ...]:
    """Return the reminders of one event that are still to come, in order of time. Raises ValueError."""
    present = check_aware(now, name="now")
    return tuple(each for each in all_reminders(rules, event_at=event_at, wishes=wishes) if each.at > present)


def instant_of(rule: ReminderRule, *, event_at: datetime, wishes: Wishes) -> datetime | None:
    """Return when a reminder goes, in UTC; None where no time outside the quiet hours precedes the event."""
    day = event_at.astimezone(wishes.zone).date() - rule.days_before * _DAY
    wanted = _on(day, rule.at, wishes.zone)
    if not wishes.are_quiet_at(wanted):
        return wanted if wanted < event_at else None
    later = _end_of_quiet(wanted, wishes)
    at = later if later < event_at else _before_quiet(wanted, wishes)
    return at if at < event_at else None


def send_or_wait(
    reminder: Reminder, *, planned: Iterable[Reminder], event_at: datetime, wishes: Wishes, now: datetime
) -> Sent:
    """Return what becomes of a reminder at the moment it would leave, however late that is.

    ``planned`` are all reminders of the event as they stand now: one that is not among them, or that a later
    one has overtaken, is not sent.
    """
    standing = tuple(planned)
    is_overtaken = any(reminder.at < each.at <= now for each in standing)
    if now >= event_at or reminder not in standing or is_overtaken:
        return Sent(Sending.NEVER)
    if now < reminder.at:
        return Sent(Sending.LATER, reminder.at)
    if not wishes.are_quiet_at(now):
        return Sent(Sending.NOW)
    later = _end_of_quiet(now, wishes)
    return Sent(Sending.LATER, later) if later < event_at else Sent(Sending.NEVER)


def check_wishes(*, is_on: bool, quiet_from: time, quiet_to: time, zone: str, zones: Iterable[str]) -> Wishes:
    """Return the wishes, or refuse a zone that is none. ``zones`` are those that are known.

    Raises
    ------
    InvalidInput
    """
    if zone not in set(zones):
        raise InvalidInput(Problem("zone", "is no time zone that is known; choose one of the list"))
    return Wishes(is_on, QuietHours(quiet_from, quiet_to), ZoneInfo(zone))


def _hour(limits: LimitsInForce, name: str) -> time:
    return time(int(limits.number(name, HOUR)))


def _on(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return the instant of a time of day; ``fold`` 0 is the offset before a gap, and the first of two."""
    return datetime.combine(day, clock.replace(fold=0), tzinfo=zone).astimezone(UTC)


def _end_of_quiet(instant: datetime, wishes: Wishes) -> datetime:
    """Return the first minute after an instant that is not quiet, whatever the clocks do in between."""
    return _next_not_quiet(_minute_of(instant), _MINUTE, wishes)


def _before_quiet(instant: datetime, wishes: Wishes) -> datetime:
    """Return the last minute before an instant that is not quiet."""
    return _next_not_quiet(_minute_of(instant), -_MINUTE, wishes)


def _next_not_quiet(minute: datetime, step: timedelta, wishes: Wishes) -> datetime:
    while wishes.are_quiet_at(minute):
        minute += step
    return minute


def _minute_of(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(second=0, microsecond=0)
