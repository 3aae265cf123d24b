"""``kairos migrate``: bring the database up to date as its owner; the store grants the app its rights."""

import argparse

from kairos.cli.database_session import database_session, mark_migrated
from kairos.cli.environment import read_environment
from kairos.cli.schema import migrate_and_grant


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say how much to tell."""
    parser.add_argument("--quiet", action="store_true", help="say nothing unless it fails")


def run(arguments: argparse.Namespace) -> int:
    """Migrate, on the embedded server where no ``DATABASE_URL`` is set."""
    environment = read_environment()
    with database_session(as_owner=True):
        migrate_and_grant(quiet=arguments.quiet)
        if not environment.database_url:
            mark_migrated(environment)
    return 0
