"""Medicines kept at hand in a clinic: what each is for, its remembered dose, what speaks against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from kairos.domain.evidence.citations import Certainty
from kairos.vocab.verdict import Severity


class GivingRoute(StrEnum):
    """How a medicine at hand is given."""

    PO = "po"
    ODT = "odt"
    SL = "sl"
    IV = "iv"
    IM = "im"
    NASAL = "nasal"
    INHALED = "inhaled"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class KnownDose:
    """What the facts hold of a dose: for the eye, never filled in. ``problem`` where it is for one alone."""

    routes: tuple[GivingRoute, ...]
    low: Decimal
    high: Decimal
    unit: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class RescueCaution:
    """What speaks against a medicine in a person: another drug, taken or given here, or a condition.

    ``routes`` are those of this medicine that it holds for, ``given_by`` those of the other; empty is any.
    With ``given_by`` only what was given in this session counts: a list at home says nothing of a needle.
    """

    id: str
    severity: Severity
    drugs: frozenset[str] = frozenset()
    conditions: frozenset[str] = frozenset()
    routes: frozenset[GivingRoute] = frozenset()
    given_by: frozenset[GivingRoute] = frozenset()

    @property
    def text(self) -> str:
        """The id of the words for it."""
        return f"giving.caution.{self.id}"


@dataclass(frozen=True, slots=True)
class RescueMedicine:
    """One medicine at hand; ``drug`` is its ingredient, ``problems`` the symptoms and alarms it is for."""

    drug: str
    problems: tuple[str, ...]
    doses: tuple[KnownDose, ...]
    cautions: tuple[RescueCaution, ...]
    certainty: Certainty
    sources: tuple[str, ...]

    @property
    def name(self) -> str:
        """The id of its name."""
        return f"giving.drug.{self.drug}"

    @property
    def note(self) -> str:
        """The id of what is always said of it."""
        return f"giving.note.{self.drug}"


RescueMedicines = Mapping[str, RescueMedicine]
