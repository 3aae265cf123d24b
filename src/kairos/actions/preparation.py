"""What the actions about preparation share: the items of a session, and whether it waits for them."""

from datetime import datetime

from kairos.actions.content_in_force import content_of
from kairos.actions.courses import protocol_of
from kairos.domain.integration.checklist import ItemStanding, readiness, standings
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.rules.target import Setting
from kairos.store.repositories import courses, preparation
from kairos.store.repositories.courses import PlannedSession
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Scope
from kairos.vocab.verdict import Verdict


def setting_of(scope: Scope, planned: PlannedSession) -> Setting:
    """Return where a planned session takes place. Raises Missing."""
    course = courses.find_course(scope, planned.course_id)
    return Setting(protocol_of(content_of(scope, planned.programme_id), course.protocol).setting)


def standings_of(scope: Scope, planned: PlannedSession) -> tuple[ItemStanding, ...]:
    """Return how each item of a session's preparation stands. Raises Missing."""
    items = content_of(scope, planned.programme_id).release.preparation
    said = preparation.items_said(scope, [planned.id]).get(planned.id, {})
    return standings(items, said, setting=setting_of(scope, planned), starts_at=planned.starts_at)


def check_ready(scope: Scope, planned: PlannedSession, *, now: datetime) -> None:
    """Refuse to open a session that waits for its preparation, naming each item.

    Raises
    ------
    NotAllowed
    """
    content = content_of(scope, planned.programme_id)
    needs = LimitsInForce(content.parameters, now.date()).count("preparation.needs_answers")
    found = readiness(standings_of(scope, planned), needs_answers=bool(needs))
    if found.verdict is Verdict.MET:
        return
    message = "not_ready" if found.verdict is Verdict.NOT_MET else "unknown"
    texts = content.release.texts
    named = [texts.template(f"preparation.item.{item}") for item in found.not_ready or found.unknown]
    raise NotAllowed(texts.render(f"preparation.{message}", {"items": "; ".join(named)}))
