"""``kairos demo-seed``: fill a fresh home with the demonstration clinic, by the actions a clinic uses."""

import argparse
import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kairos.cli.database_session import database_session
from kairos.cli.environment import read_environment

_MARK = "seeding"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(arguments: argparse.Namespace) -> int:
    """Fill a fresh home and write ``demo.json``; where it is filled, open a new day at the chairs.

    A filling that is cut off leaves its mark, and the next ``kairos demo`` begins afresh.
    """
    os.environ["KAIROS_ENV"] = os.environ.get("KAIROS_ENV") or "demo"
    environment = read_environment()
    environment.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    path, mark = environment.home / "demo.json", environment.home / _MARK
    with database_session():
        hurry()
        if path.exists():
            told = _refresh(json.loads(path.read_text()))
        else:
            mark.touch()
            told = _fill() | {"url": f"http://127.0.0.1:{environment.port}/"}
        told["cds_client"] = told.get("cds_client") or _connect(told, environment.home)
    write_told(path, told)
    mark.unlink(missing_ok=True)
    return 0


def hurry() -> None:
    """Wait for no disk, on any connection: what a power cut takes from a demonstration is made anew."""
    from django.db import connections
    from django.db.backends.signals import connection_created

    connection_created.connect(_wait_for_no_disk)
    connections.close_all()


def _wait_for_no_disk(*, connection: Any, **_: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")


def _fill() -> dict[str, Any]:
    from django.utils import timezone

    from kairos.cli.demo_clinic.seeding import seed

    return seed(clock=timezone.now, say=_progress())


def _refresh(told: dict[str, Any]) -> dict[str, Any]:
    from django.utils import timezone

    from kairos.cli.demo_clinic.seeding import refresh

    return refresh(told, now=timezone.now())


def _connect(told: dict[str, Any], home: Path) -> dict[str, str]:
    from django.utils import timezone

    from kairos.cli.demo_clinic.connected_system import connect_system

    return connect_system(told, home, now=timezone.now())


def _progress() -> Callable[[str], None]:
    began = time.monotonic()

    def say(line: str) -> None:
        print(f"kairos: demo: {line} ({time.monotonic() - began:.0f} s)", flush=True)

    return say


def write_told(path: Path, told: dict[str, Any]) -> None:
    """Write so that a reader sees the whole file or none."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(told, indent=2) + "\n")
    fresh.chmod(0o600)
    fresh.replace(path)
