"""How the same-day check learns whether a plan for the person's medicines is in place."""

from datetime import datetime

from kairos.actions.medicines import standing_of
from kairos.actions.session_stream import Saying, Sitting
from kairos.domain.protocols.medicine_plan import CHECK_ITEM, check_answer
from kairos.domain.sessions.events import CheckAnswered
from kairos.vocab.people import Actor


def plan_entry(sitting: Sitting, *, by: Actor, now: datetime) -> Saying:
    """Return the entry that says how the plan stands now."""
    stream = sitting.stream
    route = sitting.picture.protocol.route
    standing = standing_of(by.scope, stream.programme_id, stream.person_id, now, route=route)
    return Saying(CheckAnswered(item=CHECK_ITEM, answer=check_answer(standing)))
