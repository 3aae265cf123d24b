"""What a discovery endpoint answers: the services on offer."""

import re
from typing import Any

from kairos.interop.cds_hooks.extensions import EXTENSION
from kairos.interop.cds_hooks.faults import FaultList, inside
from kairos.interop.cds_hooks.shapes import (
    Shape,
    array_of,
    check_object,
    code,
    kind_of,
    optional,
    required,
    text,
    written_as,
)

_TOKEN = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_WORDS = re.compile(r"(context|prefetch)\.[A-Za-z].*|user[A-Z]\w*Id|today\(\).*|[A-Za-z%].*")
_ID = written_as(re.compile(r"[A-Za-z0-9\-._~]+"), "an id that can stand in an address")


def check_services(document: Any, faults: FaultList) -> None:
    """Name the faults of a discovery document."""
    if check_object(document, _DOCUMENT, "", faults):
        _check_unique(document.get("services"), faults)


def _prefetch(value: Any, place: str, faults: FaultList) -> None:
    if not check_object(value, {}, place, faults, also=value if isinstance(value, dict) else ()):
        return
    for key, query in value.items():
        at = inside(place, key)
        code(key, at, faults)
        if isinstance(query, str) and query.strip():
            _check_template(query, at, faults)
        else:
            faults.add(at, f"must be a FHIR query, and is {'empty' if query == '' else kind_of(query)}")


def _check_template(query: str, place: str, faults: FaultList) -> None:
    rest = _TOKEN.sub("", query)
    if "{{" in rest or "}}" in rest:
        faults.add(place, "the braces of a token do not match")
    for token in _TOKEN.findall(query):
        if not _WORDS.fullmatch(token):
            faults.add(place, "a token names nothing; expected one like {{context.patientId}}")


def _check_unique(services: Any, faults: FaultList) -> None:
    seen: set[tuple[str, str]] = set()
    for number, service in enumerate(services if isinstance(services, list) else []):
        if not isinstance(service, dict):
            continue
        pair = (str(service.get("id")), str(service.get("hook")))
        if service.get("id") and pair in seen:
            faults.add(inside("services", number), "another service has the same id and hook")
        seen.add(pair)


def _service(value: Any, place: str, faults: FaultList) -> None:
    check_object(value, _SERVICE, place, faults)


_SERVICE: Shape = {
    "hook": required(code),
    "title": optional(text),
    "description": required(text),
    "id": required(_ID),
    "prefetch": optional(_prefetch),
    "usageRequirements": optional(text),
    "extension": EXTENSION,
}
_DOCUMENT: Shape = {
    "services": required(array_of(_service, may_be_empty=True)),
    "extension": EXTENSION,
}
