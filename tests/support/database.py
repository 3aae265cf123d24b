"""One throwaway PostgreSQL a test session, one database a worker, made from a migrated template.

Tests run as the app's role, migrations as the owner's, as in a clinic.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from kairos.cli.postgres import EmbeddedPostgres
from kairos.cli.postgres_binaries import Binaries, all_binaries
from kairos.cli.postgres_places import APP_ROLE, OWNER_ROLE, connection_address
from kairos.cli.postgres_roles import ensure_database
from kairos.cli.schema import migrate_and_grant

SHARED_HOME = "KAIROS_TEST_SERVER"  # set by the process that starts the others, so that all share one server
TEMPLATE = "kairos_template"


class ThrowawayServer:
    """A server in a temporary folder, started here or joined where another process of the session has it."""

    def __init__(self, home: Path | None = None, binaries: Binaries | None = None) -> None:
        self.is_joined = home is not None
        self.home = home or Path(tempfile.mkdtemp(prefix="kairos-test-server-"))
        self.postgres = EmbeddedPostgres(self.home, binaries=binaries)
        self.postgres.start()
        if not self.is_joined:
            self._write_lazily()

    def _write_lazily(self) -> None:
        """Spare the disk: a throwaway server need not outlive its machine."""
        with self.postgres.connect() as connection:
            for name in ("fsync", "synchronous_commit", "full_page_writes"):
                connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(name)))
            connection.execute("SELECT pg_reload_conf()")

    def stop(self) -> None:
        """Stop and remove the server, unless it is another process's."""
        self.postgres.stop()
        if not self.is_joined:
            shutil.rmtree(self.home, ignore_errors=True)

    def address(self, role: str, database: str) -> dict[str, str]:
        """Return how to connect as the role."""
        return connection_address(self.postgres.places, role, database)

    def url(self, role: str, database: str) -> str:
        """Return the same as one ``DATABASE_URL``."""
        at = self.address(role, database)
        return f"postgresql://{role}:{at['password']}@/{database}?host={at['host']}"

    def connect(self, role: str, database: str, **options: Any) -> psycopg.Connection[Any]:
        """Return a connection as the role, outside Django."""
        return psycopg.connect(**self.address(role, database), autocommit=True, **options)

    def make_database(self, name: str) -> None:
        """Make the database anew from the migrated template."""
        self._migrate_template()
        with self.postgres.connect() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )
            ensure_database(connection, name, template=TEMPLATE)

    def drop_database(self, name: str) -> None:
        """Drop it, whoever is still connected."""
        with self.postgres.connect() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def _migrate_template(self) -> None:
        """Migrate once a session, whichever process comes first."""
        done = self.home / "template.done"
        with (self.home / "template.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if done.exists():
                return
            with self.postgres.connect() as connection:
                ensure_database(connection, TEMPLATE)
            with django_on(self.address(OWNER_ROLE, TEMPLATE)):
                migrate()
            done.touch()


def migrate() -> None:
    """Bring the database that Django points to up to date, with the app's grants."""
    migrate_and_grant(quiet=True)


@contextlib.contextmanager
def django_on(address: dict[str, str]) -> Iterator[None]:
    """Point Django's connection at another database for a while."""
    from django.db import connections

    settings = connections["default"].settings_dict
    before = {key: settings[key] for key in ("HOST", "USER", "PASSWORD", "NAME")}
    connections["default"].close()
    point_django_at(address)
    try:
        yield
    finally:
        connections["default"].close()
        settings.update(before)


def point_django_at(address: dict[str, str]) -> None:
    """Point Django's connection at another database."""
    from django.db import connections

    connections["default"].settings_dict.update(
        HOST=address["host"],
        USER=address["user"],
        PASSWORD=address["password"],
        NAME=address["dbname"],
    )


def session_server() -> ThrowawayServer:
    """Return this session's server: the one that the starting process has, else a new one."""
    shared = os.environ.get(SHARED_HOME)
    return ThrowawayServer(Path(shared) if shared else None)


def oldest_binaries() -> Binaries:
    """Return the oldest PostgreSQL that this machine has: Debian's 15 where it is installed."""
    return min(all_binaries(), key=lambda binaries: binaries.major)


def app_address(server: ThrowawayServer, database: str) -> dict[str, str]:
    """Return how the processes connect."""
    return server.address(APP_ROLE, database)
