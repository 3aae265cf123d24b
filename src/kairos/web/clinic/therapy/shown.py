"""What the pages of psychotherapy draw: triads as units, ratings over sessions, notes beside vital signs."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kairos.domain.protocols.therapy import HIGHEST, LOWEST, SessionKind
from kairos.domain.protocols.triads import Meeting, MeetingStatus
from kairos.domain.sessions.events import (
    DissociationRated,
    NoteAdded,
    NoteKind,
    SedationRated,
    SessionEntry,
    SymptomNoted,
    VitalsRecorded,
)
from kairos.queries.dosing_sessions import SessionPage
from kairos.queries.therapy import TherapyPage, TriadShown
from kairos.vocab.people import Role
from kairos.vocab.verdict import Verdict
from kairos.web.clinic.sessions.record_page import entry_words
from kairos.web.clinic.sessions.words import who
from kairos.web.clinic.therapy.touch_shown import LOOKS
from kairos.web.design.drawings.svg import element, horizontal
from kairos.web.therapy_words import aims_words, kind_words, preparation_words, said

_STEP, _TOP, _BOTTOM = 28, 5, 35
_BESIDE = (VitalsRecorded, SedationRated, DissociationRated, SymptomNoted)
_CHIPS = {Verdict.MET: "done", Verdict.NOT_MET: "caution", Verdict.UNKNOWN: "due"}


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


@dataclass(frozen=True, slots=True)
class RatedLine:
    """One thing that was rated, over the sessions; nothing where it was left out."""

    words: str
    values: tuple[int | None, ...]
    drawing: SafeString


def rated_lines(page: TherapyPage) -> dict[str, Any]:
    """Return aims and how it was to work together, session by session, drawn and as a table."""
    rated = [unit for unit in page.units if unit.ratings]
    aims = list(dict.fromkeys(aim for unit in page.units for aim in unit.aims))
    together = page.chosen.alliance if page.chosen else ()
    return {
        "sessions": [unit.triad.dosing.number for unit in rated],
        "aims": [_rated(f"therapy.aim.{aim}", aim, rated) for aim in aims],
        "together": [_rated(f"therapy.alliance.{name}", name, rated) for name in together],
        "has_any": bool(rated),
        "chosen": [
            {"number": unit.triad.dosing.number, "aims": aims_words(unit.aims)}
            for unit in page.units
            if unit.aims
        ],
    }


def _rated(message: str, name: str, rated: list[TriadShown]) -> RatedLine:
    values = tuple(unit.ratings.get(name) for unit in rated)
    numbers = [unit.triad.dosing.number for unit in rated]
    words = said(message)
    return RatedLine(words, values, mark_safe(_dots(words, numbers, values)))  # nosec B308 B703 - escaped as drawn


def _dots(words: str, numbers: list[int], values: tuple[int | None, ...]) -> str:
    """Draw one dot a session between the ends of the scale; what was left out has a gap."""
    width = _STEP * max(len(values), 1)
    content = horizontal(0, width, _TOP, "end") + horizontal(0, width, _BOTTOM, "end")
    told = []
    for place, (number, value) in enumerate(zip(numbers, values, strict=True)):
        told.append(
            _("session %(n)s: %(value)s") % {"n": number, "value": _("left out") if value is None else value}
        )
        if value is not None:
            up = (_BOTTOM - _TOP) * (value - LOWEST) / (HIGHEST - LOWEST)
            content += element("circle", cx=_STEP * (place + 0.5), cy=_BOTTOM - up, r=4)
    story = f"{words}: {', '.join(told)}"
    box = f"0 0 {width} {_BOTTOM + _TOP}"
    return element(
        "svg",
        content,
        class_="rated",
        viewBox=box,
        width=width,
        height=_BOTTOM + _TOP,
        role="img",
        aria_label=story,
    )


def stream_of(page: SessionPage) -> list[dict[str, Any]]:
    """Return notes of the therapist and what was seen, on one clock, the newest first."""
    kept = [entry for entry in page.entries if _is_shown(entry)]
    return [
        {
            "at": entry.true_at,
            "is_note": isinstance(entry.event, NoteAdded),
            "what": "" if isinstance(entry.event, NoteAdded) else entry_words(page, entry.event),
            "words": page.words.get(entry.seq, {}).get("note", ""),
            "by": who(entry.by, page.names),
        }
        for entry in sorted(kept, key=lambda entry: (entry.true_at, entry.seq), reverse=True)
    ]


def _is_shown(entry: SessionEntry) -> bool:
    is_therapy = isinstance(entry.event, NoteAdded) and entry.event.kind is NoteKind.THERAPY
    return is_therapy or isinstance(entry.event, _BESIDE)


def continuity_words(page: TherapyPage) -> str:
    """Return in a sentence how often the same person was there; nothing before the first session."""
    if page.continuity is None:
        return ""
    name = page.names.get(page.continuity.who, "")
    told = {"name": name, "count": page.continuity.count, "of": page.continuity.of}
    return _("%(name)s was there at %(count)s of %(of)s sessions that were held.") % told
