"""``kairos cds``: check CDS Hooks documents; say which other systems may ask."""

import argparse

import orjson

from kairos.cli.given_files import content_of
from kairos.cli.problems import DONE, FOUND_WRONG
from kairos.interop.cds_hooks.checking import Checked, DocumentKind, check_document


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
    check = parts.add_parser(
        "check", help="name every fault of a services, request, response or feedback file"
    )
    check.add_argument("file", metavar="FILE", help="a JSON document; '-' for what comes on stdin")
    check.add_argument(
        "--kind", choices=list(DocumentKind), help="which document it is; told by its properties"
    )
    check.add_argument("--json", action="store_true", help="the result as one object")
    register = parts.add_parser("register", help="let another system ask, or give it new keys")
    register.add_argument("--issuer", required=True, metavar="URL", help="the 'iss' of its tokens")
    register.add_argument("--name", required=True, help="what it is called here")
    register.add_argument("--keys", required=True, metavar="FILE", help="its public keys: a JSON web key set")
    close = parts.add_parser("close", help="accept no token of a system any more")
    close.add_argument("--issuer", required=True, metavar="URL", help="the 'iss' of its tokens")
    parts.add_parser("clients", help="list the systems that may ask")
    for part in (register, close):
        part.add_argument("--programme", default="", help="name or id; needed where there are several")


def run(arguments: argparse.Namespace) -> int:
    """Do the part that was asked for."""
    if arguments.part == "check":
        return check_file(arguments)
    from kairos.cli import cds_clients

    parts = {"register": cds_clients.register, "close": cds_clients.close, "clients": cds_clients.show}
    return parts[arguments.part](arguments)


def check_file(arguments: argparse.Namespace) -> int:
    """Check one document; 0 without a fault, 1 with each fault named, 2 where it cannot be read."""
    kind = DocumentKind(arguments.kind) if arguments.kind else None
    checked = check_document(content_of(arguments.file), kind=kind)
    if arguments.json:
        print(orjson.dumps(_as_object(arguments.file, checked)).decode())
    else:
        _tell(checked)
    return FOUND_WRONG if checked.faults else DONE


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
