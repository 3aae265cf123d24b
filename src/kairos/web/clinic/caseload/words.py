"""Words of the caseload: why somebody stands where they stand, and how pressing that looks."""

from datetime import datetime, tzinfo
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.domain.integration.caseload import Sign, steps_done
from kairos.queries.caseload import CaseRow
from kairos.web.therapy_words import said

SIGN_WORDS: dict[Sign, Promise] = {
    Sign.WITH_CLINICIAN: gettext_lazy("Handed to a clinician"),
    Sign.VISIT_OVERDUE: gettext_lazy("Check-in visit overdue"),
    Sign.STEP_OVERDUE: gettext_lazy("A shared step has passed its day"),
    Sign.NOT_AGREED: gettext_lazy("Summary not agreed"),
    Sign.DUE: gettext_lazy("Due for a talk"),
    Sign.SILENT: gettext_lazy("Nothing seen lately"),
    Sign.IN_WINDOW: gettext_lazy("In the days after"),
}
SIGN_LOOKS: dict[Sign, str] = {
    Sign.WITH_CLINICIAN: "info",
    Sign.VISIT_OVERDUE: "caution",
    Sign.STEP_OVERDUE: "due",
    Sign.NOT_AGREED: "due",
    Sign.DUE: "due",
    Sign.SILENT: "caution",
    Sign.IN_WINDOW: "plain",
}
_HOUR, _DAYS_FROM = 3600, 72


def row_of(row: CaseRow, zone: tzinfo, now: datetime) -> dict[str, Any]:
    """Return one line of the caseload in words."""
    case = row.case
    done, of = steps_done(case)
    return {
        "id": case.person_id,
        "name": row.name,
        "session": case.window.anchored_at.astimezone(zone),
        "since": since_words(case.window.anchored_at, now),
        "signs": [{"look": SIGN_LOOKS[sign], "word": str(SIGN_WORDS[sign])} for sign in case.signs],
        "steps": _("%(done)s of %(of)s") % {"done": done, "of": of},
        "heard": case.heard_at.astimezone(zone) if case.heard_at else None,
        "next": case.next_meeting_at.astimezone(zone) if case.next_meeting_at else None,
    }


def since_words(start: datetime, now: datetime) -> str:
    """Return how long ago, in hours up to three days, then in days."""
    hours = int((now - start).total_seconds() // _HOUR)
    if hours <= _DAYS_FROM:
        return _("%(n)s h") % {"n": hours}
    return _("%(n)s days") % {"n": hours // 24}


def reason_words(reason: str) -> str:
    """Return why something is handed over."""
    return said(f"integration.reason.{reason}")
