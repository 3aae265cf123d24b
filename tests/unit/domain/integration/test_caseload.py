"""Who stands where on a caseload, and why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kairos.content.release import load_release
from kairos.domain.integration.caseload import Case, Sign, rank, signs_of, steps_done
from kairos.domain.integration.plan import StepState, dated_steps, window_of
from kairos.domain.protocols.limits import LimitsInForce
from kairos.store.ids import new_id

DOSE = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
DAYS = load_release().integration["days_after"]
LIMITS = LimitsInForce(load_release().parameters, DOSE.date())


def case(**more):
    steps = dated_steps(DAYS, DOSE, {"write": StepState.DONE, "move": StepState.SKIPPED}, limits=LIMITS)
    return Case(new_id(), window_of(DAYS, DOSE, limits=LIMITS), steps, **{"heard_at": DOSE} | more)


def signs(hours, **more):
    return signs_of(case(**more), limits=LIMITS, now=DOSE + timedelta(hours=hours))


def test_nothing_waits_before_the_days_begin():
    assert signs(2) == ()


def test_somebody_is_due_once_the_days_have_begun_and_nobody_has_talked_with_them():
    assert Sign.DUE in signs(25)
    assert Sign.DUE not in signs(25, next_meeting_at=DOSE + timedelta(hours=50))
    assert Sign.DUE not in signs(25, met_at=DOSE + timedelta(hours=20))
    assert Sign.DUE in signs(25, met_at=DOSE - timedelta(hours=20))
    assert Sign.DUE not in signs(200)


def test_somebody_is_silent_after_three_days_without_a_sign_of_theirs():
    assert Sign.SILENT in signs(73, heard_at=None)
    assert Sign.SILENT not in signs(73, heard_at=DOSE + timedelta(hours=60))
    assert Sign.SILENT not in signs(200, heard_at=None)


def test_what_needs_a_clinician_comes_first():
    found = signs(30, handed_over=1, visit_overdue=True, insights_overdue=2, summaries_open=1)
    assert found[:4] == (Sign.WITH_CLINICIAN, Sign.VISIT_OVERDUE, Sign.STEP_OVERDUE, Sign.NOT_AGREED)
    assert found[-1] is Sign.IN_WINDOW
    pressing, quiet = replace(case(), signs=found), case()
    assert sorted([quiet, pressing], key=rank) == [pressing, quiet]


def test_steps_left_out_count_as_neither_done_nor_open():
    assert steps_done(case()) == (1, 4)
