"""A past decision asked again: by its own content, which gives the same, and by the content in force now."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from kairos.content.in_force import ContentInForce
from kairos.content.screening_criteria import criteria_of, definitions_of, screen_as_of
from kairos.domain.eligibility.screening import Screening, screen
from kairos.queries.content_in_force import content_of, content_of_screening
from kairos.queries.reading import reading
from kairos.queries.what_changes import OtherVerdict, other_verdicts
from kairos.store.repositories import accounts, facts, people, screenings
from kairos.store.repositories.people import Identity
from kairos.store.repositories.screenings import EligibilityDecision, KeptScreening
from kairos.vocab.errors import Missing, NotInForce
from kairos.vocab.facts import Fact
from kairos.vocab.people import Actor, Permission
from kairos.vocab.verdict import Advice


@dataclass(frozen=True, slots=True)
class ReplayedDecision:
    """What was decided, on which findings, and what the same facts come to by other content.

    ``same`` is whether its own content gives the same findings again; None where that content cannot be
    read any more, and ``cannot`` says why.
    """

    identity: Identity
    decision: EligibilityDecision
    signer: str
    kept: KeptScreening
    facts: int
    same: bool | None
    cannot: str
    content: ContentInForce
    advice_now: Advice
    others: tuple[OtherVerdict, ...]

    @property
    def is_in_force(self) -> bool:
        """Whether it was made by the very content that is in force now."""
        made_by = (self.kept.content_version, self.kept.overlay_version)
        return made_by == (self.content.version, self.content.overlay_version)


@reading(Permission.SEE_CHART)
def replayed_decision(*, person_id: UUID, decision_id: UUID, by: Actor, now: datetime) -> ReplayedDecision:
    """Return a signed decision replayed with the facts as they were known when it was signed.

    Raises
    ------
    Missing    no such decision of this person, or the person was erased
    """
    identity = people.find_person(by.scope, person_id).identity
    signed = [each for each in screenings.decisions_of(by.scope, person_id) if each.id == decision_id]
    if identity is None or not signed:
        raise Missing("this decision is not there, or the record was erased")
    (decision,) = signed
    kept = screenings.find_screening(by.scope, decision.screening_id)
    known = facts.facts_known_at(by.scope, person_id, kept.recorded_at or decision.signed_at)
    again, cannot = _again(by, kept, known)
    content = content_of(by.scope, kept.programme_id)
    today = _under(content, kept, known, now)
    return ReplayedDecision(
        identity=identity,
        decision=decision,
        signer=accounts.names_of({decision.signed_by}).get(decision.signed_by, ""),
        kept=kept,
        facts=len(known),
        same=None if again is None else again.findings == kept.findings,
        cannot=cannot,
        content=content,
        advice_now=today.advice,
        others=other_verdicts(kept.findings, today.findings, content),
    )


def _again(by: Actor, kept: KeptScreening, known: tuple[Fact, ...]) -> tuple[Screening | None, str]:
    """Return what its own content answers, or why it cannot be asked any more."""
    try:
        content = content_of_screening(by.scope, kept)
    except NotInForce as error:
        return None, str(error)
    definitions = definitions_of(content.release.rules, kept.findings)
    again = screen_as_of(kept.asked, known, target=kept.target, definitions=definitions, content=content)
    return again, ""


def _under(content: ContentInForce, kept: KeptScreening, known: tuple[Fact, ...], now: datetime) -> Screening:
    """Return what content as it holds today answers with the facts of then, as of then."""
    criteria = criteria_of(
        content.release,
        on=now.astimezone(UTC).date(),
        parameters=content.parameters,
        target=kept.target,
        definitions=definitions_of(content.release.rules, kept.findings),
    )
    return screen(known, as_of=kept.asked, by=criteria)
