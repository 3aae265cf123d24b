"""Medicines at hand and standing orders in words."""

from django.utils.translation import gettext as _

from kairos.content.release import load_release
from kairos.domain.protocols.dosing import plain
from kairos.domain.safety.rescue import KnownDose
from kairos.domain.safety.standing_orders import StandingOrder


def text(message: str) -> str:
    """Return a sentence of the content; its id where an earlier release named what this one does not."""
    texts = load_release().texts
    return texts.template(message) if message in texts else message


def finding_words(code: str) -> str:
    """Return what a standing order is for: a symptom, or an alarm by its card."""
    release = load_release()
    if f"symptom.{code}" in release.texts:
        return text(f"symptom.{code}")
    cards = (each.alarms[code].card for each in release.protocols.values() if code in each.alarms)
    return text(f"card.{next(cards, code)}")


def order_words(order: StandingOrder) -> str:
    """Return a standing order in one line."""
    return _("%(drug)s %(dose)s %(unit)s, %(route)s, for: %(finding)s") % {
        "drug": text(f"giving.drug.{order.drug}"),
        "dose": plain(order.dose),
        "unit": order.unit,
        "route": text(f"giving.route.{order.route}").lower(),
        "finding": finding_words(order.finding).lower(),
    }


def remembered(dose: KnownDose) -> str:
    """Return a dose of the facts with its mark: it was remembered, and read nowhere again."""
    amount = plain(dose.low) if dose.low == dose.high else f"{plain(dose.low)}–{plain(dose.high)}"
    routes = _(", ").join(text(f"giving.route.{each.value}").lower() for each in dose.routes)
    told = {"amount": amount, "unit": dose.unit, "routes": routes}
    said = _("%(amount)s %(unit)s, %(routes)s") % told
    return f"{said} ({text(f'symptom.{dose.problem}').lower()})" if dose.problem else said
