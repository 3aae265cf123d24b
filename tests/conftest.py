"""What all tests share: the database, and a server for the processes of a parallel run."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.support import requirements
from tests.support.database import (
    SHARED_HOME,
    ThrowawayServer,
    app_address,
    django_on,
    oldest_binaries,
    point_django_at,
    session_server,
)
from tests.support.real_data import (  # noqa: F401 - hooks
    pytest_collection_modifyitems,
    pytest_terminal_summary,
)
from tests.support.requirements import pytest_sessionfinish  # noqa: F401 - a hook

_servers: list[ThrowawayServer] = []

# How busy a machine is decides nothing about a law, so no case is too slow; each day's cases are the same.
settings.register_profile(
    "daily", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("nightly", settings.get_profile("daily"), derandomize=False, max_examples=1_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "daily"))


def pytest_configure(config: pytest.Config) -> None:
    """In a parallel run the process that starts the others holds the server for all of them."""
    requirements.listen(config)
    is_worker = hasattr(config, "workerinput")
    if not is_worker and getattr(config.option, "numprocesses", None):
        _servers.append(ThrowawayServer())
        os.environ[SHARED_HOME] = str(_servers[0].home)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop what was started."""
    while _servers:
        _servers.pop().stop()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[ThrowawayServer]:
    """The session's PostgreSQL server."""
    server = session_server()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def oldest_postgres_server() -> Iterator[ThrowawayServer]:
    """A second server of the oldest PostgreSQL on this machine (15 where Debian's is installed)."""
    server = ThrowawayServer(binaries=oldest_binaries())
    yield server
    server.stop()


@pytest.fixture(scope="session")
def own_postgres_server(request: pytest.FixtureRequest) -> Iterator[ThrowawayServer]:
    """A server that no other process of a parallel run uses.

    A transaction open anywhere in a cluster holds the sealer of the audit back, also one in another database.
    """
    if not os.environ.get(SHARED_HOME):
        yield request.getfixturevalue("postgres_server")
        return
    server = ThrowawayServer()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def worker_database(worker_id: str) -> str:
    """The name of this process's database."""
    return f"kairos_test_{worker_id}"


@pytest.fixture(scope="session")
def django_db_setup(
    postgres_server: ThrowawayServer, worker_database: str, django_db_blocker: Any
) -> Iterator[None]:
    """Give pytest-django a database made from the migrated template; tests run as the app's role."""
    with django_db_blocker.unblock():
        postgres_server.make_database(worker_database)
    point_django_at(app_address(postgres_server, worker_database))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.test.TransactionTestCase._fixture_teardown", _make_anew(postgres_server))
        yield
    with django_db_blocker.unblock():
        _close()
        postgres_server.drop_database(worker_database)


def _make_anew(server: ThrowawayServer) -> Any:
    """After a test that commits: the database as it was, which no role of ours could bring about."""

    def teardown(case: Any) -> None:
        from django.db import connection

        name = connection.settings_dict["NAME"]
        _close()
        server.make_database(name)

    return teardown


def _close() -> None:
    from django.db import connections

    connections.close_all()


@pytest.fixture(params=["newest", "oldest"])
def either_postgres(request: pytest.FixtureRequest, worker_database: str, django_db_blocker: Any) -> Any:
    """A migrated database on each of two PostgreSQL versions, Django pointed at it as the app's role.

    Give the server as ``.server`` and the name as ``.database``; commits are real.
    """
    fixture = "own_postgres_server" if request.param == "newest" else "oldest_postgres_server"
    with django_db_blocker.unblock():
        yield from _database_of_its_own(request.getfixturevalue(fixture), f"{worker_database}_either")


@pytest.fixture
def newest_postgres(
    own_postgres_server: ThrowawayServer, worker_database: str, django_db_blocker: Any
) -> Any:
    """The same on the newest version alone, for what rests on no feature of the server."""
    with django_db_blocker.unblock():
        yield from _database_of_its_own(own_postgres_server, f"{worker_database}_newest")


def _database_of_its_own(server: ThrowawayServer, name: str) -> Iterator["EitherPostgres"]:
    server.make_database(name)
    with django_on(app_address(server, name)):
        yield EitherPostgres(server, name)
    server.end_connections(name)


class EitherPostgres:
    """One of the two servers and the database on it."""

    def __init__(self, server: ThrowawayServer, database: str) -> None:
        self.server = server
        self.database = database
