"""Who sits at the chair, on every screen of a session; Emergency always at its right end."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kairos.domain.protocols.dosing import plain
from kairos.domain.sessions.events import OrderBound
from kairos.queries.dosing_sessions import SessionPage
from kairos.vocab.facts import Fact, Presence
from kairos.vocab.instants import PartialDate
from kairos.web.clinic.sessions.words import clock, day, who
from kairos.web.design import parts
from kairos.web.forms import new_id

_KETAMINE = "ketamine_allergy"


def strip_of(page: SessionPage) -> parts.PatientStrip:
    """Return the strip of a session's patient."""
    now = page.picture.now
    is_over = page.picture.state.is_over
    return parts.PatientStrip(
        name=page.identity.shown_name or _("Name not known"),
        place=page.place,
        line=" ".join(_line(page, now)),
        order=_order(page),
        back_url=reverse("board"),
        back_words=_("Back to board"),
        emergency_url="" if is_over else reverse("session_emergency", args=[page.id]),
        command_id=new_id(now),
    )


def _line(page: SessionPage, now: datetime) -> list[str]:
    return [
        _born(page.identity.born_on, now.astimezone(page.zone).date()),
        _weight(page, now.astimezone(page.zone).date()),
        _allergies(page.allergies, page.zone),
        _("Session %(number)s of %(count)s.") % {"number": page.number, "count": page.of_sessions},
    ]


def _born(born: PartialDate | None, today: date) -> str:
    if born is None:
        return _("Birth date not known.")
    if born.month is None or born.day is None:
        return _("Born %(date)s.") % {"date": born}
    on = date(born.year, born.month, born.day)
    years = today.year - on.year - ((today.month, today.day) < (on.month, on.day))
    return _("Born %(date)s, %(years)s.") % {"date": day(on), "years": years}


def _weight(page: SessionPage, today: date) -> str:
    bound = next((each.order.details for each in page.orders if each.invalidation is None), None)
    if bound is None or "weight_kg" not in bound:
        return _("Weight not known.")
    on = date.fromisoformat(bound["weighed_on"])
    when = _("today") if on == today else day(on)
    return _("Weight %(kg)s kg (%(when)s).") % {"kg": plain(Decimal(bound["weight_kg"])), "when": when}


def _allergies(known: tuple[Fact, ...], zone: tzinfo) -> str:
    """Silence is not denial: only a stated absence reads as none, and only of what it was asked about."""
    named = [_name(each) for each in known if each.presence is Presence.PRESENT]
    if named:
        return _("Allergies: %(names)s.") % {"names": _(", ").join(dict.fromkeys(named))}
    if any(each.presence is Presence.ABSENT and each.concept == "drug_allergy" for each in known):
        return _("No known drug allergies.")
    denied = [each for each in known if each.presence is Presence.ABSENT and each.concept == _KETAMINE]
    if not denied:
        return _("Allergies not known: ask.")
    said = denied[-1].recorded_at
    if said is None:
        return _("Ketamine allergy denied; others not known: ask.")
    return _("Ketamine allergy denied on %(date)s; others not known: ask.") % {
        "date": day(said.astimezone(zone).date())
    }


def _name(fact: Fact) -> str:
    shown = fact.code.display if fact.code is not None else ""
    return shown or fact.concept.replace("_", " ")


def _order(page: SessionPage) -> list[parts.OrderEntry]:
    bound = page.picture.state.order
    placed = next((each for each in page.orders if bound and each.order.id == bound.order_id), None)
    if bound is None or placed is None:
        return [parts.OrderEntry(_("Order"), _("None bound yet"))]
    signed = _("%(placed)s %(time)s, checked by %(checked)s") % {
        "placed": who(bound.placed_by, page.names),
        "time": clock(placed.order.ordered_at, page.zone),
        "checked": who(bound.verified_by, page.names),
    }
    return [*_ordered(bound, placed.order.details), parts.OrderEntry(_("Signed"), signed)]


def _ordered(bound: OrderBound, details: Mapping[str, Any]) -> list[parts.OrderEntry]:
    if bound.portions:
        given = " + ".join(plain(mg) for mg in bound.portions)
        said = _("%(mg)s mg, given as %(parts)s mg") % {"mg": plain(bound.dose_mg), "parts": given}
        return [parts.OrderEntry(_("Order"), said)]
    dose = _("%(per_kg)s mg/kg = %(mg)s mg over %(minutes)s min") % {
        "per_kg": plain(Decimal(details["mg_per_kg"])),
        "mg": plain(bound.dose_mg),
        "minutes": plain(Decimal(details["over_s"]) / 60),
    }
    bag = _("%(strength)s mg/mL at %(rate)s mL/h") % {
        "strength": plain(bound.concentration_mg_per_mL),
        "rate": plain(bound.rate_mg_per_h / bound.concentration_mg_per_mL),
    }
    return [parts.OrderEntry(_("Order"), dose), parts.OrderEntry(_("Bag"), bag)]
