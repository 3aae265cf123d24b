"""``kairos web``: the web process alone, Django under granian."""

import argparse
import os

from kairos.cli.database_session import check_may_embed, set_up_django
from kairos.cli.environment import read_environment
from kairos.cli.listening import add_listen_argument, read_place

_THREADS = 4
_STOP_SECONDS = 3


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say where it listens and how many workers it has."""
    add_listen_argument(parser, 8001)
    parser.add_argument("--workers", type=int, default=2, help="worker processes (2), each with 4 threads")


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    from granian import Granian
    from granian.constants import Interfaces

    environment = read_environment()
    if not environment.database_url:
        check_may_embed(environment)
    place = read_place(arguments.listen)
    os.environ["KAIROS_DATABASE_POOL"] = str(_THREADS)
    set_up_django()
    collect_static_files()
    if place.uds:
        place.uds.unlink(missing_ok=True)
    Granian(
        "kairos.settings.wsgi:application",
        address=place.host or "127.0.0.1",
        port=place.port,
        uds=place.uds,
        uds_permissions=0o600,
        interface=Interfaces.WSGI,
        websockets=False,
        workers=arguments.workers,
        blocking_threads=_THREADS,
        workers_kill_timeout=_STOP_SECONDS,
        respawn_failed_workers=True,
        log_enabled=False,
    ).serve()
    return 0


def collect_static_files() -> None:
    """Bring style, scripts and fonts to where they are served from, under names that tell their content."""
    from django.conf import settings
    from django.core.management import call_command

    if not getattr(settings, "WHITENOISE_USE_FINDERS", False):
        call_command("collectstatic", interactive=False, verbosity=0)
