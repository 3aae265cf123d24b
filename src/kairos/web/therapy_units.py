"""Triads as units on the pages of a course and of a therapy, with what each reader may do."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from kairos.domain.protocols.therapy import SessionKind
from kairos.domain.protocols.triads import Meeting, MeetingStatus
from kairos.queries.therapy import TherapyPage, TriadShown
from kairos.vocab.people import Role
from kairos.web.therapy_words import aims_words, kind_words, preparation_words
from kairos.web.touch_shown import LOOKS


def units_of(page: TherapyPage, roles: frozenset[Role], now: datetime) -> list[dict[str, Any]]:
    """Return the triads as they are drawn, with what this reader may do."""
    return [_unit(page, unit, roles, now) for unit in page.units]


def may_hold(page: TherapyPage, kind: SessionKind, roles: frozenset[Role]) -> bool:
    """Whether a kind of session lies within somebody's scope, with this person."""
    if page.chosen is None:
        return False
    return not roles.isdisjoint(page.chosen.templates[kind].roles_for(has_trauma_flag=page.is_flagged))


def _unit(page: TherapyPage, unit: TriadShown, roles: frozenset[Role], now: datetime) -> dict[str, Any]:
    triad = unit.triad
    sides = ((SessionKind.PREPARATORY, triad.preparation), (SessionKind.INTEGRATION, triad.integration))
    before, after = (
        {
            "kind": kind,
            "words": kind_words(kind),
            "meetings": [_meeting(page, each, now) for each in found],
            "may": may_hold(page, kind, roles),
            "is_lacking": kind in triad.lacks,
        }
        for kind, found in sides
    )
    return {
        "shown": unit,
        "number": triad.dosing.number,
        "at": triad.dosing.starts_at.astimezone(page.zone),
        "id": triad.dosing.id,
        "before": before,
        "after": after,
        "is_orphan": triad.is_orphan,
        "lacks": [kind_words(kind) for kind in triad.lacks],
        "preparation": preparation_words(unit.preparation),
        "look": LOOKS[unit.preparation.verdict],
        "aims": aims_words(unit.aims),
        "may_plan_dose": may_hold(page, SessionKind.DOSING, roles),
    }


def _meeting(page: TherapyPage, meeting: Meeting, now: datetime) -> dict[str, Any]:
    is_open = meeting.status is MeetingStatus.PLANNED
    return {
        "id": meeting.id,
        "at": meeting.starts_at.astimezone(page.zone),
        "is_held": not is_open,
        "is_due": is_open and meeting.starts_at <= now,
        "url": reverse("therapy_note", args=[meeting.kind, meeting.id]),
    }
