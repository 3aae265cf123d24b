"""The session drawing and its table, from the console's values, in the words of this language."""

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from kairos.domain.protocols.dose_rules import DoseForm
from kairos.domain.sessions.console import Console, Dot, LimitLine
from kairos.domain.sessions.events import Source, SymptomNoted
from kairos.queries.dosing_sessions import SessionPage
from kairos.web.clinic.sessions.console_drawing import ConsoleWords, session_drawing
from kairos.web.clinic.sessions.words import clock, due_words, grade_word, text, who
from kairos.web.design.drawings.session import draw_session
from kairos.web.design.drawings.session_table import ReadingRow, reading_rows
from kairos.web.design.drawings.session_values import NextReading, SessionDrawing, SessionWords

if TYPE_CHECKING:
    from kairos.web.clinic.sessions.expected_page import ExpectedShown

_LEAST = timedelta(minutes=30)
_ROOM = timedelta(minutes=20)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The drawing for a desk and for a phone, and every reading as a table."""

    wide: SafeString
    narrow: SafeString
    rows: tuple[ReadingRow, ...]
    expected: "ExpectedShown | None" = None


def draw(page: SessionPage, shown: Console, *, simulated: bool = True) -> Drawn:
    """Return the timeline of a session; a record holds what was measured, so nothing ``simulated``."""
    drawing, expected = _values(page, shown, simulated=simulated)
    wide = mark_safe(draw_session(drawing))  # nosec B308 B703 - escaped where it is drawn
    narrow = mark_safe(draw_session(drawing, narrow=True))  # nosec B308 B703 - as above
    return Drawn(wide, narrow, reading_rows(drawing), expected)


def _values(
    page: SessionPage, shown: Console, *, simulated: bool
) -> "tuple[SessionDrawing, ExpectedShown | None]":
    from kairos.web.clinic.sessions.expected_page import expected_shown  # arrays, at the first drawing

    picture, zone = page.picture, page.zone
    starts = min((each.true_at for each in shown.readings), default=picture.now - _LEAST)
    ends = max(picture.state.ended_at or picture.now + _ROOM, shown.infusion.runs_out_at or starts)
    due = shown.next
    ahead = None
    if due is not None and due.due_at > picture.now:
        said = _("Next %(time)s") % {"time": clock(due.due_at, zone)}
        ahead = NextReading(due.due_at, said, due_words(due))
    expected = expected_shown(page, shown.infusion, ends) if simulated else None
    drawing = session_drawing(
        shown,
        words=_words(page),
        zone=zone,
        starts=starts,
        ends=ends,
        now=None if picture.state.is_over else picture.now,
        next_reading=ahead,
        expected=expected.band if expected else None,
    )
    return drawing, expected


def _words(page: SessionPage) -> ConsoleWords:
    return ConsoleWords(
        of_dot=lambda dot: dot_words(page, dot),
        of_limit=_limit_words,
        entered_by=lambda ref: entered_by(page, ref),
        given=_("{mg} mg given, {minutes} min"),
        given_short=_("{mg} mg"),
        paused=_("Paused"),
        to_come=_("{mg} of {ordered} mg still to give"),
        to_come_short=_("{mg} mg"),
        portion=_("{mg} mg, {number} of {ordered}"),
        drawing=_drawing_words(page),
    )


def _drawing_words(page: SessionPage) -> SessionWords:
    is_infusion = page.picture.protocol.dose.form is DoseForm.INFUSION
    return SessionWords(
        infusion=_("Infusion") if is_infusion else _("Dose"),
        events=_("Events"),
        blood_pressure=(_("Blood"), _("pressure")),
        pulse=_("Pulse"),
        pulse_unit=_("a minute"),
        oxygen=_("Oxygen"),
        awake=_("Awake"),
        awake_note=_("MOAA/S, 5 is fully awake"),
        now=_("Now {time}"),
        title=_("Session timeline, {starts} to {ends}"),
        story_first=_("Blood pressure {first} at {at}."),
        story_course=_(
            "Blood pressure went from {first} at {first_at} to {last} at {last_at}; highest systolic {peak}."
        ),
        story_none=_("No blood pressure has been recorded."),
        story_table=_("The table below holds every reading."),
        not_measured=_("not measured"),
        baseline=_("baseline"),
    )


def dot_words(page: SessionPage, dot: Dot) -> str:
    """Return how a mark on the events lane is called."""
    event = next(each.event for each in page.entries if each.ref == dot.ref)
    if isinstance(event, SymptomNoted):
        return symptom_words(page, event)
    words = {
        "medicine_given": _("Medicine given"),
        "note_added": _("Note"),
        "infusion_started": _("Started"),
        "rate_changed": _("Rate changed"),
        "infusion_paused": _("Paused"),
        "infusion_resumed": _("Resumed"),
        "infusion_stopped": _("Stopped"),
        "infusion_completed": _("Complete"),
        "injection_given": _("Injection"),
        "device_sprayed": _("Device"),
        "tablet_taken": _("Tablet"),
        "lozenge_taken": _("Lozenge"),
        "mouth_emptied": _("Mouth empty"),
        "dosing_stopped": _("Nothing more"),
        "checked_in": _("Check-in"),
    }
    return words[dot.type]


def symptom_words(page: SessionPage, event: SymptomNoted) -> str:
    """Return a symptom entry in a few words; many asked for and absent are one phrase."""
    if event.state == "absent":
        return _("Asked: no symptoms")
    names = _(", ").join(text(page.picture.protocol.symptoms[code].text) for code in event.codes)
    if event.state == "resolved":
        return _("Gone: %(names)s") % {"names": names}
    return names if event.grade is None else _(", ").join((names, grade_word(event.grade)))


def entered_by(page: SessionPage, ref: str) -> str:
    """Return who entered a reading, and whether by hand or from which monitor."""
    entry = next(each for each in page.entries if each.ref == ref)
    is_device = getattr(entry.event, "source", Source.TYPED) is Source.DEVICE
    how = getattr(entry.event, "device", "") or _("monitor")
    return f"{who(entry.by, page.names)}, {how if is_device else _('by hand')}"


def _limit_words(line: LimitLine) -> str:
    value = f"{line.at.value:g}"
    words = {
        "monitoring.systolic_stop": _("Systolic %(value)s: stop"),
        "monitoring.systolic_alert": _("Systolic %(value)s: check again"),
        "monitoring.diastolic_stop": _("Diastolic %(value)s: stop"),
        "monitoring.diastolic_alert": _("Diastolic %(value)s: check again"),
        "monitoring.heart_rate_high": _("%(value)s: stop"),
        "monitoring.oxygen_urgent": _("%(value)s: act"),
    }
    return words[line.parameter] % {"value": value}
