"""Reminders over both changes of the clock in three time zones: not in quiet hours, not twice, not late.

The jobs process is played: it looks at instants that nobody chose, may sleep for days, and the patient moves
the session or changes their wishes in between.
"""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.domain.integration.reminders import (
    QuietHours,
    ReminderRule,
    Sending,
    Wishes,
    all_reminders,
    plan_reminders,
    send_or_wait,
)

# The two changes of 2026 in each zone, from the IANA time zone database; Lord Howe's are of half an hour.
CHANGES = {
    "America/New_York": (datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC)),
    "Europe/Madrid": (datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
    "Australia/Lord_Howe": (datetime(2026, 4, 4, 15, tzinfo=UTC), datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
}
PLACES = sorted((name, change) for name, both in CHANGES.items() for change in both)
MINUTES = 24 * 60
DAY = timedelta(days=1)

clocks = st.integers(0, MINUTES - 1).map(lambda minute: time(minute // 60, minute % 60))
spans = st.integers(-8 * MINUTES, 8 * MINUTES).map(lambda minutes: timedelta(minutes=minutes))
quiet = st.builds(QuietHours, clocks, clocks)
rules = st.lists(st.tuples(st.integers(0, 3), clocks), min_size=1, max_size=4, unique=True).map(
    lambda found: [ReminderRule(f"r{n}", days, at) for n, (days, at) in enumerate(found)]
)


def in_local(instant, zone):
    """Return what the clock on the wall shows, by counting from UTC."""
    return instant.astimezone(UTC).astimezone(zone).replace(tzinfo=None)


def exists(wall, zone):
    """Whether a wall clock of this zone ever shows this."""
    return in_local(wall.replace(tzinfo=zone), zone) == wall


@given(place=st.sampled_from(PLACES), span=spans, rule=rules.map(lambda found: found[0]))
def test_without_quiet_hours_each_goes_at_its_own_wall_clock_time(place, span, rule):
    zone, event = ZoneInfo(place[0]), place[1] + span
    wall = datetime.combine(in_local(event, zone).date() - rule.days_before * DAY, rule.at)
    none = Wishes(True, QuietHours(time(0), time(0)), zone)
    found = all_reminders([rule], event_at=event, wishes=none)
    for reminder in found:
        shown = in_local(reminder.at, zone)
        if exists(wall, zone):
            assert shown == wall
            assert in_local(reminder.at - timedelta(hours=1), zone) != wall
            assert in_local(reminder.at - timedelta(minutes=30), zone) != wall
        else:
            assert shown - wall in (timedelta(hours=1), timedelta(minutes=30))
    if not found:
        assert wall.replace(tzinfo=zone).astimezone(UTC) >= event


@given(place=st.sampled_from(PLACES), span=spans, found=rules, hours=quiet)
def test_none_is_planned_in_quiet_hours_twice_or_after_the_event(place, span, found, hours):
    zone, event = ZoneInfo(place[0]), place[1] + span
    planned = all_reminders(found, event_at=event, wishes=Wishes(True, hours, zone))
    instants = [each.at for each in planned]
    assert instants == sorted(set(instants))
    assert len({each.name for each in planned}) == len(planned)
    for at in instants:
        assert at < event
        assert not hours.hold(in_local(at, zone).time())


looks = st.lists(st.integers(1, 2 * MINUTES), min_size=1, max_size=30)
changes = st.lists(
    st.one_of(st.none(), st.tuples(spans, quiet, st.sampled_from(sorted(CHANGES)))), max_size=30
)


@settings(max_examples=60)
@given(place=st.sampled_from(PLACES), span=spans, found=rules, hours=quiet, looks=looks, changes=changes)
def test_whatever_happens_between_none_is_sent_wrongly(place, span, found, hours, looks, changes):
    event, wishes, now = place[1] + span, Wishes(True, hours, ZoneInfo(place[0])), place[1] - 9 * DAY
    waiting = [
        (each, event, each.at) for each in plan_reminders(found, event_at=event, wishes=wishes, now=now)
    ]
    told = []
    for minutes, change in zip(looks, changes + [None] * len(looks), strict=False):
        now += timedelta(minutes=minutes)
        if change is not None:
            event, wishes = place[1] + change[0], Wishes(True, change[1], ZoneInfo(change[2]))
            anew = plan_reminders(found, event_at=event, wishes=wishes, now=now)
            waiting += [(each, event, each.at) for each in anew]
        planned = all_reminders(found, event_at=event, wishes=wishes)
        kept = []
        for reminder, of_event, due in waiting:
            if due > now:
                kept.append((reminder, of_event, due))
                continue
            if of_event != event or (event, reminder.name) in told:
                continue
            sent = send_or_wait(reminder, planned=planned, event_at=event, wishes=wishes, now=now)
            if sent.how is Sending.NOW:
                assert now < event
                assert not wishes.quiet.hold(in_local(now, wishes.zone).time())
                assert now >= reminder.at
                told.append((event, reminder.name))
            elif sent.how is Sending.LATER:
                assert sent.at > now
                assert not wishes.quiet.hold(in_local(sent.at, wishes.zone).time())
                kept.append((reminder, of_event, sent.at))
        waiting = kept
    assert len(told) == len(set(told))
