"""From one answer, in whatever type it is written, to the number that the instrument gives it.

Everything an answer says of its value must agree: the weight in the answer, the weight in the
questionnaire, the LOINC answer code, the wording. Where they do not, or where nothing says it, there is
no value and a fault in words; a value is never guessed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kairos.domain.instruments.questionnaire import AnswerOption, Item
from kairos.interop.fhir.elements import Json, child, children, number, text
from kairos.interop.fhir.questionnaires.foreign import Question, is_loinc
from kairos.interop.fhir.questionnaires.options import Option, literal_of, weight_of

_PLAIN_NUMBER = re.compile(r"[+-]?\d{1,6}(?:\.\d{1,6})?")
_NULL_SYSTEMS = ("data-absent-reason", "v3-NullFlavor", "v3/NullFlavor")
_WORD = re.compile(r"[^\W_]+")
_VALUES = ("valueInteger", "valueDecimal", "valueString", "valueBoolean", "valueCoding", "valueQuantity")
_YES_OR_NO = {True: ("LA33-6", "yes"), False: ("LA32-8", "no")}


@dataclass(frozen=True, slots=True)
class Said:
    """What an answer says: a value, or that none was given (``is_declined``), or why it cannot be read."""

    value: int | None = None
    fault: str = ""
    is_declined: bool = False


def value_of(answer: Json, item: Item, question: Question) -> Said:
    """Return the value of one answer to an item of an instrument.

    Parameters
    ----------
    answer : dict        one ``answer`` of a response, with its ``value[x]``
    item : Item          the instrument's item that it answers
    question : Question  the item as the foreign questionnaire asks it
    """
    if _is_declined(answer):
        return Said(is_declined=True)
    fault = _scale_fault(item, question)
    if fault:
        return Said(fault=fault)
    said = set(_said(answer, item, question))
    if not said:
        return Said(fault="is answered in a way that nothing gives a value to")
    if len(said) > 1:
        return Said(fault="is answered with a code, a weight or words that contradict each other")
    (value,) = said
    if value not in item.values:
        return Said(fault=f"is answered outside its range of {min(item.values)} to {max(item.values)}")
    return Said(int(value))


def number_of(answer: Json, question: Question) -> float | None:
    """Return the bare number of an answer, for totals: whatever type it is written in."""
    coding = child(answer, "valueCoding")
    offered = (option.weight for option in _options_meant(answer, question))
    weights = (weight_of(answer, coding), *offered, _written_number(answer))
    found = next((weight for weight in weights if weight is not None), None)
    return _parsed(text(coding, "code")) if found is None and coding else found


def is_empty(answer: Json) -> bool:
    """Whether an answer holds no value and no reason for having none."""
    return not any(answer.get(key) not in (None, "", {}) for key in _VALUES) and not _is_declined(answer)


def plain_words(wording: str) -> str:
    """Return a wording without case, punctuation and spacing, to compare it word for word."""
    return " ".join(_WORD.findall(wording.casefold().replace("’", "'")))


def _is_declined(answer: Json) -> bool:
    holders = [answer, *(child(answer, f"_{key}") for key in _VALUES)]
    reasons = [one for holder in holders for one in children(holder, "extension")]
    if any(text(reason, "url").endswith("data-absent-reason") for reason in reasons):
        return True
    return text(child(answer, "valueCoding"), "system").endswith(_NULL_SYSTEMS)


def _scale_fault(item: Item, question: Question) -> str:
    weights = {option.weight for option in question.options if option.weight is not None}
    limits = {limit for limit in (question.lowest, question.highest) if limit is not None}
    if weights <= set(item.values) and limits <= set(item.values):
        return ""
    return f"is weighed on another scale than {min(item.values)} to {max(item.values)} by this questionnaire"


def _said(answer: Json, item: Item, question: Question) -> Iterator[float]:
    """Yield every value that a part of the answer states; words speak only where no LOINC code does.

    The weight of an item that counts the other way round may be points or an answer, so it says nothing.
    """
    stated = weight_of(answer, child(answer, "valueCoding"))
    offered = _options_meant(answer, question)
    weights = [weight for weight in (stated, *(one.weight for one in offered)) if weight is not None]
    coded = [float(held.value) for held in item.options if _is_coded_as(answer, held)]
    written = None if weights else _written_number(answer)
    yield from (*(() if item.reverse else weights), *coded, *(() if written is None else (written,)))
    if not coded:
        yield from _worded(answer, offered, item)
    if not weights and isinstance(answer.get("valueBoolean"), bool):
        yield from _yes_or_no(answer["valueBoolean"], item)
    if not weights and not coded and _codes_are_values(item, question):
        yield from (float(text(child(answer, "valueCoding"), "code")) for one in offered if one.code)


def _is_coded_as(answer: Json, held: AnswerOption) -> bool:
    coding = child(answer, "valueCoding")
    given = (text(coding, "code") if is_loinc(coding) else "") if coding else text(answer, "valueString")
    return held.code is not None and held.code.code == given


def _worded(answer: Json, offered: list[Option], item: Item) -> Iterator[float]:
    """Yield the values of the instrument's answers that are worded like this one."""
    given = (text(child(answer, "valueCoding"), "display"), text(answer, "valueString"))
    words = {plain_words(wording) for wording in (*given, *(one.display for one in offered))} - {""}
    yield from (float(held.value) for held in item.options if plain_words(held.text) in words)


def _codes_are_values(item: Item, question: Question) -> bool:
    """Whether the codes on offer are the instrument's values themselves, each of them once."""
    codes = [option.code for option in question.options]
    return sorted(codes) == sorted(str(value) for value in item.values)


def _yes_or_no(is_yes: bool, item: Item) -> Iterator[float]:
    code, word = _YES_OR_NO[is_yes]
    for held in item.options:
        if (held.code and held.code.code == code) or plain_words(held.text) == word:
            yield float(held.value)


def _options_meant(answer: Json, question: Question) -> list[Option]:
    coding = child(answer, "valueCoding")
    if coding:
        system, code = text(coding, "system"), text(coding, "code")
        return [option for option in question.options if option.is_coded_as(system, code)]
    given = {literal_of(answer.get(key)) for key in ("valueInteger", "valueDecimal", "valueString")} - {""}
    return [option for option in question.options if option.literal in given]


def _written_number(answer: Json) -> float | None:
    for key in ("valueInteger", "valueDecimal"):
        if number(answer, key) is not None:
            return number(answer, key)
    quantity = number(child(answer, "valueQuantity"), "value")
    return _parsed(text(answer, "valueString")) if quantity is None else quantity


def _parsed(written: str) -> float | None:
    return float(written) if _PLAIN_NUMBER.fullmatch(written) else None
