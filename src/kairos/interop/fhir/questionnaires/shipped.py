"""Our own instruments as FHIR R4 Questionnaires, for other systems to ask and to answer by.

linkId is the item's id; the codes are LOINC's where the content has them; each answer states what it counts.
"""

from collections.abc import Iterator
from typing import Any

from kairos.domain.instruments.questionnaire import AnswerOption, Instrument, Item
from kairos.interop.fhir.elements import Json
from kairos.vocab.codes import Code

_EXTENSIONS = "http://hl7.org/fhir/StructureDefinition/"
_ADDRESS = "urn:kairos:instrument:"


def address_of(instrument: Instrument) -> str:
    """Return the address by which responses name an instrument's Questionnaire."""
    return f"{_ADDRESS}{instrument.id}"


def as_questionnaire(instrument: Instrument) -> Json:
    """Return an instrument as a Questionnaire; its total, where it has one, is its last item."""
    notice = " ".join(part for part in (instrument.licence, instrument.copyright_notice) if part)
    return {
        "resourceType": "Questionnaire",
        "id": instrument.id.replace("_", "-"),
        "url": address_of(instrument),
        "version": instrument.version,
        "name": instrument.id,
        "title": instrument.title,
        "status": "active",
        "language": instrument.language,
        "copyright": notice,
        **_coded(instrument.panel),
        "item": [*_stem(instrument), *(_item(i, instrument) for i in instrument.items), *_total(instrument)],
    }


def _stem(instrument: Instrument) -> Iterator[Json]:
    yield {"linkId": f"{instrument.id}.stem", "type": "display", "text": instrument.stem}


def _item(item: Item, instrument: Instrument) -> Json:
    element: dict[str, Any] = {"linkId": item.id, **_coded(item.code), "text": item.text}
    if item.span is not None:
        element |= {"type": "integer", "extension": _limits(item.span)}
    else:
        element |= {"type": "choice", "answerOption": [_option(option, item) for option in item.options]}
    if item.shown_if:
        opened = item.shown_if.items()
        element["enableWhen"] = [_condition(instrument.item(other), value) for other, value in opened]
        element["enableBehavior"] = "all"
    return element


def _option(option: AnswerOption, item: Item) -> Json:
    weight = {"url": f"{_EXTENSIONS}ordinalValue", "valueDecimal": item.points(option.value)}
    return {"extension": [weight], "valueCoding": _coding(option)}


def _coding(option: AnswerOption) -> Json:
    coding = {"system": option.code.system, "code": option.code.code} if option.code else {}
    return coding | {"display": option.text}


def _condition(other: Item, value: int) -> Json:
    (option,) = (option for option in other.options if option.value == value)
    return {"question": other.id, "operator": "=", "answerCoding": _coding(option)}


def _total(instrument: Instrument) -> Iterator[Json]:
    if instrument.has_total:
        span = (instrument.lowest_total, instrument.highest_total)
        element = {"linkId": f"{instrument.id}.total", **_coded(instrument.total), "text": "Total"}
        yield element | {"type": "integer", "readOnly": True, "extension": _limits(span)}


def _limits(span: tuple[int, int]) -> list[Json]:
    return [
        {"url": f"{_EXTENSIONS}{name}", "valueInteger": value}
        for name, value in zip(("minValue", "maxValue"), span, strict=True)
    ]


def _coded(code: Code | None) -> Json:
    return {"code": [{"system": code.system, "code": code.code}]} if code else {}
