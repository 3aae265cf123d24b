"""S-072: an event from a session's symptom or freely; a serious one opens a review with a deadline."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from kairos.actions.record_adverse_event import record_adverse_event
from kairos.actions.review_adverse_event import review_adverse_event
from kairos.actions.revise_adverse_event import revise_adverse_event
from kairos.domain.safety.medwatch import medwatch_blocks
from kairos.queries.adverse_events import event_list, event_page, person_of_event, report_facts
from kairos.store.repositories import tasks
from kairos.store.repositories.tasks import Task
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Actor, Role
from tests.support.accounts import make_login
from tests.support.clinic import make_clinic, make_person, staff
from tests.support.running_session import Floor, make_floor, observing
from tests.unit.domain.safety.test_adverse_events import EVENT, REVIEW, SERIOUS

pytestmark = pytest.mark.django_db


def person_with_login(floor: Floor, role: Role) -> Actor:
    """Return somebody with a log-in: whoever may review is looked up among log-ins."""
    login = make_login(floor.clinic, role)
    return Actor(login.id, frozenset({role}), floor.clinic.scope)


def recorded(floor: Floor, event: Any = SERIOUS, session_id: UUID | None = None, **more: Any) -> UUID:
    told = {"person_id": floor.person_id, "session_id": session_id, "event": event} | more
    key: UUID = floor.do(record_adverse_event, 60 * 24 * 3, **told)
    return key


def review_tasks(floor: Floor) -> list[Task]:
    with scoped(floor.clinic.scope):
        found = tasks.tasks_of(floor.clinic.scope, floor.person_id)
    return [task for task in found if task.kind == "serious_event_review"]


def test_a_serious_event_opens_a_review_with_a_deadline_and_its_review_ends_it() -> None:
    floor = make_floor()
    reviewer = person_with_login(floor, Role.MEDICAL_DIRECTOR)
    key = recorded(floor)
    (task,) = review_tasks(floor)
    at = floor.at(60 * 24 * 3)
    assert (task.subject, task.due_at) == (key, at + timedelta(hours=24))
    assert event_page(event_id=key, by=floor.nurse).wants_review
    floor.do(review_adverse_event, 60 * 24 * 3 + 5, by=reviewer, event_id=key, review=REVIEW)
    page = event_page(event_id=key, by=floor.nurse)
    assert not page.wants_review
    assert not page.reviews[0].treated
    assert review_tasks(floor)[0].done_at is not None
    told = {"event_id": key, "event": replace(SERIOUS, told="Two days in hospital."), "reason": "letter"}
    floor.do(revise_adverse_event, 60 * 24 * 3 + 9, **told)
    assert event_page(event_id=key, by=floor.nurse).wants_review
    assert len(review_tasks(floor)) == 2
    floor.do(review_adverse_event, 60 * 24 * 3 + 12, by=reviewer, event_id=key, review=REVIEW)
    assert all(task.done_at is not None for task in review_tasks(floor))


def test_who_treated_reviews_only_where_nobody_else_can() -> None:
    floor = make_floor()
    treated = person_with_login(floor, Role.CLINICIAN)
    key = recorded(floor, by=treated)
    given = {"event_id": key, "review": REVIEW, "by": treated}
    other = person_with_login(floor, Role.MEDICAL_DIRECTOR)
    with pytest.raises(NotAllowed, match="whoever treated"):
        floor.do(review_adverse_event, 60 * 24 * 3 + 5, **given)
    floor.do(review_adverse_event, 60 * 24 * 3 + 6, **(given | {"by": other}))
    alone = make_floor(names=("A", "B"))
    only = person_with_login(alone, Role.CLINICIAN)
    session_id = observing(alone)
    key = recorded(alone, session_id=session_id, by=only)
    alone.do(review_adverse_event, 60 * 24 * 3 + 5, by=only, event_id=key, review=REVIEW)
    assert event_page(event_id=key, by=alone.nurse).reviews[0].treated


def test_a_serious_event_told_twice_keeps_one_open_review_and_a_slight_one_none() -> None:
    floor = make_floor()
    recorded(floor, EVENT)
    assert review_tasks(floor) == []
    key = recorded(floor)
    floor.do(revise_adverse_event, 60 * 24 * 3 + 1, event_id=key, event=SERIOUS, reason="no change")
    assert len(review_tasks(floor)) == 1
    found = event_list(by=floor.nurse)
    assert (found.figures.events, found.figures.people, len(found.waiting)) == (2, 1, 1)


def test_it_is_of_the_person_of_the_session_and_of_the_own_programme() -> None:
    floor = make_floor()
    session_id = observing(floor)
    other = make_person(floor.clinic)
    with pytest.raises(InvalidInput, match="somebody else"):
        recorded(floor, session_id=session_id, person_id=other)
    key = recorded(floor, session_id=session_id)
    with pytest.raises(Missing):
        event_page(event_id=key, by=staff(make_clinic(), Role.NURSE))
    assert event_list(by=staff(make_clinic(), Role.NURSE)).events == ()
    with pytest.raises(DatabaseError), scoped(floor.clinic.scope), connection.cursor() as cursor:
        cursor.execute("UPDATE store_adverseevent SET severity = 'mild'")


def test_the_draft_of_the_report_says_what_the_record_says() -> None:
    floor = make_floor()
    session_id = observing(floor)
    key = recorded(floor, session_id=session_id)
    facts = report_facts(event_id=key, term_words="Headache", by=floor.nurse, now=floor.at(60 * 24 * 3))
    blocks = {block.number: block.value for block in medwatch_blocks(facts)}
    assert blocks["A2"].endswith("born 04/14/1981")
    assert blocks["C1"] == "Ketamine"
    assert blocks["C2"] == "34 mg, IV"
    assert blocks["C10"].startswith("None, as")
    assert person_of_event(person_id=floor.person_id, by=floor.nurse, now=floor.at(0)).terms["headache"]
    free = recorded(floor)
    facts = report_facts(event_id=free, term_words="Headache", by=floor.nurse, now=floor.at(60 * 24 * 3))
    assert facts.dose.product == ""
    unknown = recorded(floor, person_id=make_person(floor.clinic))
    facts = report_facts(event_id=unknown, term_words="Headache", by=floor.nurse, now=floor.at(60 * 24 * 3))
    assert facts.born_on is None
