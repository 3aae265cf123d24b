"""The two walls around a scope: the filter every repository puts on, and the settings that
row-level security reads. Either one alone must hold.
"""

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar, cast
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model, QuerySet

from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.people import Scope

Row = TypeVar("Row", bound=Model)
P = ParamSpec("P")
R = TypeVar("R")
_NAMES = (
    "kairos.organisation",
    "kairos.programmes",
    "kairos.person",
    "kairos.user",
    "kairos.link",
    "kairos.cds_client",
    "kairos.device_key",
    "kairos.audit",
)
_OPEN = "kairos_open_block"


@contextmanager
def scoped(scope: Scope, *, apart: bool = False, only_reads: bool = False) -> Iterator[None]:
    """Open a transaction (or a part of the one open) in which the database shows this scope only.

    Inside a block of the same scope nothing is asked or set again. ``apart``: the block is undone by itself
    where it fails, also there. ``only_reads``: what is asked ``once_a_reading`` is kept until it ends.
    """
    values = {
        "kairos.organisation": str(scope.organisation_id),
        "kairos.programmes": ",".join(sorted(map(str, scope.programme_ids))),
        "kairos.person": str(scope.patient_id or ""),
    }
    with _settings(values, apart=apart, only_reads=only_reads):
        yield


@contextmanager
def scoped_as(scope: Scope, user_id: UUID) -> Iterator[None]:
    """Show a scope and, beyond it, what is for this log-in alone, such as a complaint it answers."""
    with _settings(
        {
            "kairos.organisation": str(scope.organisation_id),
            "kairos.programmes": ",".join(sorted(map(str, scope.programme_ids))),
            "kairos.person": str(scope.patient_id or ""),
            "kairos.user": str(user_id),
        }
    ):
        yield


@contextmanager
def as_user(user_id: UUID) -> Iterator[None]:
    """Show a log-in its own memberships, before any scope is known."""
    with _settings({"kairos.user": str(user_id)}):
        yield


@contextmanager
def as_link(token_digest: bytes) -> Iterator[None]:
    """Show the one link whose token this is, before any scope is known."""
    with _settings({"kairos.link": token_digest.hex()}):
        yield


@contextmanager
def as_cds_client(issuer: str) -> Iterator[None]:
    """Show a system that asks by CDS Hooks its own registration, before any scope is known."""
    with _settings({"kairos.cds_client": issuer}):
        yield


@contextmanager
def as_device(key_digest: str) -> Iterator[None]:
    """Show a device its own registration, before any scope is known."""
    with _settings({"kairos.device_key": key_digest}):
        yield


@contextmanager
def whole_audit() -> Iterator[None]:
    """Show all audit events, and nothing else: for the sealer and for verify."""
    with _settings({"kairos.audit": "all"}):
        yield


@contextmanager
def _settings(values: Mapping[str, str], *, apart: bool = False, only_reads: bool = False) -> Iterator[None]:
    """Set these settings and clear the others until the block ends; then put back what was there.

    The settings end with their transaction: where one begins here, there is nothing to put back.
    """
    wanted = {name: values.get(name, "") for name in _NAMES}
    if _in_force() == wanted and not apart:
        yield
        return
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        before = {} if is_outermost else _in_force() or _asked()
        _set({name: value for name, value in wanted.items() if before.get(name) != value})
        with _told(_Block(wanted, {} if only_reads else None)):
            yield
        if not is_outermost:
            _set({name: value for name, value in before.items() if wanted[name] != value})


@dataclass(frozen=True, slots=True)
class _Block:
    """What an open block has set, and what was asked in it; ``None`` where something may be written."""

    values: Mapping[str, str]
    asked: dict[Any, Any] | None


def once_a_reading(function: Callable[P, R]) -> Callable[P, R]:
    """Ask the database once in a block that only reads; what is given to the function must be hashable."""

    @functools.wraps(function)
    def asking(*args: P.args, **kwargs: P.kwargs) -> R:
        block = _block()
        if block is None or block.asked is None:
            return function(*args, **kwargs)
        place = (function, args, tuple(sorted(kwargs.items())))
        if place not in block.asked:
            block.asked[place] = function(*args, **kwargs)
        return cast("R", block.asked[place])

    return asking


def _block() -> _Block | None:
    """Return the innermost open block of this connection; ``None`` outside of all."""
    found: _Block | None = getattr(connection, _OPEN, None)
    return found if connection.in_atomic_block else None


def _in_force() -> Mapping[str, str] | None:
    block = _block()
    return block.values if block else None


@contextmanager
def _told(block: _Block) -> Iterator[None]:
    """Remember what is set. Whatever ends the block, the database then holds again what was before."""
    before = _block()
    setattr(connection, _OPEN, block)
    try:
        yield
    finally:
        setattr(connection, _OPEN, before)


def _asked() -> dict[str, str]:
    """Return the settings as the database has them, in a transaction that somebody else began."""
    now = ", ".join(["current_setting(%s, true)"] * len(_NAMES))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {now}", list(_NAMES))
        return dict(zip(_NAMES, (value or "" for value in cursor.fetchone()), strict=True))


def _set(values: Mapping[str, str]) -> None:
    if not values:
        return
    calls = ", ".join(["set_config(%s, %s, true)"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {calls}", [part for pair in values.items() for part in pair])


def within(rows: "QuerySet[Row]", scope: Scope) -> "QuerySet[Row]":
    """Return the rows of the scope's programmes, and of its one patient where it has one."""
    rows = rows.filter(programme_id__in=scope.programme_ids)
    return rows if scope.patient_id is None else rows.filter(person_id=scope.patient_id)


def check_within(scope: Scope, programme_id: UUID, person_id: UUID | None = None) -> None:
    """Refuse to write outside the scope.

    Raises
    ------
    NotAllowed
    """
    foreign = scope.patient_id is not None and person_id != scope.patient_id
    if foreign or programme_id not in scope.programme_ids:
        raise NotAllowed("this belongs to a programme or person outside your scope; ask its own team")


def the_only(rows: "QuerySet[Row]", what: str) -> Row:
    """Return the one row, or say that it is not there or not within the scope.

    Raises
    ------
    Missing
    """
    row = rows.first()
    if row is None:
        raise Missing(f"{what} is not there, or not within your programmes")
    return row
