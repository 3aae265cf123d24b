"""What an answer at screening starts: a suicide risk that was just stated opens its tasks at once."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.safety_tasks import open_safety_tasks
from kairos.content.load_rules import safety_steps
from kairos.content.release import ContentRelease
from kairos.domain.eligibility.pathways import StartedPathway, graded, started_pathways
from kairos.domain.instruments.safety import SafetyResponse
from kairos.store.repositories.screenings import KeptScreening
from kairos.vocab.facts import Fact
from kairos.vocab.finding import Finding
from kairos.vocab.people import Actor
from kairos.vocab.verdict import Verdict


def open_pathways(
    kept: KeptScreening, stated: Iterable[Fact], *, by: Actor, now: datetime, subject: UUID
) -> int:
    """Open the tasks of every pathway that rests on what was just stated, and return how many.

    What was known before has started its pathway then; a later screening does not start it anew.
    """
    release = content_of(by.scope, kept.programme_id).release
    told = {fact.id for fact in stated}
    resting = [f for f in kept.findings if told.intersection(f.facts)]
    rules = [release.rules[f.rule].at(kept.target) for f in resting if f.rule in release.rules]
    opened = 0
    for started in started_pathways(resting, graded(rules), safety_steps(release.instruments)):
        opened += open_safety_tasks(
            by.scope,
            _response(started),
            programme_id=kept.programme_id,
            person_id=kept.person_id,
            subject=subject,
            now=now,
            details=_tier_of(release, started.step.rule),
        )
    return opened


def _response(started: StartedPathway) -> SafetyResponse:
    step = started.step
    finding = Finding(step.rule, step.ref, Verdict.NOT_MET, step.severity, step.message, {}, (), step.sources)
    return SafetyResponse(finding, step.tasks, step.crisis_card)


def _tier_of(release: ContentRelease, rule: str) -> dict[str, str]:
    """Return the questionnaire and tier that a safety rule belongs to; the inbox names them."""
    return next(
        {"instrument": instrument.id, "tier": tier.id}
        for instrument in release.instruments.values()
        for tier in instrument.tiers
        if any(step.rule == rule for step in tier.safety)
    )
