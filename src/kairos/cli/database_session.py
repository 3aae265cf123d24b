"""A command's way to the database: starts the embedded server for its own time when none runs."""

import contextlib
import fcntl
import os
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from kairos.cli.environment import Environment, read_environment
from kairos.cli.postgres import EmbeddedPostgres
from kairos.cli.schema import migrate_and_grant
from kairos.vocab.errors import InvalidInput, Problem

SETTINGS = "kairos.settings.base"


@contextlib.contextmanager
def database_session(*, as_owner: bool = False, only_reads: bool = False) -> Iterator[None]:
    """Have a database that answers and Django set up; stop in the end what was started here.

    Parameters
    ----------
    as_owner : bool    connect as the role that migrates; else the embedded server is brought up to date first
    only_reads : bool  the command writes nothing; else what it wrote is sealed before it ends, for the jobs
        process may not be running

    Raises
    ------
    InvalidInput    production without ``DATABASE_URL``
    """
    environment = read_environment()
    is_started_here = False
    with contextlib.ExitStack() as stack:
        if not environment.database_url:
            is_started_here = stack.enter_context(embedded_server(environment))
        set_up_django()
        if as_owner:
            connect_as_owner()
        stack.callback(_close_connections)
        if not as_owner and not environment.database_url:
            _migrate_once(environment)
        if is_started_here and not as_owner:
            _seal_what_was_written()  # before a power cut: that nobody sealed its last seconds is no fault
        if not as_owner and not only_reads:
            stack.callback(_seal_what_was_written)
        yield


def _seal_what_was_written() -> None:
    from kairos.actions.seal_whole_audit import seal_whole_audit

    seal_whole_audit(wait=partial(time.sleep, 0.05))


@contextlib.contextmanager
def embedded_server(environment: Environment) -> Iterator[bool]:
    """Start the embedded server, or join the one that runs, and give which; refuse it in production.

    Whoever started it waits for the commands that joined before stopping it.
    """
    check_may_embed(environment)
    postgres = EmbeddedPostgres(environment.home, say_on_stderr)
    environment.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(environment.home / "commands.lock", os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(handle, fcntl.LOCK_SH)
    try:
        postgres.start()
        yield postgres.is_ours
    finally:
        if postgres.is_ours:
            fcntl.flock(handle, fcntl.LOCK_EX)
            postgres.stop()
        os.close(handle)


def check_may_embed(environment: Environment) -> None:
    """Refuse the embedded server in production.

    Raises
    ------
    InvalidInput
    """
    if environment.is_production:
        raise InvalidInput(
            Problem(
                "DATABASE_URL", "is not set; production needs a server of its own, PostgreSQL 15 or newer"
            )
        )


def say_on_stderr(line: str) -> None:
    """Print a line of progress: stdout belongs to the command's answer."""
    print(line, file=sys.stderr, flush=True)


def set_up_django() -> None:
    """Set Django up once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


def connect_as_owner() -> None:
    """Point Django's connection at the role that migrates."""
    from django.conf import settings
    from django.db import connections

    connections["default"].close()
    connections["default"].settings_dict.update(settings.OWNER_DATABASE)


def connect_as_app() -> None:
    """Point Django's connection back at the role that the processes run as."""
    from django.conf import settings
    from django.db import connections

    connections["default"].close()
    connections["default"].settings_dict.update(settings.DATABASES["default"])


def _migrate_once(environment: Environment) -> None:
    """Migrate where this release has not yet: what was migrated last stands in a file beside the data."""
    mark = environment.home / "postgres" / "migrated"
    if mark.exists() and mark.read_text() == _newest_migration():
        return
    say_on_stderr("PostgreSQL: bringing the tables up to date")
    connect_as_owner()
    migrate_and_grant(quiet=True)
    connect_as_app()
    mark_migrated(environment)


def mark_migrated(environment: Environment) -> None:
    """Note beside the embedded server's data that its tables are up to date."""
    (environment.home / "postgres" / "migrated").write_text(_newest_migration())


def _newest_migration() -> str:
    from django.apps import apps

    folder = Path(apps.get_app_config("store").path) / "migrations"
    return max(path.name for path in folder.glob("[0-9]*.py"))


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
