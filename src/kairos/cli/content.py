"""``kairos content``: ``lint`` checks the clinical content, ``lint-text`` the claims of any text."""

import argparse
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import orjson

from kairos.cli import content_text
from kairos.cli.problems import DONE, FOUND_WRONG
from kairos.content.lint import lint_content
from kairos.content.lint_places import place_faults
from kairos.content.loader import CONTENT_ROOT, read_source
from kairos.vocab.errors import InvalidInput, Problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parts = parser.add_subparsers(dest="what", required=True)
    about = "check the clinical content, every fault with its file and line"
    _add_lint(parts.add_parser("lint", help=about, description=about))
    about = "find claims in a text that do not hold, with what may be said instead; English only"
    content_text.add_arguments(parts.add_parser("lint-text", help=about, description=about))


def _add_lint(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--root", type=Path, default=CONTENT_ROOT, help="a folder of content; else what ships"
    )
    parser.add_argument(
        "--on", type=date.fromisoformat, help="the day as of which reviews are due; else today"
    )
    parser.add_argument("--json", action="store_true", help="the result as one object")


def run(arguments: argparse.Namespace) -> int:
    """Check the content, or read a text; 0 in order, 1 with what is wrong."""
    return content_text.run(arguments) if arguments.what == "lint-text" else _lint(arguments)


def _lint(arguments: argparse.Namespace) -> int:
    """Check all content; 0 in order, 1 with each fault as ``file:line: fault``."""
    source = read_source(arguments.root)
    if not source.files:
        raise InvalidInput(Problem("root", f"there is no content in {arguments.root}; name the folder of it"))
    on = arguments.on or datetime.now(UTC).date()
    found = [*lint_content(source, on=on), *place_faults(source)]
    faults: list[dict[str, str | int]] = [
        {"file": fault.file, "line": fault.line, "fault": fault.fault} for fault in found
    ]
    if arguments.json:
        result = {"version": source.version, "files": len(source.files), "faults": faults}
        print(orjson.dumps(result).decode())
    else:
        _tell(source.version, len(source.files), faults)
    return FOUND_WRONG if faults else DONE


def _tell(version: str, files: int, faults: list[dict[str, str | int]]) -> None:
    for fault in faults:
        print(f"{fault['file']}:{fault['line']}: {fault['fault']}", file=sys.stderr)
    if not faults:
        print(f"{files} files in order; release {version[:12]}")
