"""Reminders leave once, by a way the patient called safe, outside quiet hours, and say nothing."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from kairos.actions.cancel_planned_session import cancel_planned_session
from kairos.actions.end_contact_way import end_contact_way
from kairos.actions.keep_contact_way import keep_contact_way
from kairos.actions.preparation_reminders import plan_reminders_of
from kairos.actions.send_outbox import CannotPost, send_outbox
from kairos.actions.wish_reminders import wish_reminders
from kairos.domain.protocols.reaching import Channel, ContactWay
from kairos.jobs.letters import write_letter
from kairos.queries.accounts import actor_for
from kairos.store.ids import new_id
from kairos.store.records.work import OutboxMessage
from kairos.store.repositories import accounts, courses, reaching
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Role
from tests.support.accounts import make_login
from tests.support.clinic import jobs, staff
from tests.support.running_session import make_floor

pytestmark = pytest.mark.django_db

MADRID = ZoneInfo("Europe/Madrid")
NOW = datetime(2027, 3, 19, 9, tzinfo=UTC)
START = datetime(2027, 3, 29, 9, tzinfo=UTC)
"""A session the day after the clocks of Madrid were put on."""


@pytest.fixture
def floor():
    return make_floor(START)


@pytest.fixture
def mine(floor):
    login = make_login(floor.clinic, Role.PATIENT, person_id=floor.person_id)
    return actor_for(login.id)


def reached(by):
    way = ContactWay(new_id(), Channel.MAIL, "me@example.org")
    keep_contact_way(way=way, command_id=new_id(), by=by, now=NOW)
    return way


def wish(by, *, is_on=True, zone="Europe/Madrid", quiet=(time(21), time(8)), now=NOW):
    given = {"is_on": is_on, "quiet_from": quiet[0], "quiet_to": quiet[1], "zone": zone}
    return wish_reminders(command_id=new_id(), by=by, now=now, **given)


def waiting(floor):
    with scoped(floor.clinic.scope):
        rows = OutboxMessage.objects.filter(kind="preparation_reminder", sent_at=None, gave_up_at=None)
        return sorted(row.due_at.astimezone(MADRID).isoformat() for row in rows)


def send(floor, now, post=None):
    """Have the outbox send what is due at an instant, whatever the database's own clock shows."""
    sent = []
    with scoped(floor.clinic.scope):
        rows = OutboxMessage.objects.filter(kind="preparation_reminder", due_at__lte=now)
        rows.filter(sent_at=None, gave_up_at=None).update(due_at=datetime(2026, 1, 1, tzinfo=UTC))
    send_outbox(by=jobs(floor.clinic), now=now, post=post or sent.append)
    return sent


def test_each_goes_once_at_its_time_of_day_over_a_change_of_the_clock(floor, mine):
    reached(mine)
    wish(mine)
    assert waiting(floor) == [
        "2027-03-22T10:00:00+01:00",
        "2027-03-28T17:00:00+02:00",
        "2027-03-29T08:00:00+02:00",
    ]
    wish(mine)
    (first,) = send(floor, datetime(2027, 3, 22, 10, tzinfo=MADRID))
    letter = write_letter(first)
    assert letter.address == "me@example.org"
    assert "Something is coming up" in letter.subject
    assert letter.path == "/my/preparation/"
    assert send(floor, datetime(2027, 3, 22, 11, tzinfo=MADRID)) == []
    with scoped(floor.clinic.scope):
        kept = OutboxMessage.objects.filter(kind="preparation_reminder", sent_at__isnull=False)
        assert kept.count() == 1


def test_what_is_late_waits_for_the_morning_and_nothing_goes_after_the_start(floor, mine):
    reached(mine)
    wish(mine)
    assert send(floor, datetime(2027, 3, 22, 23, tzinfo=MADRID)) == []
    assert waiting(floor)[0] == "2027-03-23T08:00:00+01:00"
    assert len(send(floor, datetime(2027, 3, 23, 8, tzinfo=MADRID))) == 1
    assert send(floor, START) == []
    assert waiting(floor) == []


def test_without_a_safe_way_or_wish_or_session_nothing_is_sent(floor, mine):
    at = datetime(2027, 3, 22, 10, tzinfo=MADRID)
    wish(mine)
    assert send(floor, at) == []
    way = reached(mine)
    wish(mine, is_on=False)
    assert send(floor, at) == []
    wish(mine)
    end_contact_way(way_id=way.id, command_id=new_id(), by=mine, now=NOW)
    assert send(floor, at) == []
    reached(mine)
    wish(mine)
    desk = staff(floor.clinic, Role.COORDINATOR)
    cancel_planned_session(
        planned_session_id=floor.planned_id, command_id=new_id(), by=desk, now=NOW, reason="other"
    )
    wish(mine)
    assert send(floor, at) == []


def test_another_time_is_told_anew_and_a_way_that_fails_is_tried_again(floor, mine):
    reached(mine)
    with scoped(floor.clinic.scope):
        session = courses.find_planned_session(floor.clinic.scope, floor.planned_id)
        plan_reminders_of(floor.clinic.scope, session, now=NOW)
    wish(mine, zone="America/New_York")

    def refuse(message):
        raise CannotPost("nobody takes it")

    assert send(floor, datetime(2027, 3, 22, 10, tzinfo=ZoneInfo("America/New_York")), post=refuse) == []
    with scoped(floor.clinic.scope):
        failed = OutboxMessage.objects.filter(kind="preparation_reminder", attempts=1, sent_at=None)
        assert failed.filter(gave_up_at=None).count() == 1
        assert reaching.ways_of_patient(floor.clinic.scope, floor.person_id)


def test_a_closed_log_in_is_told_nothing(floor, mine):
    reached(mine)
    wish(mine)
    with scoped(floor.clinic.scope):
        accounts.close_accounts_of(floor.clinic.scope, floor.person_id, now=NOW)
    assert send(floor, datetime(2027, 3, 22, 10, tzinfo=MADRID)) == []


def test_only_the_patient_says_it_and_with_a_zone_that_is_one(floor, mine):
    with pytest.raises(InvalidInput, match="zone"):
        wish(mine, zone="Mars/Base")
    system = jobs(floor.clinic)
    with pytest.raises(NotAllowed, match="log in as the patient"):
        wish(system)
