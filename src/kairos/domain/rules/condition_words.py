"""A rule's condition as words that a clinician can check: the expression read aloud, part by part."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

from kairos.domain.evidence.texts import TextBook
from kairos.domain.rules.expression import (
    Age,
    AllOf,
    AnyOf,
    BodyMass,
    Compare,
    CountOf,
    Expression,
    Has,
    HasDied,
    Lacks,
    MeanPressure,
    NoneTried,
    Not,
    NotMale,
    TooFewFailed,
    Unless,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a condition, with the parts that it is made of."""

    words: str
    parts: tuple["Clause", ...] = ()


@dataclass(frozen=True, slots=True)
class ConditionReader:
    """Reads conditions aloud. ``number`` says a parameter by its id: its value with the unit."""

    texts: TextBook
    number: Callable[[str], str]

    def read(self, expression: Expression) -> Clause:
        """Return the words of a condition."""
        return _READERS[type(expression)](self, expression)

    def say(self, sentence: str, **values: str) -> str:
        """Return a sentence of conditions."""
        return self.texts.render(f"condition.{sentence}", values)

    def either(self, names: Iterable[str]) -> str:
        """Return names of which one is enough."""
        return f" {self.say('or')} ".join(names)

    def named(self, concepts: Iterable[str]) -> str:
        """Return concepts by their names in the content, or by the words of their ids."""
        return self.either(self._name(concept) for concept in sorted(concepts))

    def _name(self, concept: str) -> str:
        name = f"name.{concept}"
        words = concept.replace("cssrs.", "C-SSRS ").replace("_", " ")
        return self.texts.template(name) if name in self.texts else words

    def several(self, name: str, parts: Iterable[Expression]) -> Clause:
        """Return a condition of several parts."""
        return Clause(self.say(name), tuple(self.read(part) for part in parts))


def parameters_of(expression: Any, names: Callable[[str], bool]) -> tuple[str, ...]:
    """Return the parameters that a condition names, each once, in the order read.

    Parameters
    ----------
    names : callable    whether a text is the id of a parameter
    """
    return tuple(dict.fromkeys(text for text in _texts_of(expression) if names(text)))


def _texts_of(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _texts_of(each)
    elif hasattr(part, "__dataclass_fields__"):
        for field in fields(part):
            yield from _texts_of(getattr(part, field.name))


def _has(reader: ConditionReader, leaf: Has) -> Clause:
    classes = [reader.say("class", name=each.replace("_", " ")) for each in sorted(leaf.classes)]
    what = reader.either([*([reader.named(leaf.concepts)] if leaf.concepts else []), *classes])
    window = reader.number(leaf.window) if leaf.window else ""
    said = [reader.say(leaf.tense.value, what=what, window=window)]
    for name, parameter in (("fresh", leaf.fresh), ("lasts", leaf.lasts)):
        if parameter:
            said.append(reader.say(name, time=reader.number(parameter)))
    return Clause("; ".join(said))


def _compare(reader: ConditionReader, leaf: Compare) -> Clause:
    name = "compare_factor" if leaf.factor else "compare"
    values = {
        "what": reader.named([leaf.concept]),
        "operator": reader.say(leaf.operator.value),
        "limit": reader.number(leaf.limit),
        "age": reader.number(leaf.max_age),
        "factor": reader.number(leaf.factor) if leaf.factor else "",
    }
    return Clause(reader.say(name, **values))


def _count(reader: ConditionReader, leaf: CountOf) -> Clause:
    values = {"what": reader.named([leaf.concept]), "least": reader.number(leaf.at_least)}
    return Clause(reader.say("count", window=reader.number(leaf.window), **values))


def _age(reader: ConditionReader, leaf: Age) -> Clause:
    return Clause(
        reader.say("age", operator=reader.say(leaf.operator.value), limit=reader.number(leaf.limit))
    )


def _pressure(reader: ConditionReader, leaf: MeanPressure) -> Clause:
    name = "mean_pressure_alone" if leaf.newest_day_alone else "mean_pressure"
    numbers = {n: reader.number(getattr(leaf, n)) for n in ("systolic", "diastolic", "days", "window")}
    return Clause(reader.say(name, operator=reader.say(leaf.operator.value), **numbers))


def _body_mass(reader: ConditionReader, leaf: BodyMass) -> Clause:
    age, height_age = reader.number(leaf.max_age), reader.number(leaf.height_max_age)
    return Clause(reader.say("body_mass", limit=reader.number(leaf.limit), age=age, height_age=height_age))


def _lacks(reader: ConditionReader, leaf: Lacks) -> Clause:
    tests = ", ".join(reader.named(each) for each in leaf.tests)
    return Clause(reader.say("lacks", age=reader.number(leaf.max_age), tests=tests))


def _too_few(reader: ConditionReader, leaf: TooFewFailed) -> Clause:
    numbers = {n: reader.number(getattr(leaf, n)) for n in ("least", "duration", "improvement")}
    return Clause(
        reader.say("too_few_failed", definition=leaf.definition, classes=_classes(leaf.classes), **numbers)
    )


def _classes(names: Iterable[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in sorted(names))


_READERS: dict[type, Callable[[ConditionReader, Any], Clause]] = {
    AnyOf: lambda reader, e: reader.several("any", e.parts),
    AllOf: lambda reader, e: reader.several("all", e.parts),
    Not: lambda reader, e: reader.several("not", [e.part]),
    Unless: lambda reader, e: reader.several("unless", [e.part]),
    Has: _has,
    Compare: _compare,
    CountOf: _count,
    HasDied: lambda reader, _: Clause(reader.say("died")),
    Age: _age,
    NotMale: lambda reader, e: Clause(reader.say("not_male", what=reader.named(e.shown_by))),
    MeanPressure: _pressure,
    BodyMass: _body_mass,
    Lacks: _lacks,
    TooFewFailed: _too_few,
    NoneTried: lambda reader, e: Clause(reader.say("none_tried", classes=_classes(e.classes))),
}
