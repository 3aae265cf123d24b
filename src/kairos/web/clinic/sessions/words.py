"""Sentences of the content and times of the site, as the session screens say them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.content.release import load_release
from kairos.domain.sessions.alarms import Alarm
from kairos.domain.sessions.events import SymptomGrade
from kairos.domain.sessions.gates import Gate
from kairos.domain.sessions.timetable import Due
from kairos.queries.accounts import JOBS_ID
from kairos.vocab.finding import Finding
from kairos.vocab.people import Role
from kairos.web.frames import ROLE_WORDS

GRADE_WORDS = {
    SymptomGrade.MILD: gettext_lazy("mild"),
    SymptomGrade.MODERATE: gettext_lazy("moderate"),
    SymptomGrade.SEVERE: gettext_lazy("severe"),
}


def grade_word(grade: SymptomGrade | None) -> str:
    """Return how strong a symptom is, in a word; not said where nobody said it."""
    return str(GRADE_WORDS[grade]) if grade is not None else _("strength not said")


def text(message: str) -> str:
    """Return a sentence of the content that has nothing to fill in."""
    return load_release().texts.template(message)


def sentence(finding: Finding) -> str:
    """Return what a finding says, with its values filled in and codes in words."""
    values: dict[str, object] = dict(finding.values)
    if isinstance(values.get("symptoms"), str):
        values["symptoms"] = listed(f"symptom.{code}" for code in str(values["symptoms"]).split(", "))
    if "kind" in values:
        values["kind"] = text(f"due.{values['kind']}").lower()
    if "score" in values:
        values["score"] = f"{finding.values['score'].value:g}"  # type: ignore[union-attr]
    if "times" in values:
        values["times"] = f"{finding.values['times'].value:g}"  # type: ignore[union-attr]
    try:
        return load_release().texts.render(finding.message, values)
    except (KeyError, AttributeError):
        return text(finding.message)


def listed(messages: Iterable[str]) -> str:
    """Return several texts as one list."""
    return _(", ").join(text(each) for each in messages)


def clock(at: datetime, zone: tzinfo) -> str:
    """Return a time of day as the site's clock shows it."""
    return at.astimezone(zone).strftime("%H:%M")


def day(on: date) -> str:
    """Return a date with the month's name."""
    return date_format(on, "j F Y")


def role_word(role: Role | str) -> str:
    """Return how a role is called."""
    return str(ROLE_WORDS[Role(role)])


def who(by: UUID, names: Mapping[UUID, str]) -> str:
    """Return who wrote an entry; our own processes have no log-in."""
    return names.get(by) or (_("Kairos") if by == JOBS_ID else _("somebody without a log-in"))


def due_words(due: Due) -> str:
    """Return what is due."""
    return text(due.text)


def gate_reason(gate: Gate, zone: tzinfo) -> str:
    """Return what opens a closed gate, or nothing for an open one."""
    if gate.is_open:
        return ""
    needs = listed(gate.missing)
    if gate.opens_at is not None:
        return _("Opens at %(time)s at the earliest. Needs: %(needs)s.") % {
            "time": clock(gate.opens_at, zone),
            "needs": needs,
        }
    return _("Not yet. Needs: %(needs)s.") % {"needs": needs}


def alarm_what(alarm: Alarm) -> str:
    """Return what an alarm is about, as things stand now."""
    if alarm.finding is not None and alarm.finding.message.endswith("not_met"):
        return sentence(alarm.finding)
    return text(alarm.card.title)


def alarm_then(alarm: Alarm, names: Mapping[UUID, str], zone: tzinfo) -> str:
    """Return who must do what by when, and who is next; or who is going."""
    if alarm.taken_by is not None and alarm.comes_back_at is not None and alarm.taken_at is not None:
        return _(
            "%(name)s is at the chair, since %(time)s. Comes back at %(back)s if nothing is recorded."
        ) % {
            "name": who(alarm.taken_by, names),
            "time": clock(alarm.taken_at, zone),
            "back": clock(alarm.comes_back_at, zone),
        }
    if alarm.taken_by is not None and alarm.taken_at is not None:
        return _("%(name)s is at the chair, since %(time)s. Open until a reading shows that it is over.") % {
            "name": who(alarm.taken_by, names),
            "time": clock(alarm.taken_at, zone),
        }
    called, by = role_word(alarm.called), clock(alarm.answer_by, zone)
    if alarm.then is None:
        return _("%(called)s: at the chair by %(time)s. Nobody else is left to call: go there.") % {
            "called": called,
            "time": by,
        }
    return _("%(called)s: at the chair by %(time)s, then this goes to: %(next)s.") % {
        "called": called,
        "time": by,
        "next": role_word(alarm.then),
    }
