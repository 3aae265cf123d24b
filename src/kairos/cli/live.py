"""``kairos live``: the process that tells open screens what changed, alone."""

import argparse
import importlib

from kairos.cli.database_session import check_may_embed, set_up_django
from kairos.cli.environment import read_environment
from kairos.cli.listening import add_listen_argument, read_place


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say where it listens."""
    add_listen_argument(parser, 8002)


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    environment = read_environment()
    if not environment.database_url:
        check_may_embed(environment)
    place = read_place(arguments.listen)
    set_up_django()
    process = importlib.import_module("kairos.live.process")
    process.run_live(uds=str(place.uds) if place.uds else None, host=place.host, port=place.port)
    return 0
