"""One person for every route and place, and what changed since a clinician signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from kairos.content.in_force import ContentInForce
from kairos.content.screening_criteria import compare_as_of, definitions_of, screen_as_of
from kairos.content.standing_of_use import UseKnown, use_known
from kairos.domain.eligibility.comparison import UseAnswer
from kairos.domain.eligibility.rescreening import WhatChanged, acknowledged_screenings, what_changed
from kairos.domain.eligibility.screening import DEFAULT_DEFINITIONS
from kairos.domain.eligibility.signing import fingerprint
from kairos.domain.rules.target import DEFAULT_TARGET, Indication, Target
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import facts, people, screenings
from kairos.store.repositories.screenings import EligibilityDecision, KeptScreening
from kairos.vocab.errors import Missing
from kairos.vocab.facts import AskedAsOf
from kairos.vocab.people import Actor, Permission


@dataclass(frozen=True, slots=True)
class ScreenedUses:
    """What each route and place answers for one person, and what is known of the use itself."""

    person_id: UUID
    content: ContentInForce
    answers: tuple[UseAnswer, ...]
    known: Mapping[Target, UseKnown]


@dataclass(frozen=True, slots=True)
class ChangedSince:
    """What is otherwise than when somebody last signed or acknowledged; ``seen`` names the findings now."""

    decision: EligibilityDecision
    since: KeptScreening
    changed: WhatChanged
    seen: str


@reading(Permission.SEE_CHART)
def screened_uses(
    *,
    person_id: UUID,
    now: datetime,
    by: Actor,
    indication: Indication | None = None,
    jurisdiction: str = "",
) -> ScreenedUses:
    """Return what the rules in force answer about a person for every route at every place, as of today.

    Parameters
    ----------
    indication : Indication    what the course would treat; where left out, what was asked last
    jurisdiction : str         under whose law; where left out, what was asked last

    Raises
    ------
    Missing    no such person in the actor's programmes
    """
    content = _content_of(by, person_id)
    last = screenings.newest_screening(by.scope, person_id)
    asked = last.target if last else DEFAULT_TARGET
    on = now.astimezone(UTC).date()
    answers = compare_as_of(
        AskedAsOf(on),
        facts.facts_of(by.scope, person_id),
        indication=indication or asked.indication,
        jurisdiction=jurisdiction or asked.jurisdiction,
        definitions=definitions_of(content.release.rules, last.findings) if last else DEFAULT_DEFINITIONS,
        content=content,
    )
    known = {one.target: use_known(content.release, one.target, on=on) for one in answers}
    return ScreenedUses(person_id, content, answers, known)


@reading(Permission.SEE_CHART)
def changes_since_signed(*, person_id: UUID, now: datetime, by: Actor) -> ChangedSince | None:
    """Return what changed since the newest decision was signed, or changes after it were acknowledged.

    None where nobody has signed.

    Raises
    ------
    Missing    no such person in the actor's programmes
    """
    content = _content_of(by, person_id)
    decision = next(iter(screenings.decisions_of(by.scope, person_id)), None)
    if decision is None:
        return None
    known_now = facts.facts_of(by.scope, person_id)
    looked = [decision.screening_id, *map(UUID, acknowledged_screenings(known_now))]
    seen = max((screenings.find_screening(by.scope, one) for one in looked), key=_moment)
    again = screen_as_of(
        AskedAsOf(now.astimezone(UTC).date()),
        known_now,
        target=seen.target,
        definitions=definitions_of(content.release.rules, seen.findings),
        content=content,
    )
    changed = what_changed(
        seen.findings,
        again.findings,
        known_before=facts.facts_as_of(by.scope, person_id, _moment(seen)),
        known_now=known_now,
        as_of=again.as_of,
    )
    return ChangedSince(decision, seen, changed, fingerprint(again.findings))


def _moment(kept: KeptScreening) -> datetime:
    assert kept.recorded_at is not None
    return kept.recorded_at


def _content_of(by: Actor, person_id: UUID) -> ContentInForce:
    enrolments = people.enrolments_of(by.scope, person_id)
    if not enrolments:
        raise Missing("this person is not there, or not within your programmes")
    return content_of(by.scope, enrolments[0].programme_id)
