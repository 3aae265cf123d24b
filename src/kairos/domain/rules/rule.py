"""A rule as content states it: what speaks against going on, its weight, its questions and its sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kairos.domain.rules.expression import Expression
from kairos.vocab.facts import Presence
from kairos.vocab.verdict import Severity


class Indication(StrEnum):
    """What a course is meant to treat."""

    TRD = "trd"
    ANXIETY = "anxiety"


class Route(StrEnum):
    """How the drug is given."""

    IV = "iv"


class Moment(StrEnum):
    """When a rule is asked: at screening for a course, or on the day of each session."""

    SCREENING = "screening"
    SAME_DAY = "same_day"


@dataclass(frozen=True, slots=True)
class Grade:
    """One severity of a rule and what makes it so."""

    severity: Severity
    speaks_against: Expression


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """How a question is answered: ``yes_no`` or a measured value in a unit."""

    form: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that settles an unknown, and what each of its answers states.

    ``states`` maps an answer (``yes``, ``no``, ``not_sure``) to the presences of concepts; a measured
    answer states the value of ``concept``. The wording is the text of the question's id.
    """

    id: str
    form: AnswerForm
    concept: str
    states: Mapping[str, Mapping[str, Presence]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the fact base. ``grades`` go from the most severe down; each has its own condition.

    ``indications`` and ``routes`` are empty where the rule holds for all. A rule with a ``definition`` is one
    of several ways to define the same thing, of which a programme chooses one. ``pathway`` names the safety
    rule whose tasks start where the rule speaks against going on.
    """

    id: str
    ref: str
    grades: tuple[Grade, ...]
    sources: tuple[str, ...]
    questions: tuple[str, ...]
    in_force_from: date
    moments: frozenset[Moment] = frozenset({Moment.SCREENING})
    indications: frozenset[Indication] = frozenset()
    routes: frozenset[Route] = frozenset()
    definition: str = ""
    pathway: str = ""

    def applies(
        self,
        *,
        on: date,
        moment: Moment,
        indication: Indication,
        route: Route,
        definitions: frozenset[str] = frozenset(),
    ) -> bool:
        """Whether the rule is asked here. ``on`` is the day of the content, not of the record."""
        return (
            self.in_force_from <= on
            and moment in self.moments
            and (not self.indications or indication in self.indications)
            and (not self.routes or route in self.routes)
            and (not self.definition or self.definition in definitions)
        )
