"""What another system tells of a card: accepted, or overridden and why."""

from typing import Any

from kairos.interop.cds_hooks.extensions import EXTENSION
from kairos.interop.cds_hooks.faults import FaultList
from kairos.interop.cds_hooks.shapes import (
    CODING,
    Shape,
    array_of,
    check_object,
    instant,
    one_of,
    optional,
    required,
    shaped,
    text,
    uuid,
)


def check_feedback(document: Any, faults: FaultList) -> None:
    """Name the faults of what is fed back."""
    check_object(document, _DOCUMENT, "", faults)


def _entry(value: Any, place: str, faults: FaultList) -> None:
    if not check_object(value, _FEEDBACK, place, faults):
        return
    if value.get("outcome") == "accepted" and not value.get("acceptedSuggestions"):
        faults.add(place, "'acceptedSuggestions' is required where the outcome is accepted")
    if value.get("outcome") == "accepted" and "overrideReason" in value:
        faults.add(place, "'overrideReason' has no place where the outcome is accepted", is_readable=True)


_ACCEPTED: Shape = {"id": required(uuid), "extension": EXTENSION}
_REASON: Shape = {
    "reason": optional(shaped(CODING)),
    "userComment": optional(text),
    "extension": EXTENSION,
}
_FEEDBACK: Shape = {
    "card": required(uuid),
    "outcome": required(one_of("accepted", "overridden")),
    "acceptedSuggestions": optional(array_of(shaped(_ACCEPTED))),
    "overrideReason": optional(shaped(_REASON)),
    "outcomeTimestamp": required(instant),
    "extension": EXTENSION,
}
_DOCUMENT: Shape = {
    "feedback": required(array_of(_entry)),
    "extension": EXTENSION,
}
