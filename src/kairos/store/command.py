"""What every action has in common: one transaction, one permission, one command id, one audit event."""

import functools
from collections.abc import Callable
from typing import Any, NamedTuple, ParamSpec, TypeVar, cast, get_type_hints
from uuid import UUID

import msgspec
from django.db import connection

from kairos.store import audit
from kairos.store.audit import AuditNote
from kairos.store.scope import scoped
from kairos.store.vault import keyed_digest
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import Actor, Permission

P = ParamSpec("P")
R = TypeVar("R")

ACTIONS: dict[str, Permission | None] = {}
"""Every action by name, with the permission it asks; ``None`` is for our own processes only."""


def command(
    name: str, permission: Permission | None
) -> Callable[[Callable[P, tuple[R, AuditNote]]], Callable[P, R]]:
    """Make an action of a keyword-only function that takes ``command_id``, ``by`` and ``now``.

    The function returns its result and an ``AuditNote``; callers get the result. The same command id
    with the same content gives the first result again and does nothing; with other content, from
    somebody else or for another action it is refused. ``now`` is no part of the content.
    """

    def decorate(function: Callable[P, tuple[R, AuditNote]]) -> Callable[P, R]:
        if ACTIONS.setdefault(name, permission) != permission:
            raise ValueError(f"two actions are called {name}")

        @functools.wraps(function)
        def action(*args: P.args, **kwargs: P.kwargs) -> R:
            by = cast("Actor", kwargs["by"])
            check_permission(by, permission)
            given = _Given(cast("UUID", kwargs["command_id"]), name, by.id, _digest_of(name, by, kwargs))
            with scoped(by.scope, apart=True):
                first = _claim(given)
                if first is not None:
                    return cast("R", msgspec.convert(first["result"], _result_type(function), strict=False))
                result, note = function(*args, **kwargs)
                audit.record(action=name, note=note, by=by, command_id=given.id)
                _keep(given.id, result)
                return result

        return action

    return decorate


def check_permission(by: Actor, permission: Permission | None) -> None:
    """Refuse whoever may not do this; ``None`` admits our own processes only.

    Raises
    ------
    NotAllowed
    """
    if permission is not None:
        by.check_may(permission)
    elif not by.is_system:
        raise NotAllowed("this is done by Kairos's own processes only")


class _Given(NamedTuple):
    id: UUID
    action: str
    actor_id: UUID
    digest: bytes


def _digest_of(name: str, by: Actor, content: dict[str, Any]) -> bytes:
    told = {key: value for key, value in content.items() if key not in ("command_id", "by", "now")}
    encoded = msgspec.json.encode([name, by.id, told], enc_hook=str, order="deterministic")
    return keyed_digest(encoded)


def _claim(given: _Given) -> dict[str, Any] | None:
    """Take the command id; wait for whoever is at work on it, and return their result if they finished."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO store_command (id, action, actor, digest) VALUES (%s, %s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            [given.id, given.action, given.actor_id, given.digest],
        )
        if cursor.rowcount:
            return None
        cursor.execute("SELECT digest, result FROM store_command WHERE id = %s", [given.id])
        digest, result = cursor.fetchone()
    if bytes(digest) != given.digest or result is None:
        message = "this command id was already used for something else; send the new content under a new id"
        raise InvalidInput(Problem("command_id", message))
    return cast("dict[str, Any]", result if isinstance(result, dict) else msgspec.json.decode(result))


def _keep(command_id: UUID, result: object) -> None:
    encoded = msgspec.json.encode({"result": result}).decode()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE store_command SET result = %s WHERE id = %s", [encoded, command_id])


def _result_type(function: Callable[..., Any]) -> Any:
    return get_type_hints(function)["return"].__args__[0]
