"""Release by time and criteria, by a reason, and the door that is no release."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kairos.actions.leave_against_advice import leave_against_advice
from kairos.actions.note_symptom import note_symptom
from kairos.actions.override_criterion import override_criterion
from kairos.actions.record_release_criterion import record_release_criterion
from kairos.actions.record_vitals import record_vitals
from kairos.actions.release_patient import release_patient
from kairos.actions.safety_tasks import OVERDUE, UNTAKEN
from kairos.actions.session_alarms import LOOK
from kairos.actions.take_alarm import take_alarm
from kairos.actions.work_deadlines import WORK, work_deadlines
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.sessions.events import AlarmEnd, Released, SymptomState
from kairos.domain.sessions.state import replay
from kairos.jobs.wiring import load_actions
from kairos.store.ids import new_id
from kairos.store.repositories import alarms, courses, deadlines, session_entries, tasks
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Role
from tests.support.clinic import jobs
from tests.support.running_session import WELL, make_floor, observing, releasable, seen_well

pytestmark = pytest.mark.django_db


def test_nobody_goes_before_the_time_however_well_they_are() -> None:
    floor = make_floor()
    session_id = observing(floor)
    seen_well(floor, session_id, 60)
    with pytest.raises(NotAllowed, match="time"):
        floor.do(release_patient, 61, session_id=session_id)


def test_a_release_asks_how_it_goes_and_gives_the_team_its_task() -> None:
    floor = make_floor()
    session_id = releasable(floor)
    given = {"session_id": session_id, "command_id": new_id(), "by": floor.nurse}
    assert [release_patient(now=floor.at(m), **given).phase for m in (111, 112)] == ["released"] * 2
    scope = floor.clinic.scope
    with scoped(scope):
        (task,) = tasks.tasks_of(scope, floor.person_id)
        askings = deadlines.deadlines_of(scope, floor.planned_id)
        planned = courses.find_planned_session(scope, floor.planned_id)
        assert alarms.summaries(scope) == ()
    assert (task.kind, task.owner_role) == ("session_aftercare", Role.NURSE)
    assert len([each for each in askings if not each.kind.startswith("check_in")]) == 3
    assert len([each for each in askings if each.kind.startswith("check_in")]) == 6
    assert planned.status == PlannedStatus.DONE


def test_a_review_of_the_course_follows_the_infusion_that_the_protocol_names() -> None:
    """Two infusions lie behind; the third is one of those after which the course is looked at."""
    floor = make_floor()
    scope = floor.clinic.scope
    with scoped(scope):
        third = courses.find_planned_session(scope, floor.planned_id)
        for number in (11, 12):
            before = timedelta(days=20 - number)
            held = replace(third, id=new_id(), number=number, status=PlannedStatus.DONE, stream=None)
            courses.add_session(
                scope, replace(held, starts_at=third.starts_at - before, ends_at=third.ends_at - before)
            )
    session_id = releasable(floor)
    floor.do(release_patient, 111, session_id=session_id)
    with scoped(scope):
        (review,) = [t for t in tasks.tasks_of(scope, floor.person_id) if t.kind == "course_review"]
        watched = deadlines.deadlines_of(scope, review.id)
    assert (review.owner_role, review.details["infusions"]) == (Role.CLINICIAN, 3)
    assert [each.kind for each in watched] == [OVERDUE]


def test_a_criterion_takes_the_words_of_the_protocol_only() -> None:
    floor = make_floor()
    session_id = observing(floor)
    for criterion, answer in (("mobility", "wobbly"), ("hair", "none")):
        with pytest.raises(InvalidInput, match="choose one of the answers"):
            floor.do(record_release_criterion, 50, session_id=session_id, criterion=criterion, answer=answer)


def test_a_prescriber_passes_what_may_be_passed_and_nothing_else() -> None:
    floor = make_floor()
    session_id = releasable(floor)
    floor.do(record_release_criterion, 110, session_id=session_id, criterion="mobility", answer="unsteady")
    with pytest.raises(NotAllowed, match=r"left: release\.mobility"):
        floor.do(release_patient, 111, session_id=session_id)
    given = {"by": floor.prescriber, "session_id": session_id}
    with pytest.raises(NotAllowed, match="cannot be overridden"):
        floor.do(override_criterion, 111, rule="release.escort", reason="lives next door", **given)
    with pytest.raises(NotAllowed, match="override release is done by"):
        floor.do(override_criterion, 111, session_id=session_id, rule="release.mobility", reason="x")
    floor.do(override_criterion, 111, rule="release.mobility", reason="walks with a stick", **given)
    floor.do(release_patient, 112, session_id=session_id)
    with scoped(floor.clinic.scope):
        entries = session_entries.entries_of(floor.clinic.scope, session_id)
    (released,) = [e.event for e in entries if isinstance(e.event, Released)]
    assert released.overridden == ("release.mobility",)


def test_leaving_against_advice_is_no_release_and_somebody_calls() -> None:
    floor = make_floor()
    session_id = observing(floor)
    given = {"session_id": session_id, "reason": "wants to go; explained the risk; brother drives"}
    assert floor.do(leave_against_advice, 50, **given).phase == "left_against_advice"
    with scoped(floor.clinic.scope):
        (task,) = tasks.tasks_of(floor.clinic.scope, floor.person_id)
        watched = {each.kind for each in deadlines.deadlines_of(floor.clinic.scope, task.id)}
    assert (task.kind, task.owner_role) == ("left_against_advice", Role.CLINICIAN)
    assert watched == {UNTAKEN, OVERDUE}
    assert task.due_at > floor.at(50)
    with pytest.raises(NotAllowed, match="stopped"):
        floor.do(leave_against_advice, 51, **given)


def test_an_alarm_that_somebody_took_ends_with_the_session_and_an_untaken_one_stays() -> None:
    floor = make_floor()
    session_id = observing(floor)
    noted = {"session_id": session_id, "state": SymptomState.PRESENT}
    (panic,) = floor.do(note_symptom, 50, codes=("panic",), **noted).raised
    floor.do(take_alarm, 50, session_id=session_id, alarm_id=panic)
    (chest,) = floor.do(note_symptom, 51, codes=("chest_pain",), **noted).raised
    floor.do(leave_against_advice, 52, session_id=session_id, reason="ran out of the door")
    scope = floor.clinic.scope
    with scoped(scope):
        state = replay(session_entries.entries_of(scope, session_id))
        (summary,) = alarms.summaries(scope)
    assert state.alarms[panic].end is AlarmEnd.SESSION_ENDED
    assert state.alarms[chest].is_open and summary.is_open
    floor.do(take_alarm, 53, session_id=session_id, alarm_id=chest)
    floor.do(record_vitals, 54, session_id=session_id, values=WELL)


def test_nobody_is_called_about_a_session_that_is_over() -> None:
    floor = make_floor(datetime.now(UTC) - timedelta(hours=2))
    session_id = observing(floor)
    floor.do(leave_against_advice, 41, session_id=session_id, reason="brother waits outside")
    load_actions()
    known = {LOOK: WORK[LOOK]}
    assert work_deadlines(by=jobs(floor.clinic), now=floor.at(90), work=known) >= 1
    with scoped(floor.clinic.scope):
        assert alarms.open_alarms(floor.clinic.scope) == ()
