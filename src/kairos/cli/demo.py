"""``kairos demo``: the demonstration clinic, seeded on the first run, kept on the next ones."""

import argparse
import json
import os
import shutil
from pathlib import Path
from typing import Any

from kairos.cli.environment import Environment, read_environment
from kairos.cli.postgres import EmbeddedPostgres
from kairos.cli.problems import CannotRun
from kairos.cli.serve import say, serve
from kairos.vocab.errors import InvalidInput, Problem

_MADE_BY_US = (
    "postgres",
    "static",
    "demo.json",
    "seeding",
    "django_secret",
    "master_key",
    "audit",
    "commands.lock",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Say whether to start afresh."""
    parser.add_argument("--reset", action="store_true", help="remove what is there and start afresh")


def run(arguments: argparse.Namespace) -> int:
    """Seed where nothing is yet, serve, and print where to go and how to log in."""
    os.environ["KAIROS_ENV"] = os.environ.get("KAIROS_ENV") or "demo"
    environment = read_environment()
    check_may_demonstrate(environment)
    seeding = environment.home / "seeding"
    if arguments.reset or seeding.exists():
        say("removing what was there" if arguments.reset else "the last seeding was cut off; starting afresh")
        wipe(environment.home)
    return serve(
        environment,
        prepare=[["demo-seed"]],
        beside=[["demo-feed"]],
        when_ready=lambda: _print_log_ins(environment),
    )


def check_may_demonstrate(environment: Environment) -> None:
    """Refuse the demonstration in production, and on a database that may hold real people.

    Raises
    ------
    InvalidInput
    """
    if environment.is_production:
        raise InvalidInput(Problem("KAIROS_ENV", "is production; demonstration log-ins are refused there"))
    if environment.database_url:
        raise InvalidInput(Problem("DATABASE_URL", "is set; the demonstration keeps to its own database"))


def wipe(home: Path) -> None:
    """Remove what we made in the home, and nothing else.

    Raises
    ------
    CannotRun    a server still runs on it
    """
    if not home.exists():
        return
    if EmbeddedPostgres(home).answers():
        raise CannotRun(f"Kairos is running on {home}; stop it first")
    for name in _MADE_BY_US:
        path = home / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _print_log_ins(environment: Environment) -> None:
    path = environment.home / "demo.json"
    if not path.exists():
        return
    told: dict[str, Any] = json.loads(path.read_text())
    told["url"] = f"http://127.0.0.1:{environment.port}/"
    path.write_text(json.dumps(told, indent=2) + "\n")
    print("\nDEMO: invented people, open log-ins. Never enter anything real here.\n")
    for login in told.get("logins", []):
        print(f"  {login['role']:<18} {login['username']:<18} {login['password']}")
    for path in filter(None, told.get("links", [])):
        print(f"\n  a questionnaire to answer, without log-in: {told['url'].rstrip('/')}{path}")
    print(
        f"\n  {told['url']}    (Ctrl-C stops it; 'make demo' goes on, 'make demo-reset' starts afresh)\n",
        flush=True,
    )
