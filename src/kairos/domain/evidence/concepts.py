"""Clinical concepts: what the codes, drug names and units of other people's records mean to Kairos.

The map is built from ``content/concepts``. A code can mean a concept exactly, or more than the
concept (``BROADER``: a stroke of unstated kind covers a haemorrhage and asks). What no pattern
covers is not understood, which is never the same as absent.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property, lru_cache

from kairos.vocab.codes import Code
from kairos.vocab.facts import FactKind, Presence
from kairos.vocab.quantities import Quantity

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_WORD = re.compile(r"[a-z0-9']+")
_SHORTEST_CATEGORY = 3
_REMEMBERED_CODES = 20_000
_REMEMBERED_NAMES = 4096
_LONGEST_REMEMBERED = 200


class Relation(StrEnum):
    """Whether a code means the concept itself, or something wider that includes it.

    ``EXCEPT`` cuts codes out of a wider pattern of the same concept.
    """

    EXACT = "exact"
    BROADER = "broader"
    EXCEPT = "except"


@dataclass(frozen=True, slots=True)
class Concept:
    """One Kairos clinical concept.

    ``is_read`` is false for sets that exist only so that their codes count as understood.
    """

    id: str
    kind: FactKind
    description: str
    is_read: bool = True
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ValueSetEntry:
    """One code, or with a final ``*`` every code that begins so, and the concept it means.

    A ``?`` stands for any one character (the intent of a poisoning is the sixth of its code).
    ``strength`` is the amount in one unit of a drug product. ``presence`` says what the code states
    of the concept: "no known drug allergy" states an absence.
    """

    system: str
    pattern: str
    concept: str
    relation: Relation
    term: str
    source: str
    certainty: str
    strength: Quantity | None = None
    presence: Presence = Presence.PRESENT

    @property
    def stem(self) -> str:
        """The pattern without its star."""
        return self.pattern.removesuffix("*")

    @property
    def precision(self) -> tuple[int, bool]:
        """How much of a code the pattern fixes; the most precise pattern decides."""
        return len(self.stem) - self.stem.count("?"), not self.is_prefix

    def covers(self, code: str) -> bool:
        """Whether a code, written plainly, fits the pattern."""
        if len(code) < len(self.stem) or (len(code) > len(self.stem) and not self.is_prefix):
            return False
        return all(own in ("?", given) for own, given in zip(self.stem, code, strict=False))

    @property
    def is_prefix(self) -> bool:
        """Whether the entry covers every code that begins with its stem."""
        return self.pattern.endswith("*")


@dataclass(frozen=True, slots=True)
class CodeSystem:
    """A terminology: its own key, every address that names it, and how its codes are written.

    Dotless codes grow letter by letter: a shorter one is the category of the longer ones.
    ``in_procedures`` names the system that the same address means inside a Procedure (ICD-9-CM
    numbers diseases and operations separately).
    """

    key: str
    addresses: tuple[str, ...]
    is_dotless: bool = False
    in_procedures: str = ""

    def plain(self, code: str) -> str:
        """Return a code as the value sets write it."""
        text = _INVISIBLE.sub("", code).strip().upper()
        return text.replace(".", "") if self.is_dotless else text


@dataclass(frozen=True, slots=True)
class Conversion:
    """How to reach a measurement's own unit: ``value * factor + offset``."""

    factor: float
    offset: float = 0.0


@dataclass(frozen=True, slots=True)
class Measurement:
    """A measured concept: its unit, what else it is measured in, and what a living person can have.

    ``name`` is what screens call it.
    """

    concept: str
    unit: str
    plausible_low: float
    plausible_high: float
    conversions: Mapping[str, Conversion] = field(default_factory=dict)
    below: str = ""
    name: str = ""

    def in_own_unit(self, quantity: Quantity) -> Quantity | None:
        """Return the quantity in this measurement's unit, or nothing where content knows no way there."""
        if quantity.unit == self.unit:
            return quantity
        conversion = self.conversions.get(quantity.unit)
        if conversion is None:
            return None
        return Quantity(round(quantity.value * conversion.factor + conversion.offset, 6), self.unit)

    def is_plausible(self, quantity: Quantity) -> bool:
        """Whether a living person can have this value; the quantity is in the measurement's unit."""
        return self.plausible_low <= quantity.value_in(self.unit) <= self.plausible_high


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A drug by its ingredient, with the names it is sold under and the classes rules speak of."""

    id: str
    names: tuple[str, ...]
    classes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one answer, coded or in words, says: a concept's presence, a truth value or a number."""

    presence: Presence | None = None
    value: float | bool | None = None


class ConceptMap:
    """Answers what a code, a drug name, a unit or an answer means; immutable once built."""

    def __init__(
        self,
        *,
        concepts: Iterable[Concept],
        entries: Iterable[ValueSetEntry],
        systems: Iterable[CodeSystem],
        measurements: Iterable[Measurement] = (),
        ingredients: Iterable[Ingredient] = (),
        units: Mapping[str, str] | None = None,
        answers: Mapping[str, Mapping[str, Answer]] | None = None,
    ) -> None:
        self.concepts = {concept.id: concept for concept in concepts}
        self.entries = tuple(entries)
        self.systems = {system.key: system for system in systems}
        self.measurements = {measurement.concept: measurement for measurement in measurements}
        self.ingredients = {ingredient.id: ingredient for ingredient in ingredients}
        self._units = dict(units or {})
        self._answers = {concept: dict(of) for concept, of in (answers or {}).items()}
        self._by_address = {address: s for s in self.systems.values() for address in (s.key, *s.addresses)}
        self._stems = _index(self.entries)
        self._remembered = lru_cache(maxsize=_REMEMBERED_CODES)(self._means)
        self._written = lru_cache(maxsize=_REMEMBERED_CODES)(self._plain)
        self._named = lru_cache(maxsize=_REMEMBERED_NAMES)(self._ingredients_in)

    def concept(self, concept_id: str) -> Concept | None:
        """Return a concept by id, if there is one."""
        return self.concepts.get(concept_id)

    def system_of(self, address: str, *, kind: FactKind | None = None) -> CodeSystem | None:
        """Return the terminology an address names, inside an entry of this kind."""
        system = self._by_address.get(address.strip().rstrip("/").lower())
        if system is not None and kind is FactKind.PROCEDURE and system.in_procedures:
            return self.systems[system.in_procedures]
        return system

    def meanings(self, code: Code, *, kind: FactKind | None = None) -> tuple[ValueSetEntry, ...]:
        """Return what a code means: one entry for each concept, the most specific pattern deciding.

        A set that no rule reads answers only where its pattern is more specific than every pattern
        of a concept that rules read, so a broad "irrelevant" chapter never hides a relevant code. A
        category, of which some finer code means a concept that rules read, is broader than that concept.
        Nothing returned means: not understood.
        """
        return self._written(code.system, code.code, kind)

    def _plain(self, address: str, code: str, kind: FactKind | None) -> tuple[ValueSetEntry, ...]:
        system = self.system_of(address, kind=kind)
        return () if system is None else self._remembered(system.key, system.plain(code))

    def _means(self, system: str, plain: str) -> tuple[ValueSetEntry, ...]:
        best: dict[str, ValueSetEntry] = {}
        for entry in self._matching(system, plain):
            held = best.get(entry.concept)
            if held is None or entry.precision > held.precision:
                best[entry.concept] = entry
        for entry in self._within.get((system, plain), ()):
            best.setdefault(entry.concept, replace(entry, pattern=plain, relation=Relation.BROADER))
        return self._deciding(e for e in best.values() if e.relation is not Relation.EXCEPT)

    def ingredients_named(self, text: str) -> tuple[str, ...]:
        """Return the ingredients whose listed names occur in a text as whole words, longest names first.

        One name may stand for several: the brand of a combination.
        """
        return self._named(text) if len(text) <= _LONGEST_REMEMBERED else self._ingredients_in(text)

    def _ingredients_in(self, text: str) -> tuple[str, ...]:
        written = _WORD.findall(_INVISIBLE.sub("", text).lower())
        words = f" {' '.join(written)} "
        found: list[str] = []
        for number in sorted(n for word in set(written) for n in self._names_by_word.get(word, ())):
            name, ingredients = self._names[number]
            if f" {name} " in words:
                words = words.replace(f" {name} ", " | ")
                found.extend(ingredients)
        return tuple(dict.fromkeys(found))

    def classes_of(self, ingredient: str) -> frozenset[str]:
        """Return the drug classes an ingredient belongs to; none where the ingredient is unknown."""
        known = self.ingredients.get(ingredient)
        return known.classes if known else frozenset()

    def ingredients_of(self, drug_class: str) -> frozenset[str]:
        """Return every ingredient of a drug class."""
        return frozenset(i.id for i in self.ingredients.values() if drug_class in i.classes)

    def measurement(self, concept_id: str) -> Measurement | None:
        """Return the unit and plausible range of a measured concept."""
        return self.measurements.get(concept_id)

    def unit(self, written: str) -> str | None:
        """Return the UCUM unit that a record's spelling of a unit means."""
        text = _INVISIBLE.sub("", written).strip()
        return self._units.get(text) or self._units.get(text.lower())

    @cached_property
    def upper_values(self) -> frozenset[str]:
        """The concepts that another measurement of the same reading must stay below."""
        return frozenset(m.below for m in self.measurements.values() if m.below)

    @property
    def answered(self) -> frozenset[str]:
        """The concepts whose answers content lists; an answer outside that list is not understood."""
        return frozenset(self._answers)

    def answer(self, concept_id: str, given: str) -> Answer | None:
        """Return what an answer code or wording says about a concept."""
        return self._answers.get(concept_id, {}).get(_INVISIBLE.sub("", given).strip().lower())

    @cached_property
    def _within(self) -> "_Index":
        """The finer entries that rules read, under each category (a shorter code) they belong to."""
        found: _Index = defaultdict(list)
        for entry in self.entries:
            states = entry.relation is not Relation.EXCEPT and entry.presence is Presence.PRESENT
            if states and self.concepts[entry.concept].is_read and self.systems[entry.system].is_dotless:
                stem = entry.stem.partition("?")[0]
                for length in range(_SHORTEST_CATEGORY, len(stem)):
                    found[entry.system, stem[:length]].append(entry)
        return found

    @cached_property
    def _names(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        named: dict[str, dict[str, None]] = defaultdict(dict)
        for ingredient in self.ingredients.values():
            for name in ingredient.names:
                named[" ".join(_WORD.findall(name.lower()))][ingredient.id] = None
        return tuple(sorted(((n, tuple(ids)) for n, ids in named.items()), key=lambda p: (-len(p[0]), p)))

    @cached_property
    def _names_by_word(self) -> Mapping[str, list[int]]:
        """Where the names that begin with a word stand in ``_names``; most texts hold no such word."""
        found: dict[str, list[int]] = defaultdict(list)
        for number, (name, _) in enumerate(self._names):
            found[name.partition(" ")[0]].append(number)
        return found

    def _matching(self, system: str, code: str) -> Iterable[ValueSetEntry]:
        for length in range(len(code) + 1):
            for entry in self._stems.get((system, code[:length]), ()):
                if entry.covers(code):
                    yield entry

    def _deciding(self, found: Iterable[ValueSetEntry]) -> tuple[ValueSetEntry, ...]:
        candidates = tuple(found)
        read = tuple(e for e in candidates if self.concepts[e.concept].is_read)
        unread = tuple(e for e in candidates if not self.concepts[e.concept].is_read)
        finest = max((e.precision for e in read), default=(-1, False))
        finer = sorted((e for e in unread if e.precision > finest), key=lambda e: e.precision)
        if finer or not read:
            return tuple(finer[-1:])
        return tuple(sorted(read, key=lambda e: e.concept))


_Index = dict[tuple[str, str], list[ValueSetEntry]]


def _index(entries: Iterable[ValueSetEntry]) -> _Index:
    """File the entries under what stands before their first open character."""
    stems: _Index = defaultdict(list)
    for entry in entries:
        stems[entry.system, entry.stem.partition("?")[0]].append(entry)
    return stems
