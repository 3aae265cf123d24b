"""The console: alarms, last values, what is next, what to do now, the drawing, and the gates."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.content.release import load_release
from kairos.domain.protocols.dose_rules import DoseForm
from kairos.domain.protocols.dosing import plain
from kairos.domain.sessions.alarms import Alarm
from kairos.domain.sessions.console import Console, DoNow, LastValue, console
from kairos.domain.sessions.events import DissociationRated, SedationRated
from kairos.domain.sessions.gates import gate
from kairos.domain.sessions.phases import DOSED, Phase
from kairos.domain.sessions.portions import next_portion
from kairos.domain.sessions.timetable import DueState
from kairos.queries.dosing_sessions import SessionPage
from kairos.vocab.verdict import Verdict
from kairos.web.clinic.sessions.drawing_page import draw
from kairos.web.clinic.sessions.medicine_page import medicines_shown
from kairos.web.clinic.sessions.symptom_log import symptom_log
from kairos.web.clinic.sessions.words import (
    alarm_then,
    alarm_what,
    clock,
    due_words,
    gate_reason,
    text,
    who,
)
from kairos.web.design import parts
from kairos.web.forms import new_id


def console_context(page: SessionPage) -> dict[str, Any]:
    """Return everything that the console's template draws."""
    shown = console(page.picture, page.entries)
    return {
        "page": page,
        "phase": page.picture.state.phase.value,
        "phase_words": phase_words(page),
        "alarms": [alarm_banner(page, alarm) for alarm in page.picture.alarms],
        "tiles": tiles(page, shown),
        "last_at": max((each.taken_at for each in shown.last), default=None),
        "next": _next(page, shown),
        "tray": _tray(page),
        "cards": [_card(page, each) for each in shown.do_now],
        "drawing": draw(page, shown),
        "dock": dock(page),
        "fall_risk": shown.fall_risk,
        "symptom_log": symptom_log(page),
        "medicines": medicines_shown(page),
        "given_mg": f"{page.picture.state.dose.given_mg(page.picture.now):.1f}",
    }


def alarm_banner(page: SessionPage, alarm: Alarm, *, shortcut: str = "") -> parts.AlarmBanner:
    """Return one alarm as the console shows it."""
    return parts.AlarmBanner(
        key=str(alarm.id),
        level=alarm.level.word,
        what=alarm_what(alarm),
        then=alarm_then(alarm, page.names, page.zone),
        action_url=reverse("session_take_alarm", args=[page.id, alarm.id]),
        command_id=new_id(page.picture.now),
        promise=text(alarm.promise),
        shortcut=shortcut,
        is_new=alarm.taken_by is None,
        is_taken=alarm.taken_by is not None,
    )


def phase_words(page: SessionPage) -> str:
    """Return where the session stands, in words."""
    words = {
        Phase.CHECKING: _("Checks before the dose"),
        Phase.HELD: _("On hold: not yet"),
        Phase.READY: _("Ready to start"),
        Phase.NOT_TODAY: _("No dose today"),
        Phase.INFUSING: _("Infusion running"),
        Phase.PAUSED: _("Infusion paused"),
        Phase.DOSING: _("Part of the dose is given"),
        Phase.HOLDING: _("Lozenge in the mouth"),
        Phase.OBSERVING: _("Watching after the infusion")
        if _is_infusion(page)
        else _("Watching after the dose"),
        Phase.RELEASED: _("Released"),
        Phase.LEFT: _("Left against advice"),
        Phase.TRANSFERRED: _("Taken over by emergency services"),
        Phase.CANCELLED: _("Ended before a dose"),
    }
    return words[page.picture.state.phase]


def tiles(page: SessionPage, shown: Console) -> list[parts.VitalsTile]:
    """Return the newest values, pressure first, with what they are compared with."""
    found = {each.component: each for each in shown.last}
    made = [_pressure_tile(page, found)]
    for name, label, unit in (
        ("heart_rate", _("Pulse"), _("a minute")),
        ("oxygen", _("Oxygen"), "%"),
        ("breathing", _("Breathing"), _("a minute")),
    ):
        made.append(_tile(page, found.get(name), name, label, unit))
    return [*made, _awake_tile(page)]


def dock(page: SessionPage) -> list[dict[str, Any]]:
    """Return the steps that can come next, closed ones with what opens them."""
    if not _is_infusion(page):
        return portion_steps(page)
    shown: dict[Phase, tuple[tuple[str, str, str], ...]] = {
        Phase.INFUSING: (
            ("infusion_paused", "session_pause", _("Pause infusion")),
            ("infusion_completed", "session_complete", _("Infusion is complete")),
        ),
        Phase.PAUSED: (("infusion_resumed", "session_resume", _("Resume infusion")),),
        Phase.READY: (("infusion_started", "session_start", _("Start infusion")),),
    }
    steps = shown.get(page.picture.state.phase, ())
    return [_step(page, act, route, words) for act, route, words in steps]


def portion_steps(page: SessionPage) -> list[dict[str, Any]]:
    """Return the step that gives the next portion, and the one after a lozenge; each opens a form."""
    phase = page.picture.state.phase
    if phase is Phase.HOLDING:
        return [
            _step(page, "mouth_emptied", "session_mouth", _("Lozenge is out or swallowed")) | {"opens": True}
        ]
    if phase not in (Phase.READY, Phase.DOSING) or page.picture.state.order is None:
        return []
    event = next_portion(page.picture)
    words = PORTION_WORDS[page.picture.protocol.dose.form] % {
        "number": event.number,
        "of": len(page.picture.state.order.portions),
        "mg": plain(event.mg),
    }
    return [_step(page, event.act, "session_portion", words) | {"opens": True}]


PORTION_WORDS = {
    DoseForm.DEVICE: gettext_lazy("Device %(number)s of %(of)s, %(mg)s mg"),
    DoseForm.INJECTION: gettext_lazy("Injection %(number)s of %(of)s, %(mg)s mg"),
    DoseForm.TABLET: gettext_lazy("Tablet %(number)s of %(of)s, %(mg)s mg"),
    DoseForm.LOZENGE: gettext_lazy("Lozenge in the mouth, %(mg)s mg"),
}


_MAY_WAIT = frozenset({"infusion_paused", "infusion_completed"})
"""What was done at the pump and is only told: it may wait on a device. What opens a gate may not."""


def _is_infusion(page: SessionPage) -> bool:
    return page.picture.protocol.dose.form is DoseForm.INFUSION


def _step(page: SessionPage, act: str, route: str, words: str) -> dict[str, Any]:
    standing = gate(page.picture, act)
    reason = gate_reason(standing, page.zone)
    leads_on = act not in _MAY_WAIT
    part = parts.Gate(
        name=route, words=words, is_open=standing.is_open, opens_when=reason, is_primary=leads_on
    )
    return {"gate": part, "url": reverse(route, args=[page.id]), "waits": act in _MAY_WAIT}


def _pressure_tile(page: SessionPage, found: dict[str, LastValue]) -> parts.VitalsTile:
    high, low = found.get("systolic"), found.get("diastolic")
    value = f"{_number(high)}/{_number(low)}" if high or low else ""
    level = _level(page, "pressure")
    return parts.VitalsTile(
        label=_("Blood pressure"),
        value=value,
        unit="mmHg",
        baseline=_pressure_base(high, low),
        level=level,
        is_old=_is_old(page, high),
    )


def _pressure_base(high: LastValue | None, low: LastValue | None) -> str:
    if high is None or high.baseline is None or low is None or low.baseline is None:
        return ""
    before = f"{high.baseline.value:g}/{low.baseline.value:g}"
    change = high.change_percent or 0
    if change > 0:
        return _("Baseline %(before)s, up %(change)s %%") % {"before": before, "change": change}
    if change < 0:
        return _("Baseline %(before)s, down %(change)s %%") % {"before": before, "change": -change}
    return _("Baseline %(before)s") % {"before": before}


def _tile(page: SessionPage, last: LastValue | None, name: str, label: str, unit: str) -> parts.VitalsTile:
    base = ""
    if last is not None and last.baseline is not None:
        base = _("Baseline %(before)s") % {"before": f"{last.baseline.value:g}"}
    value = _number(last) if last else ""
    level, old = _level(page, name), _is_old(page, last)
    return parts.VitalsTile(label=label, value=value, unit=unit, baseline=base, level=level, is_old=old)


def _awake_tile(page: SessionPage) -> parts.VitalsTile:
    state = page.picture.state
    seen = state.seen(SedationRated)
    rated = [each.event for each in seen]
    detached = [each.event for each in state.seen(DissociationRated)]
    awake = rated[-1] if rated else None
    value = _("%(score)s of 5") % {"score": awake.score} if isinstance(awake, SedationRated) else ""
    last = detached[-1] if detached else None
    base = _("Detached: not rated")
    if isinstance(last, DissociationRated):
        base = _("Detached: %(score)s, %(scale)s") % {"score": last.score, "scale": scale_words(last.scale)}
    return parts.VitalsTile(
        label=_("Awake"),
        value=value,
        unit="MOAA/S",
        baseline=base,
        level=_level(page, "sedation"),
        is_old=bool(seen) and _has_aged(page, page.picture.now - seen[-1].true_at),
    )


def scale_words(scale: str) -> str:
    """Return how a scale of detachment is called."""
    return {"nrs10": _("0 to 10"), "cadss6": "CADSS-6", "cadss": "CADSS"}[scale]


def _number(last: LastValue | None) -> str:
    return "?" if last is None else f"{last.value.value:g}"


def _is_old(page: SessionPage, last: LastValue | None) -> bool:
    return last is not None and _has_aged(page, last.age)


def _has_aged(page: SessionPage, age: timedelta) -> bool:
    is_watched = page.picture.state.phase in DOSED
    return is_watched and age > page.picture.limits.span("monitoring.interval_after")


def _level(page: SessionPage, part: str) -> str:
    """Return the gravest level that fires about one value; nothing where all is within limits."""
    firing = [each.rule for each in page.picture.watch.firing if part in each.rule]
    levels = [page.picture.protocol.alarm_rule(rule).level for rule in firing]
    return max(levels).word if levels else ""


def _next(page: SessionPage, shown: Console) -> dict[str, Any] | None:
    due = shown.next
    if due is None:
        return None
    now = page.picture.now
    return {
        "look": _look(page, due.state(now)),
        "what": due_words(due),
        "due_at": due.due_at,
        "at_words": _("due %(time)s") % {"time": clock(due.due_at, page.zone)},
        "then": [{"what": due_words(each), "at": each.due_at} for each in shown.dues[1:5]],
        "is_rating": due.kind.value in _ENTRY,
        "url": reverse(_ENTRY.get(due.kind.value, "session_vitals"), args=[page.id]),
    }


def _look(page: SessionPage, state: DueState) -> str:
    """Return how loud the card is: an alarm's edge, the blue of what is due, or a thin line."""
    if page.picture.alarms:
        return ""
    return "quiet" if state is DueState.AHEAD else "due"


_ENTRY = {
    "sedation": "session_sedation",
    "dissociation": "session_dissociation",
    "medicine_effect": "session_console",
}


def _tray(page: SessionPage) -> dict[str, Any] | None:
    offered = page.offered
    if offered is None or page.picture.state.is_over:
        return None
    taken = offered.reading
    rest = [
        (_("pulse %(value)s"), taken.heart_rate),
        (_("oxygen %(value)s %%"), taken.oxygen),
        (_("breathing %(value)s"), taken.breathing),
    ]
    return {
        "id": offered.id,
        "device": taken.device or _("The monitor"),
        "at": offered.true_at,
        "pressure": f"{_half(taken.systolic)}/{_half(taken.diastolic)}",
        "rest": _(", ").join(words % {"value": f"{value:g}"} for words, value in rest if value is not None),
        "command_id": new_id(page.picture.now),
    }


def _half(value: float | None) -> str:
    return "?" if value is None else f"{value:g}"


def _card(page: SessionPage, do_now: DoNow) -> dict[str, Any]:
    alarm = do_now.alarm
    is_over = alarm.finding is not None and alarm.finding.verdict is Verdict.MET
    return {
        "title": text(alarm.card.title),
        "steps": [
            {
                "words": text(f"step.{each.step.id}"),
                "done": each.done_at and f"{clock(each.done_at, page.zone)}, {_by(page, each.done_by)}",
            }
            for each in do_now.steps
        ],
        "if": text(alarm.card.emergency_if),
        "version": alarm.card.version,
        "sources": sources_of(page, alarm),
        "script": [text(f"script.grounding.{n}") for n in SCRIPT] if alarm.card.id == "distress" else [],
        "alarm_id": alarm.id,
        "asks": any("symptom_noted" in each.step.done_by for each in do_now.steps)
        or alarm.card.id == "emergency",
        "can_close": is_over and alarm.taken_by is not None,
        "command_id": new_id(page.picture.now),
    }


SCRIPT = range(1, 8)
"""The lines of the words for somebody who is frightened, in their order."""


def sources_of(page: SessionPage, alarm: Alarm) -> str:
    """Return the row of the fact base and the titles of the sources that an alarm's card rests on."""
    rule, known = page.picture.protocol.alarm_rule(alarm.rule), load_release().citations
    titles = [known[key].title for key in rule.sources if key in known]
    return _(", ").join((rule.ref, *titles))


def _by(page: SessionPage, written_by: str) -> str:
    return who(UUID(written_by), page.names)
