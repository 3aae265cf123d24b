"""The record sheet: every entry of a session in order, corrections beside what they amend."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.domain.protocols.dosing import plain
from kairos.domain.sessions import events
from kairos.domain.sessions.console import console
from kairos.domain.sessions.events import Event, SessionEntry
from kairos.domain.sessions.monitoring_form import owes_form
from kairos.queries.dosing_sessions import SessionPage
from kairos.web.clinic.giving_words import text as giving_text
from kairos.web.clinic.sessions.console_page import phase_words, scale_words
from kairos.web.clinic.sessions.drawing_page import draw, symptom_words
from kairos.web.clinic.sessions.forms import CANCEL_WORDS, MOUTH_WORDS, STOP_WORDS
from kairos.web.clinic.sessions.words import clock, role_word, text, who

_LATE = timedelta(minutes=1)
_WRONG_S = 60.0
AMENDABLE = (
    *(events.VitalsRecorded, events.SedationRated, events.DissociationRated, events.SymptomNoted),
    *(events.MedicineGiven, events.NoteAdded, events.CheckedIn, events.PortionGiven, events.MouthEmptied),
    *(events.InfusionStarted, events.RateChanged, events.InfusionPaused, events.InfusionResumed),
    *(events.InfusionStopped, events.InfusionCompleted, events.DosingStopped),
)
"""What is entered on the console. An answer of the check or of release is not amended: it is given again."""


def record_context(page: SessionPage) -> dict[str, Any]:
    """Return everything that the record sheet shows."""
    shown = console(page.picture, page.entries)
    return {
        "page": page,
        "phase_words": phase_words(page),
        "owes_form": owes_form(page.picture.state, page.picture.protocol),
        "rows": [_row(page, entry) for entry in page.entries],
        "drawing": draw(page, shown, simulated=False),
        "given_mg": f"{page.picture.state.dose.given_mg(page.picture.now):.1f}",
        "ordered_mg": plain(shown.infusion.ordered_mg),
    }


def _row(page: SessionPage, entry: SessionEntry) -> dict[str, Any]:
    amended = next(
        (
            e.seq
            for e in page.entries
            if isinstance(e.event, events.Corrected) and e.event.amends == entry.seq
        ),
        None,
    )
    late = entry.recorded_at - entry.true_at > _LATE
    return {
        "seq": entry.seq,
        "at": entry.true_at,
        "recorded_at": entry.recorded_at if late else None,
        "what": entry_words(page, entry.event),
        "words": " ".join(page.words.get(entry.seq, {}).values()),
        "by": who(entry.by, page.names),
        "clock": clock_note(page, entry),
        "pen": _pen(page, entry),
        "amended_by": amended,
        "can_correct": isinstance(entry.event, AMENDABLE) and amended is None,
    }


def _pen(page: SessionPage, entry: SessionEntry) -> str:
    """Return who wrote it on the sheet it was copied from; empty where it comes from no paper."""
    made = entry.made_on
    return who(UUID(made.pen), page.names) if made is not None and made.pen else ""


def clock_note(page: SessionPage, entry: SessionEntry) -> str:
    """Return by how much the clock of the device was wrong, where that moved the time of the entry."""
    made = entry.made_on
    if made is None or (abs(made.ahead_s) < _WRONG_S and abs(made.moved_s) < _WRONG_S):
        return ""
    told = {
        "device": clock(made.at, page.zone),
        "minutes": f"{abs(made.ahead_s) / 60:.0f}",
        "read": clock(made.made_at, page.zone),
    }
    if made.ahead_s >= 0:
        said = _("The device's clock said %(device)s, %(minutes)s min ahead; read as %(read)s.") % told
    else:
        said = _("The device's clock said %(device)s, %(minutes)s min behind; read as %(read)s.") % told
    moved = _("It was set differently before this was sent: check the time.")
    return f"{said} {moved}" if abs(made.moved_s) >= _WRONG_S else said


def entry_words(page: SessionPage, event: Event) -> str:
    """Return one entry as a line of the record."""
    match event:
        case events.VitalsRecorded():
            return vitals_words(event)
        case events.SedationRated():
            return _("Awake: %(words)s") % {"words": text(f"moaas.{event.score}")}
        case events.DissociationRated():
            told = {"score": event.score, "scale": scale_words(event.scale)}
            return _("Detached: %(score)s, %(scale)s") % told
        case events.SymptomNoted():
            return symptom_words(page, event)
        case events.MedicineGiven():
            return medicine_words(page, event)
        case events.MedicineEffectNoted():
            return _("Effect of the medicine of entry %(seq)s: %(effect)s") % {
                "seq": event.given,
                "effect": text(f"giving.effect.{event.effect}").lower(),
            }
        case events.NoteAdded(kind=events.NoteKind.THERAPY):
            return _("Therapist's note")
        case events.Corrected():
            return _("Correction of entry %(seq)s: %(what)s") % {
                "seq": event.amends,
                "what": entry_words(page, event.replacement)
                if event.replacement
                else _("withdrawn, or its time"),
            }
    return _step_words(page, event)


def medicine_words(page: SessionPage, event: events.MedicineGiven) -> str:
    """Return what was given in one line, with whose word it was and what the check did not clear."""
    told = {
        "medicine": event.medicine,
        "amount": event.amount,
        "route": giving_text(f"giving.route.{event.route}"),
    }
    said = _("Given: %(medicine)s %(amount)s, %(route)s") % told
    names = {"who": who(event.ordered_by, page.names)}
    if event.emergency:
        word = _("as an emergency by %(who)s") % names
    elif event.standing_order is not None:
        word = _("under a standing order of %(who)s") % names
    else:
        word = _("ordered by %(who)s") % names
    left = [each.partition("=")[0] for each in event.findings if not each.endswith("=met")]
    open_ones = _("not cleared: %(rules)s") % {"rules": ", ".join(left)} if left else ""
    return _(", ").join(part for part in (said, word, open_ones) if part)


def vitals_words(event: events.VitalsRecorded) -> str:
    """Return a reading in one line."""
    told = [
        (_("pulse %(value)s"), event.heart_rate),
        (_("oxygen %(value)s %%"), event.oxygen),
        (_("breathing %(value)s"), event.breathing),
    ]
    shown = [words % {"value": f"{value:g}"} for words, value in told if value is not None]
    if event.systolic is not None or event.diastolic is not None:
        halves = ("?" if half is None else f"{half:g}" for half in (event.systolic, event.diastolic))
        shown.insert(0, "/".join(halves))
    return _(", ").join(shown)


def _step_words(page: SessionPage, event: Event) -> str:
    match event:
        case events.CheckAnswered():
            return _("%(question)s Answered.") % {"question": text(f"check.{event.item}")}
        case events.GoDecided():
            return _("Check called: %(call)s") % {"call": _CALLS[event.call.value]}
        case events.OrderBound():
            return _("Order bound: %(mg)s mg") % {"mg": plain(event.dose_mg)}
        case events.InfusionStarted() | events.RateChanged() | events.InfusionResumed():
            return _("%(step)s at %(rate)s mg/h") % {
                "step": _STEPS[event.type],
                "rate": plain(event.rate_mg_per_h),
            }
        case events.PortionGiven():
            lot = _(", lot %(lot)s") % {"lot": event.lot} if event.lot else ""
            return _("%(step)s, %(mg)s mg") % {"step": _STEPS[event.type], "mg": plain(event.mg)} + lot
        case events.InfusionStopped() | events.InfusionPaused() | events.DosingStopped():
            return f"{_STEPS[event.type]}: {STOP_WORDS[event.reason]}"
        case events.AlarmRaised():
            return _("Alarm: %(title)s") % {"title": text(f"card.{event.card}")}
        case events.AlarmEscalated():
            return _("Nobody answered; called: %(role)s") % {"role": role_word(event.to)}
    return _end_words(event)


def _end_words(event: Event) -> str:
    match event:
        case events.ReleaseCriterionRecorded():
            seen = text(f"release.{event.criterion}.{event.answer}")
            return f"{text(f'release.{event.criterion}')}: {seen}"
        case events.MouthEmptied():
            return f"{_STEPS[event.type]}: {MOUTH_WORDS[event.end]}"
        case events.CheckedIn():
            return f"{_STEPS[event.type]}: {_CHECK_INS[event.answer]}"
        case events.Cancelled():
            return f"{_STEPS[event.type]}: {CANCEL_WORDS[event.reason]}"
        case events.Transferred():
            return f"{_STEPS[event.type]}: {event.to}"
    return str(_STEPS[event.type])


_CALLS = {"go": gettext_lazy("go"), "hold": gettext_lazy("hold"), "stop": gettext_lazy("no dose today")}
_CHECK_INS = {
    events.CheckInAnswer.WELL: gettext_lazy("all is well"),
    events.CheckInAnswer.WORRIED: gettext_lazy("worried"),
    events.CheckInAnswer.EMERGENCY: gettext_lazy("emergency"),
}
_STEPS = {
    "injection_given": gettext_lazy("Injection given"),
    "device_sprayed": gettext_lazy("Device used"),
    "tablet_taken": gettext_lazy("Tablet taken"),
    "lozenge_taken": gettext_lazy("Lozenge in the mouth"),
    "mouth_emptied": gettext_lazy("Lozenge"),
    "dosing_stopped": gettext_lazy("Nothing more of the dose is given"),
    "checked_in": gettext_lazy("Check-in"),
    "opened": gettext_lazy("Session opened"),
    "identity_confirmed": gettext_lazy("Two identifiers confirmed at the chair"),
    "infusion_started": gettext_lazy("Infusion started"),
    "rate_changed": gettext_lazy("Rate changed"),
    "infusion_paused": gettext_lazy("Infusion paused"),
    "infusion_resumed": gettext_lazy("Infusion resumed"),
    "infusion_stopped": gettext_lazy("Infusion stopped"),
    "infusion_completed": gettext_lazy("Infusion complete"),
    "note_added": gettext_lazy("Note"),
    "alarm_taken": gettext_lazy("Alarm taken: at the chair"),
    "alarm_closed": gettext_lazy("Alarm over"),
    "override_recorded": gettext_lazy("A prescriber's reason to go on"),
    "released": gettext_lazy("Released: went home with an escort"),
    "left_against_advice": gettext_lazy("Left against advice; not a release"),
    "transferred": gettext_lazy("Emergency services took over"),
    "cancelled": gettext_lazy("Ended before a dose"),
    "handed_over": gettext_lazy("Watch taken over"),
    "watch_offered": gettext_lazy("Watch offered to somebody else"),
    "watch_lost": gettext_lazy("The watcher is gone, or has too many sessions"),
    "watch_found": gettext_lazy("The watcher is there again"),
}
