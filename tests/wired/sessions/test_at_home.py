"""A session at home through the database: the switch, the gate, the dose, check-ins, the ladder, the end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kairos.actions.agree_to_support import agree_to_support
from kairos.actions.answer_check import answer_check
from kairos.actions.answer_home_check import answer_home_check
from kairos.actions.answer_morning import answer_morning
from kairos.actions.answer_support_quiz import answer_support_quiz
from kairos.actions.bind_order import bind_order
from kairos.actions.check_in import check_in
from kairos.actions.clinic_days import in_site_time
from kairos.actions.confirm_home_dose import confirm_home_dose
from kairos.actions.decide_go import decide_go
from kairos.actions.end_home_hold import end_home_hold
from kairos.actions.end_support_access import end_support_access
from kairos.actions.escalate_alarm import escalate_alarm
from kairos.actions.leave_against_advice import leave_against_advice
from kairos.actions.make_home_link import make_home_link
from kairos.actions.name_support_person import name_support_person
from kairos.actions.next_morning import compose_morning
from kairos.actions.note_contact import note_contact
from kairos.actions.open_session import open_session
from kairos.actions.plan_course import plan_course
from kairos.actions.record_home_reading import record_home_reading
from kairos.actions.send_outbox import send_outbox
from kairos.actions.switch_home_route import switch_home_route
from kairos.actions.verify_emergency_plan import verify_emergency_plan
from kairos.actions.watch_session import watch_session
from kairos.actions.work_deadlines import WORK, work_deadlines
from kairos.actions.write_emergency_plan import write_emergency_plan
from kairos.domain.protocols.dose_rules import MouthEnd
from kairos.domain.protocols.home_route import SwitchState
from kairos.domain.sessions.events import AlarmEscalated, CheckInAnswer
from kairos.domain.sessions.home_links import HomeLink
from kairos.domain.sessions.next_morning import morning_after
from kairos.domain.sessions.phases import Phase
from kairos.queries.home_links import fresh_address, home_holder
from kairos.queries.home_sessions import home_desk, home_page, home_preparation, own_papers, switch_pages
from kairos.store.ids import new_id
from kairos.store.outbox import Message
from kairos.store.repositories import alarms, deadlines, people, session_entries, tasks
from kairos.store.repositories import home as kept_home
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Role
from tests.support.clinic import jobs, make_person
from tests.support.home_sessions import (
    CALM,
    HOME,
    PLAN,
    SUPPORT,
    asked,
    decided,
    dosed,
    make_home,
    named,
    opened,
    planned_for,
    right_answers,
    trained,
)
from tests.support.running_session import make_floor
from tests.support.running_session import opened as opened_in_clinic

pytestmark = pytest.mark.django_db
KNOWN = (escalate_alarm, watch_session)
"""Whose work of deadlines must be known, as the jobs process knows it."""


def do(home, action, minute, **content):
    """Do an action of the home at a minute."""
    return home.floor.do(action, minute, **content)


def take(home, session_id, minute=0):
    """Take the dose."""
    return do(home, confirm_home_dose, minute, by=home.patient, session_id=session_id)


def phase_of(home, session_id):
    """Return where the session stands."""
    with scoped(home.floor.clinic.scope):
        return alarms.find_summary(home.floor.clinic.scope, session_id).state


def test_a_session_at_home_from_the_gate_to_the_first_check_in():
    home = make_home()
    session_id = dosed(home)
    entered = do(home, check_in, 15, by=home.support, session_id=session_id, answer=CheckInAnswer.WELL)
    assert (entered.phase, entered.raised, entered.next_due) == (Phase.OBSERVING, (), "check_in")
    assert entered.next_due_at == home.floor.at(30)


def test_nothing_is_planned_or_opened_at_home_while_it_is_switched_off_and_what_runs_goes_on():
    home = make_home()
    session_id = decided(home)
    do(
        home,
        switch_home_route,
        -5,
        by=home.director,
        programme_id=home.floor.clinic.programme_id,
        state=SwitchState.OFF,
    )
    assert take(home, session_id).phase == Phase.HOLDING
    with pytest.raises(NotAllowed, match="not switched on"):
        do(home, open_session, 1, planned_session_id=home.planned_id, place_id=None)
    about = {"person_id": home.floor.person_id, "protocol": HOME, "site_id": home.floor.clinic.site_id}
    with pytest.raises(NotAllowed, match="a course is running"):
        do(
            home,
            plan_course,
            1,
            by=home.floor.prescriber,
            place_id=None,
            starts=[home.floor.at(9999)],
            **about,
        )
    (page,) = switch_pages(by=home.director)
    assert (page.is_on, [act.state for act in page.acts]) == (False, ["off", "on"])


def test_only_the_medical_director_of_the_programme_switches():
    home = make_home(prepared=False)
    about = {"state": SwitchState.OFF, "by": home.director}
    with pytest.raises(Missing):
        do(home, switch_home_route, 0, programme_id=new_id(), **about)
    with pytest.raises(NotAllowed, match="medical director"):
        do(
            home,
            switch_home_route,
            0,
            programme_id=home.floor.clinic.programme_id,
            state=SwitchState.OFF,
            by=home.floor.prescriber,
        )


def test_a_session_in_the_clinic_needs_its_place():
    floor = make_floor()
    with pytest.raises(InvalidInput, match="choose a free place"):
        floor.do(open_session, -20, planned_session_id=floor.planned_id, place_id=None)
    assert opened_in_clinic(floor)


def test_two_homes_are_open_side_by_side():
    """Neither has a chair, so neither takes the other's."""
    home = make_home()
    assert opened(home)
    with scoped(home.floor.clinic.scope):
        (one,) = alarms.summaries(home.floor.clinic.scope)
    assert one.place_id is None


def test_gate_whatever_was_not_answered_holds_the_dose():
    """UNKNOWN never passes: one item left out, and nothing is taken."""
    home = make_home()
    session_id = decided(home, leave_out="support_sober")
    assert phase_of(home, session_id) == Phase.HELD
    with pytest.raises(NotAllowed):
        take(home, session_id)


def test_gate_without_two_readings_there_is_no_dose():
    home = make_home()
    session_id = opened(home)
    asked(home, session_id)
    do(home, record_home_reading, -20, by=home.support, session_id=session_id, values=CALM)
    do(home, bind_order, -10, session_id=session_id, order_id=home.order_id)
    do(home, decide_go, -8, session_id=session_id)
    assert phase_of(home, session_id) == Phase.HELD


def test_gate_a_pressure_above_the_limit_at_home_blocks_and_no_reason_opens_it():
    home = make_home()
    session_id = opened(home)
    asked(home, session_id)
    high = replace(CALM, systolic=146.0)
    for minute in (-25, -14):
        do(home, record_home_reading, minute, by=home.patient, session_id=session_id, values=high)
    do(home, bind_order, -10, session_id=session_id, order_id=home.order_id)
    do(home, decide_go, -8, session_id=session_id)
    assert phase_of(home, session_id) == Phase.HELD


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        ("ended", "access has ended"),
        ("untrained", "no training that holds today"),
        ("plan", "not verified for this session"),
    ],
)
def test_gate_what_the_record_lacks_stops_the_dose_whatever_was_answered(break_it, words):
    """Everything was answered and called a go; then the record changed."""
    home = make_home()
    session_id = decided(home)
    about = {"person_id": home.floor.person_id}
    if break_it == "ended":
        do(home, end_support_access, -5, by=home.patient, subject=home.support_id, **about)
    elif break_it == "untrained":
        do(home, name_support_person, -5, words=SUPPORT, **about)
    else:
        do(home, write_emergency_plan, -5, words=PLAN, **about)
    with pytest.raises(NotAllowed, match=words):
        take(home, session_id)


def test_gate_no_plan_is_not_known_and_one_not_gone_through_speaks_against():
    home = make_home(prepared=False)
    home = replace(home, support_id=named(home.floor))
    trained(home)
    with pytest.raises(NotAllowed, match="no emergency plan yet"):
        do(home, verify_emergency_plan, -300, planned_session_id=home.planned_id)
    session_id = decided(home)
    assert phase_of(home, session_id) == Phase.HELD
    planned_for(home, -6)
    do(home, decide_go, -4, session_id=session_id)
    assert take(home, session_id).phase == Phase.HOLDING


def test_gate_a_plan_that_was_not_verified_that_day_is_answered_so_and_nobody_answers_it_by_hand():
    home = make_home(prepared=False)
    home = replace(home, support_id=named(home.floor))
    trained(home)
    do(home, write_emergency_plan, -300, person_id=home.floor.person_id, words=PLAN)
    session_id = decided(home)
    assert phase_of(home, session_id) == Phase.NOT_TODAY
    with pytest.raises(InvalidInput, match="looked up"):
        do(home, answer_check, -5, session_id=session_id, item="emergency_plan", answer="verified")


def test_each_item_is_answered_by_whom_the_protocol_names():
    home = make_home()
    session_id = opened(home)
    about = {"session_id": session_id, "item": "suicidality", "answer": "none"}
    for by in (home.patient, home.support):
        with pytest.raises(NotAllowed, match="left to others"):
            do(home, answer_home_check, -30, by=by, **about)
    do(home, answer_check, -30, **about)
    about = {"session_id": session_id, "item": "mood", "answer": "better"}
    with pytest.raises(NotAllowed, match="left to others"):
        do(home, answer_home_check, -30, by=home.support, **about)
    do(home, answer_home_check, -30, by=home.patient, **about)
    with pytest.raises(InvalidInput, match="no item"):
        do(home, answer_home_check, -30, by=home.patient, session_id=session_id, item="colour", answer="blue")


def test_the_support_person_does_not_say_that_the_dose_was_taken_and_the_clinic_keeps_its_own_way():
    home = make_home()
    session_id = decided(home)
    with pytest.raises(NotAllowed, match="left to others"):
        do(home, confirm_home_dose, 0, by=home.support, session_id=session_id)
    floor = make_floor()
    with pytest.raises(NotAllowed, match="not at home"):
        floor.do(confirm_home_dose, 0, session_id=opened_in_clinic(floor))


def escalations(home, session_id):
    """Return each rung of the ladder that was called, with its minute."""
    with scoped(home.floor.clinic.scope):
        entries = session_entries.entries_of(home.floor.clinic.scope, session_id)
    start = home.floor.start
    return [
        ((each.true_at - start).total_seconds() / 60, each.event.deed)
        for each in entries
        if isinstance(each.event, AlarmEscalated) and each.event.deed
    ]


def test_mon_05_the_ladder_climbs_by_rows_in_the_database_once_each_however_many_ask():
    """Due 00:15, no answer: 00:20 the patient, 00:21 the support person, 00:23 on call, 00:25 welfare."""
    home = make_home()
    session_id = dosed(home)
    for _worker in range(3):
        work_deadlines(by=jobs(home.floor.clinic), now=home.floor.at(20), limit=12)
    assert escalations(home, session_id) == [
        (21.0, "call_support_person"),
        (23.0, "call_on_call"),
        (25.0, "welfare_check"),
    ]
    assert raised(home) == [("monitoring.check_in_missed", "urgent", home.floor.at(20))]


def raised(home, rule="monitoring.check_in_missed"):
    """Return the open alarms of one rule, with level and time."""
    with scoped(home.floor.clinic.scope):
        found = alarms.open_alarms(home.floor.clinic.scope)
    return [(each.rule, each.level, each.raised_at) for each in found if each.rule == rule]


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        (CheckInAnswer.WORRIED, "monitoring.check_in_worried"),
        (CheckInAnswer.EMERGENCY, "monitoring.check_in_emergency"),
    ],
)
def test_each_button_sets_off_its_alarm_at_once(answer, rule):
    home = make_home()
    session_id = dosed(home)
    for minute, by, who in (
        (12, home.support, "support_person"),
        (13, home.patient, "patient"),
        (14, None, "team"),
    ):
        do(home, check_in, minute, by=by, session_id=session_id, answer=answer)
        page = home_page(planned_session_id=home.planned_id, by=home.floor.nurse, now=home.floor.at(minute))
        assert page.picture.state.observed[-1].event.who == who
    with scoped(home.floor.clinic.scope):
        assert [a.rule for a in alarms.open_alarms(home.floor.clinic.scope)] == [rule]


def test_a_silent_telephone_is_told_after_its_time_and_settles_when_it_is_heard_again():
    """S-074: heard at 11, silent; told at 16 by the jobs process; heard again at 22, and the alarm ends."""
    home = make_home()
    session_id = dosed(home)
    about = {"session_id": session_id, "link_id": new_id(), "by": home.patient}
    assert do(home, note_contact, 10, **about) == "heard"
    assert do(home, note_contact, 11, **about) == "heard"
    do(home, note_contact, 11, session_id=session_id, link_id=new_id(), by=home.support)
    work_deadlines(by=jobs(home.floor.clinic), now=home.floor.at(16), limit=6)
    lost = "monitoring.contact_lost"
    assert raised(home, lost) == [(lost, "caution", home.floor.at(16))]
    desk = home_desk(session_id=session_id, by=home.floor.nurse, now=home.floor.at(16))
    assert [each.who for each in desk.contacts] == ["patient", "support_person"]
    assert do(home, note_contact, 22, **about) == "heard_again"
    assert raised(home, lost) == []


def test_a_telephone_that_falls_silent_before_the_dose_or_twice_tells_nobody_anew():
    home = make_home()
    session_id = opened(home)
    about = {"session_id": session_id, "link_id": new_id(), "by": home.patient}
    do(home, note_contact, -35, **about)
    assert work_deadlines(by=jobs(home.floor.clinic), now=home.floor.at(-30), limit=2)
    with scoped(home.floor.clinic.scope):
        assert alarms.open_alarms(home.floor.clinic.scope) == ()


def test_a_link_opens_one_session_until_it_expires_or_the_patient_ends_it():
    home = make_home()
    now = home.floor.at(-30)
    about = {"person_id": home.floor.person_id, "planned_session_id": home.planned_id}
    addresses = {kind: fresh_address() for kind in HomeLink}
    for kind, address in addresses.items():
        do(home, make_home_link, -35, kind=kind, address=address, **about)
    holder = home_holder(addresses[HomeLink.SUPPORT], now=now)
    assert (holder.planned_id, holder.actor.roles) == (home.planned_id, {Role.SUPPORT_PERSON})
    assert home_holder(addresses[HomeLink.TRAINING], now=now).planned_id is None
    with pytest.raises(Missing):
        home_holder(addresses[HomeLink.SUPPORT], now=home.floor.at(60 * 24))
    ended = {"person_id": home.floor.person_id, "subject": home.support_id, "by": home.patient}
    assert do(home, end_support_access, -20, **ended) == 2
    for kind in (HomeLink.SUPPORT, HomeLink.TRAINING):
        with pytest.raises(Missing):
            home_holder(addresses[kind], now=now)
    assert home_holder(addresses[HomeLink.PATIENT], now=now).actor.roles == {Role.PATIENT}
    with pytest.raises(NotAllowed, match="access has ended"):
        do(home, end_support_access, -19, **ended)
    with pytest.raises(NotAllowed, match="no support person is named"):
        do(home, make_home_link, -18, kind=HomeLink.SUPPORT, address=fresh_address(), **about)


def test_a_link_of_somebody_in_whose_place_another_was_named_opens_nothing():
    home = make_home()
    address = fresh_address()
    about = {"person_id": home.floor.person_id, "planned_session_id": home.planned_id}
    do(home, make_home_link, -35, kind=HomeLink.SUPPORT, address=address, **about)
    named(home.floor, -20)
    with pytest.raises(Missing):
        home_holder(address, now=home.floor.at(-10))


def test_a_link_to_somebody_elses_session_is_refused():
    home = make_home()
    about = {"kind": HomeLink.PATIENT, "address": fresh_address(), "planned_session_id": home.planned_id}
    with pytest.raises(NotAllowed, match="of another person"):
        do(home, make_home_link, -35, person_id=make_person(home.floor.clinic), **about)


def test_a_wrong_answer_is_kept_and_asked_again_and_a_promise_waits_for_a_pass():
    home = make_home(prepared=False)
    home = replace(home, support_id=named(home.floor))
    about = {"person_id": home.floor.person_id, "subject": home.support_id, "by": home.support}
    with pytest.raises(NotAllowed, match="training comes first"):
        do(home, agree_to_support, -500, **about)
    wrong = {**right_answers(), "wake": "worried"}
    assert do(home, answer_support_quiz, -499, answers=wrong, **about) == ("wake",)
    papers = own_papers(person_id=home.floor.person_id, by=home.support, now=home.floor.at(-498))
    assert set(papers.standing.lacks) == {"trained", "agreed"}
    trained(home, -490)
    papers = own_papers(person_id=home.floor.person_id, by=home.support, now=home.floor.at(-480))
    assert not papers.standing.lacks


def test_what_is_prepared_is_seen_by_the_team_and_the_patient():
    home = make_home()
    for by in (home.floor.nurse, home.patient):
        page = home_preparation(person_id=home.floor.person_id, by=by, now=home.floor.at(-30))
        assert page.is_switched_on
        assert [each.id for each in page.sessions] == [home.planned_id]
        assert page.papers.plan["access"] == PLAN["access"]
    with pytest.raises(Missing, match="not at home"):
        home_page(planned_session_id=home.floor.planned_id, by=home.floor.nurse, now=home.floor.at(0))


def test_a_session_in_the_clinic_has_no_desk_of_the_home():
    floor = make_floor()
    assert home_desk(session_id=opened_in_clinic(floor), by=floor.nurse, now=floor.at(0)) is None


def test_a_lozenge_is_recorded_as_it_ended_and_only_once():
    home = make_home()
    session_id = dosed(home)
    with pytest.raises(NotAllowed):
        do(home, end_home_hold, 12, by=home.patient, session_id=session_id, end=MouthEnd.SWALLOWED)


def test_statements_are_append_only_and_kept_from_other_people():
    home, other = make_home(), make_home()
    with scoped(other.floor.clinic.scope):
        assert kept_home.statements_of(other.floor.clinic.scope, home.floor.person_id) == ()
    with scoped(home.patient.scope):
        assert len(kept_home.statements_of(home.patient.scope, home.floor.person_id)) == 5


def ended(home):
    """Let the session end in the evening: the person leaves against advice, which ends it at once."""
    session_id = dosed(home)
    do(home, leave_against_advice, 60, session_id=session_id, reason="wants to sleep")
    return session_id


def written_to(home):
    """Give the person an address."""
    with scoped(home.floor.clinic.scope):
        known = people.find_person(home.floor.clinic.scope, home.floor.person_id).identity
        told = replace(known, contacts=({"kind": "email", "value": "q@example.org"},))
        people.change_identity(home.floor.clinic.scope, home.floor.person_id, told)


def morning_tasks(home):
    """Return the tasks of the morning after, with whose they are."""
    with scoped(home.floor.clinic.scope):
        found = tasks.tasks_of(home.floor.clinic.scope, home.floor.person_id)
    return [(each.kind, each.owner_role) for each in found if each.kind.startswith("morning")]


def test_the_next_morning_asks_by_a_link_and_no_answer_becomes_a_task():
    home = make_home()
    ended(home)
    with scoped(home.floor.clinic.scope):
        rows = [
            d for d in deadlines.deadlines_of(home.floor.clinic.scope, home.planned_id) if "home" in d.kind
        ]
    nine = home.floor.start.replace(hour=9) + timedelta(days=1)
    assert [(d.kind, d.due_at) for d in rows] == [
        ("home_morning", nine),
        ("home_morning_unanswered", nine + timedelta(hours=3)),
    ]
    known = {kind: WORK[kind] for kind in ("home_morning", "home_morning_unanswered")}
    assert work_deadlines(by=jobs(home.floor.clinic), now=nine, work=known) == 2
    assert morning_tasks(home) == [("morning_unanswered", "nurse")]
    written_to(home)
    letters = []
    send_outbox(
        by=jobs(home.floor.clinic), now=nine, post=letters.append, compose={"morning": compose_morning}
    )
    assert [each.path[:3] for each in letters] == ["/h/"]
    address = letters[0].path.split("/")[2]
    assert home_holder(address, now=nine).kind is HomeLink.MORNING


@pytest.mark.parametrize(
    ("answers", "may", "task"),
    [
        ({"drove": "no", "rested": "yes", "well": "yes"}, True, []),
        ({"drove": "no", "rested": "not_sure", "well": "yes"}, False, []),
        ({"drove": "yes", "rested": "yes", "well": "yes"}, True, [("morning_call", "clinician")]),
        ({"drove": "no", "rested": "no", "well": "no"}, False, [("morning_call", "clinician")]),
    ],
)
def test_only_restful_sleep_ends_the_restriction_and_driving_before_is_followed_up(answers, may, task):
    home = make_home()
    ended(home)
    about = {"planned_session_id": home.planned_id, "by": home.patient}
    assert do(home, answer_morning, 1400, answers=answers, **about) is may
    assert morning_tasks(home) == task
    known = {kind: WORK[kind] for kind in ("home_morning", "home_morning_unanswered")}
    assert work_deadlines(by=jobs(home.floor.clinic), now=home.floor.at(1500), work=known) == 2
    assert morning_tasks(home) == task
    with pytest.raises(NotAllowed, match="answered already"):
        do(home, answer_morning, 1401, answers=answers, **about)


def test_a_question_left_open_is_named_and_nobody_without_an_address_gets_a_letter():
    home = make_home()
    with pytest.raises(InvalidInput, match="choose one"):
        do(home, answer_morning, 1, planned_session_id=home.planned_id, answers={}, by=home.patient)
    message = Message(new_id(), home.floor.clinic.programme_id, "morning", {}, home.floor.start, None)
    assert compose_morning(message, jobs(home.floor.clinic), home.floor.start) is None


def test_the_morning_is_read_by_the_clock_of_the_home():
    at = datetime(2026, 3, 3, 2, 30, tzinfo=UTC)
    assert morning_after(at, zone=ZoneInfo("America/Denver"), hour=9) == datetime(
        2026, 3, 3, 16, 0, tzinfo=UTC
    )
    assert morning_after(at, zone=UTC, hour=9) == datetime(2026, 3, 4, 9, 0, tzinfo=UTC)


def test_the_day_of_a_label_is_that_of_the_persons_own_clock():
    home = make_home()
    session_id = opened(home)
    scope = home.floor.clinic.scope
    with scoped(scope):
        assert in_site_time(scope, session_id, home.floor.start).utcoffset() == timedelta(0)
        known = people.find_person(scope, home.floor.person_id).identity
        people.change_identity(scope, home.floor.person_id, replace(known, time_zone="Pacific/Honolulu"))
        there = in_site_time(scope, session_id, home.floor.start)
    assert (there.date(), there) == (home.floor.start.date() - timedelta(days=1), home.floor.start)
