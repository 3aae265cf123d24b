"""What a rule's condition is made of: expressions over facts, as data that content files write down."""

from dataclasses import dataclass
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

    ``window``, ``fresh`` and ``lasts`` name parameters; an empty ``fresh`` takes the general one.
    ``lasts`` is how long such a state can go on: what began longer ago asks, whatever its entry says.
    """

    tense: Tense
    concepts: frozenset[str]
    classes: frozenset[str]
    asked_as: str
    kind: FactKind = FactKind.CONDITION
    window: str = ""
    fresh: str = ""
    lasts: str = ""


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
class HasDied:
    """Whether the person has died as of the asked day."""


@dataclass(frozen=True, slots=True)
class Age:
    """Whether the person is younger than a limit (``BELOW``), or has reached it (``AT_LEAST``)."""

    operator: Operator
    limit: str


@dataclass(frozen=True, slots=True)
class NotMale:
    """Whether pregnancy can concern the person; one of ``shown_by`` shows it, whatever the sex on record."""

    shown_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class MeanPressure:
    """Whether the mean blood pressure over the newest ``days`` days with readings lies beyond a limit.

    With ``newest_day_alone`` the newest day suffices to be beyond: nobody waits for a second one.
    """

    operator: Operator
    systolic: str
    diastolic: str
    days: str
    window: str
    newest_day_alone: bool = False


@dataclass(frozen=True, slots=True)
class BodyMass:
    """Whether the body mass index, computed from weight and height or as stated, has reached a limit."""

    limit: str
    max_age: str
    height_max_age: str


@dataclass(frozen=True, slots=True)
class Lacks:
    """Whether one of the tests is absent or too old; each stands with what may take its place."""

    tests: tuple[tuple[str, ...], ...]
    max_age: str


@dataclass(frozen=True, slots=True)
class TooFewFailed:
    """Whether fewer treatments than needed were adequate and failed, by one definition of resistance.

    ``classes`` are the drug classes whose drugs count; the other names are parameters.
    """

    definition: str
    classes: frozenset[str]
    least: str
    least_drugs: str
    least_therapies: str
    duration: str
    improvement: str
    strict_doses: bool = False
    any_episode: bool = False


@dataclass(frozen=True, slots=True)
class NoneTried:
    """Whether no treatment of these drug classes, and no talk therapy, was tried at all."""

    classes: frozenset[str]


Leaf = Has | Compare | CountOf
Word = HasDied | Age | NotMale | MeanPressure | BodyMass | Lacks | TooFewFailed | NoneTried
Expression = AnyOf | AllOf | Not | Unless | Leaf | Word
