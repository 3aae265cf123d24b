"""A database that is swept after a test is as the template is; one whose structure changed is made anew."""

import psycopg
import pytest

from kairos.cli.postgres_places import APP_ROLE, OWNER_ROLE
from tests.support import sweeping
from tests.support.clinic import make_clinic, make_person


@pytest.fixture
def swept(postgres_server, worker_database):
    name = f"{worker_database}_swept"
    postgres_server.make_database(name)
    yield name
    postgres_server.drop_database(name)


def number_of(server, name: str) -> int:
    """Return which database this is: one made anew has another number."""
    with server.connect(APP_ROLE, name) as connection:
        row = connection.execute("SELECT oid FROM pg_database WHERE datname = current_database()").fetchone()
    return int(row[0])


def test_rows_of_every_kind_are_gone_and_the_numbers_begin_again(newest_postgres) -> None:
    server, name = newest_postgres.server, newest_postgres.database
    before = number_of(server, name)
    with server.postgres.connect(name) as connection:
        fresh = sweeping.look(connection)
        make_person(make_clinic())
        assert sweeping.look(connection) != fresh
    server.make_database(name)
    with server.postgres.connect(name) as connection:
        assert sweeping.look(connection) == fresh
    assert number_of(server, name) == before


@pytest.mark.parametrize(
    "change",
    [
        "ALTER TABLE store_auditevent DISABLE TRIGGER ALL",
        "ALTER TABLE store_person NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY {policy} ON store_person",
        f"GRANT UPDATE ON store_auditevent TO {APP_ROLE}",
        f"GRANT UPDATE (why) ON store_auditevent TO {APP_ROLE}",
        "ALTER TABLE store_person ADD COLUMN more int",
        "CREATE TABLE more (id int)",
        f"ALTER TABLE store_person OWNER TO {APP_ROLE}",
        "DELETE FROM django_migrations",
    ],
)
def test_what_is_more_than_rows_has_the_database_made_anew(postgres_server, swept: str, change: str) -> None:
    before = number_of(postgres_server, swept)
    with postgres_server.postgres.connect(swept) as connection:
        row = connection.execute("SELECT polname FROM pg_policy WHERE polrelid = 'store_person'::regclass")
        connection.execute(change.format(policy=row.fetchone()[0]))
    postgres_server.make_database(swept)
    assert number_of(postgres_server, swept) != before


def test_whoever_is_still_connected_is_sent_away(postgres_server, swept: str) -> None:
    left = postgres_server.connect(OWNER_ROLE, swept)
    postgres_server.make_database(swept)
    with pytest.raises(psycopg.OperationalError):
        left.execute("SELECT 1")
    left.close()
