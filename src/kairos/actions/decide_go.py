"""Call the same-day check: go, hold, or not today."""

from datetime import datetime
from uuid import UUID

from kairos.actions.consents import consent_standing_of
from kairos.actions.medicine_check import plan_entry
from kairos.actions.session_stream import Entered, Saying, Sitting, add_entries
from kairos.domain.protocols.medicine_plan import CHECK_ITEM
from kairos.domain.sessions.events import CheckAnswered
from kairos.domain.sessions.picture import decide
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.vocab.people import Actor, Permission
from kairos.vocab.verdict import Verdict


@command("decide_go", Permission.RUN_SESSION)
def decide_go(*, session_id: UUID, command_id: UUID, by: Actor, now: datetime) -> tuple[Entered, AuditNote]:
    """Record what the check amounts to now; the call is computed, never chosen.

    Consent is looked up again: one withdrawn since the session opened means no dose. So is the plan for the
    person's medicines.
    """

    def say(sitting: Sitting) -> list[Saying]:
        standing = consent_standing_of(
            by.scope, sitting.stream.person_id, now, protocol=sitting.picture.protocol.id
        )
        said = [] if standing.verdict is Verdict.MET else [_no_consent()]
        said += _changed_plan(sitting, by, now)
        for saying in said:
            sitting = sitting.plus(saying, by=by)
        return [*said, Saying(decide(sitting.picture))]

    return add_entries(session_id, say, by=by, now=now)


def _changed_plan(sitting: Sitting, by: Actor, now: datetime) -> list[Saying]:
    """Return how the medicine plan stands now, where that is not what the check has recorded.

    A session opened under an older protocol, which does not ask for it, is left as it is.
    """
    if CHECK_ITEM not in {item.id for item in sitting.picture.protocol.checks}:
        return []
    recorded = sitting.picture.state.answers.get(CHECK_ITEM)
    entry = plan_entry(sitting, by=by, now=now)
    is_same = (
        recorded is not None
        and isinstance(entry.event, CheckAnswered)
        and recorded.answer == entry.event.answer
    )
    return [] if is_same else [entry]


def _no_consent() -> Saying:
    return Saying(CheckAnswered(item="consent_current", answer="missing"))
