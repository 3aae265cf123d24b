"""The concept map: the most specific pattern decides, and nothing relevant is ever hidden."""

import pytest

from kairos.domain.evidence.concepts import (
    CodeSystem,
    Concept,
    ConceptMap,
    Conversion,
    Ingredient,
    Measurement,
    Relation,
    ValueSetEntry,
)
from kairos.vocab.codes import Code
from kairos.vocab.facts import FactKind
from kairos.vocab.quantities import Quantity


def entry(pattern: str, concept: str, relation: Relation = Relation.EXACT) -> ValueSetEntry:
    return ValueSetEntry("icd", pattern, concept, relation, "", "source", "memory")


MAP = ConceptMap(
    concepts=[
        Concept("bleed", FactKind.CONDITION, ""),
        Concept("vessel", FactKind.CONDITION, ""),
        Concept("rest", FactKind.CONDITION, "", is_read=False),
    ],
    entries=[
        entry("I6*", "vessel", Relation.BROADER),
        entry("I61*", "bleed"),
        entry("I619", "bleed", Relation.BROADER),
        entry("I618", "bleed", Relation.EXCEPT),
        entry("I*", "rest"),
        entry("I67*", "rest"),
        entry("T?1*", "bleed"),
        entry("T?1", "vessel"),
        entry("TX*", "bleed", Relation.BROADER),
    ],
    systems=[CodeSystem("icd", ("http://icd",), is_dotless=True, in_procedures="ops"), CodeSystem("ops", ())],
    measurements=[
        Measurement("weight", "kg", 1, 300, {"g": Conversion(0.001)}),
        Measurement("low", "1", 0, 1, below="high"),
    ],
    ingredients=[
        Ingredient("calcium", ("calcium",), frozenset()),
        Ingredient("milk", ("calcium milk",), frozenset({"drink"})),
    ],
    units={"kg": "kg"},
)


@pytest.mark.parametrize(
    ("code", "meanings"),
    [
        ("I61.1", {"bleed": "exact", "vessel": "broader"}),
        ("I61.9", {"bleed": "broader", "vessel": "broader"}),
        ("I61.8", {"vessel": "broader"}),
        ("i63", {"vessel": "broader"}),
        ("I67.1", {"rest": "exact"}),
        ("I10", {"rest": "exact"}),
        ("TX19", {"bleed": "exact"}),
        ("TX1", {"bleed": "exact", "vessel": "exact"}),
        ("T", {}),
        ("Q1", {}),
    ],
)
def test_what_a_code_means(code: str, meanings: dict[str, str]) -> None:
    assert {m.concept: m.relation for m in MAP.meanings(Code("http://icd/", code))} == meanings


def test_systems_are_known_by_every_address_and_by_the_kind_of_entry() -> None:
    assert MAP.meanings(Code("http://other", "I61")) == ()
    ops = MAP.system_of("http://ICD", kind=FactKind.PROCEDURE)
    assert ops is not None and ops.key == "ops"
    assert MAP.concept("bleed") is not None and MAP.concept("none") is None


def test_the_longest_listed_name_is_the_drug() -> None:
    assert MAP.ingredients_named("CALCIUM\u200b milk 5 ml") == ("milk",)
    assert MAP.ingredients_named("calciums") == ()
    assert MAP.classes_of("milk") == {"drink"} and MAP.classes_of("none") == frozenset()
    assert MAP.ingredients_of("drink") == {"milk"}


def test_measurements_convert_only_by_what_is_listed() -> None:
    weight = MAP.measurement("weight")
    assert weight is not None and weight.in_own_unit(Quantity(2000, "g")) == Quantity(2, "kg")
    assert weight.in_own_unit(Quantity(2, "kg")) == Quantity(2, "kg")
    assert weight.in_own_unit(Quantity(2, "stone")) is None
    assert weight.is_plausible(Quantity(1, "kg")) and not weight.is_plausible(Quantity(301, "kg"))
    assert MAP.upper_values == {"high"} and MAP.answered == frozenset() and MAP.answer("x", "y") is None
    assert MAP.unit(" KG ") == "kg" and MAP.measurement("none") is None
