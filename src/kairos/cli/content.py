"""``kairos content lint``: check the clinical content, every fault with its file and line."""

import argparse
import sys

import orjson

from kairos.cli.problems import DONE, FOUND_WRONG
from kairos.content.loader import CONTENT_ROOT, ContentError, read_source
from kairos.content.release import build_release


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("what", choices=["lint"])
    parser.add_argument("--json", action="store_true", help="the result as one object")


def run(arguments: argparse.Namespace) -> int:
    """Check all content; 0 in order, 1 with each fault as ``file:line: fault``."""
    source = read_source(CONTENT_ROOT)
    try:
        build_release(source)
        faults: list[dict[str, str | int]] = []
    except ContentError as error:
        faults = [{"file": f.file, "line": f.line, "fault": f.fault} for f in error.faults]
    if arguments.json:
        found = {"version": source.version, "files": len(source.files), "faults": faults}
        print(orjson.dumps(found).decode())
    else:
        _tell(source.version, len(source.files), faults)
    return FOUND_WRONG if faults else DONE


def _tell(version: str, files: int, faults: list[dict[str, str | int]]) -> None:
    for fault in faults:
        print(f"{fault['file']}:{fault['line']}: {fault['fault']}", file=sys.stderr)
    if not faults:
        print(f"{files} files in order; release {version[:12]}")
