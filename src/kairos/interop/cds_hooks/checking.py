"""Check a CDS Hooks document of any kind: which one it is, and every fault of it."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kairos.interop.cds_hooks.faults import Fault, FaultList
from kairos.interop.cds_hooks.feedback_document import check_feedback
from kairos.interop.cds_hooks.request_document import check_request
from kairos.interop.cds_hooks.response_document import check_response
from kairos.interop.cds_hooks.services_document import check_services
from kairos.interop.cds_hooks.shapes import kind_of
from kairos.vocab.errors import InvalidInput, Problem


class DocumentKind(StrEnum):
    """The documents of CDS Hooks 2.0."""

    SERVICES = "services"
    REQUEST = "request"
    RESPONSE = "response"
    FEEDBACK = "feedback"


_CHECKS: dict[DocumentKind, Callable[[Any, FaultList], None]] = {
    DocumentKind.SERVICES: check_services,
    DocumentKind.REQUEST: check_request,
    DocumentKind.RESPONSE: check_response,
    DocumentKind.FEEDBACK: check_feedback,
}
_MODELS = {
    DocumentKind.SERVICES: "CDSHooksServices",
    DocumentKind.REQUEST: "CDSHooksRequest",
    DocumentKind.RESPONSE: "CDSHooksResponse",
    DocumentKind.FEEDBACK: "CDSHooksFeedback",
}
_SIGNS = (
    (DocumentKind.SERVICES, ("services",)),
    (DocumentKind.RESPONSE, ("cards", "systemActions")),
    (DocumentKind.FEEDBACK, ("feedback",)),
    (
        DocumentKind.REQUEST,
        ("hook", "hookInstance", "context", "prefetch", "fhirServer", "fhirAuthorization"),
    ),
)
_PREFETCHED = re.compile(r"prefetch\.")


@dataclass(frozen=True, slots=True)
class Checked:
    """A document and its faults. ``kind`` is nothing where it could not be told."""

    kind: DocumentKind | None
    document: Any
    faults: tuple[Fault, ...]

    @property
    def refusals(self) -> tuple[Fault, ...]:
        """The faults for which a service refuses the document."""
        return tuple(fault for fault in self.faults if not fault.is_readable)

    def element(self, fault: Fault) -> str:
        """Return the place of a fault in the logical models that HL7 publishes for these documents."""
        if self.kind is None:
            return fault.place
        place, model = fault.place, _MODELS[self.kind]
        held = self.document.get("prefetch") if isinstance(self.document, dict) else None
        if self.kind is DocumentKind.REQUEST and _PREFETCHED.match(place) and isinstance(held, dict):
            for number, key in enumerate(held):
                rest = place.removeprefix(f"prefetch.{key}")
                if rest != place and (not rest or rest[0] in ".["):
                    return f"{model}.prefetch[{number}].value{rest}"
        return model if place == "$" else f"{model}.{place}"


def check_document(raw: bytes, *, kind: DocumentKind | None = None) -> Checked:
    """Return every fault of a document.

    Raises
    ------
    InvalidInput    it cannot be read: not UTF-8, not JSON
    """
    faults = FaultList()
    document = _read(raw, faults)
    return _checked(document, kind, faults)


def check_value(document: Any, *, kind: DocumentKind) -> Checked:
    """Return every fault of a document that was read already."""
    return _checked(document, kind, FaultList())


def refusals_of(document: Any, *, kind: DocumentKind) -> tuple[Fault, ...]:
    """Return the faults for which a service refuses a document; quicker than to look for all."""
    return _checked(document, kind, FaultList(names_all=False)).faults


def _checked(document: Any, kind: DocumentKind | None, faults: FaultList) -> Checked:
    told = kind or kind_told(document)
    try:
        if told is not None:
            _CHECKS[told](document, faults)
        else:
            faults.add("", _unrecognised(document))
    except RecursionError:
        faults.add("", "is nested too deeply to be read")
    return Checked(told, document, tuple(faults.found))


def kind_told(document: Any) -> DocumentKind | None:
    """Return which document it is, by its properties."""
    if not isinstance(document, dict):
        return None
    return next((kind for kind, signs in _SIGNS if any(sign in document for sign in signs)), None)


def _unrecognised(document: Any) -> str:
    if not isinstance(document, dict):
        return f"must be an object, and is {kind_of(document)}"
    if not document:
        return "the object has no content"
    if "resourceType" in document:
        return "is a FHIR resource, and no CDS Hooks document"
    return "is no services, request, response or feedback document: none of their properties is there"


def _read(raw: bytes, faults: FaultList) -> Any:
    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        names = [name for name, _ in items]
        for name in sorted({name for name in names if names.count(name) > 1}):
            faults.add("", f"the property '{name[:80]}' stands twice in one object")
        return dict(items)

    try:
        text = raw.decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=pairs, parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise InvalidInput(
            Problem("document", f"is not UTF-8: byte {error.start} is no valid character")
        ) from error
    except json.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise InvalidInput(Problem("document", f"is not JSON: {error.msg.lower()}, {where}")) from error
    except RecursionError as error:
        raise InvalidInput(Problem("document", "is nested too deeply to be read")) from error


def _refuse_constant(name: str) -> Any:
    raise InvalidInput(Problem("document", f"is not JSON: {name} is no number there"))
