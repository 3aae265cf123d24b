"""A rule as content states it: what speaks against going on, its weight, its questions and its sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from kairos.domain.rules.expression import Expression
from kairos.domain.rules.target import EVERYWHERE, UNREGULATED, Indication, Moment, Reach, Standing, Target
from kairos.vocab.facts import Presence
from kairos.vocab.verdict import Severity


@dataclass(frozen=True, slots=True)
class Grade:
    """One severity of a rule, what makes it so, and for which targets it is weighed so.

    ``pathway`` names the safety rule whose tasks start where the grade speaks against going on; ``steps``
    are texts that say what comes next then.
    """

    severity: Severity
    speaks_against: Expression
    reach: Reach = EVERYWHERE
    pathway: str = ""
    steps: tuple[str, ...] = ()


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

    ``reach`` says for which routes, settings and indications the rule holds. A rule with a ``definition`` is
    one of several ways to define the same thing, of which a programme chooses one.
    """

    id: str
    ref: str
    grades: tuple[Grade, ...]
    sources: tuple[str, ...]
    questions: tuple[str, ...]
    in_force_from: date
    moments: frozenset[Moment] = frozenset({Moment.SCREENING})
    reach: Reach = EVERYWHERE
    definition: str = ""

    @property
    def indications(self) -> frozenset[Indication]:
        """For what the rule holds; empty: for all."""
        return self.reach.indications

    def applies(
        self,
        *,
        on: date,
        moment: Moment,
        target: Target,
        standing: Standing = UNREGULATED,
        definitions: frozenset[str] = frozenset(),
    ) -> bool:
        """Whether the rule is asked here. ``on`` is the day of the content, not of the record."""
        return (
            self.in_force_from <= on
            and moment in self.moments
            and self.reach.holds_for(target, standing)
            and any(grade.reach.holds_for(target, standing) for grade in self.grades)
            and (not self.definition or self.definition in definitions)
        )

    def at(self, target: Target, standing: Standing = UNREGULATED) -> "Rule":
        """Return the rule with the severities that hold for a target."""
        held = tuple(grade for grade in self.grades if grade.reach.holds_for(target, standing))
        return self if held == self.grades else replace(self, grades=held)
