"""The estimator: what somebody fills in, and what it comes to. Nothing is assumed, nothing is kept."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kairos.domain.evidence.course_cost import CostAsked, CostItem, CostOfSpan, cost_over
from kairos.web.public.aid.listed import listed_price
from kairos.web.public.aid.reader import AidReader

_SPANS = (
    (0, _("The first weeks")),
    (12, _("With one year of going on")),
    (36, _("With three years of going on")),
)
_ITEMS: dict[CostItem, Promise] = {
    CostItem.VISITS: _("Visits at first, your share"),
    CostItem.LATER_VISITS: _("Visits later, your share"),
    CostItem.TESTS: _("Tests before the start"),
    CostItem.COACHING: _("Meetings before and after"),
    CostItem.TRAVEL: _("Travel"),
    CostItem.ESCORT: _("Somebody with you"),
    CostItem.LOST_WORK: _("Work you miss"),
}
_MOST = Decimal(1_000_000)


def _number(label: Any, hint: Any = "", *, most: Decimal = _MOST) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=most,
        max_digits=9,
        decimal_places=2,
    )


def _count(label: Any, hint: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, help_text=hint, required=False, min_value=0, max_value=1000)


class CostForm(forms.Form):
    """What somebody knows; every field may stay empty."""

    use_required_attribute = False
    first_visits = _count(_("Visits in the first weeks"))
    later_a_month = _number(_("Visits a month after that"), _("Write nought if you would not go on."))
    price = _number(_("Price of one visit"), _("All amounts in the money you pay with."))
    insurer = _number(
        _("What your insurer pays of it, in percent"), _("Nought if it pays nothing."), most=Decimal(100)
    )
    tests = _number(_("Tests before the start, all together"), _("The first talk with the clinic included."))
    meetings = _count(_("Meetings with a coach or therapist"))
    coaching = _number(_("Price of one such meeting"))
    travel = _number(_("Travel for one visit, there and back"))
    escort = _number(_("What it costs to have somebody with you, each visit"))
    hours = _number(
        _("Hours you miss for one visit"), _("The way there and back included."), most=Decimal(24)
    )
    pay = _number(_("What you earn in one of these hours"))


def cost_page(reader: AidReader, given: QueryDict) -> dict[str, Any]:
    """Return the form, what each way takes of the day, and the sums once something is filled in."""
    listed = listed_price(given)
    form = CostForm(given) if "price" in given else CostForm(initial=listed.initial if listed else {})
    asked = CostAsked(**form.cleaned_data) if form.is_bound and form.is_valid() else None
    times = [
        (way.name, reader.fill(way.cells["time"]), reader.fill(way.cells["often"])) for way in reader.aid.ways
    ]
    spans = _spans(asked) if asked else []
    return {"form": form, "times": times, "spans": spans, "listed": listed}


def _spans(asked: CostAsked) -> list[dict[str, Any]]:
    return [{"name": name, **_span(cost_over(asked, months))} for months, name in _SPANS]


def _span(cost: CostOfSpan) -> dict[str, Any]:
    return {
        "cost": cost,
        "lines": [(_ITEMS[line.item], line.amount) for line in cost.lines],
        "missing": [_ITEMS[item] for item in cost.missing],
    }
