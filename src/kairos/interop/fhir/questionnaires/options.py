"""The answers a foreign questionnaire offers, each with the weight its author gave it.

Weights stand in extensions (``ordinalValue``, ``itemWeight``, under several addresses), on the option, on
its coding, on a concept of a contained ValueSet, or as a property in a contained CodeSystem.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kairos.interop.fhir.elements import Json, child, children, number, text

_WEIGHTS = ("ordinalValue", "itemWeight")
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Option:
    """One answer on offer: a coding, or a bare text or number (``literal``)."""

    system: str = ""
    code: str = ""
    display: str = ""
    literal: str = ""
    weight: float | None = None

    def is_coded_as(self, system: str, code: str) -> bool:
        """Whether a coding names this answer; a system that is left out is no contradiction."""
        same_system = not system or not self.system or system == self.system
        return bool(code) and code == self.code and same_system


def weight_of(*holders: Json) -> float | None:
    """Return the weight that an extension of one of these elements states."""
    for holder in holders:
        for extension in children(holder, "extension"):
            name = text(extension, "url").rpartition("/")[2].rpartition("-")[2]
            if name in _WEIGHTS:
                return _value(extension)
    return None


def options_of(item: Json, contained: Iterable[Json]) -> tuple[Option, ...]:
    """Return the answers that a question of a questionnaire in R4's shape offers."""
    held = tuple(contained)
    found = [_stated(option) for option in children(item, "answerOption")]
    wanted = text(item, "answerValueSet")
    for value_set in held if wanted else ():
        names = (f"#{text(value_set, 'id')}", text(value_set, "url"))
        if value_set.get("resourceType") == "ValueSet" and wanted.partition("|")[0] in names:
            found.extend(_concepts(value_set, _property_weights(held)))
    return tuple(found)


def literal_of(held: object) -> str:
    """Return a bare answer as text: numbers without needless zeros, words in one spelling."""
    if isinstance(held, bool) or not isinstance(held, str | int | float):
        return ""
    return " ".join(held.split()).casefold() if isinstance(held, str) else f"{held:g}"


def _stated(option: Json) -> Option:
    coding = child(option, "valueCoding")
    literal = next((option[key] for key in ("valueInteger", "valueString") if key in option), None)
    written = [child(option, f"_{key}") for key in ("valueInteger", "valueString")]
    return Option(
        system=text(coding, "system"),
        code=text(coding, "code"),
        display=text(coding, "display"),
        literal=literal_of(literal),
        weight=weight_of(option, coding, *written),
    )


def _concepts(value_set: Json, weights: dict[tuple[str, str], float]) -> Iterator[Option]:
    for include in children(child(value_set, "compose"), "include"):
        for concept in children(include, "concept"):
            yield _concept(concept, text(include, "system"), weights)
    yield from _expanded(child(value_set, "expansion"), weights, 0)


def _expanded(holder: Json, weights: dict[tuple[str, str], float], depth: int) -> Iterator[Option]:
    for concept in children(holder, "contains") if depth < _DEEPEST else ():
        yield _concept(concept, text(concept, "system"), weights)
        yield from _expanded(concept, weights, depth + 1)


def _concept(concept: Json, system: str, weights: dict[tuple[str, str], float]) -> Option:
    code = text(concept, "code")
    stated = weight_of(concept)
    weight = weights.get((system, code)) if stated is None else stated
    return Option(system, code, text(concept, "display"), weight=weight)


def _property_weights(contained: Iterable[Json]) -> dict[tuple[str, str], float]:
    found: dict[tuple[str, str], float] = {}
    for system in contained:
        concepts = children(system, "concept") if system.get("resourceType") == "CodeSystem" else []
        for concept in concepts:
            weight = _of_concept(concept)
            if weight is not None:
                found[text(system, "url"), text(concept, "code")] = weight
    return found


def _of_concept(concept: Json) -> float | None:
    for stated in children(concept, "property"):
        if text(stated, "code") in _WEIGHTS:
            return _value(stated)
    return weight_of(concept)


def _value(holder: Json) -> float | None:
    decimal = number(holder, "valueDecimal")
    return number(holder, "valueInteger") if decimal is None else decimal
