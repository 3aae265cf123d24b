"""``kairos audit verify``: recompute the sealed audit and name the first thing wrong.

``kairos audit seal`` links what is not sealed yet; ``serve`` runs it once all its processes have stopped.
"""

import argparse
import json
import sys
from dataclasses import asdict
from typing import cast

from kairos.cli.database_session import database_session
from kairos.cli.problems import DONE, FOUND_WRONG


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the two things to do, and ``--json``."""
    words = "verify: recompute every digest and hash from the beginning; seal: link what is not sealed yet"
    parser.add_argument("what", choices=["verify", "seal"], help=words)
    parser.add_argument("--json", action="store_true", help="answer as one JSON object on stdout")


def run(arguments: argparse.Namespace) -> int:
    """Verify and return 0, or 1 where something is wrong; or seal."""
    if arguments.what == "seal":
        return _seal(as_json=arguments.json)
    with database_session(only_reads=True):
        from kairos.queries.audit import verify_audit

        verified = verify_audit()
    answer = asdict(verified)
    print(json.dumps(answer) if arguments.json else _in_words(answer))
    return DONE if verified.ok else FOUND_WRONG


def _seal(*, as_json: bool) -> int:
    """Seal block after block until nothing is left."""
    with database_session(only_reads=True):
        from kairos.actions.seal_audit import seal_audit

        before, head = None, seal_audit()
        while head != before:
            before, head = head, seal_audit()
    print(json.dumps(asdict(head)) if as_json else f"Sealed. Head {head.hash or '(none)'}")
    return DONE


def _in_words(answer: dict[str, object]) -> str:
    counts = f"{answer['rows']} events in {answer['blocks']} blocks, {answer['unsealed']} not sealed yet"
    if answer["ok"]:
        return f"The audit is whole: {counts}. Head {answer['head'] or '(none)'}"
    bad = cast("dict[str, object]", answer["first_bad"])
    where = ", ".join(f"{name} {bad[name]}" for name in ("event", "block") if bad[name] is not None)
    print("kairos: compare with a backup, and keep this database as it is", file=sys.stderr)
    return f"The audit is not whole ({counts}). First: {where}: {bad['what']}"
