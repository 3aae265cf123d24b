"""What another system asks: the hook, its context, and what was fetched beforehand."""

from typing import Any

from kairos.interop.cds_hooks.extensions import EXTENSION
from kairos.interop.cds_hooks.faults import FaultList, inside
from kairos.interop.cds_hooks.hook_contexts import context_of
from kairos.interop.cds_hooks.resources import entries, resource
from kairos.interop.cds_hooks.shapes import (
    Shape,
    absolute_url,
    check_object,
    code,
    fhir_id,
    kind_of,
    one_of,
    optional,
    required,
    text,
    uuid,
    whole_number,
)

_PATIENT = "Patient/"


def check_request(document: Any, faults: FaultList) -> None:
    """Name the faults of a question."""
    if not check_object(document, _REQUEST, "", faults, also=("context",)):
        return
    _check_context(document, faults)
    if "fhirAuthorization" in document and not document.get("fhirServer"):
        faults.add("", "where there is fhirAuthorization, fhirServer is required too")
    context = document.get("context")
    if isinstance(context, dict):
        _check_selections(context, faults)
        _check_one_person(document, context, faults)


def _check_context(document: dict[str, Any], faults: FaultList) -> None:
    context = document.get("context")
    hook = document.get("hook")
    check = context_of.get(hook) if isinstance(hook, str) else None
    if "context" not in document:
        faults.add("", "'context' is required")
    elif check is not None:
        check(context, "context", faults)
    elif not isinstance(context, dict):
        faults.add("context", f"must be an object, and is {kind_of(context)}")


def _check_selections(context: dict[str, Any], faults: FaultList) -> None:
    """Name what was selected and is not among the drafts."""
    listed = context.get("selections")
    if not isinstance(listed, list) or "draftOrders" not in context:
        return
    drafts = {f"{one.get('resourceType')}/{one.get('id')}" for one in entries(context["draftOrders"])}
    for number, selected in enumerate(listed):
        if isinstance(selected, str) and selected not in drafts:
            at = inside("context.selections", number)
            faults.add(at, "names an order that is not in draftOrders", is_readable=True)


def _check_one_person(document: dict[str, Any], context: dict[str, Any], faults: FaultList) -> None:
    """Name orders and patients of somebody else: one person's record must not judge another's order."""
    asked = context.get("patientId")
    if not isinstance(asked, str):
        return
    person = asked.removeprefix(_PATIENT)
    for number, order in enumerate(entries(context.get("draftOrders"))):
        subject = order.get("subject") or order.get("patient")
        written = subject.get("reference") if isinstance(subject, dict) else None
        if isinstance(written, str) and _names_another(written, person):
            at = f"context.draftOrders.entry[{number}].resource"
            faults.add(at, "the order is for another patient than context.patientId")
    prefetch = document.get("prefetch")
    for key, held in prefetch.items() if isinstance(prefetch, dict) else ():
        if isinstance(held, dict) and held.get("resourceType") == "Patient" and held.get("id") != person:
            faults.add(inside("prefetch", key), "is another patient than context.patientId")


def _names_another(reference: str, person: str) -> bool:
    plain = reference.partition("/_history/")[0]
    return f"/{plain}".rpartition("/Patient/")[2] != person if "Patient/" in plain else False


def _prefetch(value: Any, place: str, faults: FaultList) -> None:
    if not isinstance(value, dict):
        faults.add(place, f"must be an object, and is {kind_of(value)}")
        return
    for key, held in value.items():
        if held is not None:
            resource(held, inside(place, key), faults)


def _authorization(value: Any, place: str, faults: FaultList) -> None:
    if not check_object(value, _AUTHORIZATION, place, faults):
        return
    scope = value.get("scope")
    if isinstance(scope, str) and "patient/" in scope and "patient" not in value:
        faults.add(place, "where the scopes are of one patient, 'patient' names them", is_readable=True)


_AUTHORIZATION: Shape = {
    "access_token": required(text),
    "token_type": required(one_of("Bearer")),
    "expires_in": required(whole_number),
    "scope": required(text),
    "subject": required(text),
    "patient": optional(fhir_id),
    "extension": EXTENSION,
}
_REQUEST: Shape = {
    "hook": required(code),
    "hookInstance": required(uuid),
    "fhirServer": optional(absolute_url),
    "fhirAuthorization": optional(_authorization),
    "prefetch": optional(_prefetch),
    "extension": EXTENSION,
}
