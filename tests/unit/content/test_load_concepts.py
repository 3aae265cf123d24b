"""Concept files: every fault is named with its file and line."""

import pytest

from kairos.content.load_concepts import load_concepts
from kairos.content.loader import ContentError, ContentFile, ContentSource, Lint
from kairos.domain.evidence.concepts import ConceptMap

SYSTEMS = "".join(
    f"{key}: {{addresses: [{key}], source: cite:a, certainty: memory}}\n" for key in ("snomed", "rxnorm")
)
GOOD = "x: {kind: condition, exact: {snomed: ['1 | one', '2* | two | verified']}}\n"


def load(**files: str) -> ConceptMap:
    paths = {
        "systems": "concepts/systems.yaml",
        "sets": "concepts/sets/a.yaml",
        "drugs": "concepts/drugs/a.yaml",
        "measures": "concepts/measurements/a.yaml",
        "units": "concepts/units.yaml",
        "answers": "concepts/answers.yaml",
    }
    texts = {"systems": SYSTEMS, **files}
    lint = Lint(citations=frozenset({"a", "b"}))
    concepts = load_concepts(
        ContentSource(tuple(ContentFile(paths[name], text.encode()) for name, text in texts.items())), lint
    )
    lint.finish()
    return concepts


def test_a_code_rests_on_its_system_unless_its_set_says_otherwise() -> None:
    one, two = load(sets=GOOD).entries
    assert (one.source, one.certainty, two.certainty) == ("a", "memory", "verified")
    (own,) = load(
        sets=GOOD.replace(
            "['1 | one', '2* | two | verified']}", "['1 | one']}, source: cite:b, certainty: default"
        )
    ).entries
    assert (own.source, own.certainty) == ("b", "default")


def test_products_carry_their_strength() -> None:
    concepts = load(drugs="d: {classes: [c], products: {'11': 50 mg}}\n")
    assert str(concepts.entries[0].strength) == "50 mg" and concepts.classes_of("d") == {"c"}


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"sets": "x: {kind: condition, exact: {nowhere: ['1']}}\n"}, "not a system"),
        ({"sets": "x: {kind: condition, exact: {snomed: ['1 | a | sure']}}\n"}, "not written as"),
        ({"sets": "x: {kind: condition, exact: {snomed: [' | a']}}\n"}, "not written as"),
        ({"sets": GOOD, "drugs": "x: {names: [x]}\n"}, "stands twice"),
        ({"sets": GOOD.replace("kind", "sort")}, "unexpected key"),
        ({"drugs": "d: {products: {'11': much}}\n"}, "a number and a unit"),
        ({"measures": "m: {kind: vital, unit: kg, plausible: [1]}\n"}, "two numbers"),
        ({"units": "kg: {spellings: [k]}\ng: {spellings: [k]}\n"}, "already means kg"),
    ],
)
def test_a_fault_is_named(files: dict[str, str], said: str) -> None:
    with pytest.raises(ContentError, match=said):
        load(**files)


def test_measurements_units_and_answers() -> None:
    concepts = load(
        measures="m: {kind: vital, unit: kg, plausible: [1, 9], convert: {g: [0.001, 0]}}\n",
        units="kg: {}\ng: {spellings: [gram]}\n",
        answers="m: {present: ['Yes'], positive: ['+'], numbers: {low: 1}}\n",
    )
    assert concepts.unit("gram") == "g" and concepts.unit("stone") is None
    said = [concepts.answer("m", text) for text in ("yes", "+", "LOW", "no")]
    assert [(a.presence, a.value) if a else None for a in said] == [
        ("present", None),
        (None, True),
        (None, 1),
        None,
    ]
