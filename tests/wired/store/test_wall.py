"""The wall: with Python's filter taken out the database still refuses, on PostgreSQL 15 and 18."""

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from kairos.store.ids import new_id
from kairos.store.repositories import people
from kairos.store.scope import scoped
from kairos.vocab.people import Scope
from tests.support.clinic import make_clinic, make_person

pytestmark = pytest.mark.usefixtures("either_postgres", "no_filter")


@pytest.fixture
def no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the first wall down: no filter, no check."""
    monkeypatch.setattr(people, "within", lambda rows, scope: rows)
    monkeypatch.setattr(people, "check_within", lambda *given: None)


def test_a_foreign_row_cannot_be_read() -> None:
    ours, theirs = make_clinic(), make_clinic()
    make_person(theirs)
    mine = make_person(ours)
    with scoped(ours.scope):
        assert [e.person_id for e in people.list_enrolments(ours.scope)] == [mine]


def test_a_foreign_row_cannot_be_written() -> None:
    ours, theirs = make_clinic(), make_clinic()
    enrolment = people.Enrolment(new_id(), new_id(), theirs.programme_id, "screening")
    with pytest.raises(ProgrammingError, match="row-level security"), scoped(ours.scope):
        people.enrol(ours.scope, enrolment)


def test_a_foreign_row_cannot_be_changed() -> None:
    ours, theirs = make_clinic(), make_clinic()
    make_person(theirs)
    with scoped(ours.scope), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE store_enrolment SET stage = 'taken' WHERE programme_id = %s", [theirs.programme_id]
        )
        assert cursor.rowcount == 0


def test_one_patient_cannot_read_another() -> None:
    clinic = make_clinic()
    me, other = make_person(clinic), make_person(clinic)
    mine = Scope(clinic.organisation_id, clinic.scope.programme_ids, patient_id=me)
    with scoped(mine):
        assert {e.person_id for e in people.list_enrolments(mine)} == {me}
        assert set(people.identities(mine, [me, other])) == {me}
