"""How ketamine may work: steps and arrows, each with how it is known and what speaks against it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from kairos.domain.evidence.grades import Grade

_BEST_FIRST = tuple(Grade)


class Known(StrEnum):
    """In whom an arrow was seen; a hypothesis was seen in nobody."""

    HUMAN = "human"
    ANIMAL = "animal"
    HYPOTHESIS = "hypothesis"


class Pathway(StrEnum):
    """Where the chain may begin: at the cells that hold others back, or at the main cells themselves."""

    INTERNEURON = "interneuron"
    DIRECT = "direct"
    METABOLITE = "metabolite"


@dataclass(frozen=True, slots=True)
class Step:
    """One step; ``column`` and ``row`` are its place in the drawing, counted from 0."""

    id: str
    name: str
    what: str
    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """One arrow. ``against`` contradicts it; ``pathway`` is None where every way passes it."""

    id: str
    begins: str
    ends: str
    says: str
    known: Known
    grade: Grade
    sources: tuple[str, ...]
    against: str
    against_sources: tuple[str, ...]
    pathway: Pathway | None


@dataclass(frozen=True, slots=True)
class MechanismMap:
    """The whole picture in one language; ``begins`` is the medicine, ``leads_to`` what is hoped for."""

    language: str
    begins: str
    leads_to: str
    steps: Mapping[str, Step]
    arrows: tuple[Arrow, ...]

    def counted(self, known: Collection[Known], pathways: Collection[Pathway]) -> tuple[Arrow, ...]:
        """Return the arrows that count: known in this way, on one of these pathways or on all."""
        return tuple(
            arrow
            for arrow in self.arrows
            if arrow.known in known and (arrow.pathway is None or arrow.pathway in pathways)
        )

    def reached(self, known: Collection[Known], pathways: Collection[Pathway]) -> frozenset[str]:
        """Return the steps that the chain reaches from the medicine by the arrows that count."""
        reached, arrows = {self.begins}, self.counted(known, pathways)
        while more := {a.ends for a in arrows if a.begins in reached} - reached:
            reached |= more
        return frozenset(reached)

    def weakest(self, known: Collection[Known], pathways: Collection[Pathway]) -> Grade | None:
        """Return the grade of the weakest arrow on the strongest chain to the end; None without a chain."""
        for least in range(1, len(_BEST_FIRST) + 1):
            strong = replace(self, arrows=tuple(a for a in self.arrows if a.grade in _BEST_FIRST[:least]))
            if self.leads_to in strong.reached(known, pathways):
                return _BEST_FIRST[least - 1]
        return None
