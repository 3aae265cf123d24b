"""What a session's own screens show of psychotherapy: agreed touch, and whether preparation is done."""

from datetime import datetime
from typing import Any
from uuid import UUID

from kairos.queries.dosing_sessions import SessionPage
from kairos.queries.therapy import preparation_of_session, touch_in_session
from kairos.vocab.people import Actor, Permission
from kairos.vocab.verdict import Verdict
from kairos.web.therapy_words import preparation_words

LOOKS = {Verdict.MET: "done", Verdict.NOT_MET: "caution", Verdict.UNKNOWN: "due"}


def touch_of(page: SessionPage, by: Actor) -> dict[str, Any]:
    """Return what the console shows of touch, and whether this reader may take it back."""
    found = touch_in_session(session_id=page.id, by=by)
    return {
        "touch": found.items if found else None,
        "planned_id": found.planned_id if found else None,
        "may_narrow": by.may(Permission.NARROW_TOUCH),
        "may_therapy": found is not None and by.may(Permission.HOLD_THERAPY),
    }


def preparation_of(planned_id: UUID, by: Actor, now: datetime) -> dict[str, Any]:
    """Return whether a session's preparation is done, for the page that opens it; nothing without therapy."""
    standing = preparation_of_session(planned_session_id=planned_id, by=by, now=now)
    if standing is None:
        return {}
    shown = {"words": preparation_words(standing), "look": LOOKS[standing.verdict]}
    return {"preparation": shown, "may_therapy": by.may(Permission.HOLD_THERAPY)}
