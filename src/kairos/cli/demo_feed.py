"""``kairos demo-feed``: keep the demonstration clinic at work while it is looked at."""

import argparse
import json
import logging
import os
import time

from kairos.cli.database_session import set_up_django
from kairos.cli.environment import read_environment
from kairos.vocab.errors import InvalidInput, Problem

log = logging.getLogger("kairos.demo")
_PAUSE_SECONDS = 5.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(arguments: argparse.Namespace) -> int:
    """Feed the chairs until stopped.

    Raises
    ------
    InvalidInput    this home holds no demonstration
    """
    os.environ["KAIROS_ENV"] = os.environ.get("KAIROS_ENV") or "demo"
    path = read_environment().home / "demo.json"
    if not path.exists():
        raise InvalidInput(Problem("KAIROS_HOME", "holds no demonstration; start one with 'kairos demo'"))
    set_up_django()
    from django.db import connection
    from django.utils import timezone

    from kairos.cli.demo_clinic.feeding import feeder_of

    feeder = None
    while True:
        try:
            feeder = feeder or feeder_of(json.loads(path.read_text()))
            feeder.turn(timezone.now())
        except Exception as error:
            log.warning("the chairs were not fed (%s); trying again", type(error).__name__)
            connection.close()
        time.sleep(_PAUSE_SECONDS)
