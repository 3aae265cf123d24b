"""Rows about one patient: written within the scope, with their words under the person's key."""

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar
from uuid import UUID

from django.db.models import Model

from kairos.store.repositories.rows import to_columns, to_value
from kairos.store.scope import check_within
from kairos.store.vault import PersonKey, key_of
from kairos.vocab.people import Scope

Value = TypeVar("Value")


class AboutPatient(Protocol):
    """Any value about one patient of one programme."""

    @property
    def id(self) -> UUID:
        """Its own id."""

    @property
    def programme_id(self) -> UUID:
        """The programme it belongs to."""

    @property
    def person_id(self) -> UUID:
        """The person it is about."""


def add(record: type[Model], scope: Scope, value: AboutPatient, **columns: Any) -> None:
    """Insert a value; a field ``words`` is closed under the person's key. ``columns`` override and add."""
    check_within(scope, value.programme_id, value.person_id)
    filled = to_columns(value) | columns
    filled.pop("recorded_at", None)
    if filled.get("words"):
        key = key_of(value.person_id)
        filled["words"] = key.seal_words(filled["words"], purpose_of(record, value.id))
    elif "words" in filled:
        filled["words"] = None
    record._default_manager.create(**filled)


def value_of(kind: type[Value], row: Any, key: PersonKey | None = None, **given: Any) -> Value:
    """Build the value of a row; its words are opened with the key given, or else with the person's."""
    if hasattr(row, "words") and "words" not in given:
        given["words"] = open_words(row, key) if row.words else {}
    if "words" in given and "words" not in kind.__dataclass_fields__:  # type: ignore[attr-defined]
        del given["words"]
    return to_value(kind, row, **given)


def values_of(kind: type[Value], rows: Iterable[Any]) -> tuple[Value, ...]:
    """Build the values of rows; the key of each person is fetched once, and only where words are kept."""
    keys: dict[UUID, PersonKey] = {}
    built = []
    for row in rows:
        if getattr(row, "words", None) and row.person_id not in keys:
            keys[row.person_id] = key_of(row.person_id)
        built.append(value_of(kind, row, keys.get(row.person_id)))
    return tuple(built)


def open_words(row: Any, key: PersonKey | None = None) -> dict[str, Any]:
    """Return the words of a row."""
    return (key or key_of(row.person_id)).open_words(bytes(row.words), purpose_of(type(row), row.id))


def purpose_of(record: type[Model], row_id: UUID) -> str:
    """Return what words of this row are bound to, so that they open in no other row."""
    return f"{record._meta.model_name}/{row_id}"
