"""The ``extension`` object of CDS Hooks: properties named by whoever defined them.

A published extension is held against its own shape. A name like ``com.example.timestamp`` belongs to its
owner and passes unread. Any other name is nobody's: it is a fault, but nothing is misread by it.
"""

import re
from typing import Any

from kairos.interop.cds_hooks.faults import FaultList, inside
from kairos.interop.cds_hooks.shapes import (
    Check,
    array_of,
    check_object,
    code,
    kind_of,
    optional,
    required,
    shaped,
    text,
)

_OWNED = re.compile(r"(com|org|net|io|dev|gov|edu|health|care|info|[a-z]{2})(\.[A-Za-z0-9_\-]+){2,}")


def anything(value: Any, place: str, faults: FaultList) -> None:
    """Any value."""


def _options(value: Any, place: str, faults: FaultList) -> None:
    shape = {
        "code": required(code, is_readable=True),
        "type": required(code, is_readable=True),
        "name": required(text, is_readable=True),
        "description": required(text, is_readable=True),
        "default": optional(anything),
    }
    array_of(shaped(shape))(value, place, faults)


def _anything_in_object(value: Any, place: str, faults: FaultList) -> None:
    if not isinstance(value, dict):
        faults.add(place, f"must be an object, and is {kind_of(value)}", is_readable=True)


_PUBLISHED: dict[str, Check] = {
    "davinci-crd.configuration-options": _options,
    "davinci-crd.configuration": _anything_in_object,
    "davinci-crd.requested-version": text,
    "davinci-crd.if-none-exist": text,
    "davinci-crd.associated-resource": anything,
    "davinci-associated-resource": anything,
    "davinci-crd.bundled-coverage-information": anything,
}


def extension(value: Any, place: str, faults: FaultList) -> None:
    """The extensions of one object."""
    if not check_object(value, {}, place, faults, also=value if isinstance(value, dict) else ()):
        return
    for name, held in value.items():
        if name in _PUBLISHED:
            _PUBLISHED[name](held, inside(place, name), faults)
        elif not _OWNED.fullmatch(name):
            faults.add(place, f"the property '{name[:80]}' is not known here", is_readable=True)


EXTENSION = optional(extension)
