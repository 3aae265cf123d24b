"""``kairos audit verify``: recompute the sealed audit and name the first thing wrong."""

import argparse
import json
import sys
from dataclasses import asdict
from typing import cast

from kairos.cli.database_session import database_session
from kairos.cli.problems import DONE, FOUND_WRONG


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what to do, and ``--json``."""
    parser.add_argument("what", choices=["verify"], help="recompute every digest and hash from the beginning")
    parser.add_argument("--json", action="store_true", help="answer as one JSON object on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Verify and return 0, or 1 where something is wrong."""
    with database_session(only_reads=True):
        from kairos.queries.audit import verify_audit

        verified = verify_audit()
    answer = asdict(verified)
    print(json.dumps(answer) if arguments.json else _in_words(answer))
    return DONE if verified.ok else FOUND_WRONG


def _in_words(answer: dict[str, object]) -> str:
    counts = f"{answer['rows']} events in {answer['blocks']} blocks, {answer['unsealed']} not sealed yet"
    if answer["ok"]:
        return f"The audit is whole: {counts}. Head {answer['head'] or '(none)'}"
    bad = cast("dict[str, object]", answer["first_bad"])
    where = ", ".join(f"{name} {bad[name]}" for name in ("event", "block") if bad[name] is not None)
    print("kairos: compare with a backup, and keep this database as it is", file=sys.stderr)
    return f"The audit is not whole ({counts}). First: {where}: {bad['what']}"
