"""The life of each alarm: raised, told whom, taken, acted on, escalated, closed; and what acted on means."""

from uuid import UUID

import pytest

from kairos.domain.sessions.alarm_ledger import AlarmMoment, alarm_lives
from kairos.domain.sessions.events import (
    AlarmClosed,
    AlarmEnd,
    AlarmEscalated,
    AlarmRaised,
    AlarmTaken,
    HandedOver,
    InfusionPaused,
    MedicineGiven,
    SedationRated,
    WatchFault,
    WatchLost,
)
from tests.support.dosing_sessions import NURSE, PRESCRIBER, Stream, at, infusing

ALARM = UUID("00000000-0000-7000-8000-0000000000a1")
OTHER = UUID("00000000-0000-7000-8000-0000000000a2")


def raised(rule: str, alarm_id: UUID = ALARM) -> AlarmRaised:
    return AlarmRaised(
        alarm_id=alarm_id,
        rule=rule,
        ref="r",
        level="urgent",
        message="m",
        facts=(),
        answer_by=at(10),
        call=("nurse", "clinician"),
        card="high_pressure",
        card_version=1,
        promise="alarm.promise",
    )


def with_alarm(rule: str = "monitoring.blood_pressure_stop") -> Stream:
    return infusing().add(raised(rule), 5)


def test_a_whole_life_in_its_order():
    """Raised, told, escalated, told again, taken, acted on, closed: each with its time and who."""
    stream = with_alarm()
    stream.add(AlarmEscalated(alarm_id=ALARM, step=1, to="clinician", answer_by=at(15)), 10)
    stream.add(AlarmTaken(alarm_id=ALARM), 11, by=PRESCRIBER)
    stream.add(InfusionPaused(), 12, by=NURSE)
    stream.add(AlarmClosed(alarm_id=ALARM, end=AlarmEnd.SETTLED), 20, by=NURSE)
    stream.add(MedicineGiven(medicine="x", amount="1", route="IV", ordered_by=PRESCRIBER), 21)
    (life,) = alarm_lives(stream.entries)
    assert [(step.moment, step.at, step.to) for step in life.steps] == [
        (AlarmMoment.RAISED, at(5), ""),
        (AlarmMoment.TOLD, at(5), "nurse"),
        (AlarmMoment.ESCALATED, at(10), "clinician"),
        (AlarmMoment.TOLD, at(10), "clinician"),
        (AlarmMoment.TAKEN, at(11), ""),
        (AlarmMoment.ACTED_ON, at(12), ""),
        (AlarmMoment.CLOSED, at(20), ""),
    ]
    assert (life.end, life.is_acted_on) == (AlarmEnd.SETTLED, True)
    assert [step.by for step in life.steps if step.moment is AlarmMoment.TAKEN] == [PRESCRIBER]


def test_looking_again_and_changing_nothing_is_not_acting():
    """A reading more and a rating change nothing for the person."""
    stream = with_alarm().vitals(8).add(SedationRated(score=5), 9)
    stream.add(AlarmTaken(alarm_id=ALARM), 10).add(AlarmClosed(alarm_id=ALARM, end=AlarmEnd.SETTLED), 12)
    (life,) = alarm_lives(stream.entries)
    assert not life.is_acted_on
    assert life.has(AlarmMoment.TAKEN)


def test_for_something_missing_the_missing_reading_is_acting():
    """The reading that was missing is the step, and the alarm still stands until it is closed."""
    (life,) = alarm_lives(with_alarm("monitoring.reading_overdue").vitals(8).entries)
    assert life.is_acted_on
    assert life.end is None


@pytest.mark.parametrize("rule", ["watching.silent", "watching.too_many"])
def test_for_a_watcher_who_is_gone_taking_the_watch_is_acting(rule):
    """Somebody is there again once the watch is taken."""
    stream = infusing().add(WatchLost(fault=WatchFault.SILENT), 4).add(raised(rule), 5)
    assert not alarm_lives(stream.entries)[0].is_acted_on
    assert alarm_lives(stream.add(HandedOver(to=PRESCRIBER), 6).entries)[0].is_acted_on


def test_each_alarm_has_its_own_life():
    """Two alarms of one session are told apart."""
    stream = with_alarm().add(raised("monitoring.distress", OTHER), 6)
    stream.add(AlarmTaken(alarm_id=OTHER), 7)
    first, second = alarm_lives(stream.entries)
    assert [step.moment for step in first.steps] == [AlarmMoment.RAISED, AlarmMoment.TOLD]
    assert second.has(AlarmMoment.TAKEN)
