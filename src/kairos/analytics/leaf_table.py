"""The leaves of all conditions of a set of rules, as rows: which concept each reads, and by which numbers.

A leaf is numbered once, however many rules use it, and stands for one bit of a person's answers. Leaves that
read a concept by the same numbers share a row, in which each is a bit of a mask: one fact answers all.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple

from kairos.domain.rules.evaluation import Binding, count_of, presences_of, reading_of
from kairos.domain.rules.expression import Compare, CountOf, Has, Lacks, NotMale
from kairos.domain.rules.presence import Tense
from kairos.vocab.facts import FactKind

HAS, READING, COUNT, SHOWN, RECENT = range(5)
TENSES = {tense: number for number, tense in enumerate(Tense)}
BITS = 62
ALL_BITS = 2**BITS - 1
"""Turned by *exclusive or*: SQL's ``~ a & b`` is ``~ (a & b)``, which is not what ibis means by it."""
_NEVER = 10_000_000.0
"""Days: longer than any calendar, for what has no limit."""


class LeafSlot(NamedTuple):
    """A leaf's number, and where its answer stands in the masks of a person."""

    leaf: int
    word: int
    bit: int


@dataclass(frozen=True, slots=True)
class LeafRow:
    """That a leaf reads a concept. Times are days, ``window`` whole ones."""

    concept: str
    leaf: int
    sort: int
    tense: int = 0
    denies: bool = True
    lasting: float = 0.0
    lasts: float = _NEVER
    window: int = 0
    unit: str = ""
    operator: str = ""
    limit: float = 0.0
    max_age: float = 0.0
    fresh: float = 0.0


@dataclass(frozen=True, slots=True)
class LeafAnswering:
    """What turns the gathered days of a leaf into its answer."""

    leaf: int
    sort: int
    word: int
    bit: int
    fresh: float = 0.0
    is_current: bool = False
    at_least: int = 0


@dataclass(slots=True)
class LeafTable:
    """Collects leaves while rules are compiled."""

    binding: Binding
    rows: list[LeafRow] = field(default_factory=list)
    answering: list[LeafAnswering] = field(default_factory=list)
    parts: list[tuple[int, str, int]] = field(default_factory=list)
    known: dict[Any, LeafSlot] = field(default_factory=dict)
    listed: dict[tuple[FactKind, float], set[LeafSlot]] = field(default_factory=dict)

    def has(self, leaf: Has) -> LeafSlot:
        """Add the question whether one of several concepts is present."""
        return self.known.get(leaf) or self._has(leaf)

    def _has(self, leaf: Has) -> LeafSlot:
        asked = presences_of(self.binding, leaf)
        number = len(self.answering)
        several = len(asked.parts) > 1
        fresh = _days(asked.fresh)
        row = LeafRow(
            concept="",
            leaf=number,
            sort=HAS,
            tense=TENSES[asked.tense],
            lasting=_days(asked.lasting),
            lasts=_NEVER if asked.lasts is None else _days(asked.lasts),
            window=asked.window.days,
            fresh=fresh,
        )
        for concept in sorted(asked.concepts):
            denies = concept == asked.asked_as or not several
            self.rows.append(replace(row, concept=concept, denies=denies))
        if several:
            self.parts += [(number, concept, len(asked.parts)) for concept in sorted(asked.parts)]
        slot = self._slot(leaf, HAS, fresh=fresh, is_current=asked.tense is Tense.CURRENT)
        self.listed.setdefault((asked.kind, fresh), set()).add(slot)
        return slot

    def compare(self, leaf: Compare) -> LeafSlot:
        """Add the comparison of the newest reading with a limit."""
        if leaf in self.known:
            return self.known[leaf]
        reading = reading_of(self.binding, leaf)
        row = LeafRow(
            leaf.concept,
            len(self.answering),
            READING,
            unit=reading.limit.unit,
            operator=reading.operator.value,
            limit=float(reading.limit.value),
            max_age=_days(reading.max_age),
        )
        self.rows.append(row)
        return self._slot(leaf, READING)

    def count(self, leaf: CountOf) -> LeafSlot:
        """Add the count of facts within a time."""
        if leaf in self.known:
            return self.known[leaf]
        count = count_of(self.binding, leaf)
        self.rows.append(LeafRow(leaf.concept, len(self.answering), COUNT, window=count.window.days))
        return self._slot(leaf, COUNT, at_least=count.at_least)

    def shown(self, leaf: NotMale) -> LeafSlot:
        """Add whether one of several concepts is stated as anything but absent."""
        if leaf in self.known:
            return self.known[leaf]
        self.rows += [LeafRow(concept, len(self.answering), SHOWN) for concept in sorted(leaf.shown_by)]
        return self._slot(leaf, SHOWN)

    def recent(self, leaf: Lacks) -> list[LeafSlot]:
        """Add each test of a list: whether it, or what may take its place, is there and recent."""
        return [self._recent(leaf, alternatives) for alternatives in leaf.tests]

    def _recent(self, leaf: Lacks, alternatives: tuple[str, ...]) -> LeafSlot:
        key = (alternatives, leaf.max_age)
        if key in self.known:
            return self.known[key]
        max_age = _days(self.binding.duration(leaf.max_age))
        number = len(self.answering)
        self.rows += [LeafRow(c, number, RECENT, max_age=max_age) for c in sorted(set(alternatives))]
        return self._slot(key, RECENT)

    def _slot(self, key: Any, sort: int, **numbers: Any) -> LeafSlot:
        leaf = len(self.answering)
        slot = LeafSlot(leaf, leaf // BITS, 1 << (leaf % BITS))
        self.answering.append(LeafAnswering(leaf, sort, slot.word, slot.bit, **numbers))
        self.known[key] = slot
        return slot

    def own_slot(self, key: Any) -> LeafSlot:
        """Return the place of a leaf that is answered on its own, outside the common pass."""
        return self.known.get(key) or self._slot(key, -1)

    @property
    def words(self) -> int:
        """How many words of bits the answers need."""
        return -(-len(self.answering) // BITS)

    def of_sort(self, *sorts: int) -> list[LeafRow]:
        """Return the rows of some sorts of leaves."""
        return [row for row in self.rows if row.sort in sorts]

    def masked_rows(self, *sorts: int) -> dict[str, list[Any]]:
        """Return as columns what each concept is asked by the same numbers, with the leaves as masks.

        ``deny`` holds those that a denial of this one concept denies. ``one`` and ``other`` hold two of the
        parts of each leaf that only the denial of all its parts denies: without both there is no such denial.
        """
        witnesses = self._witnesses()
        found: dict[tuple[Any, ...], dict[str, int]] = {}
        for row in self.of_sort(*sorts):
            key = (
                row.concept,
                row.sort,
                row.tense,
                row.lasting,
                row.lasts,
                row.window,
                row.max_age,
                row.fresh,
            )
            masks = found.setdefault(key, dict.fromkeys(self.mask_names("mask", "deny", "one", "other"), 0))
            slot = self.answering[row.leaf]
            masks[f"mask_{slot.word}"] |= slot.bit
            if row.denies:
                masks[f"deny_{slot.word}"] |= slot.bit
            name = witnesses.get((row.leaf, row.concept))
            if name is not None:
                masks[f"{name}_{slot.word}"] |= slot.bit
        names = ("concept", "sort", "tense", "lasting", "lasts", "window", "max_age", "fresh")
        columns = {name: [key[at] for key in found] for at, name in enumerate(names)}
        for name in self.mask_names("mask", "deny", "one", "other"):
            columns[name] = [masks[name] for masks in found.values()]
        return columns

    def _witnesses(self) -> dict[tuple[int, str], str]:
        """Return of each leaf with several parts two of them, by leaf and concept."""
        by_leaf: dict[int, list[str]] = {}
        for leaf, concept, _ in self.parts:
            by_leaf.setdefault(leaf, []).append(concept)
        first = {(leaf, concepts[0]): "one" for leaf, concepts in by_leaf.items()}
        return first | {(leaf, concepts[-1]): "other" for leaf, concepts in by_leaf.items()}

    def mask_names(self, *names: str) -> list[str]:
        """Return the names of the words of some masks."""
        return [f"{name}_{word}" for name in names for word in range(self.words)]


def words_of(slots: Iterable[LeafSlot]) -> dict[int, int]:
    """Return the bits of several leaves together, by word."""
    found: dict[int, int] = {}
    for slot in slots:
        found[slot.word] = found.get(slot.word, 0) | slot.bit
    return found


def columns_of(rows: Iterable[Any]) -> dict[str, list[Any]]:
    """Return rows of one kind as columns."""
    given = [asdict(row) for row in rows]
    return {name: [row[name] for row in given] for name in given[0]} if given else {}


def _days(length: Any) -> float:
    return float(length.total_seconds() / 86_400)
