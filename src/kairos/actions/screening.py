"""How a person is screened and the answer kept: what every action that changes what is known ends with."""

from datetime import UTC, datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.content.screening_criteria import definitions_of, screen_as_of
from kairos.domain.eligibility.screening import DEFAULT_DEFINITIONS
from kairos.domain.rules.target import DEFAULT_TARGET, Target
from kairos.store.ids import new_id
from kairos.store.repositories import facts, people, screenings
from kairos.store.repositories.people import Enrolment
from kairos.store.repositories.screenings import KeptScreening
from kairos.vocab.errors import Missing
from kairos.vocab.facts import AskedAsOf, Fact
from kairos.vocab.people import Actor, Scope


def enrolment_of(scope: Scope, person_id: UUID) -> Enrolment:
    """Return the person's enrolment within the scope; the oldest, where there are several.

    Raises
    ------
    Missing    there is no such person in the actor's programmes
    """
    found = people.enrolments_of(scope, person_id)
    if not found:
        raise Missing("this person is not there, or not within your programmes")
    return found[0]


def keep_facts_and_screen(
    enrolment: Enrolment, stated: tuple[Fact, ...], *, by: Actor, now: datetime
) -> KeptScreening:
    """Keep new facts of a person, and what the rules answer with them."""
    facts.add_facts(by.scope, enrolment.programme_id, enrolment.person_id, stated)
    return keep_screening(enrolment, by=by, now=now)


def keep_screening(
    enrolment: Enrolment,
    *,
    by: Actor,
    now: datetime,
    target: Target | None = None,
    definitions: frozenset[str] | None = None,
) -> KeptScreening:
    """Screen a person as of today and keep the findings with the content they were judged by.

    What is not given stays as it was asked last.
    """
    last = screenings.newest_screening(by.scope, enrolment.person_id)
    content = content_of(by.scope, enrolment.programme_id)
    rules = content.release.rules
    defined = definitions or (definitions_of(rules, last.findings) if last else DEFAULT_DEFINITIONS)
    result = screen_as_of(
        AskedAsOf(now.astimezone(UTC).date()),
        facts.facts_of(by.scope, enrolment.person_id),
        target=target or (last.target if last else DEFAULT_TARGET),
        definitions=defined,
        content=content,
    )
    kept = KeptScreening(
        id=new_id(),
        programme_id=enrolment.programme_id,
        person_id=enrolment.person_id,
        asked=result.as_of,
        route=result.target.route,
        setting=result.target.setting,
        indication=result.target.indication,
        jurisdiction=result.target.jurisdiction,
        advice=result.advice,
        findings=result.findings,
        otherwise=result.otherwise,
        content_version=result.content_version,
        overlay_version=content.overlay_version,
        by=by.id,
    )
    screenings.add_screening(by.scope, kept)
    return kept
