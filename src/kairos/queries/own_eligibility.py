"""What the rules say about oneself: the findings that the team sees, the decision, one's objections."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.content.in_force import ContentInForce
from kairos.content.screening_criteria import definitions_of, screen_as_of
from kairos.content.standing_of_use import UseKnown, use_known
from kairos.domain.eligibility.objections import Objection, objections
from kairos.domain.eligibility.screening import DEFAULT_DEFINITIONS, Screening
from kairos.domain.rules.target import DEFAULT_TARGET
from kairos.queries.consents import own_person_id
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import accounts, facts, people, screenings, tasks
from kairos.store.repositories.screenings import EligibilityDecision
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.errors import Missing
from kairos.vocab.facts import AskedAsOf
from kairos.vocab.people import Actor, Permission, Scope


@dataclass(frozen=True, slots=True)
class Objected:
    """One objection, by when it is answered, and whether it was."""

    said: Objection
    answer_by: datetime | None
    is_answered: bool


@dataclass(frozen=True, slots=True)
class OwnEligibility:
    """What a person sees of their own eligibility."""

    content: ContentInForce
    screening: Screening
    known: UseKnown
    decision: EligibilityDecision | None
    decided_by: str
    objected: tuple[Objected, ...]
    zone: ZoneInfo

    def waits_for(self, kind: str, rule: str = "") -> Objected | None:
        """Return the open objection of a kind to a rule's finding, or to the decision."""
        held = (each for each in self.objected if not each.is_answered)
        return next((each for each in held if (each.said.kind, each.said.rule) == (kind, rule)), None)


@reading(Permission.SEE_OWN_RECORD)
def own_eligibility(*, by: Actor, now: datetime) -> OwnEligibility:
    """Return what the rules in force answer about the person who is logged in, as of today.

    Raises
    ------
    Missing    the log-in is nobody's own
    """
    person_id = own_person_id(by)
    enrolments = people.enrolments_of(by.scope, person_id)
    if not enrolments:
        raise Missing("there is no record of yours in this programme")
    content = content_of(by.scope, enrolments[0].programme_id)
    last = screenings.newest_screening(by.scope, person_id)
    held = facts.facts_of(by.scope, person_id)
    on = now.astimezone(UTC).date()
    target = last.target if last else DEFAULT_TARGET
    defined = definitions_of(content.release.rules, last.findings) if last else DEFAULT_DEFINITIONS
    decision = next(iter(screenings.decisions_of(by.scope, person_id)), None)
    return OwnEligibility(
        content=content,
        screening=screen_as_of(AskedAsOf(on), held, target=target, definitions=defined, content=content),
        known=use_known(content.release, target, on=on),
        decision=decision,
        decided_by=_name(decision.signed_by) if decision else "",
        objected=_objected(by.scope, person_id, objections(held)),
        zone=zone_for(by.scope, person_id),
    )


def _objected(scope: Scope, person_id: UUID, said: tuple[Objection, ...]) -> tuple[Objected, ...]:
    by_id = {str(task.id): task for task in tasks.tasks_of(scope, person_id)} if said else {}
    return tuple(
        Objected(each, by_id[each.task].due_at, by_id[each.task].done_at is not None) for each in said
    )


def _name(user_id: UUID) -> str:
    return accounts.names_of({user_id}).get(user_id, "")
