"""Which medicines meet ketamine, how heavily by route, and what is proposed for the days around a session.

One body of rules: screening, the list of medicines, the plan and the same-day check all read this grid.
Nothing here tells anybody to stop a medicine; a proposal is where a clinician's decision starts.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kairos.domain.evidence.citations import Basis, Certainty
from kairos.domain.evidence.concepts import ConceptMap
from kairos.vocab.verdict import Severity


class Column(StrEnum):
    """The routes that weigh a medicine alike: by mouth, injected, or sprayed into the nose."""

    ORAL = "oral"
    INJECTED = "injected"
    NASAL = "nasal"


class InteractionLevel(StrEnum):
    """How much a medicine weighs beside ketamine, from the heaviest down.

    ``HIGH``: the prescriber changes dose or medicine, or refuses. ``MODERATE``: acknowledged, with
    monitoring added. ``LOW``: shown. ``EXCLUDED``: no dose in this place.
    """

    EXCLUDED = "excluded"
    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"


SEVERITY_OF: Mapping[InteractionLevel, Severity] = {
    InteractionLevel.EXCLUDED: Severity.ABSOLUTE,
    InteractionLevel.HIGH: Severity.RELATIVE,
    InteractionLevel.MODERATE: Severity.CAUTION,
    InteractionLevel.LOW: Severity.CAUTION,
}
"""What a level means to somebody who decides whether a course may start."""


class Flag(StrEnum):
    """What a medicine adds: named on the screen and watched for."""

    EXPOSURE = "exposure"
    LESS_EXPOSURE = "less_exposure"
    SEDATION = "sedation"
    LESS_EFFECT = "less_effect"
    BLOOD_PRESSURE = "blood_pressure"
    SEIZURE = "seizure"
    SAME_TARGET = "same_target"


class PlanAction(StrEnum):
    """What can be agreed about one medicine around a session."""

    CONTINUE = "continue"
    HOLD = "hold"
    ADJUST = "adjust"
    ASK_PRESCRIBER = "ask_prescriber"


class Unplanned(StrEnum):
    """What a person is told about a medicine before anything was agreed."""

    AS_USUAL = "as_usual"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class MeasuredEffect:
    """What a study measured: exposure and peak with the medicine, as multiples of those without it."""

    drug: str
    column: Column
    auc: float
    peak: float | None
    sources: tuple[str, ...]
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Proposal:
    """What content proposes for one medicine; times are parameter ids.

    A hold without ``hold_from`` is of the day of the dose alone; ``hold_from_most`` is the longest that
    may be agreed. ``before`` is how long before a dose the medicine is taken. ``never_held_with`` are
    concepts of which none may be on record where it is held.
    """

    action: PlanAction
    hold_from: str = ""
    hold_from_most: str = ""
    before: str = ""
    is_held_for_the_day_only: bool = False
    never_held_with: tuple[str, ...] = ()
    wants_reason: bool = False


@dataclass(frozen=True, slots=True)
class Interaction:
    """One row: which drugs, how heavy in which column, what they add, what is proposed, on whose word.

    Mechanism and advice are texts: ``interaction.<id>.mechanism`` and ``.advice``, or ``.advice.<column>``.
    """

    id: str
    drugs: frozenset[str]
    levels: Mapping[Column, InteractionLevel]
    sources: tuple[str, ...]
    basis: Basis
    certainty: Certainty
    proposals: Mapping[Column, Proposal]
    flags: Mapping[Column, tuple[Flag, ...]] = field(default_factory=dict)
    effects: tuple[MeasuredEffect, ...] = ()
    at_home: InteractionLevel | None = None

    def level(self, column: Column, *, is_home: bool = False) -> InteractionLevel | None:
        """Return how much it weighs; at home, the heavier of column and home. None: not by this route."""
        found = self.levels.get(column)
        if found is None or not is_home or self.at_home is None:
            return found
        return heaviest((found, self.at_home))


@dataclass(frozen=True, slots=True)
class Fallback:
    """What holds where no row does: a proposal, and what may be said before a plan is signed."""

    unplanned: Unplanned
    sources: tuple[str, ...]
    action: PlanAction | None = None


def heaviest(levels: Iterable[InteractionLevel]) -> InteractionLevel:
    """Return the heaviest of at least one level."""
    return min(levels, key=list(InteractionLevel).index)


@dataclass(frozen=True, slots=True)
class Met:
    """One row as it holds for one route and place."""

    row: Interaction
    column: Column
    level: InteractionLevel

    @property
    def severity(self) -> Severity:
        """What the level means to a decision about a course."""
        return SEVERITY_OF[self.level]

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What the medicine adds by this route."""
        return self.row.flags.get(self.column, ())

    @property
    def proposal(self) -> Proposal:
        """What is proposed for it by this route."""
        return self.row.proposals[self.column]


@dataclass(frozen=True, slots=True)
class InteractionGrid:
    """All rows, by id, with the column of each route and what holds for everything else."""

    rows: Mapping[str, Interaction]
    columns: Mapping[str, Column]
    fallbacks: Mapping[str, Fallback]

    def meeting(self, drug: str, *, route: str, is_home: bool = False) -> tuple[Met, ...]:
        """Return every row that a drug meets by a route, the heaviest first.

        Parameters
        ----------
        drug : str     an ingredient, as the concepts name it
        route : str    how ketamine is given: ``iv``, ``im``, ``sc``, ``in``, ``esketamine``, ``oral``, ``sl``
        """
        found = (
            self.met(row.id, route=route, is_home=is_home) for row in self.rows.values() if drug in row.drugs
        )
        return tuple(sorted((m for m in found if m), key=lambda m: list(InteractionLevel).index(m.level)))

    def met(self, row: str, *, route: str, is_home: bool = False) -> Met | None:
        """Return one row as it holds by a route and place; nothing where it says nothing of that route."""
        column = self.columns[route]
        level = self.rows[row].level(column, is_home=is_home)
        return Met(self.rows[row], column, level) if level is not None else None

    def unplanned(self, level: InteractionLevel | None, *, is_understood: bool = True) -> Unplanned:
        """Return what may be said about a medicine of this level before anything was agreed."""
        if not is_understood:
            return self.fallbacks["not_understood"].unplanned
        return self.fallbacks[level.value if level else "unlisted"].unplanned


NO_INTERACTIONS = InteractionGrid({}, {}, {})


def drugs_of(
    concepts: ConceptMap, *, drugs: Iterable[str], classes: Iterable[str], without: Iterable[str] = ()
) -> frozenset[str]:
    """Return the ingredients of a row: those named and those of its classes, less what another row has."""
    found = set(drugs).union(*(concepts.ingredients_of(each) for each in classes))
    return frozenset(found) - frozenset(without)
