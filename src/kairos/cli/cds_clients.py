"""The parts of ``kairos cds`` that need the database: register, close and list the systems that may ask."""

import argparse
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import orjson

from kairos.cli.database_session import database_session
from kairos.cli.given_files import content_of
from kairos.cli.problems import DONE
from kairos.interop.cds_hooks.client_tokens import registered_keys
from kairos.vocab.errors import InvalidInput, Problem


def register(arguments: argparse.Namespace) -> int:
    """Register a system with its keys, in one programme."""
    try:
        document = orjson.loads(content_of(arguments.keys))
    except orjson.JSONDecodeError as error:
        raise InvalidInput(Problem(arguments.keys, f"is not JSON: line {error.lineno}")) from error
    keys = registered_keys(document)
    with database_session():
        _register(arguments, arguments.name, keys)
    print(f"{arguments.issuer} may ask; its keys: {', '.join(key['kid'] for key in keys)}")
    return DONE


def close(arguments: argparse.Namespace) -> int:
    """Close a system."""
    with database_session():
        _register(arguments, "closed", ())
    print(f"{arguments.issuer} may no longer ask")
    return DONE


def show(arguments: argparse.Namespace) -> int:
    """List the systems with the programme they ask in."""
    with database_session(only_reads=True):
        from kairos.queries.accounts import system_actors
        from kairos.queries.cds_clients import list_cds_clients

        for actor in system_actors():
            for client in list_cds_clients(by=actor):
                names = ", ".join(str(key["kid"]) for key in client.keys) or "closed"
                print(f"{client.issuer}  {client.name}  programme {client.programme_id}  {names}")
    return DONE


def _register(arguments: argparse.Namespace, name: str, keys: tuple[Mapping[str, Any], ...]) -> None:
    from django.utils import timezone

    from kairos.actions.register_cds_client import register_cds_client
    from kairos.queries.programmes import programmes_with_actors

    found = programmes_with_actors()
    chosen = [pair for pair in found if arguments.programme in ("", str(pair[0].id), pair[0].name)]
    if len(chosen) != 1:
        names = "; ".join(sorted(f"{programme.name} ({programme.id})" for programme, _ in found)) or "none"
        raise InvalidInput(Problem("--programme", f"name exactly one of the programmes: {names}"))
    programme, actor = chosen[0]
    register_cds_client(
        programme_id=programme.id,
        issuer=arguments.issuer,
        name=name,
        keys=keys,
        command_id=uuid4(),
        by=actor,
        now=timezone.now(),
    )
