"""A clinic's own PostgreSQL 15, where ``DATABASE_URL`` names the owner of the tables."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from tests.support.database import ThrowawayServer
from tests.support.processes import free_port, is_well, running, wait_until

OWNER, DATABASE, PASSWORD = "clinic_owner", "clinic", "made-for-this-test"
WHO = """
import django; django.setup()
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT current_user, session_user")
    print(*cursor.fetchone())
"""
TO_THE_FIRST = """
import django; django.setup()
from django.core.management import call_command
from kairos.cli.database_session import connect_as_owner
connect_as_owner()
call_command("migrate", "store", "0001", verbosity=0)
"""


@pytest.fixture(scope="module")
def owned(oldest_postgres_server: ThrowawayServer) -> Iterator[str]:
    """The address of an empty database whose owner may make roles, and is no superuser."""
    server = oldest_postgres_server
    with server.postgres.connect() as connection:
        role = sql.SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}")
        connection.execute(role.format(sql.Identifier(OWNER), sql.Literal(PASSWORD)))
        make = sql.SQL("CREATE DATABASE {} OWNER {}")
        connection.execute(make.format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))
        connection.execute(sql.SQL("GRANT kairos_app TO {}").format(sql.Identifier(OWNER)))
    yield f"postgresql://{OWNER}:{PASSWORD}@/{DATABASE}?host={server.postgres.places.socket}"
    server.drop_database(DATABASE)
    with server.postgres.connect() as connection:
        connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(OWNER)))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clinic")


@pytest.fixture(scope="module")
def variables(owned: str, home: Path) -> dict[str, str]:
    """The environment of every command here; ``kairos migrate`` has filled the empty database."""
    named = {
        "DATABASE_URL": owned,
        "KAIROS_HOME": str(home / "home"),
        "DJANGO_SETTINGS_MODULE": "kairos.settings.base",
    }
    command(["migrate"], home / "first.txt", named)
    return named


def python(words: str, variables: dict[str, str]) -> str:
    """Run a few lines in a process of their own and return what they printed."""
    environment = {"PATH": "/usr/bin:/bin"} | variables
    done = subprocess.run([sys.executable, "-c", words], env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def command(words: list[str], log: Path, variables: dict[str, str]) -> str:
    """Run a command to its end and return what it said."""
    with running(words, log, **variables) as done:
        assert done.process.wait(90) == 0, done.said()
    return done.said()


def test_the_owner_migrates_and_the_processes_run_as_the_app(
    owned: str, variables: dict[str, str], tmp_path: Path
) -> None:
    assert python(WHO, variables) == f"kairos_app {OWNER}"
    port = free_port()
    with running(["serve", "--workers", "1"], tmp_path / "serve.txt", PORT=str(port), **variables) as serving:
        wait_until(lambda: is_well(port) or serving.process.poll() is not None, "all parts are well")
        assert is_well(port), serving.said()
        assert serving.stop() == 0
    told = command(["audit", "verify", "--json"], tmp_path / "verify.txt", variables)
    assert json.loads(told)["ok"]


def test_an_older_database_is_brought_up_to_date_with_its_rows(
    owned: str, variables: dict[str, str], tmp_path: Path
) -> None:
    python(TO_THE_FIRST, variables)
    with psycopg.connect(owned, autocommit=True) as connection:
        known = "SELECT to_regclass('store_sharedvalue')"
        assert connection.execute(known).fetchone() == (None,)
        organisation = (
            "INSERT INTO store_organisation (id, name, time_zone) VALUES (gen_random_uuid(), 'A', 'UTC')"
        )
        connection.execute(organisation)
    command(["migrate"], tmp_path / "migrate.txt", variables)
    with psycopg.connect(owned, autocommit=True) as connection:
        assert connection.execute("SELECT count(*) FROM store_organisation").fetchone() == (1,)
        connection.execute("SET ROLE kairos_app")
        assert connection.execute("SELECT count(*) FROM store_sharedvalue").fetchone() == (0,)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE store_auditevent SET why = ''")
