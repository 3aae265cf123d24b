"""The plan for the days after a session, its cards, habits, hours, summaries and shares."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kairos.content.release import load_release
from kairos.domain.instruments.safety_plan import SafetyLevel
from kairos.domain.integration.habits import (
    Habit,
    HabitState,
    check_day,
    check_habit,
    days_done,
    days_in_a_row,
    for_goal,
    last_days,
    weeks_done,
)
from kairos.domain.integration.hours import (
    OfferedHour,
    TalkWay,
    check_can_take,
    check_offer,
    proposals,
)
from kairos.domain.integration.insights import Insight, InsightState, check_insight
from kairos.domain.integration.plan import (
    StepState,
    check_may_accompany,
    check_settles,
    dated_steps,
    next_step,
    window_of,
)
from kairos.domain.integration.sharing import OutsideShare, SharePart, check_share
from kairos.domain.integration.summaries import SummaryState, TalkSummary, check_answer, check_summary
from kairos.domain.protocols.limits import LimitsInForce
from kairos.store.ids import new_id
from kairos.vocab.errors import InvalidInput, NotAllowed

DOSE = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = date(2026, 3, 10)
DAYS = load_release().integration["days_after"]
LIMITS = LimitsInForce(load_release().parameters, DOSE.date())
LONG = "x" * 5000


def problems_of(call, *given, **more):
    with pytest.raises(InvalidInput) as refused:
        call(*given, **more)
    return {problem.field for problem in refused.value.problems}


def test_steps_are_due_after_the_dose_and_the_first_open_one_is_next():
    steps = dated_steps(DAYS, DOSE, {"write": StepState.DONE, "move": StepState.SKIPPED}, limits=LIMITS)
    hours = [(step.due_at - DOSE) / timedelta(hours=1) for step in steps]
    assert hours == [24, 24, 48, 72, 168]
    assert next_step(steps).id == "one_thing"
    assert next_step(()) is None


def test_the_days_begin_with_the_dose_and_end_with_the_last_step():
    window = window_of(DAYS, DOSE, limits=LIMITS)
    assert not window.is_open(DOSE)
    assert window.is_open(DOSE + timedelta(hours=24))
    assert not window.is_open(DOSE + timedelta(hours=72))
    assert window.is_over(DOSE + timedelta(days=8))
    assert not window.is_over(DOSE + timedelta(days=7))


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="anchored_at"):
        window_of(DAYS, DOSE.replace(tzinfo=None), limits=LIMITS)


def test_only_steps_and_states_of_the_plan_settle():
    assert check_settles(DAYS, "write", "done") is StepState.DONE
    assert problems_of(check_settles, DAYS, "dance", "burnt") == {"step", "state"}


def test_a_coach_does_not_accompany_somebody_with_the_trauma_flag():
    check_may_accompany(has_trauma_flag=True, is_trained=True)
    check_may_accompany(has_trauma_flag=False, is_trained=False)
    with pytest.raises(NotAllowed, match="therapist or a prescriber"):
        check_may_accompany(has_trauma_flag=True, is_trained=False)


def test_thoughts_of_harm_are_handed_over_as_urgent():
    assert DAYS.reason("harm").level is SafetyLevel.URGENT
    assert problems_of(DAYS.reason, "weather") == {"reason"}
    assert DAYS.name == "days_after:1"


def card(state=InsightState.OPEN):
    words = ("the lake", "", "call my sister")
    return Insight(new_id(), *words, TODAY, TODAY + timedelta(days=2), state, is_shared=False)


def test_a_card_is_overdue_after_its_day_and_only_while_it_is_open():
    assert not card().is_overdue(TODAY)
    assert card().is_overdue(TODAY + timedelta(days=1))
    assert not card(InsightState.LET_GO).is_overdue(TODAY + timedelta(days=1))
    assert card().wants_review(TODAY + timedelta(days=2))
    assert not card(InsightState.DONE).wants_review(TODAY + timedelta(days=2))


def test_a_card_needs_an_insight_an_action_and_days_to_come():
    kept = check_insight(" the lake ", "", "call", TODAY, TODAY, today=TODAY)
    assert kept == {"insight": "the lake", "meaning": "", "action": "call"}
    before = TODAY - timedelta(days=2)
    asked = problems_of(check_insight, "", LONG, "", TODAY - timedelta(days=1), before, today=TODAY)
    assert asked == {"insight", "meaning", "action", "do_on", "review_on"}


def test_a_habit_shows_the_days_it_was_done_and_breaks_nothing():
    said = [(TODAY, True), (TODAY - timedelta(days=1), True), (TODAY, False), (TODAY, True)]
    days = days_done(said)
    assert days == {TODAY, TODAY - timedelta(days=1)}
    assert days_in_a_row(days, TODAY) == 2
    assert days_in_a_row(days, TODAY + timedelta(days=1)) == 2
    assert days_in_a_row(days, TODAY + timedelta(days=2)) == 0
    assert last_days(TODAY, 2) == (TODAY - timedelta(days=1), TODAY)


def test_the_days_of_a_habit_are_counted_by_week_for_the_goals_chart():
    days = frozenset({date(2026, 3, 2), date(2026, 3, 8), date(2026, 3, 10)})
    assert weeks_done(days, since=date(2026, 3, 4), today=TODAY) == (
        (date(2026, 3, 2), 2),
        (date(2026, 3, 9), 1),
    )
    assert weeks_done(days, since=date(2026, 4, 4), today=TODAY) == ()


def test_habits_stand_under_the_chart_of_their_goal():
    goal = new_id()
    walk = Habit(new_id(), "walk", goal, HabitState.KEPT, False, frozenset({date(2026, 3, 3)}))
    never = Habit(new_id(), "swim", goal, HabitState.KEPT, False, frozenset())
    other = Habit(new_id(), "sing", None, HabitState.KEPT, False, frozenset({TODAY}))
    (found,) = for_goal([walk, never, other], goal, today=TODAY)
    assert found.words == "walk"
    assert found.weeks == ((date(2026, 3, 2), 1), (date(2026, 3, 9), 0))


def test_a_habit_is_named_and_a_day_lies_within_what_is_drawn():
    assert check_habit(" a walk ") == "a walk"
    assert problems_of(check_habit, " ") == {"habit"}
    assert problems_of(check_habit, LONG) == {"habit"}
    assert check_day(TODAY, today=TODAY, shown=14) == TODAY
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=14)):
        assert problems_of(check_day, day, today=TODAY, shown=14) == {"day"}
    assert Habit(new_id(), "walk", None, HabitState.KEPT, False, frozenset()).goal_id is None


def hour(at, *, user=None, seats=1, **more):
    ends = at + timedelta(hours=1)
    return OfferedHour(new_id(), user or new_id(), at, ends, TalkWay.ROOM, seats, **more)


def test_hours_of_the_window_come_first_then_those_with_somebody_known():
    known = new_id()
    late, soon = hour(DOSE + timedelta(days=9)), hour(DOSE + timedelta(days=1))
    familiar = hour(DOSE + timedelta(days=2), user=known)
    taken, gone = hour(DOSE + timedelta(days=1), taken=1), hour(DOSE - timedelta(days=1))
    window = [(DOSE + timedelta(hours=24), DOSE + timedelta(hours=72))]
    found = proposals([late, soon, familiar, taken, gone], between=window, known=frozenset({known}), now=DOSE)
    assert [each.hour for each in found] == [familiar, soon, late]
    assert [each.is_in_window for each in found] == [True, True, False]


def test_a_seat_is_taken_while_one_is_left():
    group = hour(DOSE, seats=2, taken=2, freed=1)
    assert group.is_group
    assert check_can_take(group, DOSE - timedelta(hours=1)) == 3
    for full in (hour(DOSE, taken=1), hour(DOSE, is_withdrawn=True), hour(DOSE - timedelta(hours=2))):
        with pytest.raises(NotAllowed, match="no longer free"):
            check_can_take(full, DOSE - timedelta(hours=1))


def test_an_hour_is_offered_with_times_a_way_a_seat_and_a_link_for_video():
    good = (DOSE, DOSE + timedelta(hours=1))
    before = DOSE - timedelta(hours=1)
    assert check_offer(*good, "video", 1, "https://talk.example.org", now=before) is TalkWay.VIDEO
    assert problems_of(check_offer, DOSE, DOSE, "video", 0, "javascript:x", now=DOSE) == {
        *("starts_at", "ends_at", "seats", "where"),
    }
    assert problems_of(check_offer, *good, "dove", 1, "", now=before) == {"way"}


def test_a_summary_counts_once_it_is_agreed_and_another_view_needs_words():
    assert check_summary(" we spoke ") == "we spoke"
    assert problems_of(check_summary, "") == {"summary"}
    assert check_answer("agreed", " yes ") == (SummaryState.AGREED, "yes")
    assert check_answer("differs", "of work") == (SummaryState.DIFFERS, "of work")
    assert problems_of(check_answer, "differs", "") == {"reply"}
    assert problems_of(check_answer, "proposed", "") == {"state"}
    summary = TalkSummary(new_id(), "we spoke", "", SummaryState.PROPOSED, new_id(), DOSE)
    assert not summary.is_agreed


def test_a_link_to_the_outside_names_somebody_chosen_parts_and_an_end():
    longest = timedelta(days=30)
    name, parts, until = check_share(" Dr A ", ("habits", "days"), 7, longest=longest, now=DOSE)
    assert (name, parts, until) == ("Dr A", (SharePart.DAYS, SharePart.HABITS), DOSE + timedelta(days=7))
    asked = problems_of(check_share, "", ("journal",), 31, longest=longest, now=DOSE)
    assert asked == {"recipient", "parts", "days"}
    share = OutsideShare(new_id(), name, parts, until, is_ended=False)
    assert share.is_open(DOSE)
    assert not share.is_open(until)
