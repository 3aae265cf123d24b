"""What the pages of a session at home show the person and the adult beside them. No scores, no notes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.domain.evidence.texts import Audience
from kairos.domain.protocols.dose_rules import DoseForm
from kairos.domain.protocols.dosing import plain
from kairos.domain.protocols.predose import NEVER, NOT_SURE
from kairos.domain.protocols.treatment_protocol import CheckItem, CheckKind
from kairos.domain.sessions.events import CheckedIn, CheckInAnswer, VitalsRecorded
from kairos.domain.sessions.gates import gate
from kairos.domain.sessions.phases import DOSED, UNDECIDED, Phase
from kairos.domain.sessions.picture import Picture
from kairos.domain.sessions.timetable import Due, DueKind, DueState
from kairos.queries.home_links import HomeHolder
from kairos.queries.home_sessions import HomePage
from kairos.vocab.people import Role
from kairos.vocab.verdict import Verdict
from kairos.web.design.parts import Mark, MomentRule, Stretch
from kairos.web.languages import spoken_release
from kairos.web.portal.at_home.drawing import dial

_MINUTE = timedelta(minutes=1)
_EMERGENCY = "emergency"
BUTTONS = (
    ("well", "ok", "ok", gettext_lazy("All is well"), gettext_lazy("All is well")),
    ("worried", "worry", "caution", gettext_lazy("I am worried"), gettext_lazy("I am worried")),
    ("emergency", "emerg", "emergency", gettext_lazy("Emergency"), gettext_lazy("Emergency")),
)
"""The three answers: value, look, shape, words, and how it is called while it waits."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One item of the check as it is asked at home: its words, what may be answered, whether it stands."""

    id: str
    words: str
    answers: tuple[tuple[str, str], ...]
    is_time: bool
    given: str


def said(text: str, **values: object) -> str:
    """Return a text of the content in the words for patients."""
    return spoken_release().texts.render(text, values, audience=Audience.PATIENT)


def emergency_number() -> str:
    """Return the number of the emergency services of this country."""
    contacts = spoken_release().crisis[settings.KAIROS_COUNTRY].contacts
    return contacts[_EMERGENCY].number


def step_of(page: HomePage) -> str:
    """Return where the person is: not opened, asked, ready, holding, resting, not today, or over."""
    if page.picture is None:
        return "before"
    phase = page.picture.state.phase
    if phase in DOSED:
        return "holding" if phase is Phase.HOLDING else "resting"
    if phase in UNDECIDED:
        return "ready" if phase is Phase.READY else "asked"
    return "not_today" if phase is Phase.NOT_TODAY else "over"


def shared(page: HomePage, holder: HomeHolder, address: str, now: datetime) -> dict[str, Any]:
    """Return what both screens show."""
    return {
        "page": page,
        "address": address,
        "owner": holder.actor.id,
        "step": step_of(page),
        "first_name": page.identity.preferred_name or page.identity.given_names,
        "support_name": str(page.papers.support.get("name", "")).split(" ")[0],
        "support_phone": page.papers.support.get("phone", ""),
        "phone": page.phone,
        "number": emergency_number(),
        "plan": page.papers.plan,
        "plan_is_verified": page.papers.plan_verdict(page.planned.id) is Verdict.MET,
        "asked": asked_of(page, holder.actor.roles),
        "readings": _readings(page),
        "now": now,
        "timing": timing(page, now),
        "told": told(page),
        "which": {name: said(f"home.card.{name}") for name in ("expected", "worried", "emergency")},
        "until_help": said("home.card.until_help"),
        "until_morning": said("home.support_until_morning"),
        "rest_of_day": said("home.rest_of_day"),
        "alone_patient": said("home.offline.patient"),
        "help_words": said("home.help.pressed"),
        "help_waits": said("home.help.waits"),
        "buttons": BUTTONS,
    }


def timing(page: HomePage, now: datetime) -> dict[str, Any]:
    """Return the clock of the session: since the dose, of the least time; empty before the dose."""
    picture = page.picture
    started = picture.state.dose.started_at if picture else None
    if picture is None or started is None:
        return {}
    whole = picture.readiness.least
    drawn = dial(now - started, whole)
    return {"started": started, "dial": drawn, "least_minutes": whole // _MINUTE, "rule": _rule(picture, now)}


def _rule(picture: Picture, now: datetime) -> MomentRule:
    started, whole = picture.state.dose.started_at, picture.readiness.least / _MINUTE
    assert started is not None  # asked of a session that was dosed
    gone, every = (now - started) / _MINUTE, picture.limits.span("monitoring.interval_check_in") / _MINUTE
    marks = [Mark("gate", every * n) for n in range(1, int(whole / every) + 1)]
    label = _("%(gone)s of %(whole)s minutes") % {"gone": int(gone), "whole": int(whole)}
    stretches = [Stretch("bed", 0, whole), Stretch("past", 0, min(gone, whole))]
    marks.append(Mark("now", gone))
    return MomentRule(label=label, length_min=max(whole, gone), stretches=stretches, marks=marks)


def told(page: HomePage) -> dict[str, Any]:
    """Return what has been set off: the newest answer, and whether somebody of the team is on it."""
    picture = page.picture
    if picture is None:
        return {}
    answers = picture.state.seen(CheckedIn)
    newest = answers[-1] if answers else None
    return {
        "newest": newest,
        "is_call": newest is not None and getattr(newest.event, "answer", None) is not CheckInAnswer.WELL,
        "is_taken": any(alarm.taken_by is not None for alarm in picture.alarms),
    }


def check_in_due(page: HomePage) -> Due | None:
    """Return the next check-in."""
    dues = page.picture.dues if page.picture else ()
    return next((due for due in dues if due.kind is DueKind.CHECK_IN), None)


def support_shown(page: HomePage, now: datetime) -> dict[str, Any]:
    """Return what the support person sees besides: the prompt, what each button sets off, the card."""
    due, picture = check_in_due(page), page.picture
    if picture is None:
        return {"card": card(page, now), "alone": said("home.offline.patient")}
    limits = picture.limits
    alarm = picture.protocol.alarms["monitoring.check_in_worried"]
    minutes = int(limits.span(alarm.answer_at(0)) / _MINUTE)
    words = {
        "well": said("home.answer.well"),
        "worried": said("home.answer.worried", minutes=minutes),
        "emergency": said("home.answer.emergency", number=emergency_number()),
    }
    every = int(limits.span("monitoring.interval_check_in") / _MINUTE)
    alone = said("home.offline.support", every=every, number=emergency_number())
    return {
        "due": due,
        "is_asked": due is not None and due.state(now) is not DueState.AHEAD,
        "asked_words": _asked_words(page, picture, due) if due else "",
        "sets_off": words,
        "card": card(page, now),
        "alone": alone,
        "every": every,
    }


def _asked_words(page: HomePage, picture: Picture, due: Due) -> str:
    missed = picture.protocol.alarms["monitoring.check_in_missed"]
    climbs = [picture.limits.span(name) for name in missed.answers[:-1]]
    welfare = due.overdue_at + sum(climbs, timedelta(0))
    return said(
        "home.asked",
        due=_clock(due.due_at, page),
        late=_clock(due.overdue_at, page),
        welfare=_clock(welfare, page),
    )


def card(page: HomePage, now: datetime) -> str:
    """Return the sentence to read to emergency services: who, how old, what was taken and when; no more."""
    name, age = page.identity.shown_name, _age(page, now.date())
    started = page.picture.state.dose.started_at if page.picture else None
    if started is None or page.dose_mg is None:
        return said("home.card.said_before", name=name, age=age)
    way = _("under the tongue") if page.route == "sl" else _("swallowed")
    return said(
        "home.card.said", name=name, age=age, mg=plain(page.dose_mg), way=way, time=_clock(started, page)
    )


def _age(page: HomePage, today: date) -> str:
    born = page.identity.born_on
    earliest = born.first if born is not None else None
    if earliest is None:
        return ""
    years = today.year - earliest.year - ((today.month, today.day) < (earliest.month, earliest.day))
    return f", {years}"


def _clock(at: datetime, page: HomePage) -> str:
    return f"{at.astimezone(page.zone):%H:%M}"


def asked_of(page: HomePage, roles: frozenset[Role]) -> tuple[Asked, ...]:
    """Return the items of the check that whoever holds this link may answer."""
    picture = page.picture
    if picture is None:
        return ()
    return tuple(
        _asked(item, picture)
        for item in picture.protocol.checks
        if item.kind is not CheckKind.LOOKED_UP and not roles.isdisjoint(item.by)
    )


def _asked(item: CheckItem, picture: Picture) -> Asked:
    name, answer = f"home.check.{item.id}", picture.state.answers.get(item.id)
    is_time = item.kind is CheckKind.SINCE
    words = {NOT_SURE: said("home.check.not_sure")}
    known = {NEVER: said("home.check.since.never")} if is_time else {}
    known |= {word: said(f"{name}.{word}") for word in item.answers}
    given = ""
    if answer is not None:
        at = answer.answer
        given = f"{at:%H:%M}" if isinstance(at, datetime) else (known | words).get(at, at)
    return Asked(item.id, said(name), (*known.items(), *words.items()), is_time, given)


def _readings(page: HomePage) -> int:
    return len(page.picture.state.seen(VitalsRecorded)) if page.picture else 0


def dose_shown(page: HomePage) -> dict[str, Any]:
    """Return the dose as ordered, and how long it is held."""
    picture = page.picture
    order = picture.state.order if picture else None
    if picture is None or order is None:
        return {}
    rules = picture.protocol.dose
    is_held = rules.form is DoseForm.LOZENGE
    shown: dict[str, Any] = {
        "words": said("home.dose" if is_held else "home.dose.tablet", mg=plain(order.dose_mg)),
        "is_held": is_held,
        "can_take": gate(picture, _giving_act(picture)).is_open,
        "ends": [(end.value, said(f"home.hold.{end.value}")) for end in rules.ends if is_held],
    }
    given = picture.state.dose.portions
    if is_held and given and order.mouth_end is not None:
        opens = given[-1].at + picture.limits.span(rules.hold_least)
        closes = given[-1].at + picture.limits.span(rules.hold_most)
        end = said(f"home.hold.{order.mouth_end.value}")
        shown["hold"] = said("home.hold", opens=_clock(opens, page), closes=_clock(closes, page), end=end)
        shown["hold_opens"], shown["ordered_end"] = opens, order.mouth_end.value
    return shown


def _giving_act(picture: Picture) -> str:
    is_lozenge = picture.protocol.dose.form is DoseForm.LOZENGE
    return "lozenge_taken" if is_lozenge else "tablet_taken"
