"""Everything the page about one person's eligibility shows: findings, questions, trials, decisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from kairos.content.in_force import ContentInForce
from kairos.content.screening_criteria import definitions_of, definitions_offered, judged_trials, screen_as_of
from kairos.domain.eligibility.ledger import JudgedTrial
from kairos.domain.eligibility.screening import DEFAULT_DEFINITIONS, Screening
from kairos.domain.rules.rule import Rule
from kairos.domain.rules.target import DEFAULT_TARGET
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, facts, people, screenings
from kairos.store.repositories.people import Enrolment, Identity
from kairos.store.repositories.screenings import EligibilityDecision, KeptScreening
from kairos.vocab.errors import Missing
from kairos.vocab.facts import AskedAsOf, Fact, FactId, Understanding
from kairos.vocab.finding import Finding
from kairos.vocab.people import Actor, Permission


@dataclass(frozen=True, slots=True)
class EligibilityPage:
    """One person as the rules see them today, and what was decided before."""

    person_id: UUID
    identity: Identity
    enrolment: Enrolment
    content: ContentInForce
    screening: Screening
    facts: Mapping[FactId, Fact]
    decisions: tuple[EligibilityDecision, ...]
    signers: Mapping[UUID, str]
    definition: Rule | None
    definitions: tuple[Rule, ...]
    trials: tuple[JudgedTrial, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the rules answer."""
        return self.screening.findings

    @property
    def not_understood(self) -> tuple[Fact, ...]:
        """Entries that nobody could read, or that no living person has; as many as there are."""
        odd = (Understanding.NOT_UNDERSTOOD, Understanding.IMPLAUSIBLE)
        return tuple(f for f in self.facts.values() if f.understanding in odd)


@reading(Permission.SEE_CHART)
def eligibility(*, person_id: UUID, now: datetime, by: Actor) -> EligibilityPage:
    """Return what the rules in force answer about a person as of today.

    Raises
    ------
    Missing    no such person in the actor's programmes, or erased
    """
    person = people.find_person(by.scope, person_id)
    if person.identity is None:
        raise Missing("this person's record was erased")
    enrolment = person.enrolments[0]
    content = content_of(by.scope, enrolment.programme_id)
    held = facts.facts_of(by.scope, person_id)
    screening = _screening(held, screenings.newest_screening(by.scope, person_id), content, now)
    decisions = screenings.decisions_of(by.scope, person_id)
    offered = definitions_offered(content.release.rules, screening.indication)
    chosen = next((r for r in offered if r.definition in screening.definitions), None)
    return EligibilityPage(
        person_id=person_id,
        identity=person.identity,
        enrolment=enrolment,
        content=content,
        screening=screening,
        facts={fact.id: fact for fact in held},
        decisions=decisions,
        signers=accounts.names_of({d.signed_by for d in decisions}),
        definition=chosen,
        definitions=offered,
        trials=judged_trials(screening.as_of, held, rule=chosen, content=content) if chosen else (),
    )


def _screening(
    held: tuple[Fact, ...], last: KeptScreening | None, content: ContentInForce, now: datetime
) -> Screening:
    """Return what the rules answer now, asked for what was asked last."""
    return screen_as_of(
        AskedAsOf(now.astimezone(UTC).date()),
        held,
        target=last.target if last else DEFAULT_TARGET,
        definitions=definitions_of(content.release.rules, last.findings) if last else DEFAULT_DEFINITIONS,
        content=content,
    )
