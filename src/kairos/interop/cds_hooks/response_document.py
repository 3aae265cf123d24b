"""What a service answers: cards, and actions it proposes to apply at once."""

from typing import Any

from kairos.interop.cds_hooks.extensions import EXTENSION
from kairos.interop.cds_hooks.faults import FaultList, inside
from kairos.interop.cds_hooks.resources import resource_with_id
from kairos.interop.cds_hooks.shapes import (
    CODING,
    Shape,
    absolute_url,
    array_of,
    boolean,
    check_object,
    one_of,
    optional,
    reference,
    required,
    shaped,
    text,
)

LONGEST_SUMMARY = 139


def check_response(document: Any, faults: FaultList) -> None:
    """Name the faults of an answer with cards."""
    check_object(document, _DOCUMENT, "", faults)


def _summary(value: Any, place: str, faults: FaultList) -> None:
    text(value, place, faults)
    if isinstance(value, str) and len(value) > LONGEST_SUMMARY:
        faults.add(place, f"has {len(value)} characters; a summary has fewer than {LONGEST_SUMMARY + 1}")


def _card(value: Any, place: str, faults: FaultList) -> None:
    if not check_object(value, _CARD, place, faults):
        return
    suggested = value.get("suggestions")
    if suggested and "selectionBehavior" not in value:
        faults.add(place, "where there are suggestions, selectionBehavior is required too")
    if value.get("selectionBehavior") == "at-most-one" and isinstance(suggested, list):
        recommended = [one for one in suggested if isinstance(one, dict) and one.get("isRecommended") is True]
        if len(recommended) > 1:
            faults.add(place, "only one suggestion can be recommended where selectionBehavior is at-most-one")


def _suggestion(value: Any, place: str, faults: FaultList) -> None:
    if not check_object(value, _SUGGESTION, place, faults):
        return
    actions = value.get("actions")
    for number, action in enumerate(actions if isinstance(actions, list) else []):
        if isinstance(action, dict) and "description" not in action:
            faults.add(inside(inside(place, "actions"), number), "'description' is required")


def _action(value: Any, place: str, faults: FaultList) -> None:
    if not check_object(value, _ACTION, place, faults):
        return
    kind = value.get("type")
    if kind in ("create", "update") and "resource" not in value:
        faults.add(place, f"'resource' is required where the type is {kind}")
    if kind == "delete" and not {"resource", "resourceId"} & set(value):
        faults.add(place, "'resourceId' is required where the type is delete")


def _resource(value: Any, place: str, faults: FaultList) -> None:
    """A resource; a bare text is the older way to name what is to be deleted."""
    if isinstance(value, str):
        reference(value, place, faults)
    else:
        resource_with_id(value, place, faults)


def _link(value: Any, place: str, faults: FaultList) -> None:
    if check_object(value, _LINK, place, faults) and "appContext" in value and value.get("type") != "smart":
        faults.add(place, "appContext is only for links of type smart")


def _override_reason(value: Any, place: str, faults: FaultList) -> None:
    if check_object(value, CODING, place, faults) and value and "display" not in value:
        faults.add(place, "'display' is required: people choose the reason by it")


_ACTION: Shape = {
    "type": required(one_of("create", "update", "delete")),
    "description": optional(text),
    "resource": optional(_resource),
    "resourceId": optional(reference),
    "extension": EXTENSION,
}
_SUGGESTION: Shape = {
    "label": required(text),
    "uuid": optional(text),
    "isRecommended": optional(boolean),
    "actions": optional(array_of(_action)),
    "actionSelectionBehavior": optional(one_of("all", "any", "at-most-one")),
    "extension": EXTENSION,
}
_LINK: Shape = {
    "label": required(text),
    "url": required(absolute_url),
    "type": required(one_of("absolute", "smart")),
    "appContext": optional(text),
    "autolaunchable": optional(boolean),
    "extension": EXTENSION,
}
_SOURCE: Shape = {
    "label": required(text),
    "url": optional(absolute_url),
    "icon": optional(absolute_url),
    "topic": optional(shaped(CODING)),
    "extension": EXTENSION,
}
_CARD: Shape = {
    "uuid": optional(text),
    "summary": required(_summary),
    "detail": optional(text),
    "indicator": required(one_of("info", "warning", "critical")),
    "source": required(shaped(_SOURCE)),
    "suggestions": optional(array_of(_suggestion)),
    "selectionBehavior": optional(one_of("at-most-one", "any")),
    "overrideReasons": optional(array_of(_override_reason)),
    "links": optional(array_of(_link)),
    "extension": EXTENSION,
}
_DOCUMENT: Shape = {
    "cards": required(array_of(_card, may_be_empty=True)),
    "systemActions": optional(array_of(_action)),
    "extension": EXTENSION,
}
