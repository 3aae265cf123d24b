"""Medicines in words: how a line of the list and a line of the plan read, for the team and for the person."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kairos.domain.evidence.texts import Audience
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.medicine_plan import PlanLine
from kairos.domain.rules.interactions import Met, PlanAction
from kairos.vocab.facts import Fact
from kairos.vocab.finding import Finding
from kairos.vocab.quantities import DAY, Quantity
from kairos.web.design.dates import dated
from kairos.web.languages import spoken_release

HOURS_A_DAY = 24
_A_FEW_DAYS = 2 * HOURS_A_DAY


def say(text: str, audience: Audience = Audience.CLINICIAN, **values: object) -> str:
    """Return a text of the content with its places filled."""
    return spoken_release().texts.render(text, values, audience=audience)


def hours_words(hours: float) -> str:
    """Return a length of time as people say it: in hours, or in days from two of them on."""
    if hours >= _A_FEW_DAYS and hours % HOURS_A_DAY == 0:
        days = int(hours // HOURS_A_DAY)
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if hours == int(hours):
        return ngettext("%(n)d hour", "%(n)d hours", int(hours)) % {"n": int(hours)}
    return _("%(n)s hours") % {"n": f"{hours:g}"}


def span_words(quantity: Quantity) -> str:
    """Return a parameter that is a length of time in words."""
    return hours_words(quantity.value * (HOURS_A_DAY if quantity.unit == DAY else 1))


def standing_words(finding: Finding, audience: Audience = Audience.CLINICIAN) -> str:
    """Return how list and plan stand."""
    count, age = finding.values["count"], finding.values["age"]
    assert isinstance(age, Quantity)
    return say(finding.message, audience, count=str(count), age=span_words(age))


def dosage_words(fact: Fact) -> str:
    """Return what an entry says of the dose, as far as it says anything."""
    said = str(fact.details.get("dosage_text", "")).strip()
    if said:
        return said
    dose = fact.details.get("daily_dose") or fact.details.get("dose")
    if not isinstance(dose, Quantity):
        return ""
    amount = f"{dose.value:g} {dose.unit.removesuffix('/d')}"
    return _("%(amount)s a day") % {"amount": amount} if dose.unit.endswith("/d") else amount


def advice_words(met: Met, limits: LimitsInForce) -> str:
    """Return what a row advises by this route, its times filled from the parameters."""
    texts = spoken_release().texts
    own = f"interaction.{met.row.id}.advice.{met.column}"
    proposal = met.proposal
    times = {
        "hold_from": proposal.hold_from,
        "hold_from_most": proposal.hold_from_most or proposal.hold_from,
        "before": proposal.before,
        "missed": "medicines.lamotrigine_missed",
    }
    values = {name: span_words(limits.quantity(one)) for name, one in times.items() if one}
    return say(own if own in texts else f"interaction.{met.row.id}.advice", Audience.CLINICIAN, **values)


def plan_words(line: PlanLine, audience: Audience = Audience.CLINICIAN) -> str:
    """Return what was decided about one medicine, as a sentence or two."""
    if line.action is PlanAction.HOLD:
        return " ".join(_hold_words(line, audience))
    if line.action is PlanAction.ADJUST:
        before = say("medicine.plan.adjust_before", audience, before=hours_words(line.before_h or 0))
        said = [say("medicine.plan.adjust", audience)] if line.words else []
        return " ".join([*said, line.words, *([before] if line.before_h is not None else [])]).strip()
    return say(f"medicine.plan.{line.action}", audience)


def _hold_words(line: PlanLine, audience: Audience) -> list[str]:
    if line.hold_from_h is None:
        first = say("medicine.plan.hold_day", audience)
    else:
        first = say("medicine.plan.hold_hours", audience, **{"from": hours_words(line.hold_from_h)})
    if line.hold_until_h is None:
        return [first, say("medicine.plan.hold_resume", audience)]
    return [first, say("medicine.plan.hold_until", audience, until=hours_words(line.hold_until_h))]


def agreed_words(name: str, at: datetime, audience: Audience = Audience.CLINICIAN) -> str:
    """Return who agreed to a plan, and when."""
    day = dated(timezone.localtime(at), "j F Y")
    return say("medicine.agreed_by", audience, name=name or _("your clinic"), day=day)
