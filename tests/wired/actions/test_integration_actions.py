"""The days after a session: plans that open by themselves, private words, seats, check-in visits."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.utils import DatabaseError

from kairos.actions import content_in_force
from kairos.actions import integration as shared
from kairos.actions.answer_talk_summary import answer_talk_summary
from kairos.actions.enrolments import move_on
from kairos.actions.escalate_task import escalate_task
from kairos.actions.free_talk_hour import free_talk_hour
from kairos.actions.hand_to_clinician import hand_to_clinician
from kairos.actions.keep_goal import keep_goal
from kairos.actions.keep_habit import keep_habit
from kairos.actions.keep_insight import keep_insight
from kairos.actions.log_practice import log_practice
from kairos.actions.note_habit_day import note_habit_day
from kairos.actions.note_outside_look import note_outside_look
from kairos.actions.open_missing_plans import open_missing_plans
from kairos.actions.open_session import open_session
from kairos.actions.settle_insight import settle_insight
from kairos.actions.share_outside import share_outside
from kairos.actions.sign_check_in_visit import sign_check_in_visit
from kairos.actions.take_talk_hour import take_talk_hour
from kairos.actions.withdraw_talk_hour import withdraw_talk_hour
from kairos.actions.write_talk_summary import write_talk_summary
from kairos.content.release import load_release
from kairos.jobs import wiring
from kairos.queries.caseload import caseload, proposed_hours
from kairos.queries.goals import goals_shown, own_goals
from kairos.queries.inbox import inbox, task_page
from kairos.queries.integration import integration_page, own_days, own_integration, plans_missing
from kairos.queries.outside_share import fresh_address, outside_holder, outside_view
from kairos.store.ids import new_id
from kairos.store.records.integration import IntegrationPlan, IntegrationStatement
from kairos.store.repositories import courses, integration, tasks, therapy
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Role
from kairos.vocab.stages import Stage
from tests.support.clinic import jobs, make_person, staff
from tests.support.integration import coach, held, offered, plan_of, released
from tests.support.running_session import make_floor
from tests.support.therapy import patient, with_therapy
from tests.web.test_session_pages import client_of, get

pytestmark = pytest.mark.django_db
DAY = 24 * 60


@pytest.fixture
def floor():
    return held(make_floor())


def card(floor, **more):
    day = floor.start.date()
    words = {"insight": "the lake", "meaning": "", "action": "call my sister"}
    return {**words, "do_on": day, "review_on": day + timedelta(days=1), **more}


def test_each_session_has_one_plan_from_the_start_of_its_dose():
    floor = released(make_floor())
    plan = plan_of(floor)
    assert plan.anchored_at == floor.start
    assert plan.template == "days_after:1"
    with scoped(floor.clinic.scope):
        assert integration.open_plan(floor.clinic.scope, plan) is False
    by = jobs(floor.clinic)
    assert plans_missing(by=by) == ()
    again = {"planned_session_ids": (floor.planned_id,), "by": by, "now": floor.at(200)}
    assert open_missing_plans(command_id=new_id(), **again) == 0


def test_a_session_held_before_there_were_plans_gets_one_from_the_jobs_process(floor, monkeypatch):
    monkeypatch.setattr(integration, "held_without_plan", lambda scope, limit: (floor.planned_id,))
    monkeypatch.setattr(integration, "open_plan", lambda scope, plan: True)
    assert wiring._open_missing_plans(jobs(floor.clinic)) == 1


def test_a_release_without_such_plans_opens_none_and_says_so(floor, monkeypatch):
    older = replace(content_in_force.shipped_content(), release=replace(load_release(), integration={}))
    monkeypatch.setattr(shared, "content_of", lambda scope, programme_id: older)
    scope = floor.clinic.scope
    with scoped(scope):
        planned = courses.find_planned_session(scope, floor.planned_id)
        assert shared.open_plan(planned, by=jobs(floor.clinic), now=floor.at(0)) is False
        with pytest.raises(Missing, match="sign a newer release"):
            shared.days_after(scope, floor.clinic.programme_id)


def test_a_session_that_was_not_held_gets_no_plan():
    floor = make_floor()
    given = {"planned_session_ids": (floor.planned_id,), "by": jobs(floor.clinic), "now": floor.at(0)}
    assert open_missing_plans(command_id=new_id(), **given) == 0


def test_nothing_is_written_where_no_plan_is_missing(floor):
    assert wiring._open_missing_plans(jobs(floor.clinic)) == 0


def keep(floor, minute, by, **words):
    return keep_insight(command_id=new_id(), by=by, now=floor.at(minute), **words)


def test_the_team_reads_a_card_only_while_it_is_shared_and_the_database_hides_it(floor):
    mine, theirs = patient(floor), coach(floor)
    card_id = keep(floor, 200, mine, **card(floor))
    page = {"person_id": floor.person_id, "now": floor.at(300)}
    assert integration_page(by=theirs, **page).insights == ()
    with scoped(floor.clinic.scope):
        assert not IntegrationStatement.objects.filter(kind="insight").exists()
    with scoped(mine.scope):
        assert IntegrationStatement.objects.filter(kind="insight").count() == 1
    keep(floor, 210, mine, **card(floor, is_shared=True, insight_id=card_id))
    assert integration_page(by=theirs, **page).insights[0].action == "call my sister"
    keep(floor, 220, mine, **card(floor, insight_id=card_id))
    assert integration_page(by=theirs, **page).insights == ()
    floor.do(settle_insight, 230, by=mine, insight_id=card_id, state="done")
    with pytest.raises(NotAllowed, match="done already"):
        keep(floor, 240, mine, **card(floor, insight_id=card_id))
    with pytest.raises(InvalidInput, match="must be one of"):
        floor.do(settle_insight, 240, by=mine, insight_id=card_id, state="burnt")
    with pytest.raises(Missing):
        floor.do(settle_insight, 240, by=mine, insight_id=new_id(), state="open")


def test_words_that_signal_danger_in_a_shared_card_bring_a_clinician(floor):
    mine = patient(floor)
    keep(floor, 200, mine, **card(floor, insight="I want to kill myself"))
    assert not _kinds(floor, "danger_words")
    keep(floor, 210, mine, **card(floor, insight="I want to kill myself", is_shared=True))
    assert _kinds(floor, "danger_words")


def _kinds(floor, kind):
    with scoped(floor.clinic.scope):
        return [t for t in tasks.tasks_of(floor.clinic.scope, floor.person_id) if t.kind == kind]


def test_a_habit_keeps_its_goal_and_is_not_noted_once_it_was_put_away(floor):
    mine = patient(floor)
    goal = floor.do(
        keep_goal, 199, by=mine, goal_id=None, what="to be outside", why="", sign="three times a week"
    )
    with pytest.raises(InvalidInput, match="not one of your goals"):
        floor.do(keep_habit, 200, by=mine, habit="a walk", goal_id=new_id())
    habit_id = floor.do(keep_habit, 200, by=mine, habit="a walk", goal_id=goal)
    day = floor.start.date()
    floor.do(note_habit_day, 210, by=mine, habit_id=habit_id, day=day)
    assert own_goals(by=mine, now=floor.at(220)).habits[goal][0].weeks[-1][1] == 1
    by = staff(floor.clinic, Role.CLINICIAN)
    assert goals_shown(person_id=floor.person_id, by=by, now=floor.at(220)).habits[goal] == ()
    page = own_integration(by=mine, now=floor.at(220))
    assert page.habits[0].goal_id == goal
    assert page.habits[0].days == {day}
    floor.do(note_habit_day, 230, by=mine, habit_id=habit_id, day=day, is_done=False)
    assert own_integration(by=mine, now=floor.at(240)).habits[0].days == frozenset()
    ended = {"habit": "a walk", "habit_id": habit_id, "is_ended": True}
    floor.do(keep_habit, 250, by=mine, **ended)
    with pytest.raises(NotAllowed, match="ended already"):
        floor.do(note_habit_day, 260, by=mine, habit_id=habit_id, day=day)


def test_handing_over_opens_a_task_that_is_escalated_where_nobody_takes_it(floor):
    by = coach(floor)
    given = {"person_id": floor.person_id, "reason": "harm", "note": "said so today"}
    task_id = floor.do(hand_to_clinician, 200, by=by, **given)
    clinician = staff(floor.clinic, Role.CLINICIAN)
    page = task_page(task_id=task_id, by=clinician, now=floor.at(201))
    assert page.said == "said so today"
    assert "self-harm" in page.entry.why
    assert page.entry.is_alarming
    assert task_id in {each.task.id for each in inbox(by=clinician, now=floor.at(201)).alarming}
    raised = {"task_id": task_id, "why": "task_untaken", "by": jobs(floor.clinic)}
    assert escalate_task(command_id=new_id(), now=floor.at(300), **raised) == "escalated"
    with pytest.raises(InvalidInput, match="clinician is to look at"):
        floor.do(hand_to_clinician, 210, by=by, person_id=floor.person_id, reason="hat", note="x")
    with pytest.raises(Missing):
        floor.do(hand_to_clinician, 210, by=by, person_id=new_id(), reason="other", note="x")
    rows = caseload(by=by, now=floor.at(DAY + 60)).rows
    assert [row.case.signs[0] for row in rows] == ["with_clinician"]


def test_one_seat_is_taken_once_and_a_seat_given_back_is_free_again(floor):
    by, mine = coach(floor), patient(floor)
    offered(floor, coach(floor), hours=30)
    hour_id = offered(floor, by, way="video")
    found = proposed_hours(by=mine, now=floor.at(130)).proposals
    assert [each.is_in_window for each in found] == [True, True]
    talk_id = floor.do(take_talk_hour, 130, by=mine, hour_id=hour_id)
    with scoped(floor.clinic.scope):
        said = integration.sayings_of_hour(floor.clinic.scope, hour_id)
        taken = next(each for each in said if each.state == "taken")
        assert integration.say_of_hour(floor.clinic.scope, taken) is False
    with pytest.raises(NotAllowed, match="call whoever took it"):
        floor.do(withdraw_talk_hour, 140, by=by, hour_id=hour_id)
    floor.do(free_talk_hour, 140, by=mine, talk_id=talk_id)
    with pytest.raises(NotAllowed, match="freed already"):
        floor.do(free_talk_hour, 150, by=mine, talk_id=talk_id)
    assert len(proposed_hours(by=mine, now=floor.at(160)).proposals) == 2
    floor.do(take_talk_hour, 160, by=mine, hour_id=hour_id)
    with pytest.raises(NotAllowed, match="has begun"):
        floor.do(free_talk_hour, 31 * 60, by=mine, talk_id=talk_id)
    with pytest.raises(NotAllowed, match="somebody else's"):
        floor.do(withdraw_talk_hour, 170, by=coach(floor), hour_id=hour_id)
    with pytest.raises(Missing):
        floor.do(take_talk_hour, 170, by=mine, hour_id=new_id())


def test_whoever_is_a_moment_later_is_told_so(floor, monkeypatch):
    hour_id = offered(floor, coach(floor))
    monkeypatch.setattr(integration, "say_of_hour", lambda scope, said: False)
    with pytest.raises(NotAllowed, match="a moment ago"):
        floor.do(take_talk_hour, 130, by=patient(floor), hour_id=hour_id)


def test_in_a_course_with_therapy_an_hour_is_an_integration_session_too(floor):
    with_therapy(floor)
    mine, hour_id = patient(floor), offered(floor, coach(floor))
    talk_id = floor.do(take_talk_hour, 130, by=mine, hour_id=hour_id)
    with scoped(floor.clinic.scope):
        (meeting,) = therapy.meetings_of_person(floor.clinic.scope, floor.person_id)
    assert (meeting.kind, meeting.status) == ("integration", "planned")
    assert len(own_integration(by=mine, now=floor.at(140)).talks) == 1
    floor.do(free_talk_hour, 150, by=mine, talk_id=talk_id)
    with scoped(floor.clinic.scope):
        (meeting,) = therapy.meetings_of_person(floor.clinic.scope, floor.person_id)
    assert meeting.status == "cancelled"


def test_an_hour_can_be_taken_before_any_session():
    floor = make_floor()
    hour_id = offered(floor, coach(floor))
    floor.do(take_talk_hour, 130, by=patient(floor), hour_id=hour_id)
    page = own_integration(by=patient(floor), now=floor.at(140))
    assert page.days is None
    assert len(page.talks) == 1
    assert own_days(by=patient(floor), now=floor.at(140)).days is None


def test_a_summary_is_answered_as_it_was_read_and_about_its_own_person(floor):
    by, mine = coach(floor), patient(floor)
    summary_id = floor.do(write_talk_summary, 200, by=by, person_id=floor.person_id, summary="of sleep")
    read_id = own_integration(by=mine, now=floor.at(201)).versions[summary_id]
    floor.do(
        write_talk_summary, 210, by=by, person_id=floor.person_id, summary="of rest", summary_id=summary_id
    )
    with pytest.raises(NotAllowed, match="changed since you read it"):
        floor.do(answer_talk_summary, 220, by=mine, summary_id=summary_id, read_id=read_id, state="agreed")
    other = make_person(floor.clinic)
    with pytest.raises(NotAllowed, match="another person"):
        floor.do(write_talk_summary, 230, by=by, person_id=other, summary="x", summary_id=summary_id)


def test_only_a_patient_or_their_link_keeps_what_is_theirs(floor):
    nobody = patient(floor)
    staffed = staff(floor.clinic, Role.PATIENT)
    for query in (own_integration, own_days, proposed_hours):
        with pytest.raises(Missing):
            query(by=staffed, now=floor.at(200))
    with pytest.raises(Missing):
        floor.do(log_practice, 200, by=staffed, practice="breath")
    with pytest.raises(InvalidInput, match="not in the library"):
        floor.do(log_practice, 200, by=nobody, practice="vodka")
    with pytest.raises(NotAllowed, match="noted of the link"):
        floor.do(note_outside_look, 200, by=coach(floor))


def test_a_link_for_something_else_or_that_has_expired_opens_nothing_outside(floor):
    mine, address = patient(floor), fresh_address()
    given = {"recipient": "Dr A", "parts": ("insights",), "days": 2, "address": address}
    floor.do(share_outside, 200, by=mine, **given)
    keep(floor, 210, mine, **card(floor, is_shared=True))
    view = outside_view(outside_holder(address, now=floor.at(220)), now=floor.at(220))
    assert view.has("insights")
    assert view.page.days is None
    assert [each.action for each in view.page.insights] == ["call my sister"]
    with pytest.raises(Missing):
        outside_holder(address, now=floor.at(4 * DAY))
    holder = outside_holder(address, now=floor.at(230))
    with pytest.raises(Missing):
        outside_view(holder, now=floor.at(4 * DAY))
    staffed = replace(holder, actor=replace(holder.actor, scope=floor.clinic.scope))
    with pytest.raises(Missing):
        outside_view(staffed, now=floor.at(230))


def test_an_overdue_check_in_visit_keeps_the_next_dose_from_opening(floor):
    late = 40 * DAY
    following = _next_session(floor, late)
    given = {"planned_session_id": following, "place_id": floor.places[0]}
    with pytest.raises(NotAllowed, match="check-in visit was due on"):
        floor.do(open_session, late, **given)
    rows = integration_page(person_id=floor.person_id, by=coach(floor), now=floor.at(late))
    assert rows.standing.verdict == "not_met"
    with scoped(floor.clinic.scope):
        move_on(floor.person_id, Stage.IN_COURSE, scope=floor.clinic.scope)
    listed = caseload(by=coach(floor), now=floor.at(late))
    assert [each.person_id for each in listed.overdue] == [floor.person_id]
    assert listed.rows == ()
    assert "A clinician signs it" in get(client_of(floor, Role.COACH), "caseload")
    asked = ("mood", "function", "side_effects", "harm", "medicines", "bladder", "wishes")
    fields = dict.fromkeys(asked, "asked")
    visit = {"person_id": floor.person_id, "fields": fields, "change": "none"}
    floor.do(sign_check_in_visit, late - 60, by=staff(floor.clinic, Role.CLINICIAN), **visit)
    assert floor.do(open_session, late, **given)


def _next_session(floor, minute):
    """Plan one more session in the floor's course."""
    with scoped(floor.clinic.scope):
        first = courses.find_planned_session(floor.clinic.scope, floor.planned_id)
        more = replace(
            first,
            id=new_id(),
            number=2,
            starts_at=floor.at(minute),
            ends_at=floor.at(minute + 120),
            status="planned",
            stream=None,
        )
        courses.add_session(floor.clinic.scope, more)
    return more.id


def test_plans_are_never_changed(floor):
    with pytest.raises(DatabaseError), scoped(floor.clinic.scope, apart=True):
        IntegrationPlan.objects.filter(person_id=floor.person_id).update(template="x")
