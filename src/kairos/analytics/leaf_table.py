"""The leaves of all conditions of a set of rules, as rows: which concept each reads, and by which numbers.

A leaf is numbered once, however many rules use it. The table is joined to the facts, so that one pass over
them answers all leaves.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple

from kairos.domain.rules.evaluation import Binding, count_of, presences_of, reading_of
from kairos.domain.rules.expression import Compare, CountOf, Has, Lacks, NotMale
from kairos.domain.rules.presence import Tense

HAS, READING, COUNT, SHOWN, RECENT = range(5)
BITS = 62
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
    tense: str = ""
    denies: bool = True
    lasting: float = 0.0
    lasts: float = _NEVER
    window: int = 0
    unit: str = ""
    operator: str = ""
    limit: float = 0.0
    max_age: float = 0.0


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

    def has(self, leaf: Has) -> LeafSlot:
        """Add the question whether one of several concepts is present."""
        return self.known.get(leaf) or self._has(leaf)

    def _has(self, leaf: Has) -> LeafSlot:
        asked = presences_of(self.binding, leaf)
        number = len(self.answering)
        several = len(asked.parts) > 1
        row = LeafRow(
            concept="",
            leaf=number,
            sort=HAS,
            tense=asked.tense.value,
            lasting=_days(asked.lasting),
            lasts=_NEVER if asked.lasts is None else _days(asked.lasts),
            window=asked.window.days,
        )
        for concept in sorted(asked.concepts):
            denies = concept == asked.asked_as or not several
            self.rows.append(replace(row, concept=concept, denies=denies))
        if several:
            self.parts += [(number, concept, len(asked.parts)) for concept in sorted(asked.parts)]
        is_current = asked.tense is Tense.CURRENT
        return self._slot(leaf, HAS, fresh=_days(asked.fresh), is_current=is_current)

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


def columns_of(rows: Iterable[Any]) -> dict[str, list[Any]]:
    """Return rows of one kind as columns."""
    given = [asdict(row) for row in rows]
    return {name: [row[name] for row in given] for name in given[0]} if given else {}


def _days(length: Any) -> float:
    return float(length.total_seconds() / 86_400)
