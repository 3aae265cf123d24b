"""A command's way to the database: starts the embedded server for its own time when none runs."""

import contextlib
import os
import sys
from collections.abc import Iterator

from kairos.cli.environment import Environment, read_environment
from kairos.vocab.errors import InvalidInput, Problem

SETTINGS = "kairos.settings.base"


@contextlib.contextmanager
def database_session(*, as_owner: bool = False, is_up_to_date: bool = True) -> Iterator[None]:
    """Have a database that answers and Django set up; stop in the end what was started here.

    Parameters
    ----------
    as_owner : bool          connect as the role that migrates
    is_up_to_date : bool     migrate first where our own server is started on a fresh home

    Raises
    ------
    InvalidInput    production without ``DATABASE_URL``
    """
    environment = read_environment()
    with contextlib.ExitStack() as stack:
        if not environment.database_url:
            stack.enter_context(embedded_server(environment))
        set_up_django()
        if as_owner:
            connect_as_owner()
        stack.callback(_close_connections)
        if not as_owner and is_up_to_date and not environment.database_url:
            _migrate_a_fresh_home(environment)
        yield


@contextlib.contextmanager
def embedded_server(environment: Environment) -> Iterator[None]:
    """Start the embedded server, or join the one that runs; refuse it in production."""
    check_may_embed(environment)
    from kairos.cli.postgres import EmbeddedPostgres

    with EmbeddedPostgres(environment.home, say_on_stderr):
        yield


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


def _migrate_a_fresh_home(environment: Environment) -> None:
    mark = environment.home / "postgres" / "migrated"
    if mark.exists():
        return
    from kairos.cli.migrate import migrate_and_grant

    say_on_stderr("PostgreSQL: making the tables")
    connect_as_owner()
    migrate_and_grant(quiet=True)
    connect_as_app()
    mark.touch()


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()
