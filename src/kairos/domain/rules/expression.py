"""What a rule's condition is made of: expressions over facts, as data that content files write down."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kairos.domain.rules.presence import Tense
from kairos.vocab.facts import FactKind


class Operator(StrEnum):
    """How a measured value is held against a limit. ``ABOVE`` and ``BELOW`` are strict."""

    ABOVE = "above"
    AT_LEAST = "at_least"
    BELOW = "below"
    AT_MOST = "at_most"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """So where one part is so."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """So where every part is so."""

    parts: tuple["Expression", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """So where the part is not so; unknown stays unknown."""

    part: "Expression"


@dataclass(frozen=True, slots=True)
class Unless:
    """So unless the part is known to be so: what would soften a finding must be stated to count."""

    part: "Expression"


@dataclass(frozen=True, slots=True)
class Has:
    """Whether one of the concepts, or a drug of one of the classes, is present in a tense.

    ``window`` and ``fresh`` name parameters; an empty ``fresh`` takes the general one.
    """

    tense: Tense
    concepts: frozenset[str]
    classes: frozenset[str]
    asked_as: str
    kind: FactKind = FactKind.CONDITION
    window: str = ""
    fresh: str = ""


@dataclass(frozen=True, slots=True)
class Compare:
    """Whether the newest reading of a concept, not older than ``max_age``, lies beyond a limit."""

    concept: str
    operator: Operator
    limit: str
    max_age: str
    factor: str = ""


@dataclass(frozen=True, slots=True)
class CountOf:
    """Whether at least ``at_least`` facts of a concept lie within a time."""

    concept: str
    at_least: str
    window: str


@dataclass(frozen=True, slots=True)
class Call:
    """A named, tested function for what needs real code."""

    function: str
    arguments: Mapping[str, str] = field(default_factory=dict)


Expression = AnyOf | AllOf | Not | Unless | Has | Compare | CountOf | Call
