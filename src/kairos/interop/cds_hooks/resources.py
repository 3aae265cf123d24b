"""FHIR resources inside a CDS Hooks document: type, id, Bundle, references, extensions, required elements.

What hinders reading a resource makes the document unusable. Everything else is named and can be read past.
"""

import re
from collections.abc import Iterator
from typing import Any

from kairos.interop.cds_hooks.faults import FaultList, inside
from kairos.interop.cds_hooks.required_elements import CODES, REQUIRED
from kairos.interop.cds_hooks.shapes import Check, fhir_id, kind_of
from kairos.interop.fhir.versions import is_known_type

_BUNDLE_TYPES = (
    "document", "message", "transaction", "transaction-response", "batch", "batch-response",
    "history", "searchset", "collection",
)  # fmt: skip
_WITHOUT_FULL_URL = ("transaction", "transaction-response", "batch", "batch-response")
_KNOWN_EXTENSIONS = ("http://hl7.org/fhir/", "http://terminology.hl7.org/")
_EXAMPLES = ("example.org", "example.com", "acme.com")
_ABSOLUTE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.\-]*:")


def resource(value: Any, place: str, faults: FaultList) -> None:
    """A resource; it may be without an id."""
    if not isinstance(value, dict):
        faults.add(place, f"must be a FHIR resource, and is {kind_of(value)}")
        return
    kind = value.get("resourceType")
    if not isinstance(kind, str) or not kind:
        faults.add(place, "is no FHIR resource: there is no resourceType")
        return
    if not is_known_type(kind):
        faults.add(place, f"'{kind[:60]}' is not a resource type of FHIR R4")
    if "id" in value:
        fhir_id(value["id"], inside(place, "id"), faults)
    if faults.names_all:
        _check_elements(value, kind, place, faults)
    if kind == "Bundle":
        _check_bundle(value, place, faults)
    elif faults.names_all:
        _check_inside(value, place, faults)


def resource_with_id(value: Any, place: str, faults: FaultList) -> None:
    """A resource that somebody else must be able to name."""
    resource(value, place, faults)
    if isinstance(value, dict) and value.get("resourceType") and "id" not in value:
        faults.add(place, "the resource needs an id", is_readable=True)


def bundle_of(*types: str) -> Check:
    """Return the check of a Bundle that holds resources of these types; of any where none is named."""

    def check_bundle(value: Any, place: str, faults: FaultList) -> None:
        resource(value, place, faults)
        if isinstance(value, dict) and value.get("resourceType") not in (None, "", "Bundle"):
            faults.add(place, "must be a Bundle")
        for number, entry in enumerate(entries(value)):
            kind = entry.get("resourceType")
            if types and isinstance(kind, str) and kind not in types:
                at = inside(inside(inside(place, "entry"), number), "resource")
                faults.add(
                    at, f"'{kind[:60]}' has no place here; expected {', '.join(types)}", is_readable=True
                )

    return check_bundle


def entries(bundle: Any) -> Iterator[dict[str, Any]]:
    """Return the resources of a Bundle, in order; an empty one where an entry has none."""
    listed = bundle.get("entry") if isinstance(bundle, dict) else None
    for entry in listed if isinstance(listed, list) else []:
        held = entry.get("resource") if isinstance(entry, dict) else None
        yield held if isinstance(held, dict) else {}


def _check_bundle(bundle: dict[str, Any], place: str, faults: FaultList) -> None:
    kind = bundle.get("type")
    if kind not in _BUNDLE_TYPES:
        found = "has no type" if kind is None else "has a type that FHIR does not know"
        faults.add(place, f"the Bundle {found}", is_readable=True)
    listed = bundle.get("entry", [])
    if not isinstance(listed, list):
        faults.add(inside(place, "entry"), f"must be an array, and is {kind_of(listed)}")
        return
    if not listed and "entry" in bundle:
        faults.add(inside(place, "entry"), "the array is empty; leave it out", is_readable=True)
    for number, entry in enumerate(listed):
        _check_entry(
            entry, inside(inside(place, "entry"), number), faults, needs_url=kind not in _WITHOUT_FULL_URL
        )
    _check_unique(listed, place, faults)


def _check_entry(entry: Any, place: str, faults: FaultList, *, needs_url: bool) -> None:
    if not isinstance(entry, dict) or not entry:
        faults.add(place, "the entry has no content")
        return
    held = entry.get("resource")
    at = inside(place, "resource")
    if held is None:
        faults.add(place, "the entry holds no resource")
    else:
        resource(held, at, faults)
    url = entry.get("fullUrl")
    if url is None and needs_url and faults.names_all:
        faults.add(place, "the entry of the Bundle has no fullUrl", is_readable=True)
        _check_relative(held, at, faults)
    elif url is not None:
        _check_full_url(url, held, inside(place, "fullUrl"), faults)


def _check_full_url(url: Any, held: Any, place: str, faults: FaultList) -> None:
    if not isinstance(url, str) or not _ABSOLUTE.match(url):
        faults.add(place, "is not an absolute address", is_readable=True)
        return
    identifier = held.get("id") if isinstance(held, dict) else None
    if (
        isinstance(identifier, str)
        and url.startswith("http")
        and url.rstrip("/").split("/")[-1] != identifier
    ):
        faults.add(place, "names another id than its resource", is_readable=True)


def _check_unique(listed: list[Any], place: str, faults: FaultList) -> None:
    seen: set[str] = set()
    for number, entry in enumerate(listed):
        url = entry.get("fullUrl") if isinstance(entry, dict) else None
        if not isinstance(url, str):
            continue
        if url in seen:
            at = inside(inside(place, "entry"), number)
            faults.add(at, "another entry of the Bundle has the same fullUrl", is_readable=True)
        seen.add(url)


def _check_relative(held: Any, place: str, faults: FaultList) -> None:
    """Name the references that nobody can follow: relative ones, in an entry without an address."""
    for at, value in _walk(held, place):
        written = value.get("reference")
        if (
            isinstance(written, str)
            and written
            and not written.startswith("#")
            and not _ABSOLUTE.match(written)
        ):
            faults.add(at, "a relative reference in an entry without fullUrl leads nowhere", is_readable=True)


def _check_inside(value: dict[str, Any], place: str, faults: FaultList) -> None:
    """Name empty objects, and extensions that nobody has defined; what is below such a one is not read."""
    for at, held in _walk(value, place):
        if not held:
            faults.add(at, "the object has no content; leave it out", is_readable=True)
        for name in ("extension", "modifierExtension"):
            _check_extensions(held.get(name, []), inside(at, name), faults)


def _check_extensions(listed: Any, place: str, faults: FaultList) -> None:
    if not isinstance(listed, list):
        faults.add(place, f"must be an array, and is {kind_of(listed)}", is_readable=True)
        return
    for number, one in enumerate(listed):
        url = one.get("url") if isinstance(one, dict) else None
        if not isinstance(url, str) or not url:
            faults.add(inside(place, number), "the extension has no url", is_readable=True)
        elif not _is_known_extension(url):
            message = f"the extension {url[:200]} is not known here, so what it says is not read"
            faults.add(inside(place, number), message, is_readable=True)


def _is_known_extension(url: str) -> bool:
    return url.startswith(_KNOWN_EXTENSIONS) or any(name in url for name in _EXAMPLES)


def _walk(value: Any, place: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return every object of a resource with its place, but those inside extensions."""
    if isinstance(value, dict):
        yield place, value
        for name, held in value.items():
            if name not in ("extension", "modifierExtension"):
                yield from _walk(held, inside(place, name))
    elif isinstance(value, list):
        for number, held in enumerate(value):
            yield from _walk(held, inside(place, number))


def _check_elements(value: dict[str, Any], kind: str, place: str, faults: FaultList) -> None:
    for needed in REQUIRED.get(kind, ()):
        names = needed.split("|")
        if not any(value.get(name) not in (None, "", [], {}) for name in names):
            faults.add(place, f"{kind}: '{' or '.join(names)}' is required", is_readable=True)
    for name, words in CODES.get(kind, {}).items():
        if name in value and value[name] not in words:
            at = inside(place, name)
            faults.add(at, f"is not a {name} of {kind}: {', '.join(words)}", is_readable=True)
