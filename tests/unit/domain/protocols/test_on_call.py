"""Who is on call: at an instant, over the clock's changes, and the hours in which nobody is."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kairos.domain.protocols.on_call import Duty, OnCallStep, check_duty, gaps, on_call, step_for
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Role
from kairos.vocab.verdict import Verdict

NURSE, OTHER, SITE = UUID(int=1), UUID(int=2), UUID(int=9)
STEP = OnCallStep.NURSE_IN_CHARGE
BERLIN = "Europe/Berlin"
DAY = Duty(UUID(int=11), STEP, NURSE, BERLIN, time(7), time(19), date(2026, 3, 2))
NIGHT = replace(DAY, id=UUID(int=12), who=OTHER, starts=time(19), ends=time(7))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("when", "who"),
    [
        ("2026-03-02T06:59:59+01:00", ()),
        ("2026-03-02T07:00:00+01:00", (NURSE,)),
        ("2026-03-02T18:59:59+01:00", (NURSE,)),
        ("2026-03-02T19:00:00+01:00", (OTHER,)),
        ("2026-03-03T03:00:00+01:00", (OTHER,)),
        ("2026-03-29T01:30:00+00:00", (OTHER,)),  # 03:30 in Berlin, on the night with 23 hours
        ("2026-03-29T05:00:00+00:00", (NURSE,)),  # 07:00 by the summer clock
        ("2026-10-25T05:59:59+00:00", (OTHER,)),  # 06:59:59 by the winter clock
    ],
)
def test_who_is_on_call_at_an_instant(when: str, who: tuple[UUID, ...]) -> None:
    called = on_call([DAY, NIGHT], STEP, at=at(when))
    assert called.people == who
    assert called.first == (who[0] if who else None)
    assert called.verdict is (Verdict.MET if who else Verdict.UNKNOWN)


def test_an_empty_roster_names_nobody() -> None:
    assert on_call([], STEP, at=at("2026-03-02T12:00:00+00:00")).verdict is Verdict.UNKNOWN


def test_a_swap_stands_first_and_a_site_before_the_programme() -> None:
    swap = replace(DAY, id=UUID(int=13), who=OTHER, last_day=date(2026, 3, 2))
    noon, next_noon = at("2026-03-02T12:00:00+01:00"), at("2026-03-03T12:00:00+01:00")
    assert on_call([DAY, swap], STEP, at=noon).people == (OTHER, NURSE)
    assert on_call([DAY, swap], STEP, at=next_noon).people == (NURSE,)
    here = replace(DAY, site_id=SITE)
    assert on_call([here, swap], STEP, at=noon, site_id=SITE).people == (NURSE, OTHER)
    assert on_call([here], STEP, at=noon).people == ()
    assert on_call([here], OnCallStep.PRESCRIBER, at=noon, site_id=SITE).people == ()


def test_a_withdrawn_duty_ends_when_it_was_withdrawn() -> None:
    ended = replace(DAY, withdrawn_at=at("2026-03-02T12:00:00+01:00"))
    assert on_call([ended], STEP, at=at("2026-03-02T11:59:59+01:00")).people == (NURSE,)
    assert on_call([ended], STEP, at=at("2026-03-02T12:00:00+01:00")).people == ()
    assert on_call([ended], STEP, at=at("2026-03-03T12:00:00+01:00")).people == ()


def test_the_hours_without_anybody_are_named() -> None:
    begins, ends = at("2026-03-02T00:00:00+01:00"), at("2026-03-03T10:00:00+01:00")
    spans = [(g.begins.isoformat(), g.ends.isoformat()) for g in gaps([DAY], STEP, begins=begins, ends=ends)]
    assert spans == [
        ("2026-03-02T00:00:00+01:00", "2026-03-02T06:00:00+00:00"),
        ("2026-03-02T18:00:00+00:00", "2026-03-03T06:00:00+00:00"),
    ]
    assert not gaps([DAY, NIGHT], STEP, begins=begins + timedelta(hours=7), ends=ends)
    assert len(gaps([], STEP, begins=begins, ends=ends)) == 1


def test_weekdays_hold() -> None:
    working = replace(DAY, weekdays=frozenset({1, 2}))
    assert on_call([working], STEP, at=at("2026-03-03T12:00:00+01:00")).people == (NURSE,)
    assert on_call([working], STEP, at=at("2026-03-04T12:00:00+01:00")).people == ()


@settings(max_examples=40, derandomize=True, deadline=None)
@given(
    cuts=st.lists(st.times().map(lambda t: t.replace(microsecond=0)), min_size=1, max_size=4, unique=True),
    zone=st.sampled_from([BERLIN, "America/New_York", "Australia/Lord_Howe", "UTC"]),
    minute=st.integers(0, 365 * 24 * 60),
)
def test_duties_that_share_out_the_day_leave_no_gap_over_a_year(
    cuts: list[time], zone: str, minute: int
) -> None:
    bounds = sorted(cuts)
    begins = datetime(2026, 1, 2, tzinfo=UTC) + timedelta(minutes=minute)
    shared = [
        Duty(UUID(int=i), STEP, UUID(int=i), zone, starts, ends, date(2025, 12, 1))
        for i, (starts, ends) in enumerate(zip(bounds, [*bounds[1:], bounds[0]], strict=True))
    ]
    assert not gaps(shared, STEP, begins=begins, ends=begins + timedelta(days=2))
    assert len(on_call(shared, STEP, at=begins).people) == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"weekdays": frozenset()}, "weekdays"),
        ({"last_day": date(2026, 3, 1)}, "last_day"),
        ({"first_day": date(2026, 2, 1), "last_day": date(2026, 3, 1)}, "last_day"),
        ({"last_day": date(2026, 3, 3), "weekdays": frozenset({7})}, "weekdays"),
        ({"last_day": date(2026, 3, 3), "weekdays": frozenset()}, "weekdays"),
        ({"step": OnCallStep.MEDICAL_DIRECTOR}, "who"),
    ],
)
def test_a_duty_that_cannot_be_is_refused(changes: dict[str, object], field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_duty(replace(DAY, **changes), roles=frozenset({Role.NURSE}), today=date(2026, 3, 2))  # type: ignore[arg-type]
    assert [problem.field for problem in caught.value.problems] == [field]


def test_a_duty_that_can_be_is_taken() -> None:
    check_duty(DAY, roles=frozenset({Role.NURSE}), today=date(2026, 3, 2))
    check_duty(replace(DAY, last_day=date(2026, 3, 2)), roles=frozenset({Role.NURSE}), today=date(2026, 3, 2))


def test_the_ladder_of_an_alarm_finds_its_steps() -> None:
    assert step_for(Role.CLINICIAN) is OnCallStep.PRESCRIBER
    assert step_for(Role.CLINICIAN, "welfare_check") is OnCallStep.WELFARE
    assert step_for(Role.COORDINATOR) is STEP
