"""One throwaway PostgreSQL a test session, one database a worker, made from a migrated template.

Tests run as the app's role, migrations as the owner's, as in a clinic.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from kairos.cli.postgres import EmbeddedPostgres
from kairos.cli.postgres_binaries import Binaries, all_binaries, find_binaries
from kairos.cli.postgres_places import APP_ROLE, DATABASE, OWNER_ROLE, connection_address
from kairos.cli.postgres_roles import ensure_database
from kairos.cli.schema import migrate_and_grant
from tests.support import sweeping

SHARED_HOME = "KAIROS_TEST_SERVER"  # set by the process that starts the others, so that all share one server
TEMPLATE = "kairos_template"
ROOT = Path(__file__).resolve().parents[2]
PREPARED = ROOT / "var" / "test-servers"
_END_OTHERS = (
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
    " WHERE datname = %s AND pid <> pg_backend_pid()"
)


class ThrowawayServer:
    """A server in a temporary folder, started here or joined where another process of the session has it."""

    def __init__(self, home: Path | None = None, binaries: Binaries | None = None) -> None:
        self.is_joined = home is not None
        self._fresh: dict[str, sweeping.Fresh] = {}
        self.home = home or Path(tempfile.mkdtemp(prefix="kairos-test-server-"))
        if not self.is_joined:
            copy_prepared(self.home, binaries)
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
        """Give a database as the migrated template is; one that was made here is swept if that will do."""
        with self.postgres.connect() as connection:
            connection.execute(_END_OTHERS, [name])
            if name in self._fresh and self._is_swept(name):
                return
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )
            ensure_database(connection, name, template=TEMPLATE)
        with self.postgres.connect(name) as connection:
            self._fresh[name] = sweeping.look(connection)

    def _is_swept(self, name: str) -> bool:
        with self.postgres.connect(name) as connection:
            return sweeping.sweep(connection, self._fresh[name])

    def end_connections(self, name: str) -> None:
        """End all that are still connected: nobody holds a transaction open after a test."""
        with self.postgres.connect() as connection:
            connection.execute(_END_OTHERS, [name])

    def drop_database(self, name: str) -> None:
        """Drop it, whoever is still connected."""
        self._fresh.pop(name, None)
        with self.postgres.connect() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


def copy_prepared(home: Path, binaries: Binaries | None = None) -> None:
    """Fill the home with a stopped server: its ``kairos`` and its template migrated and empty.

    It is made once for each PostgreSQL and each state of the schema, by whichever process comes first, and
    kept under ``var/``: migrations cost seconds.
    """
    chosen = binaries or find_binaries()
    kept = PREPARED / f"{chosen.major}-{_schema_digest()}"
    PREPARED.mkdir(parents=True, exist_ok=True)
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            unfinished = Path(tempfile.mkdtemp(prefix="kairos-test-prepared-"))
            words = [sys.executable, "-m", "tests.support.database", str(unfinished), str(chosen.folder)]
            done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True)
            assert done.returncode == 0, done.stdout + done.stderr
            for old in PREPARED.glob(f"{chosen.major}-*"):  # of a schema that is past, or half copied
                if old != Path(lock.name):
                    shutil.rmtree(old, ignore_errors=True)
            subprocess.run(["cp", "-a", str(unfinished), f"{kept}.new"], check=True)
            Path(f"{kept}.new").rename(kept)
            shutil.rmtree(unfinished)
    home.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", f"{kept}/postgres", str(home)], check=True)


def _schema_digest() -> str:
    """Return a mark of all that decides what a prepared server holds."""
    digest = hashlib.sha256()
    package = ROOT / "src" / "kairos"
    patterns = (
        "store/migrations/*.py",
        "store/sql/*.*",
        "store/apps.py",
        "cli/postgres*.py",
        "cli/schema.py",
    )
    files = sorted(path for pattern in patterns for path in package.glob(pattern))
    for path in [ROOT / "requirements.lock", package / "cli" / "schema.py", Path(__file__), *files]:
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _prepare(home: Path, folder: Path) -> None:
    """Make the server that ``copy_prepared`` copies. Runs in a process of its own."""
    import django

    chosen = next(binaries for binaries in all_binaries() if binaries.folder == folder)
    postgres = EmbeddedPostgres(home, binaries=chosen)
    with postgres, postgres.connect() as connection:
        ensure_database(connection, TEMPLATE)
        django.setup()
        with django_on(connection_address(postgres.places, OWNER_ROLE, TEMPLATE)):
            migrate()
        ensure_database(connection, DATABASE, template=TEMPLATE)


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


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kairos.settings.test")
    _prepare(Path(sys.argv[1]), Path(sys.argv[2]))
