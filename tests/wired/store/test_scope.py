"""The two walls: the repositories' filter, and row-level security when that filter is gone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kairos.store.ids import new_id
from kairos.store.repositories import people
from kairos.store.scope import scoped
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Scope
from tests.support.clinic import make_clinic, make_person

pytestmark = pytest.mark.django_db


def test_a_person_of_another_programme_is_not_found() -> None:
    ours, theirs = make_clinic(), make_clinic()
    person_id = make_person(theirs)
    with scoped(ours.scope), pytest.raises(Missing):
        people.find_person(ours.scope, person_id)


def test_writing_into_another_programme_is_refused() -> None:
    ours, theirs = make_clinic(), make_clinic()
    enrolment = people.Enrolment(new_id(), new_id(), theirs.programme_id, "screening")
    with scoped(ours.scope), pytest.raises(NotAllowed):
        people.add_person(ours.scope, enrolment, people.Identity("Example"))


def test_without_any_scope_nothing_is_seen() -> None:
    clinic = make_clinic()
    make_person(clinic)
    assert people.list_enrolments(clinic.scope) == ()


def test_the_scope_before_comes_back_when_a_block_ends() -> None:
    ours, theirs = make_clinic(), make_clinic()
    mine = make_person(ours)
    with scoped(ours.scope):
        with scoped(theirs.scope):
            assert people.list_enrolments(ours.scope) == ()
        assert people.find_person(ours.scope, mine).id == mine


def test_a_patient_sees_themselves_only() -> None:
    clinic = make_clinic()
    me, other = make_person(clinic), make_person(clinic)
    mine = Scope(clinic.organisation_id, clinic.scope.programme_ids, patient_id=me)
    with scoped(mine):
        assert people.find_person(mine, me).id == me
        with pytest.raises(Missing):
            people.find_person(mine, other)


def test_every_table_of_a_programme_or_person_forces_row_level_security() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT c.relname, c.relforcerowsecurity
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relkind = 'r' AND c.relname LIKE 'store\\_%%'
              AND a.attname IN ('programme_id', 'person_id') AND NOT a.attisdropped
            """
        )
        found = dict(cursor.fetchall())
    assert len(found) > 30
    assert [name for name, forced in found.items() if not forced] == []


@pytest.mark.django_db(transaction=True)
def test_a_scope_ends_with_its_own_transaction_and_leaves_nothing() -> None:
    """Outside any transaction, as processes work: nothing is put back, for nothing stays."""
    ours, theirs = make_clinic(), make_clinic()
    mine, foreign = make_person(ours), make_person(theirs)
    for clinic, person_id in ((ours, mine), (theirs, foreign), (ours, mine)):
        with scoped(clinic.scope):
            with scoped(Scope(clinic.organisation_id)):
                assert people.list_enrolments(clinic.scope) == ()
            assert [e.person_id for e in people.list_enrolments(clinic.scope)] == [person_id]
        assert people.list_enrolments(clinic.scope) == ()
        assert _settings_left() == {""}
    with pytest.raises(ZeroDivisionError), scoped(ours.scope):
        raise ZeroDivisionError
    assert _settings_left() == {""}


def _settings_left() -> set[str]:
    names = ("kairos.organisation", "kairos.programmes", "kairos.person", "kairos.cds_client")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting(name, true), '') FROM unnest(%s::text[]) AS name", [list(names)]
        )
        return {value for (value,) in cursor.fetchall()}


def statements_of(work) -> list[str]:
    with CaptureQueriesContext(connection) as asked:
        work()
    return [each["sql"] for each in asked]


def test_an_equal_scope_inside_a_scope_asks_nothing_of_the_database() -> None:
    clinic = make_clinic()
    same = Scope(clinic.organisation_id, frozenset({clinic.programme_id}))

    def enter_again() -> None:
        with scoped(same):
            pass

    with scoped(clinic.scope):
        assert statements_of(enter_again) == []
        with scoped(make_clinic().scope), scoped(clinic.scope):
            pass
        assert statements_of(enter_again) == []
    assert statements_of(enter_again) != []


def test_a_scope_that_ends_in_an_error_is_the_one_before_again() -> None:
    ours, theirs = make_clinic(), make_clinic()
    mine = make_person(ours)
    with scoped(ours.scope):
        with pytest.raises(ZeroDivisionError), scoped(theirs.scope):
            raise ZeroDivisionError
        with scoped(ours.scope):
            assert people.find_person(ours.scope, mine).id == mine


def test_what_stands_apart_is_undone_by_itself() -> None:
    clinic = make_clinic()
    with scoped(clinic.scope):
        with pytest.raises(ZeroDivisionError), scoped(clinic.scope, apart=True):
            make_person(clinic)
            raise ZeroDivisionError
        assert people.list_enrolments(clinic.scope) == ()


def test_what_is_asked_once_a_reading_is_asked_again_where_something_may_be_written() -> None:
    clinic = make_clinic()
    person_id = make_person(clinic)

    def find_twice() -> None:
        people.find_person(clinic.scope, person_id)
        people.find_person(clinic.scope, person_id)

    with scoped(clinic.scope, only_reads=True):
        once = statements_of(find_twice)
        assert statements_of(find_twice) == []
        with scoped(make_clinic().scope), pytest.raises(Missing):
            people.find_person(clinic.scope, person_id)
    with scoped(clinic.scope):
        assert len(statements_of(find_twice)) == 2 * len(once)
