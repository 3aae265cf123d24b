"""Questionnaires and responses in the shape of FHIR STU3, turned into that of R4.

Only what was renamed without a change of meaning is turned; everything else of STU3 is refused where
versions are checked (``versions.py``).
"""

from typing import Any

from kairos.interop.fhir.elements import Json, child, children, text

STU3 = "STU3"


def is_stu3(resource: Json) -> bool:
    """Whether a Questionnaire or response shows elements that only STU3 has."""
    if resource.get("resourceType") == "QuestionnaireResponse":
        renamed = ("questionnaire", "context")
        return any(isinstance(resource.get(key), dict) for key in renamed) or "parent" in resource
    return _has_options(resource.get("item"))


def as_r4(resource: Json) -> Json:
    """Return a resource with the elements of R4 in place of those of STU3."""
    if resource.get("resourceType") == "QuestionnaireResponse":
        return _response(resource)
    return {**resource, "item": _items(resource.get("item"))}


def _has_options(items: Any) -> bool:
    waiting = [items]
    while waiting:
        for item in children({"item": waiting.pop()}, "item"):
            if "option" in item or "options" in item:
                return True
            waiting.append(item.get("item"))
    return False


def _response(resource: Json) -> Json:
    turned = {key: held for key, held in resource.items() if key not in ("context", "parent")}
    if isinstance(resource.get("questionnaire"), dict):
        turned["questionnaire"] = text(child(resource, "questionnaire"), "reference")
    if "context" in resource:
        turned["encounter"] = resource["context"]
    if "parent" in resource:
        turned["partOf"] = resource["parent"]
    return turned


def _items(items: Any) -> list[Json]:
    return [_item(item) for item in children({"item": items}, "item")]


def _item(item: Json) -> Json:
    turned = {key: held for key, held in item.items() if key not in ("option", "options", "item")}
    if "option" in item:
        turned["answerOption"] = item["option"]
    if "options" in item:
        turned["answerValueSet"] = text(child(item, "options"), "reference")
    if "item" in item:
        turned["item"] = _items(item["item"])
    return turned
