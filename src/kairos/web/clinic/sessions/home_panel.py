"""The desk's panel of a session at home: who is there, contact, check-ins, and where the ladder is."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.domain.protocols.at_home import SupportStanding
from kairos.domain.sessions.alarms import CHECK_IN_MISSED, Alarm
from kairos.domain.sessions.events import CheckedIn, CheckInAnswer
from kairos.domain.sessions.timetable import DueKind
from kairos.queries.dosing_sessions import SessionPage
from kairos.queries.home_sessions import home_desk
from kairos.vocab.people import Actor, Role
from kairos.vocab.verdict import Verdict
from kairos.web.clinic.sessions.words import clock, text

ANSWER_WORDS = {
    CheckInAnswer.WELL: gettext_lazy("All is well"),
    CheckInAnswer.WORRIED: gettext_lazy("Worried"),
    CheckInAnswer.EMERGENCY: gettext_lazy("Emergency"),
}
WHO_WORDS = {
    Role.PATIENT.value: gettext_lazy("Patient"),
    Role.SUPPORT_PERSON.value: gettext_lazy("Support person"),
    "team": gettext_lazy("Team"),
}
CONTACT_WORDS = {
    "video": gettext_lazy("By video"),
    "call": gettext_lazy("By telephone"),
    "none": gettext_lazy("None"),
}
_MINUTE = timedelta(minutes=1)
_SHOWN = 6


def home_shown(page: SessionPage, *, by: Actor) -> dict[str, Any] | None:
    """Return what the desk shows of a session at home; None in the clinic."""
    desk = home_desk(session_id=page.id, by=by, now=page.picture.now)
    if desk is None:
        return None
    state = page.picture.state
    contact = state.answers.get("contact")
    said = [(seen, seen.event) for seen in state.seen(CheckedIn)]
    due = next((due for due in page.picture.dues if due.kind is DueKind.CHECK_IN), None)
    return {
        "desk": desk,
        "person_id": page.person_id,
        "contact": CONTACT_WORDS.get(str(contact.answer), _("Not said yet"))
        if contact
        else _("Not said yet"),
        "support": desk.papers.support,
        "support_words": support_words(desk.papers.standing),
        "plan": desk.papers.plan,
        "plan_holds": desk.papers.plan_verdict(desk.planned_id) is Verdict.MET,
        "telephones": [(WHO_WORDS[each.who], _age(each.seen_at, page)) for each in desk.contacts],
        "check_ins": [_row(seen.true_at, event, page) for seen, event in reversed(said)][:_SHOWN],
        "due": clock(due.due_at, page.zone) if due else "",
        "ladder": _ladder(page),
    }


def support_words(standing: SupportStanding) -> str:
    """Return whether the support person is in order."""
    words = {
        Verdict.MET: _("trained and agreed"),
        Verdict.NOT_MET: _("not in order"),
        Verdict.UNKNOWN: _("not known yet"),
    }
    return words[standing.verdict]


def _age(seen_at: datetime, page: SessionPage) -> str:
    minutes = (page.picture.now - seen_at) // _MINUTE
    if minutes < 1:
        return _("heard within the minute")
    return _("last heard %(minutes)s min ago, %(at)s") % {"minutes": minutes, "at": clock(seen_at, page.zone)}


def _row(at: datetime, event: object, page: SessionPage) -> dict[str, Any]:
    assert isinstance(event, CheckedIn)  # asked of check-ins only
    return {
        "at": clock(at, page.zone),
        "who": WHO_WORDS.get(event.who, event.who),
        "answer": ANSWER_WORDS[event.answer],
        "is_grave": event.answer is not CheckInAnswer.WELL,
    }


def _ladder(page: SessionPage) -> list[dict[str, Any]]:
    """Return the rungs of a missed check-in: which are past, which is now, and by when the next one comes."""
    alarm = next((each for each in page.picture.alarms if each.rule == CHECK_IN_MISSED), None)
    if alarm is None:
        return []
    rule = page.picture.protocol.alarm_rule(CHECK_IN_MISSED)
    now = rule.deeds.index(alarm.deed)
    return [
        {
            "words": text(f"step.{_STEPS[deed]}"),
            "state": _state(place, now, alarm),
            "by": _by(place, now, alarm, page),
        }
        for place, deed in enumerate(rule.deeds)
    ]


_STEPS = {
    "call_patient": "call_patient",
    "call_support_person": "call_support_person",
    "call_on_call": "call_on_call",
    "welfare_check": "send_welfare_check",
}


def _state(place: int, now: int, alarm: Alarm) -> str:
    if place == now:
        return _("taken") if alarm.taken_by else _("now")
    return _("passed") if place < now else _("next")


def _by(place: int, now: int, alarm: Alarm, page: SessionPage) -> str:
    return clock(alarm.answer_by, page.zone) if place == now and not alarm.taken_by else ""
