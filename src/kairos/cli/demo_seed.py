"""``kairos demo-seed``: fill a fresh home with the demonstration clinic, by the actions a clinic uses."""

import argparse
import json
import os
import time
from pathlib import Path
from typing import Any

from kairos.cli.database_session import database_session
from kairos.cli.environment import read_environment

_MARK = "seeding"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """It takes none."""


def run(arguments: argparse.Namespace) -> int:
    """Fill the home and write ``demo.json``; a seeding that is cut off is begun afresh by the next start."""
    os.environ["KAIROS_ENV"] = os.environ.get("KAIROS_ENV") or "demo"
    environment = read_environment()
    environment.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    mark = environment.home / _MARK
    mark.touch()
    with database_session():
        told = _fill()
    told["url"] = f"http://127.0.0.1:{environment.port}/"
    _write(environment.home / "demo.json", told)
    mark.unlink()
    return 0


def _fill() -> dict[str, Any]:
    from datetime import UTC, datetime

    from kairos.cli.demo_clinic.seeding import seed

    return seed(now=datetime.now(UTC), say=_progress())


def _progress() -> Any:
    began = time.monotonic()

    def say(line: str) -> None:
        print(f"kairos: demo: {line} ({time.monotonic() - began:.0f} s)", flush=True)

    return say


def _write(path: Path, told: dict[str, Any]) -> None:
    """Write so that a reader sees the whole file or none."""
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(told, indent=2) + "\n")
    fresh.chmod(0o600)
    fresh.replace(path)
