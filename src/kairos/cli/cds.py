"""``kairos cds``: check CDS Hooks documents."""

import argparse
import sys
from pathlib import Path

import orjson

from kairos.cli.problems import DONE, FOUND_WRONG
from kairos.interop.cds_hooks.checking import Checked, DocumentKind, check_document
from kairos.vocab.errors import InvalidInput, Problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
    check = parts.add_parser(
        "check", help="name every fault of a services, request, response or feedback document"
    )
    check.add_argument("file", metavar="FILE", help="a JSON document; '-' for what comes on stdin")
    check.add_argument(
        "--kind", choices=list(DocumentKind), help="which document it is; told by its properties"
    )
    check.add_argument("--json", action="store_true", help="the result as one object")


def run(arguments: argparse.Namespace) -> int:
    """Do the part that was asked for."""
    return check_file(arguments)


def check_file(arguments: argparse.Namespace) -> int:
    """Check one document; 0 without a fault, 1 with each fault named, 2 where it cannot be read."""
    kind = DocumentKind(arguments.kind) if arguments.kind else None
    checked = check_document(_content(arguments.file), kind=kind)
    if arguments.json:
        print(orjson.dumps(_as_object(arguments.file, checked)).decode())
    else:
        _tell(checked)
    return FOUND_WRONG if checked.faults else DONE


def _content(name: str) -> bytes:
    if name == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise InvalidInput(Problem(name, f"cannot be read: {error.strerror or 'unknown cause'}")) from error


def _as_object(name: str, checked: Checked) -> dict[str, object]:
    return {
        "file": name,
        "kind": checked.kind,
        "ok": not checked.faults,
        "faults": [
            {
                "place": fault.place,
                "element": checked.element(fault),
                "message": fault.message,
                "refused": not fault.is_readable,
            }
            for fault in checked.faults
        ],
    }


def _tell(checked: Checked) -> None:
    for fault in checked.faults:
        print(f"{fault.place}: {fault.message}")
    if not checked.faults:
        print(f"a CDS Hooks {checked.kind} document without a fault")
