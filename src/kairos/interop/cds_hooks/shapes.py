"""The shapes of JSON objects: which properties, of what kind, which of them required.

A shape is a table; ``check_object`` holds a value against it and names everything that does not fit.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from kairos.interop.cds_hooks.faults import FaultList, inside

Check = Callable[[Any, str, FaultList], None]

_UUID = re.compile(r"(urn:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_CODE = re.compile(r"\S+( \S+)*")
_REFERENCE = re.compile(r"[A-Z][A-Za-z]+/[A-Za-z0-9\-.]{1,64}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_KINDS = {dict: "an object", list: "an array", str: "a text", bool: "true or false", type(None): "null"}


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a shape. ``is_readable``: without it, or with it wrong, the document is still clear."""

    check: Check
    is_required: bool = False
    is_readable: bool = False


Shape = Mapping[str, Property]


def required(check: Check, *, is_readable: bool = False) -> Property:
    """Return a property that has to be there."""
    return Property(check, is_required=True, is_readable=is_readable)


def optional(check: Check) -> Property:
    """Return a property that may be left out."""
    return Property(check)


def kind_of(value: Any) -> str:
    """Return what a JSON value is, in words."""
    return _KINDS.get(type(value), "a number")


def check_object(
    value: Any, shape: Shape, place: str, faults: FaultList, *, also: Collection[str] = ()
) -> bool:
    """Hold an object against a shape and return whether it is one.

    Parameters
    ----------
    also : names    properties that somebody else looks at
    """
    if not isinstance(value, dict):
        faults.add(place, f"must be an object, and is {kind_of(value)}")
        return False
    if not value:
        faults.add(place, "the object has no content; fill it or leave it out")
    for name, prop in shape.items():
        _check_property(value, name, prop, place, faults)
    for name in value:
        if name not in shape and name not in also:
            faults.add(place, f"the property '{name[:80]}' is not known here", is_readable=True)
    return True


def _check_property(value: dict[str, Any], name: str, prop: Property, place: str, faults: FaultList) -> None:
    if name not in value:
        if prop.is_required:
            faults.add(place, f"'{name}' is required", is_readable=prop.is_readable)
    elif value[name] is None:
        is_readable = prop.is_readable or not prop.is_required
        faults.add(inside(place, name), "must not be null; leave it out", is_readable=is_readable)
    else:
        prop.check(value[name], inside(place, name), faults)


def array_of(check: Check, *, may_be_empty: bool = False) -> Check:
    """Return the check of an array whose items all pass a check."""

    def check_array(value: Any, place: str, faults: FaultList) -> None:
        if not isinstance(value, list):
            faults.add(place, f"must be an array, and is {kind_of(value)}")
            return
        if not value and not may_be_empty:
            faults.add(place, "the array is empty; leave it out", is_readable=True)
        for number, item in enumerate(value):
            check(item, inside(place, number), faults)

    return check_array


def shaped(shape: Shape) -> Check:
    """Return the check of an object of a shape."""

    def check_shape(value: Any, place: str, faults: FaultList) -> None:
        check_object(value, shape, place, faults)

    return check_shape


def text(value: Any, place: str, faults: FaultList) -> None:
    """A text with something in it."""
    if not isinstance(value, str):
        faults.add(place, f"must be a text, and is {kind_of(value)}")
    elif not value.strip():
        faults.add(place, "the text is empty")


def boolean(value: Any, place: str, faults: FaultList) -> None:
    """True or false."""
    if not isinstance(value, bool):
        faults.add(place, f"must be true or false, and is {kind_of(value)}")


def whole_number(value: Any, place: str, faults: FaultList) -> None:
    """A number without a fraction."""
    if isinstance(value, bool) or not isinstance(value, int):
        faults.add(place, f"must be a whole number, and is {kind_of(value)}")


def written_as(pattern: re.Pattern[str], expected: str) -> Check:
    """Return the check of a text written in one way. The text is not repeated: it may name a person."""

    def check_pattern(value: Any, place: str, faults: FaultList) -> None:
        if not isinstance(value, str):
            faults.add(place, f"must be {expected}, and is {kind_of(value)}")
        elif not pattern.fullmatch(value):
            faults.add(place, f"is not {expected}")

    return check_pattern


uuid = written_as(_UUID, "a UUID like 4e0a3a1e-3283-4575-ab82-028d55fe2719")
fhir_id = written_as(_ID, "a FHIR id: up to 64 letters, digits, '-' and '.', without the resource type")
code = written_as(_CODE, "a code: no space at its ends, none doubled, not empty")
reference = written_as(_REFERENCE, "a relative reference like ServiceRequest/1")


def instant(value: Any, place: str, faults: FaultList) -> None:
    """An instant with its offset from UTC."""
    try:
        is_one = isinstance(value, str) and bool(_INSTANT.fullmatch(value) and datetime.fromisoformat(value))
    except ValueError:
        is_one = False
    if not is_one:
        faults.add(place, "is not an instant like 2026-01-31T09:30:00Z")


def one_of(*words: str) -> Check:
    """Return the check of a text that is one of a few words."""

    def check_word(value: Any, place: str, faults: FaultList) -> None:
        if value not in words:
            shown = f"'{value[:40]}'" if isinstance(value, str) else kind_of(value)
            faults.add(place, f"must be one of {', '.join(words)}, and is {shown}")

    return check_word


def absolute_url(value: Any, place: str, faults: FaultList) -> None:
    """An absolute address."""
    if not isinstance(value, str):
        faults.add(place, f"must be an absolute URL, and is {kind_of(value)}")
    elif not _is_absolute(value):
        faults.add(place, "is not an absolute URL")


def _is_absolute(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return bool(parts.scheme and parts.netloc) and not re.search(r"\s", address)


CODING: Shape = {
    "system": optional(text),
    "version": optional(text),
    "code": optional(code),
    "display": optional(text),
    "userSelected": optional(boolean),
}
