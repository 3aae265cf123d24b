"""S-069: a flag opens the card at the chair and three tasks; 5.1: a fall is reported in a day."""

from datetime import timedelta

import pytest

from kairos.actions import flag_difficult_experience as flagging
from kairos.actions.fall_report import KIND as FALL_REPORT
from kairos.actions.flag_difficult_experience import CALL, FOLLOW_UP, REVIEW, flag_difficult_experience
from kairos.actions.note_symptom import note_symptom
from kairos.domain.sessions.events import SymptomState
from kairos.queries.dosing_sessions import session_page
from kairos.store.repositories import tasks
from kairos.store.repositories.tasks import Task
from kairos.store.scope import scoped
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Role
from tests.support.running_session import Floor, infusing, make_floor

pytestmark = pytest.mark.django_db


def tasks_of(floor: Floor) -> list[Task]:
    with scoped(floor.clinic.scope):
        return sorted(tasks.tasks_of(floor.clinic.scope, floor.person_id), key=lambda task: task.kind)


def test_a_flag_opens_three_tasks_once_and_the_card_of_distress() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    for minute in (20, 25):
        floor.do(flag_difficult_experience, minute, session_id=session_id)
    found = tasks_of(floor)
    assert [task.kind for task in found] == [CALL, FOLLOW_UP, REVIEW]
    call, follow_up, review = found
    midnight = floor.start.replace(hour=0) + timedelta(days=1)
    flagged = floor.at(20)
    assert call.due_at == midnight
    assert follow_up.due_at == flagged + timedelta(hours=72)
    assert follow_up.details["not_before"] == (flagged + timedelta(hours=24)).isoformat()
    assert review.due_at == flagged + timedelta(hours=72)
    assert (call.owner_role, review.owner_role) == (Role.NURSE, Role.CLINICIAN)
    page = session_page(session_id=session_id, by=floor.nurse, now=floor.at(26))
    assert "distress" in [alarm.card.id for alarm in page.picture.alarms]


def test_a_fall_is_reported_within_the_day_by_one_open_task() -> None:
    floor = make_floor()
    session_id = infusing(floor)
    for minute in (20, 21):
        floor.do(note_symptom, minute, session_id=session_id, codes=("fall",), state=SymptomState.PRESENT)
    floor.do(note_symptom, 22, session_id=session_id, codes=("fall",), state=SymptomState.RESOLVED)
    (task,) = tasks_of(floor)
    assert (task.kind, task.due_at) == (FALL_REPORT, floor.at(20) + timedelta(hours=24))


def test_a_protocol_from_before_the_flag_says_what_to_note_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    floor = make_floor()
    session_id = infusing(floor)
    monkeypatch.setattr(flagging, "DIFFICULT", "not_in_this_protocol")
    with pytest.raises(NotAllowed, match="note panic or what you see"):
        floor.do(flag_difficult_experience, 20, session_id=session_id)
    assert tasks_of(floor) == []
