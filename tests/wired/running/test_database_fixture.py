"""The tests' own database: migrated by the owner, used as the app."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_tests_run_as_the_app_role() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == ("kairos_app", False, False)


@pytest.mark.django_db(transaction=True)
def test_a_test_may_commit() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM store_user")
        assert cursor.fetchone() == (0,)


def test_both_postgres_versions_are_migrated(either_postgres) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, count(*) FROM store_user GROUP BY 1")
        assert cursor.fetchone() is None
    assert either_postgres.server.postgres.answers()
