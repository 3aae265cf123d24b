"""The label changed: who of the programme is affected? One rule, asked of everybody's facts at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from kairos.content.in_force import ContentInForce
from kairos.content.screening_criteria import binding_of, criteria_of
from kairos.domain.rules.rule import Rule
from kairos.domain.rules.target import DEFAULT_TARGET, Target
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import facts, people
from kairos.vocab.errors import Missing
from kairos.vocab.facts import AskedAsOf
from kairos.vocab.people import Actor, Permission, Scope
from kairos.vocab.stages import Stage
from kairos.vocab.verdict import Verdict

MOST_PEOPLE = 500
"""How many people are asked about on screen; more are asked by ``kairos cohort``."""
CONCERNED = (Stage.SCREENING, Stage.ELIGIBLE, Stage.IN_COURSE, Stage.NOT_NOW)


@dataclass(frozen=True, slots=True)
class AffectedPerson:
    """One person for whom the rule speaks against going on, or is not known."""

    person_id: UUID
    name: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Affected:
    """How the rule answers for everybody asked about; ``is_asked`` is false where it does not hold at all."""

    counts: Mapping[Verdict, int]
    people: tuple[AffectedPerson, ...]
    looked_at: int
    of: int
    is_asked: bool


@reading(Permission.SEE_PROGRAMME)
def affected(*, rule: str, by: Actor, now: datetime, target: Target = DEFAULT_TARGET) -> Affected:
    """Return how one rule answers for the people of the actor's programmes who are on the way to a dose.

    Names are given to who may see people. A bounded number of people is asked about.

    Raises
    ------
    Missing    there is no such rule in force
    """
    enrolled = people.list_enrolments(by.scope, stages=CONCERNED)
    if not enrolled:
        return Affected({}, (), 0, 0, is_asked=True)
    content, today = content_of(by.scope, enrolled[0].programme_id), now.astimezone(UTC).date()
    if rule not in content.release.rules:
        raise Missing(f"there is no rule {rule} in force; choose one of the rule book")
    criteria = criteria_of(content.release, on=today, parameters=content.parameters, target=target)
    wanted = [one for one in (*criteria.bound.rules, *criteria.others.rules) if one.id == rule]
    everybody = sorted({each.person_id for each in enrolled})
    if not wanted:
        return Affected({}, (), 0, len(everybody), is_asked=False)
    part = everybody[:MOST_PEOPLE]
    verdicts = _verdicts(by.scope, part, wanted[0], content, today)
    return Affected(_counts(verdicts), _named(by, verdicts), len(part), len(everybody), is_asked=True)


def _verdicts(
    scope: Scope, part: Sequence[UUID], rule: Rule, content: ContentInForce, today: date
) -> Mapping[UUID, Verdict]:
    """Ask the rule of everybody in one expression; the engine is loaded where it is needed."""
    from kairos.analytics.cohort import cohort_verdicts
    from kairos.analytics.engine import fetched
    from kairos.analytics.fact_days import AskedDays
    from kairos.analytics.fact_memory import facts_in_memory

    told = ((str(each), facts.facts_of(scope, each)) for each in part)
    table = facts_in_memory(told, content=content.version)
    binding = binding_of(content.release, on=today, parameters=content.parameters)
    found = fetched(cohort_verdicts(table, [rule], binding, days=AskedDays(AskedAsOf(today))))
    return {UUID(row["person"]): Verdict(row[rule.id]) for row in found}


def _counts(verdicts: Mapping[UUID, Verdict]) -> Mapping[Verdict, int]:
    return {verdict: sum(each is verdict for each in verdicts.values()) for verdict in Verdict}


def _named(by: Actor, verdicts: Mapping[UUID, Verdict]) -> tuple[AffectedPerson, ...]:
    if not by.may(Permission.SEE_PEOPLE):
        return ()
    names = people.identities(by.scope, list(verdicts))
    found = [
        AffectedPerson(each, names[each].shown_name, verdict)
        for each, verdict in verdicts.items()
        if verdict is not Verdict.MET and each in names
    ]
    return tuple(sorted(found, key=lambda each: (each.verdict, each.name)))
