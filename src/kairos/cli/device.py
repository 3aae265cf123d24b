"""``kairos device``: let monitors send readings, each by a key of its own that is shown once."""

import argparse
import secrets
from typing import Any
from uuid import uuid4

from kairos.cli.database_session import database_session
from kairos.cli.problems import DONE
from kairos.vocab.errors import InvalidInput, Problem

_KEY_BYTES = 32


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parts = parser.add_subparsers(dest="part", required=True, metavar="PART")
    register = parts.add_parser("register", help="register a device, or give it a new key")
    register.add_argument("--name", required=True, help="what it is called, as on its label")
    register.add_argument("--site", default="", help="name or id; needed where there are several")
    register.add_argument("--sender", default="", help="its name in HL7 v2 messages (MSH-3)")
    close = parts.add_parser("close", help="take nothing of a device any more")
    close.add_argument("--name", required=True, help="its name or id")
    parts.add_parser("list", help="list the devices")


def run(arguments: argparse.Namespace) -> int:
    """Do the part that was asked for."""
    return {"register": _register, "close": _close, "list": _show}[arguments.part](arguments)


def _register(arguments: argparse.Namespace) -> int:
    key = secrets.token_urlsafe(_KEY_BYTES)
    with database_session():
        from kairos.actions.register_device import register_device
        from kairos.queries.devices import digest_of_key, sites_with_actors

        given, found = arguments.site, sites_with_actors()
        pairs = [(site, actor) for site, actor in found if given in ("", str(site.id), site.name)]
        names = "; ".join(sorted(f"{site.name} ({site.id})" for site, _ in found)) or "none"
        site, actor = _the_only(pairs, "--site", f"name exactly one of the sites: {names}")
        register_device(
            site_id=site.id,
            name=arguments.name,
            key_digest=digest_of_key(key),
            sender=arguments.sender,
            **_command(actor),
        )
    print(f"{arguments.name} at {site.name} may send. Its key, shown this once:\n{key}")
    return DONE


def _close(arguments: argparse.Namespace) -> int:
    with database_session():
        from kairos.actions.close_device import close_device

        given = arguments.name
        pairs = [each for each in _all_devices() if given in (str(each[0].device), each[0].name)]
        device, actor = _the_only(pairs, "--name", "name exactly one device; 'kairos device list' lists them")
        close_device(device_id=device.device, **_command(actor))
    print(f"{device.name} may no longer send")
    return DONE


def _show(arguments: argparse.Namespace) -> int:
    with database_session(only_reads=True):
        for device, _ in _all_devices():
            state = "closed" if device.is_closed else device.sender or "FHIR only"
            print(f"{device.device}  {device.name}  site {device.site_id}  {state}")
    return DONE


def _all_devices() -> list[tuple[Any, Any]]:
    from kairos.queries.accounts import system_actors
    from kairos.queries.devices import list_devices

    return [(device, actor) for actor in system_actors() for device in list_devices(by=actor)]


def _the_only(pairs: list[tuple[Any, Any]], field: str, asked: str) -> tuple[Any, Any]:
    if len(pairs) != 1:
        raise InvalidInput(Problem(field, asked))
    return pairs[0]


def _command(actor: Any) -> dict[str, Any]:
    from django.utils import timezone

    return {"command_id": uuid4(), "by": actor, "now": timezone.now()}
