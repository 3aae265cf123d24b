"""Clinical concepts from ``concepts/**``: value sets, drugs, measurements, units and answers.

A value set names its codes as SNOMED CT writes them, ``code | term``, with an optional third part
that says how sure we are (``| memory``). A code that ends in ``*`` covers all that begin so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from kairos.content.loader import ContentSource, Lint, Table, each_entry
from kairos.domain.evidence.citations import Certainty
from kairos.domain.evidence.concepts import (
    Answer,
    CodeSystem,
    Concept,
    ConceptMap,
    Conversion,
    Ingredient,
    Measurement,
    Relation,
    ValueSetEntry,
)
from kairos.vocab.facts import FactKind, Presence
from kairos.vocab.quantities import Quantity

_SETS = {
    "exact": (Relation.EXACT, Presence.PRESENT),
    "broader": (Relation.BROADER, Presence.PRESENT),
    "absent": (Relation.EXACT, Presence.ABSENT),
    "except": (Relation.EXCEPT, Presence.PRESENT),
}
_CONCEPT_KEYS = ("kind", "description", "read", "source", "certainty", *_SETS)
_ANSWERS = {"present": Presence.PRESENT, "absent": Presence.ABSENT, "not_sure": Presence.NOT_SURE}


@dataclass(frozen=True, slots=True)
class _System:
    code_system: CodeSystem
    source: str
    certainty: Certainty


@dataclass(slots=True)
class _Parts:
    lint: Lint
    systems: dict[str, _System] = field(default_factory=dict)
    concepts: dict[str, Concept] = field(default_factory=dict)
    entries: list[ValueSetEntry] = field(default_factory=list)
    measurements: list[Measurement] = field(default_factory=list)
    ingredients: list[Ingredient] = field(default_factory=list)
    units: dict[str, str] = field(default_factory=dict)
    answers: dict[str, dict[str, Answer]] = field(default_factory=dict)


def load_concepts(source: ContentSource, lint: Lint) -> ConceptMap:
    """Return the map of clinical concepts that the content files describe."""
    parts = _Parts(lint)
    builders = {
        "concepts/systems.yaml": _add_system,
        "concepts/sets/": _add_concept,
        "concepts/drugs/": _add_drug,
        "concepts/measurements/": _add_measurement,
        "concepts/answers.yaml": _add_answers,
        "concepts/units.yaml": _add_unit,
    }
    for place, builder in builders.items():
        each_entry(source.under(place), lint, partial(builder, parts))
    return ConceptMap(
        concepts=parts.concepts.values(),
        entries=parts.entries,
        systems=[system.code_system for system in parts.systems.values()],
        measurements=parts.measurements,
        ingredients=parts.ingredients,
        units=parts.units,
        answers=parts.answers,
    )


def _add_system(parts: _Parts, key: str, entry: Table) -> None:
    entry.only("addresses", "dotless", "in_procedures", "source", "certainty")
    addresses = tuple(address.rstrip("/").lower() for address in entry.texts("addresses"))
    system = CodeSystem(key, addresses, entry.flag("dotless"), entry.text("in_procedures", ""))
    (source, *_) = parts.lint.sources(entry)
    parts.systems[key] = _System(system, source, entry.one_of("certainty", Certainty))


def _add_concept(parts: _Parts, name: str, entry: Table) -> None:
    entry.only(*_CONCEPT_KEYS)
    _define(parts, name, entry, entry.one_of("kind", FactKind))


def _add_drug(parts: _Parts, name: str, entry: Table) -> None:
    entry.only("description", "names", "classes", "products", "source", "certainty", "read", *_SETS)
    _define(parts, name, entry, FactKind.MEDICATION)
    names = entry.texts("names") or (name.replace("_", " "),)
    parts.ingredients.append(Ingredient(name, names, frozenset(entry.texts("classes"))))
    products = entry.table("products") if "products" in entry else {}
    for code, text in products.items():
        strength = _strength(entry, str(text))
        term = f"{name.replace('_', ' ')} {strength}"
        parts.entries.append(
            _value_set_entry(parts, entry, "rxnorm", name, f"{code} | {term}", "exact", strength)
        )


def _strength(entry: Table, text: str) -> Quantity:
    amount, _, unit = text.partition(" ")
    try:
        return Quantity(float(amount), unit.strip())
    except ValueError as error:
        raise entry.fault(
            f"the strength {text!r} is not a number and a unit, as '50 mg'", "products"
        ) from error


def _add_measurement(parts: _Parts, name: str, entry: Table) -> None:
    entry.only(*_CONCEPT_KEYS, "unit", "plausible", "convert", "below", "name")
    _define(parts, name, entry, entry.one_of("kind", FactKind))
    low, high = _two_numbers(entry, "plausible")
    convert = entry.table("convert") if "convert" in entry else Table("", 0)
    conversions = {unit: Conversion(*_two_numbers(convert, unit)) for unit in convert}
    unit = entry.text("unit")
    below, shown = entry.text("below", ""), entry.text("name", "")
    parts.measurements.append(Measurement(name, unit, low, high, conversions, below, shown))


def _two_numbers(table: Table, key: str) -> tuple[float, float]:
    match table.need(key):
        case [int() | float() as first, int() | float() as second]:
            return float(first), float(second)
    raise table.fault(f"{key} must hold two numbers", key)


def _add_unit(parts: _Parts, unit: str, entry: Table) -> None:
    entry.only("spellings")
    for spelling in (unit, *entry.texts("spellings")):
        if parts.units.setdefault(spelling, unit) != unit:
            raise entry.fault(f"the spelling {spelling!r} already means {parts.units[spelling]}", "spellings")


def _add_answers(parts: _Parts, concept: str, entry: Table) -> None:
    entry.only(*_ANSWERS, "positive", "negative", "numbers")
    held = parts.answers.setdefault(concept, {})
    for key, presence in _ANSWERS.items():
        held.update({text.lower(): Answer(presence=presence) for text in entry.texts(key)})
    for key, value in (("positive", True), ("negative", False)):
        held.update({text.lower(): Answer(value=value) for text in entry.texts(key)})
    numbers = entry.table("numbers") if "numbers" in entry else Table("", 0)
    held.update({str(text).lower(): Answer(value=numbers.number(text)) for text in numbers})


def _define(parts: _Parts, name: str, entry: Table, kind: FactKind) -> None:
    if name in parts.concepts:
        raise entry.fault(f"the concept {name} stands twice")
    found = list(_entries(parts, name, entry))
    sources = tuple(dict.fromkeys(e.source for e in found))
    description = entry.text("description", name.replace("_", " "))
    parts.concepts[name] = Concept(name, kind, description, entry.flag("read", True), sources)
    parts.entries.extend(found)


def _entries(parts: _Parts, name: str, entry: Table) -> Iterator[ValueSetEntry]:
    for relation in _SETS:
        sets: Mapping[str, object] = entry.table(relation) if relation in entry else {}
        for system in sets:
            for text in entry.table(relation).texts(system):
                yield _value_set_entry(parts, entry, system, name, text, relation)


def _value_set_entry(
    parts: _Parts, entry: Table, system: str, name: str, text: str, key: str, strength: Quantity | None = None
) -> ValueSetEntry:
    if system not in parts.systems:
        raise entry.fault(f"{system!r} is not a system of systems.yaml", key)
    home = parts.systems[system]
    code, term, certainty = _split(entry, text, key)
    own = parts.lint.sources(entry)[0] if "source" in entry else home.source
    marked = entry.one_of("certainty", Certainty) if "certainty" in entry else home.certainty
    relation, presence = _SETS[key]
    return ValueSetEntry(
        system=system,
        pattern=home.code_system.plain(code),
        concept=name,
        relation=relation,
        term=term,
        source=own,
        certainty=certainty or marked,
        strength=strength,
        presence=presence,
    )


def _split(entry: Table, text: str, key: str) -> tuple[str, str, str]:
    parts = [part.strip() for part in text.split("|")]
    code, term, certainty = (*parts, "", "")[:3]
    if not code or len(parts) > 3 or certainty not in ("", *Certainty):
        raise entry.fault(f"{text!r} is not written as: code | term | certainty", key)
    return code, term, certainty
