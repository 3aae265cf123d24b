"""The mg truly given, by hand arithmetic: 51 mg/h is 0.85 mg a minute, 34 mg are in after 40 minutes."""

from decimal import Decimal

import pytest

from kairos.domain.sessions.events import (
    InfusionCompleted,
    InfusionPaused,
    InfusionResumed,
    InfusionStopped,
    NoteAdded,
    RateChanged,
    StopReason,
)
from kairos.domain.sessions.infusion import InfusionLog, control_of
from tests.support.dosing_sessions import NURSE, ORDERED_RATE, at, infusing

HALF = ORDERED_RATE / 2


@pytest.mark.parametrize(
    ("minute", "mg"), [(-5, "0"), (0, "0"), (1, "0.850"), (31, "26.350"), (40, "34"), (300, "34")]
)
def test_a_straight_infusion(minute, mg):
    assert infusing().state.infusion.given_mg(at(minute)) == Decimal(mg)


def test_a_pause_adds_nothing_and_moves_the_end():
    log = (
        infusing()
        .add(InfusionPaused(), 31)
        .add(InfusionResumed(rate_mg_per_h=ORDERED_RATE), 41)
        .state.infusion
    )
    assert log.given_mg(at(41)) == Decimal("26.350")
    assert log.given_mg(at(45)) == Decimal("29.750")
    assert log.runs_out_at() == at(50)


def test_a_change_of_rate():
    log = infusing().add(RateChanged(rate_mg_per_h=HALF), 20).state.infusion
    assert log.given_mg(at(30)) == Decimal("21.250")
    assert log.runs_out_at() == at(60)


def test_a_stop_ends_it():
    log = infusing().add(InfusionStopped(reason=StopReason.VITALS), 31).state.infusion
    assert log.given_mg(at(60)) == Decimal("26.350")
    assert (log.ended_at, log.runs_out_at()) == (at(31), None)


def test_completing_late_gives_no_more_than_ordered():
    log = infusing().add(InfusionCompleted(), 47).state.infusion
    assert log.given_mg(at(60)) == Decimal(34)
    assert (log.ended_at, log.runs_out_at()) == (at(47), at(40))


def test_a_paused_infusion_has_no_end_in_sight():
    log = infusing().add(InfusionPaused(), 10).state.infusion
    assert log.runs_out_at() is None
    assert log.ended_at is None


def test_what_is_no_control_does_nothing():
    assert control_of(NoteAdded(note_id=NURSE), at(0)) is None
    assert InfusionLog(Decimal(0)).runs_out_at() is None
