"""Conditions as content writes them down: one expression from one table, every name in it checked."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain

from kairos.content.loader import Table
from kairos.domain.evidence.concepts import ConceptMap
from kairos.domain.evidence.parameters import ParameterBook
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
    Operator,
    TooFewFailed,
    Unless,
)
from kairos.domain.rules.interactions import InteractionGrid
from kairos.domain.rules.presence import Tense
from kairos.domain.rules.rule import Question
from kairos.vocab.facts import FactKind

PRESSURES = ("systolic_bp", "diastolic_bp")
_LEAVES = {
    "ever": Tense.EVER,
    "current": Tense.CURRENT,
    "taking": Tense.CURRENT,
    "exists_within": Tense.WITHIN,
    "exists_before": Tense.EARLIER,
}


@dataclass(frozen=True, slots=True)
class Named:
    """What rules may name: parameters, concepts, drug classes, texts, questions."""

    parameters: ParameterBook
    concepts: ConceptMap
    texts: TextBook
    questions: Mapping[str, Question]
    items: frozenset[str]
    pathways: frozenset[str]
    interactions: InteractionGrid

    def pathway(self, entry: Table) -> str:
        """Return the safety rule that an entry starts, or refuse one that no questionnaire has."""
        name = entry.text("pathway", "")
        if name and name not in self.pathways:
            raise entry.fault(f"pathway names {name!r}, which no questionnaire starts", "pathway")
        return name

    def parameter(self, table: Table, key: str) -> str:
        """Return a parameter's id, or refuse one that does not exist."""
        return self.known_parameter(table, key, table.text(key))

    def known_parameter(self, table: Table, key: str, name: str) -> str:
        """Return one of several parameters that a key holds, or refuse one that does not exist."""
        if name not in self.parameters:
            raise table.fault(f"{key} names the parameter {name!r}, which does not exist", key)
        return name

    def concept(self, table: Table, key: str, name: str) -> str:
        """Return a concept's id, or refuse one that no code, drug, measurement or question states."""
        stated = {c for q in self.questions.values() for of in q.states.values() for c in of}
        stated |= {q.concept for q in self.questions.values()}
        mapped = self.concepts
        known = (mapped.concepts, mapped.measurements, mapped.ingredients, stated, self.items)
        if not any(name in names for names in known):
            raise table.fault(f"{key} names the concept {name!r}, which nothing states", key)
        return name

    def drug_class(self, table: Table, key: str, name: str) -> str:
        """Return a drug class, or refuse one without any drug."""
        if not self.concepts.ingredients_of(name):
            raise table.fault(f"{key} names the drug class {name!r}, which has no drug", key)
        return name

    def text(self, table: Table, name: str) -> None:
        """Refuse a text that is not there."""
        if name not in self.texts:
            raise table.fault(f"the text {name} is missing")


def read_expression(table: Table, named: Named) -> Expression:
    heads = [key for key in table if key in _BUILDERS]
    if len(heads) != 1:
        raise table.fault(f"an expression has exactly one of {', '.join(_BUILDERS)}; found {heads or 'none'}")
    return _BUILDERS[heads[0]](table, heads[0], named)


def _parts(table: Table, key: str, named: Named) -> tuple[Expression, ...]:
    table.only(key)
    return tuple(read_expression(part, named) for part in table.tables(key))


def _negated(table: Table, key: str, named: Named) -> Not:
    table.only(key)
    return Not(read_expression(table.table(key), named))


def _softened(table: Table, key: str, named: Named) -> Unless:
    table.only(key)
    return Unless(read_expression(table.table(key), named))


def _has(table: Table, key: str, named: Named) -> Has:
    table.only(key, "classes", "asked_as", "kind", "time", "fresh", "lasts")
    concepts = [named.concept(table, key, name) for name in table.texts(key)]
    asked_as = table.text("asked_as", concepts[0] if len(concepts) == 1 else None)
    kind = FactKind.MEDICATION if key == "taking" else FactKind.CONDITION
    return Has(
        tense=_LEAVES[key],
        concepts=frozenset(concepts),
        classes=frozenset(named.drug_class(table, "classes", n) for n in table.texts("classes")),
        asked_as=named.concept(table, "asked_as", asked_as),
        kind=table.one_of("kind", FactKind, kind),
        window=named.parameter(table, "time") if "time" in table else _no_window(table, key),
        fresh=named.parameter(table, "fresh") if "fresh" in table else "",
        lasts=named.parameter(table, "lasts") if "lasts" in table else "",
    )


def _no_window(table: Table, key: str) -> str:
    if key in {"exists_within", "exists_before"}:
        raise table.fault(f"{key} needs time, the id of a parameter")
    return ""


def _compare(table: Table, key: str, named: Named) -> Compare:
    table.only(key, *Operator, "max_age", "times")
    operator = _operator(table, key)
    return Compare(
        concept=named.concept(table, key, table.text(key)),
        operator=operator,
        limit=named.parameter(table, operator),
        max_age=named.parameter(table, "max_age"),
        factor=named.parameter(table, "times") if "times" in table else "",
    )


def _count(table: Table, key: str, named: Named) -> CountOf:
    table.only(key, "at_least", "time")
    concept = named.concept(table, key, table.text(key))
    return CountOf(concept, named.parameter(table, "at_least"), named.parameter(table, "time"))


def _died(table: Table, key: str, named: Named) -> HasDied:
    table.only(key)
    _is(table, key, "deceased")
    return HasDied()


def _age(table: Table, key: str, named: Named) -> Age:
    table.only(key, "below", "at_least")
    _is(table, key, "birth_date")
    operator = _operator(table, key, (Operator.BELOW, Operator.AT_LEAST))
    return Age(operator, named.parameter(table, operator))


def _not_male(table: Table, key: str, named: Named) -> NotMale:
    table.only(key, "shown_by")
    _is(table, key, "sex")
    return NotMale(frozenset(named.concept(table, "shown_by", name) for name in table.texts("shown_by")))


def _mean_pressure(table: Table, key: str, named: Named) -> MeanPressure:
    table.only(key, "above", "at_least", "days", "time", "newest_day_alone")
    if table.texts(key) != PRESSURES:
        raise table.fault(f"{key} takes {', '.join(PRESSURES)}, in this order", key)
    operator = _operator(table, key, (Operator.ABOVE, Operator.AT_LEAST))
    limits = [named.known_parameter(table, operator, name) for name in table.texts(operator)]
    if len(limits) != len(PRESSURES):
        raise table.fault(f"{operator} takes the limits of {', '.join(PRESSURES)}, in this order", operator)
    return MeanPressure(
        operator=operator,
        systolic=limits[0],
        diastolic=limits[1],
        days=named.parameter(table, "days"),
        window=named.parameter(table, "time"),
        newest_day_alone=table.flag("newest_day_alone"),
    )


def _body_mass(table: Table, key: str, named: Named) -> BodyMass:
    table.only(key, "max_age", "height_max_age")
    places = (key, "max_age", "height_max_age")
    return BodyMass(*(named.parameter(table, place) for place in places))


def _lacks(table: Table, key: str, named: Named) -> Lacks:
    table.only(key, "max_age")
    tests = tuple(tuple(alternatives.split("|")) for alternatives in table.texts(key))
    for name in chain.from_iterable(tests):
        named.concept(table, key, name)
    return Lacks(tests, named.parameter(table, "max_age"))


def _too_few_failed(table: Table, key: str, named: Named) -> TooFewFailed:
    numbers = ("least", "least_drugs", "least_therapies", "duration", "improvement")
    table.only(key, "definition", "strict_doses", "any_episode", *numbers)
    return TooFewFailed(
        definition=table.text("definition"),
        classes=frozenset(named.drug_class(table, key, name) for name in table.texts(key)),
        strict_doses=table.flag("strict_doses"),
        any_episode=table.flag("any_episode"),
        **{place: named.parameter(table, place) for place in numbers},
    )


def _none_tried(table: Table, key: str, named: Named) -> NoneTried:
    table.only(key)
    return NoneTried(frozenset(named.drug_class(table, key, name) for name in table.texts(key)))


def _is(table: Table, key: str, concept: str) -> None:
    if table.text(key) != concept:
        raise table.fault(f"{key} takes {concept} alone", key)


def _operator(table: Table, key: str, allowed: Iterable[Operator] = Operator) -> Operator:
    given = [operator for operator in allowed if operator in table]
    if len(given) != 1:
        raise table.fault(f"{key} needs exactly one of {', '.join(allowed)}")
    return given[0]


_BUILDERS: Mapping[str, Callable[[Table, str, Named], Expression]] = {
    "any": lambda table, key, named: AnyOf(_parts(table, key, named)),
    "all": lambda table, key, named: AllOf(_parts(table, key, named)),
    "not": _negated,
    "unless": _softened,
    **dict.fromkeys(_LEAVES, _has),
    "most_recent": _compare,
    "count_of": _count,
    "has_died": _died,
    "age_from": _age,
    "not_male": _not_male,
    "mean_of_days": _mean_pressure,
    "body_mass_at_least": _body_mass,
    "lacks_one_of": _lacks,
    "too_few_failed": _too_few_failed,
    "none_tried_of": _none_tried,
}
