"""The order of a dose in whole portions: placed by one person, checked by another, on the order page."""

from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kairos.actions.order_home_supply import order_home_supply
from kairos.actions.place_portion_order import place_portion_order
from kairos.actions.verify_dose_order import verify_dose_order
from kairos.domain.protocols.portion_doses import PortionPlan
from kairos.queries.dose_orders import OrderPage, order_page
from kairos.queries.home_supplies import home_supplies
from kairos.queries.portion_orders import PortionChoices, portion_choices
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.courses.forms import (
    PortionOrderForm,
    SupplyForm,
    VerifyPortionsForm,
    WithdrawOrderForm,
)
from kairos.web.clinic.courses.portions_expected import expected_of_portions
from kairos.web.clinic.courses.titration_drawing import prior_doses_drawn
from kairos.web.clinic.sign_off.standing import signed_shown

if TYPE_CHECKING:
    from kairos.web.clinic.courses.exposure_shown import ExposureShown


def is_portioned(request: ActingRequest, planned_session_id: UUID) -> bool:
    """Whether the dose of a session comes in whole portions."""
    return _choices(request, planned_session_id) is not None


def draw_portions(request: ActingRequest, page: OrderPage, **forms: Any) -> HttpResponse:
    """Draw the order page of such a session."""
    by, choices = cast(Actor, request.actor), _choices(request, page.row.id)
    assert choices is not None  # asked before: the session is portioned
    standing = page.standing
    is_own = standing is not None and standing.order.placed_by == by.id
    body = page.body
    known = {
        "weight": body.weight.value if body.weight else None,
        "weighed_on": body.weight.on if body.weight else None,
        "height": body.height.value if body.height else None,
    }
    found: dict[str, Any] = {
        "page": page,
        "choices": choices,
        **signed_shown(page.is_signed),
        "may_place": by.may(Permission.PLACE_ORDER),
        "may_verify": by.may(Permission.VERIFY_ORDER) and not is_own,
        "is_own": is_own,
        "order_form": PortionOrderForm(initial=known, choices=choices),
        "titration": prior_doses_drawn(by, page),
        "supplies": home_supplies(planned_session_id=page.row.id, by=by),
        "supply_form": SupplyForm(auto_id="supply_%s"),
        "verify_form": VerifyPortionsForm(auto_id="verify_%s"),
        "withdraw_form": WithdrawOrderForm(auto_id="withdraw_%s"),
    }
    is_shown = standing is not None and not (found["may_verify"] and standing.is_waiting)
    found["expected"] = _expected(page, choices) if is_shown else None
    has_errors = any(getattr(form, "errors", None) for form in forms.values())
    template = "clinic/courses/portion_order.html"
    return render(request, template, found | forms, status=400 if has_errors else 200)


def _expected(page: OrderPage, choices: PortionChoices) -> "ExposureShown | None":
    """Return the expected exposure of what is ordered."""
    order = page.standing.order if page.standing is not None else None
    if order is None or not isinstance(order.plan, PortionPlan):
        return None
    kg = order.weight.kg if order.weight is not None else None
    return expected_of_portions(choices, order.plan.portions, weight_kg=kg, on=page.day)


def place_portions(request: ActingRequest, page: OrderPage) -> HttpResponse:
    """Place the order; what is refused is shown beside its field."""
    choices = _choices(request, page.row.id)
    assert choices is not None  # asked before: the session is portioned
    form = PortionOrderForm(request.POST, choices=choices)
    if form.is_valid():
        try:
            place_portion_order(
                planned_session_id=page.row.id,
                request=form.request(),
                command_id=form.cleaned_data["command_id"],
                by=cast(Actor, request.actor),
                now=timezone.now(),
            )
            messages.info(request, _("The order is placed. A second person checks it before it is given."))
            return redirect("dose_order", page.row.id)
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, str(error))
    return draw_portions(request, page, order_form=form)


@allow(Permission.PLACE_ORDER)
@require_POST
def order_supply(request: ActingRequest, planned_session_id: UUID) -> HttpResponse:
    """Order doses to be taken at home; one too many is refused with the sum."""
    by, now = cast(Actor, request.actor), timezone.now()
    page = order_page(planned_session_id=planned_session_id, by=by, now=now)
    supplies = home_supplies(planned_session_id=planned_session_id, by=by)
    form = SupplyForm(request.POST, auto_id="supply_%s")
    if supplies is None:
        return redirect("dose_order", planned_session_id)
    if form.is_valid():
        try:
            order_home_supply(course_id=supplies.course_id, by=by, now=now, **form.cleaned_data)
            messages.info(request, _("The supply is ordered."))
            return redirect("dose_order", planned_session_id)
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, str(error))
    return draw_portions(request, page, supply_form=form)


def verify_portions(request: ActingRequest, page: OrderPage, order_id: UUID) -> HttpResponse:
    """Check an order with numbers of one's own."""
    form = VerifyPortionsForm(request.POST, auto_id="verify_%s")
    if form.is_valid():
        given = form.cleaned_data | {"portions": int(form.cleaned_data["portions"])}
        try:
            by, now = cast(Actor, request.actor), timezone.now()
            verify_dose_order(order_id=order_id, by=by, now=now, **given)
            messages.info(request, _("The order is checked."))
            return redirect("dose_order", page.row.id)
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, str(error))
    return draw_portions(request, page, verify_form=form)


def _choices(request: ActingRequest, planned_session_id: UUID) -> PortionChoices | None:
    by, now = cast(Actor, request.actor), timezone.now()
    return portion_choices(planned_session_id=planned_session_id, by=by, now=now)
