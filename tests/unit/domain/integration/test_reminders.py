"""When a patient is reminded: the rules of the content, quiet hours, changes of the clock, and being late."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from kairos.content.release import load_release
from kairos.domain.integration.reminders import (
    QuietHours,
    Reminder,
    ReminderRule,
    Sending,
    Wishes,
    all_reminders,
    check_wishes,
    instant_of,
    plan_reminders,
    rules_of,
    send_or_wait,
    usual_wishes,
)
from kairos.domain.protocols.limits import LimitsInForce
from kairos.vocab.errors import InvalidInput

NEW_YORK, MADRID, LORD_HOWE = map(ZoneInfo, ("America/New_York", "Europe/Madrid", "Australia/Lord_Howe"))
NONE = QuietHours(time(0), time(0))
NIGHT = QuietHours(time(21), time(8))


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


# What the clocks show at each change of 2026, as the IANA time zone database has it: a time that the day does
# not have is read by the offset before the change, and of two equal times the first counts (RFC 5545, 3.3.5).
CHANGES = [
    (NEW_YORK, (2026, 3, 8), time(2, 30), utc(2026, 3, 8, 7, 30)),
    (NEW_YORK, (2026, 11, 1), time(1, 30), utc(2026, 11, 1, 5, 30)),
    (MADRID, (2026, 3, 29), time(2, 30), utc(2026, 3, 29, 1, 30)),
    (MADRID, (2026, 10, 25), time(2, 30), utc(2026, 10, 25, 0, 30)),
    (LORD_HOWE, (2026, 10, 4), time(2, 15), utc(2026, 10, 3, 15, 45)),
    (LORD_HOWE, (2026, 4, 5), time(1, 45), utc(2026, 4, 4, 14, 45)),
]


@pytest.mark.parametrize(("zone", "day", "clock", "instant"), CHANGES)
def test_a_gap_and_a_fold_are_read_as_calendars_read_them(zone, day, clock, instant):
    event = datetime(*day, 12, tzinfo=zone)
    assert (
        instant_of(ReminderRule("eve", 0, clock), event_at=event, wishes=Wishes(True, NONE, zone)) == instant
    )


def test_a_reminder_in_quiet_hours_goes_when_they_end_or_before_they_began():
    wishes = Wishes(True, NIGHT, MADRID)
    rule = ReminderRule("morning", 0, time(7))
    late = datetime(2026, 6, 2, 11, tzinfo=MADRID)
    early = datetime(2026, 6, 2, 8, tzinfo=MADRID)
    assert instant_of(rule, event_at=late, wishes=wishes) == datetime(2026, 6, 2, 8, tzinfo=MADRID)
    assert instant_of(rule, event_at=early, wishes=wishes) == datetime(2026, 6, 1, 20, 59, tzinfo=MADRID)
    at_night = datetime(2026, 6, 1, 20, 30, tzinfo=MADRID)
    assert instant_of(ReminderRule("x", 0, time(22)), event_at=at_night, wishes=wishes) is None
    assert instant_of(ReminderRule("x", 0, time(20, 45)), event_at=at_night, wishes=wishes) is None


def test_quiet_hours_may_run_over_midnight_within_a_day_or_not_at_all():
    assert NIGHT.hold(time(23))
    assert NIGHT.hold(time(7, 59))
    assert not NIGHT.hold(time(8))
    siesta = QuietHours(time(14), time(16))
    assert siesta.hold(time(15))
    assert not siesta.hold(time(16))
    assert not NONE.hold(time(0))


def test_those_on_one_instant_are_one_and_none_is_in_the_past():
    wishes = Wishes(True, NIGHT, MADRID)
    rules = [ReminderRule("eve", 0, time(6)), ReminderRule("morning", 0, time(7))]
    event = datetime(2026, 6, 2, 11, tzinfo=MADRID)
    assert [each.name for each in all_reminders(rules, event_at=event, wishes=wishes)] == ["morning"]
    assert plan_reminders(rules, event_at=event, wishes=wishes, now=event) == ()
    assert all_reminders(rules, event_at=event, wishes=Wishes(False, NIGHT, MADRID)) == ()


def test_one_that_is_late_waits_out_the_night_is_overtaken_or_is_not_sent():
    wishes, event = Wishes(True, NIGHT, MADRID), datetime(2026, 6, 2, 11, tzinfo=MADRID)
    week = Reminder("week", utc(2026, 5, 26, 8))
    eve = Reminder("eve", utc(2026, 6, 1, 15))

    def sent(reminder, now, planned=(week, eve), event_at=event):
        return send_or_wait(reminder, planned=planned, event_at=event_at, wishes=wishes, now=now)

    assert sent(week, week.at).how is Sending.NOW
    assert sent(week, utc(2026, 5, 26, 7)).at == week.at
    assert sent(week, utc(2026, 5, 27, 0)).at == datetime(2026, 5, 27, 8, tzinfo=MADRID)
    assert sent(week, eve.at).how is Sending.NEVER
    assert sent(eve, event).how is Sending.NEVER
    assert sent(eve, eve.at, planned=(week,)).how is Sending.NEVER
    early = datetime(2026, 6, 2, 7, tzinfo=MADRID)
    assert sent(eve, utc(2026, 6, 2, 3), event_at=early).how is Sending.NEVER


def test_the_content_names_three_reminders_and_usual_quiet_hours():
    limits = LimitsInForce(load_release().parameters, date(2026, 6, 1))
    rules = rules_of(limits)
    assert [each.name for each in rules] == ["week", "eve", "morning"]
    assert sorted(rules, key=lambda each: (-each.days_before, each.at)) == list(rules)
    wishes = usual_wishes(limits, zone=NEW_YORK)
    assert wishes.is_on
    assert wishes.quiet.starts != wishes.quiet.ends


def test_a_zone_that_nobody_knows_is_refused():
    given = {"is_on": True, "quiet_from": time(21), "quiet_to": time(8), "zones": ["Europe/Madrid"]}
    assert check_wishes(zone="Europe/Madrid", **given) == Wishes(True, NIGHT, MADRID)
    with pytest.raises(InvalidInput, match="zone"):
        check_wishes(zone="Mars/Base", **given)
