"""The list of the day as its page shows it: what is lacking in words, each with where it is mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.domain.evidence.texts import Audience
from kairos.domain.protocols.clinic_day import Duty
from kairos.domain.protocols.day_list import Awaited, Lack
from kairos.queries.clinic_day import Expected, SiteDay
from kairos.queries.consents import standing_sentence
from kairos.queries.day_lacks import Lacking
from kairos.vocab.people import Actor, Permission
from kairos.web.clinic.sessions.words import sentence

LACK_WORDS: Mapping[Lack, Promise] = {
    Lack.CONSENT: gettext_lazy("No current consent"),
    Lack.DECISION: gettext_lazy("No signed decision to start"),
    Lack.CERTIFICATION: gettext_lazy("The site's REMS certification is not on record for today"),
    Lack.ENROLMENT: gettext_lazy("No enrolment in the REMS; an inpatient needs none"),
    Lack.MEDICINES: gettext_lazy("The medicines list is not confirmed, or has no signed plan"),
    Lack.ORDER: gettext_lazy("No dose order"),
    Lack.ORDER_CHECK: gettext_lazy("The order waits for its second check"),
    Lack.CHAIR: gettext_lazy("No chair yet"),
    Lack.WATCHER: gettext_lazy("Nobody is named to watch"),
    Lack.ORDER_CHOICE: gettext_lazy("No order is chosen at the chair yet"),
    Lack.IDENTITY: gettext_lazy("Nobody has confirmed who sits at the chair"),
    Lack.FASTING: gettext_lazy("Food and drink"),
    Lack.ESCORT: gettext_lazy("The way home"),
    Lack.ANSWERS: gettext_lazy("Questions of the check"),
    Lack.SIGNS: gettext_lazy("Vital signs before the dose"),
    Lack.FORM: gettext_lazy("A monitoring form of an earlier session is not sent"),
}
LATER_WORDS: Mapping[Lack, Promise] = {
    Lack.FASTING: gettext_lazy("food and drink"),
    Lack.ESCORT: gettext_lazy("the way home"),
    Lack.ANSWERS: gettext_lazy("the other questions"),
}
DUTY_WORDS: Mapping[Duty, Promise] = {
    Duty.WATCHER: gettext_lazy("Watches"),
    Duty.PRESCRIBER: gettext_lazy("Prescribes"),
    Duty.THERAPIST: gettext_lazy("Accompanies"),
}
_OF_PERSON = {
    Lack.CONSENT: ("consent_person", Permission.TAKE_CONSENT),
    Lack.DECISION: ("eligibility", Permission.SEE_CHART),
    Lack.MEDICINES: ("medicines", Permission.SEE_CHART),
}
_OF_APPOINTMENT = {
    Lack.ORDER: ("dose_order", Permission.SEE_CHART),
    Lack.ORDER_CHECK: ("dose_order", Permission.SEE_CHART),
    Lack.CHAIR: ("session_move", Permission.PLAN_COURSE),
    Lack.WATCHER: ("day_staff", Permission.NOTE_ARRIVAL),
}
_OF_REMS = frozenset({Lack.CERTIFICATION, Lack.ENROLMENT})
_MANY = 3


@dataclass(frozen=True, slots=True)
class LackShown:
    """One thing somebody lacks: in words, why, and the page on which it is mended, for who may open it."""

    words: str
    why: str
    url: str
    stops: bool


def lacks_shown(each: Expected, by: Actor) -> tuple[LackShown, ...]:
    """Return what somebody lacks, what stops the dose first."""
    shown = [
        LackShown(str(LACK_WORDS[one.lack]), _why(one), _mended_at(each, one, by), one.lack.stops_the_dose)
        for one in each.lacks
    ]
    return tuple(sorted(shown, key=lambda lack: not lack.stops))


def _why(lacking: Lacking) -> str:
    if lacking.lack in (Lack.CONSENT, Lack.DECISION):
        return " ".join(standing_sentence(each, Audience.CLINICIAN) for each in lacking.findings)
    said = [sentence(each) for each in lacking.findings[:_MANY]]
    more = len(lacking.findings) - _MANY
    return " ".join([*said, *([_("And %(more)d more.") % {"more": more}] if more > 0 else [])])


def _mended_at(each: Expected, lacking: Lacking, by: Actor) -> str:
    lack, planned = lacking.lack, each.planned
    if lack is Lack.FORM:
        return _if_may(by, Permission.SEE_CHART, "session_form", lacking.subject)
    if lack in _OF_REMS:
        return _if_may(by, Permission.KEEP_REMS, "rems")
    if lack in _OF_PERSON:
        name, permission = _OF_PERSON[lack]
        return _if_may(by, permission, name, planned.person_id)
    if planned.stream is not None and lack is not Lack.ORDER_CHECK:
        return _if_may(by, Permission.RUN_SESSION, "session_check", planned.stream)
    name, permission = _OF_APPOINTMENT[lack]
    return _if_may(by, permission, name, planned.id)


def _if_may(by: Actor, permission: Permission, name: str, *args: UUID | None) -> str:
    return reverse(name, args=args) if by.may(permission) else ""


def later_shown(each: Expected) -> str:
    """Return what the check at the chair will ask."""
    return ", ".join(str(LATER_WORDS[lack]) for lack in each.asked_later)


def staff_shown(each: Expected, names: Mapping[UUID, str]) -> tuple[tuple[str, str], ...]:
    """Return who is there for an appointment, duty by duty."""
    return tuple(
        (str(DUTY_WORDS[duty]), names.get(each.staff[duty], "")) for duty in Duty if duty in each.staff
    )


def awaited_words(each: Expected) -> str:
    """Return whether somebody is here, late, or past their time."""
    late = _("Late by %(minutes)d min") % {"minutes": each.minutes}
    return {
        Awaited.EXPECTED: _("Not here yet"),
        Awaited.HERE: _("Is here"),
        Awaited.LATE: late if each.minutes else _("Comes late"),
        Awaited.VERY_LATE: late,
        Awaited.NO_SHOW: _("Did not come"),
    }[each.awaited]


def awaited_hint(each: Expected) -> str:
    """Return what is done about somebody who is long past their time, or did not come."""
    if each.awaited is Awaited.VERY_LATE:
        return _("Call them; then note that they did not come, or move the appointment.")
    return _("Move the appointment, or cancel it.") if each.awaited is Awaited.NO_SHOW else ""


@dataclass(frozen=True, slots=True)
class StandsOpen:
    """One thing that keeps the day from closing: what, whose, and where it is ended."""

    what: str
    whose: str
    url: str


def open_shown(site: SiteDay, by: Actor) -> tuple[StandsOpen, ...]:
    """Return everything that keeps a day from closing, one by one."""
    found, names = site.open_now, site.open_names
    return (
        *_each(_("Session still open"), "session_console", [(x.id, x.id) for x in found.sessions], names),
        *_each(_("Neither here nor noted as not come"), "", [(x.id, None) for x in found.expected], names),
        *_each(_("Dose not accounted for in the stock"), "stock_issue", [(x, x) for x in found.doses], names),
        *_each(
            _("Monitoring form not signed"), "session_form", [(x.id, x.stream) for x in found.forms], names
        ),
    )


def _each(
    what: str, route: str, things: Sequence[tuple[UUID, UUID | None]], names: Mapping[UUID, str]
) -> tuple[StandsOpen, ...]:
    return tuple(
        StandsOpen(what, names.get(key, ""), reverse(route, args=[arg] if arg else []) if route else "")
        for key, arg in things
    )
