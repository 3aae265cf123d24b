"""Ketamine with psychotherapy in the database: triads, the gate, signed notes, touch, aims and ratings."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from kairos.actions.add_therapy_note import add_therapy_note
from kairos.actions.agree_touch import agree_touch
from kairos.actions.cancel_session import cancel_session
from kairos.actions.cancel_therapy_meeting import cancel_therapy_meeting
from kairos.actions.choose_aims import choose_aims
from kairos.actions.narrow_touch import narrow_touch
from kairos.actions.plan_course import plan_course
from kairos.actions.plan_therapy_meeting import plan_therapy_meeting
from kairos.actions.rate_therapy import rate_therapy
from kairos.actions.set_trauma_care import set_trauma_care
from kairos.actions.sign_therapy_note import sign_therapy_note
from kairos.domain.protocols.course import PlannedStatus
from kairos.domain.protocols.therapy import SessionKind
from kairos.domain.sessions.events import CancelReason, NoteAdded
from kairos.queries.courses import IV_PROTOCOL
from kairos.queries.dosing_sessions import session_page
from kairos.queries.therapy import (
    note_page,
    own_therapy,
    therapy_outcomes,
    therapy_page,
    touch_page,
    touch_shown,
    triads_shown,
)
from kairos.store.ids import new_id
from kairos.store.repositories import courses, session_entries, therapy
from kairos.store.scope import scoped
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed
from kairos.vocab.people import Actor, Role, Scope
from kairos.vocab.verdict import Verdict
from tests.support.clinic import NOW, make_clinic, make_person, staff
from tests.support.courses import NEXT_MONDAY, keep_decision, starts_from
from tests.support.running_session import infusing, make_floor, opened
from tests.support.therapy import filled, hold_meeting, patient, prepared, therapist, with_therapy

pytestmark = pytest.mark.django_db

PREPARATORY, DOSING, INTEGRATION = SessionKind.PREPARATORY, SessionKind.DOSING, SessionKind.INTEGRATION
LATER = 8 * 24 * 60


@pytest.fixture
def floor():
    """Return a floor an hour ahead of the database's clock: what is said now is said before it."""
    return with_therapy(make_floor(timezone.now() + timedelta(hours=1)))


def plan_kap(clinic, person_id, preparation, therapy="kap"):
    return plan_course(
        person_id=person_id,
        protocol=IV_PROTOCOL,
        site_id=clinic.site_id,
        place_id=None,
        starts=starts_from(NEXT_MONDAY),
        therapy=therapy,
        preparation=preparation,
        command_id=new_id(),
        by=staff(clinic),
        now=NOW,
    )


def test_a_course_with_psychotherapy_is_planned_with_its_preparation_and_shown_as_triads():
    clinic = make_clinic()
    person_id = make_person(clinic)
    keep_decision(clinic, person_id)
    with pytest.raises(InvalidInput, match="1 planned; this course needs 2"):
        plan_kap(clinic, person_id, [NOW + timedelta(days=1)])
    with pytest.raises(InvalidInput, match="before the first dosing session"):
        plan_kap(clinic, person_id, [NOW + timedelta(days=1), NOW + timedelta(days=30)])
    with pytest.raises(Missing, match="called rebirth"):
        plan_kap(clinic, person_id, [], therapy="rebirth")
    plan_kap(clinic, person_id, [NOW + timedelta(days=1), NOW + timedelta(days=3)])
    page = triads_shown(person_id=person_id, by=staff(clinic, Role.COORDINATOR), now=NOW)
    first, *others = page.units
    assert [len(first.triad.preparation), first.triad.lacks] == [2, (INTEGRATION,)]
    assert all(unit.triad.lacks == (PREPARATORY, INTEGRATION) for unit in others)
    assert all(unit.triad.is_orphan for unit in page.units)
    assert [first.preparation.needed, others[0].preparation.needed] == [2, 1]


def test_a_dose_waits_for_its_preparation(floor):
    with pytest.raises(NotAllowed, match="0 of 2 held and signed"):
        opened(floor)
    by = therapist(floor)
    hold_meeting(floor, by, days=-4)
    unsigned = floor.do(
        plan_therapy_meeting,
        -3000,
        by=by,
        planned_session_id=floor.planned_id,
        kind=PREPARATORY,
        starts_at=floor.at(-2900),
    )
    with pytest.raises(NotAllowed, match="not known: 1 of 2 signed, and 1 whose time has passed"):
        opened(floor)
    floor.do(cancel_therapy_meeting, -2000, by=by, meeting_id=unsigned)
    with pytest.raises(NotAllowed, match="planned can be cancelled"):
        floor.do(cancel_therapy_meeting, -2000, by=by, meeting_id=unsigned)
    with pytest.raises(NotAllowed, match="1 of 2 held and signed"):
        opened(floor)
    hold_meeting(floor, by, days=-1)
    assert opened(floor)


def test_a_session_that_was_cancelled_belongs_to_no_triad(floor):
    scope = floor.clinic.scope
    prepared(floor, therapist(floor))
    session_id = opened(floor)
    floor.do(cancel_session, 1, session_id=session_id, reason=CancelReason.CLINIC)
    assert therapy_page(person_id=floor.person_id, by=floor.prescriber, now=floor.at(2)).units == ()
    from kairos.actions.therapy import preparation_standing

    with scoped(scope):
        planned = courses.find_planned_session(scope, floor.planned_id)
        assert planned.status == PlannedStatus.CANCELLED
        assert preparation_standing(scope, planned, now=floor.start).verdict is Verdict.NOT_MET
    with pytest.raises(NotAllowed, match="that stands"):
        floor.do(
            plan_therapy_meeting,
            3,
            by=therapist(floor),
            planned_session_id=floor.planned_id,
            kind=INTEGRATION,
            starts_at=floor.at(90),
        )
    with pytest.raises(NotAllowed, match="this session is cancelled"):
        floor.do(
            agree_touch, 3, by=patient(floor), planned_session_id=floor.planned_id, lines=["a"], name="b"
        )


def test_a_course_without_psychotherapy_has_none_of_it():
    floor = make_floor()
    assert opened(floor)
    by = therapist(floor)
    assert therapy_page(person_id=floor.person_id, by=by, now=floor.start).chosen is None
    assert touch_shown(planned_session_id=floor.planned_id, by=by) is None
    with pytest.raises(NotAllowed, match="no psychotherapy"):
        floor.do(choose_aims, 0, by=by, planned_session_id=floor.planned_id, aims=["grief"])
    with pytest.raises(Missing, match="no psychotherapy"):
        note_page(subject_id=floor.planned_id, kind=DOSING, by=by, now=floor.start)


def test_a_note_is_signed_under_the_persons_key_and_amended_by_a_version(floor):
    by = therapist(floor)
    meeting = hold_meeting(floor, by, days=-4)
    changed = filled(PREPARATORY) | {"goals": "to sleep"}
    given = {"subject_id": meeting, "kind": PREPARATORY, "fields": changed, "by": by}
    with pytest.raises(InvalidInput, match="why it is amended"):
        floor.do(sign_therapy_note, -100, based_on=1, **given)
    with pytest.raises(InvalidInput, match="meanwhile"):
        floor.do(sign_therapy_note, -100, **given)
    floor.do(sign_therapy_note, -100, based_on=1, reason="a name was wrong", **given)
    page = note_page(subject_id=meeting, kind=PREPARATORY, by=by, now=floor.start)
    assert [each.version for each in page.versions] == [2, 1]
    assert [each.words["fields"]["goals"] for each in page.versions] == ["to sleep", "words of goals"]
    with connection.cursor() as cursor, scoped(floor.clinic.scope):
        cursor.execute("SELECT count(*) FROM store_therapynote WHERE position('goals'::bytea IN words) > 0")
        assert cursor.fetchone() == (0,)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        scoped(floor.clinic.scope),
    ):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE store_therapynote SET version = 9")


def test_a_note_waits_for_its_meeting(floor):
    by = therapist(floor)
    planned = {"by": by, "planned_session_id": floor.planned_id, "kind": INTEGRATION}
    with pytest.raises(InvalidInput, match="integration comes after"):
        floor.do(plan_therapy_meeting, -50, starts_at=floor.at(-10), **planned)
    meeting = floor.do(plan_therapy_meeting, -50, starts_at=floor.at(2000), **planned)
    signed = {"by": by, "subject_id": meeting, "fields": filled(INTEGRATION)}
    with pytest.raises(NotAllowed, match="sign it once held"):
        floor.do(sign_therapy_note, 0, kind=INTEGRATION, **signed)
    with pytest.raises(NotAllowed, match="of another kind"):
        floor.do(sign_therapy_note, 3000, kind=PREPARATORY, **signed)


def test_coaches_do_what_their_scope_allows_and_less_with_the_trauma_flag(floor):
    coach, by = staff(floor.clinic, Role.COACH), therapist(floor)
    meeting = hold_meeting(floor, coach, days=-4)
    with pytest.raises(NotAllowed, match="a dosing session is held and read by"):
        floor.do(
            sign_therapy_note, 0, by=coach, subject_id=floor.planned_id, kind=DOSING, fields=filled(DOSING)
        )
    flag = {"person_id": floor.person_id, "is_on": True}
    with pytest.raises(NotAllowed, match="by a therapist or a prescriber"):
        floor.do(set_trauma_care, 0, by=coach, pacing="slowly", **flag)
    with pytest.raises(InvalidInput, match="how it is paced"):
        floor.do(set_trauma_care, 0, by=by, pacing=" ", **flag)
    floor.do(set_trauma_care, 0, by=by, pacing="slowly", **flag)
    with pytest.raises(NotAllowed, match="held and read by"):
        note_page(subject_id=meeting, kind=PREPARATORY, by=coach, now=floor.start)
    with pytest.raises(InvalidInput, match="write something here"):
        floor.do(sign_therapy_note, 0, by=by, subject_id=floor.planned_id, kind=DOSING, fields=filled(DOSING))
    plan = filled(DOSING, with_pacing=True)
    floor.do(sign_therapy_note, 0, by=by, subject_id=floor.planned_id, kind=DOSING, fields=plan)
    page = therapy_page(person_id=floor.person_id, by=by, now=floor.start)
    assert (page.is_flagged, page.trauma.pacing, page.units[0].has_plan) == (True, "slowly", True)
    assert not any(card.is_trauma for card in page.chosen.cards_for(has_trauma_flag=page.is_flagged))
    floor.do(set_trauma_care, 1, by=by, person_id=floor.person_id, is_on=False, pacing="asked for it")
    assert not therapy_page(person_id=floor.person_id, by=by, now=floor.start).is_flagged


def test_touch_is_agreed_before_the_dose_and_only_narrowed_in_it(floor):
    by, me = therapist(floor), patient(floor)
    prepared(floor, by)
    about = {"planned_session_id": floor.planned_id}
    assert touch_shown(**about, by=by) == ()
    lines = ["hold my hand when I reach out", " ", "a hand on my shoulder"]
    floor.do(agree_touch, -200, by=me, lines=lines, name="A Name", **about)
    floor.do(agree_touch, -100, by=floor.nurse, lines=lines, name="A Name", **about)
    items = touch_page(by=me, **about).items
    assert [item.words for item in items] == [lines[0], lines[2]]
    infusing(floor)
    with pytest.raises(NotAllowed, match="the dose has begun"):
        floor.do(agree_touch, 1, by=me, lines=["anything"], name="A Name", **about)
    assert floor.do(narrow_touch, 2, by=floor.nurse, keep=[items[0].id], **about) == 1
    with pytest.raises(NotAllowed, match="not agreed now"):
        floor.do(narrow_touch, 3, by=by, keep=[items[1].id], **about)
    assert [item.words for item in touch_shown(**about, by=by)] == [lines[0]]
    assert floor.do(narrow_touch, 4, by=me, **about) == 0
    page = touch_page(by=me, **about)
    assert (page.items, page.has_dosed) == ((), True)
    with scoped(floor.clinic.scope):
        said = therapy.touch_of(floor.clinic.scope, floor.planned_id)
    assert [each.state for each in said] == ["agreed", "agreed", "narrowed", "withdrawn"]
    assert [each.witnessed_by for each in said] == [None, floor.nurse.id, None, None]


def test_the_therapist_writes_into_the_sessions_own_stream_at_the_true_time(floor):
    by = therapist(floor)
    prepared(floor, by)
    session_id = infusing(floor)
    floor.do(add_therapy_note, 12, by=by, session_id=session_id, note="tears, calm", true_at=floor.at(9))
    with pytest.raises(NotAllowed):
        floor.do(
            add_therapy_note, 12, by=staff(floor.clinic, Role.COACH), session_id=session_id, note="coach"
        )
    seen = session_page(session_id=session_id, by=floor.nurse, now=floor.at(13))
    last = seen.entries[-1]
    assert isinstance(last.event, NoteAdded)
    assert (last.true_at, seen.words[last.seq]) == (floor.at(9), {"note": "tears, calm"})
    pharmacist = staff(floor.clinic, Role.PHARMACIST)
    assert last.seq not in session_page(session_id=session_id, by=pharmacist, now=floor.at(13)).words
    with scoped(floor.clinic.scope):
        assert session_entries.entries_of(floor.clinic.scope, session_id)[-1].event == last.event


def test_aims_are_chosen_before_and_rated_after_and_continuity_counts(floor):
    by, me = therapist(floor), patient(floor)
    prepared(floor, by)
    about = {"planned_session_id": floor.planned_id}
    with pytest.raises(InvalidInput, match="one or more"):
        floor.do(choose_aims, -200, by=by, aims=["happiness"], **about)
    floor.do(choose_aims, -200, by=by, aims=["grief", "openness"], **about)
    with pytest.raises(NotAllowed, match="once it was held"):
        floor.do(rate_therapy, -100, by=me, ratings={"heard": 8}, **about)
    session_id = infusing(floor)
    floor.do(add_therapy_note, 5, by=by, session_id=session_id, note="quiet")
    with pytest.raises(NotAllowed, match="the dose has begun"):
        floor.do(choose_aims, 10, by=by, aims=["grief"], **about)
    with pytest.raises(InvalidInput, match="choose a number from 0 to 10"):
        floor.do(rate_therapy, 200, by=me, ratings={"heard": 11, "habits": 3}, **about)
    with pytest.raises(InvalidInput, match="rate at least one"):
        floor.do(rate_therapy, 200, by=me, ratings={"heard": None}, **about)
    floor.do(rate_therapy, 200, by=me, ratings={"heard": 8, "grief": 4, "openness": None}, **about)
    page = therapy_outcomes(person_id=floor.person_id, by=floor.prescriber, now=floor.at(201))
    assert page.units[0].aims == ("openness", "grief")
    assert page.units[0].ratings == {"grief": 4, "heard": 8}
    assert own_therapy(by=me, now=floor.at(201)).units == page.units
    assert (page.continuity.count, page.continuity.of, page.continuity.who) == (3, 3, by.id)
    nobody = Actor(new_id(), frozenset({Role.PATIENT}), floor.clinic.scope)
    with pytest.raises(Missing, match="no patient"):
        own_therapy(by=nobody, now=floor.start)


def test_another_programme_sees_nothing_of_it(floor):
    meeting = hold_meeting(floor, therapist(floor), days=-4)
    with pytest.raises(Missing, match="meeting is not there"):
        note_page(subject_id=new_id(), kind=PREPARATORY, by=therapist(floor), now=floor.start)
    other = make_clinic(floor.clinic.organisation_id)
    with pytest.raises(Missing):
        note_page(subject_id=meeting, kind=PREPARATORY, by=staff(other, Role.THERAPIST), now=floor.start)
    with scoped(Scope(other.organisation_id, other.scope.programme_ids)), connection.cursor() as cursor:
        for table in ("therapymeeting", "therapynote", "therapyanswer", "traumacare", "touchstatement"):
            cursor.execute(f"SELECT count(*) FROM store_{table}")
            assert cursor.fetchone() == (0,)
