"""``kairos jobs``: the process for alarms, messages, sealing and queued work, alone."""

import argparse
import importlib

from kairos.cli.database_session import check_may_embed, set_up_django
from kairos.cli.environment import read_environment


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(arguments: argparse.Namespace) -> int:
    """Work until stopped."""
    environment = read_environment()
    if not environment.database_url:
        check_may_embed(environment)
    set_up_django()
    print(f"kairos: {importlib.import_module('kairos.jobs.process').run_jobs()}", flush=True)
    return 0
