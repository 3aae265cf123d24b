"""Builders of other people's Questionnaires and responses: of our instruments, in forms that are not ours."""

from collections.abc import Mapping, Sequence
from typing import Any

from kairos.domain.instruments.questionnaire import Instrument, Item

LOINC = "http://loinc.org"
WEIGHT = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
OTHER_SYSTEM = "http://forms.example/answers"
WRITINGS = ("integer", "decimal", "string", "loinc", "weighed answer", "weighed option", "words")


def weighed(weight: float) -> list[dict[str, Any]]:
    """Return the extension that states a weight."""
    return [{"url": WEIGHT, "valueDecimal": weight}]


def coding(item: Item, value: int, *, system: str = LOINC) -> dict[str, Any]:
    """Return an answer as a Coding: LOINC's, or one of somebody's own system."""
    option = next(one for one in item.options if one.value == value)
    if system == LOINC and option.code:
        return {"system": system, "code": option.code.code}
    return {"system": OTHER_SYSTEM, "code": f"a{value}"}


def question(item: Item, link: str, *, kind: str = "choice", **more: Any) -> dict[str, Any]:
    """Return an item of a Questionnaire that asks one of ours, with no words in common."""
    options = [
        {"valueCoding": coding(item, one.value, system=OTHER_SYSTEM), "extension": weighed(one.value)}
        for one in item.options
    ]
    asked = {"linkId": link, "type": kind, "text": "?", "code": codes(item)} | (
        {"answerOption": options} if kind == "choice" else {}
    )
    return asked | more


def codes(item: Item) -> list[dict[str, str]]:
    """Return the item's LOINC code as FHIR writes it."""
    return [{"system": LOINC, "code": item.code.code}] if item.code else []


def answer(item: Item, value: int, writing: str) -> dict[str, Any]:
    """Return one answer, written in one of ``WRITINGS``."""
    words = next(one.text for one in item.options if one.value == value)
    written: dict[str, Any] = {
        "integer": {"valueInteger": value},
        "decimal": {"valueDecimal": float(value)},
        "string": {"valueString": f" {value}"},
        "loinc": {"valueCoding": coding(item, value)},
        "weighed answer": {"valueCoding": {"code": "x", "extension": weighed(value)}},
        "weighed option": {"valueCoding": coding(item, value, system=OTHER_SYSTEM)},
        "words": {"valueString": words.upper()},
    }
    held: dict[str, Any] = written[writing]
    return held


def form(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a Questionnaire."""
    base = {"resourceType": "Questionnaire", "id": "f", "url": "http://forms.example/f", "status": "active"}
    return {**base, "item": list(items), **more}


def form_of(instrument: Instrument, links: Mapping[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """Return a flat Questionnaire of an instrument; ``links`` names the linkIds of its items."""
    named = links or {}
    return form(*(question(item, named.get(item.id, item.id)) for item in instrument.items), **more)


def response(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a completed response of the person."""
    base = {
        "resourceType": "QuestionnaireResponse",
        "id": "r",
        "status": "completed",
        "questionnaire": "http://forms.example/f",
        "subject": {"reference": "Patient/p"},
        "authored": "2024-02-03T10:00:00Z",
    }
    return {**base, "item": list(items), **more}


def given(link: str, *answers: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return an item of a response with its answers."""
    return {"linkId": link, "answer": list(answers), **more}


def response_of(
    instrument: Instrument, values: Sequence[int], writing: str = "loinc", **more: Any
) -> dict[str, Any]:
    """Return a response to ``form_of`` that answers the first items with these values."""
    pairs = zip(instrument.items, values, strict=False)
    return response(*(given(item.id, answer(item, value, writing)) for item, value in pairs), **more)
