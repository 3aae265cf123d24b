"""The dose order of one planned session: placed by one person, checked by another, withdrawn."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kairos.actions.invalidate_dose_order import invalidate_dose_order
from kairos.actions.place_dose_order import place_dose_order
from kairos.actions.record_access import record_access
from kairos.actions.verify_dose_order import verify_dose_order
from kairos.content.release import load_release
from kairos.queries.courses import IV_PROTOCOL
from kairos.queries.dose_orders import OrderPage, WorkedOut, order_page, session_of_order, worked_out
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.courses.forms import OrderForm, VerifyForm, WithdrawOrderForm, proposed_order
from kairos.web.clinic.courses.portion_orders import (
    draw_portions,
    is_portioned,
    place_portions,
    verify_portions,
)
from kairos.web.clinic.courses.titration_drawing import prior_doses_drawn
from kairos.web.clinic.sign_off.standing import signed_shown
from kairos.web.forms import new_id

if TYPE_CHECKING:
    from kairos.web.clinic.courses.exposure_shown import ExposureShown


def _page(request: ActingRequest, planned_session_id: UUID) -> OrderPage:
    return order_page(
        planned_session_id=planned_session_id, by=cast(Actor, request.actor), now=timezone.now()
    )


def _draw(request: ActingRequest, page: OrderPage, **forms: Any) -> HttpResponse:
    by = cast(Actor, request.actor)
    standing = page.standing
    is_own = standing is not None and standing.order.placed_by == by.id
    found: dict[str, Any] = {
        "page": page,
        **signed_shown(page.is_signed),
        "may_place": by.may(Permission.PLACE_ORDER),
        "may_verify": by.may(Permission.VERIFY_ORDER) and not is_own,
        "is_own": is_own,
        "order_form": OrderForm(initial=proposed_order(page), has_last=page.last is not None),
        "titration": prior_doses_drawn(by, page),
        "verify_form": VerifyForm(auto_id="verify_%s"),
        "withdraw_form": WithdrawOrderForm(auto_id="withdraw_%s"),
    }
    found["expected"] = (
        None if found["may_verify"] and _waits(page) else _expected(page, forms.get("worked_out"))
    )
    has_errors = any(getattr(form, "errors", None) for form in forms.values())
    return render(request, "clinic/courses/order.html", found | forms, status=400 if has_errors else 200)


def _waits(page: OrderPage) -> bool:
    """Whether a second person still works the dose out by themselves: then nothing is shown of it."""
    return page.standing is not None and page.standing.is_waiting


def _expected(page: OrderPage, looked_at: WorkedOut | None) -> "ExposureShown | None":
    """Return the expected exposure of what is ordered or looked at; of nothing, None."""
    order = page.standing.order if page.standing is not None else None
    dose = looked_at
    if dose is None and order is not None and order.weight is not None:
        dose = WorkedOut(order.weight, order.infusion)
    if dose is None:
        return None
    spacing = load_release().protocols[IV_PROTOCOL].course.spacing_least
    from kairos.web.clinic.courses.exposure_shown import exposure_of_infusion  # arrays, at the first drawing

    return exposure_of_infusion(
        float(dose.plan.dose.mg / dose.weight.kg),
        dose.plan.over / timedelta(minutes=1),
        weight_kg=float(dose.weight.kg),
        next_after_d=page.in_force.span(spacing) / timedelta(days=1),
        on=page.day,
    )


@allow(Permission.SEE_CHART)
@require_http_methods(["GET"])
def show_order(request: ActingRequest, planned_session_id: UUID) -> HttpResponse:
    """Show what is proposed or ordered for one session."""
    by, now = cast(Actor, request.actor), timezone.now()
    page = _page(request, planned_session_id)
    record_access(person_id=page.person_id, what="dose_order", command_id=new_id(now), by=by, now=now)
    if is_portioned(request, planned_session_id):
        return draw_portions(request, page)
    return _draw(request, page)


@allow(Permission.PLACE_ORDER)
@require_POST
def place(request: ActingRequest, planned_session_id: UUID) -> HttpResponse:
    """Work the dose out and show it; on the second look, place the order."""
    by, page = cast(Actor, request.actor), _page(request, planned_session_id)
    if is_portioned(request, planned_session_id):
        return place_portions(request, page)
    form = OrderForm(request.POST, has_last=page.last is not None)
    found: WorkedOut | None = None
    try:
        asked = form.request_or_problems()
        if asked is not None:
            found = worked_out(page=page, request=asked, by=by)
        if asked is not None and "sure" in request.POST:
            place_dose_order(
                planned_session_id=planned_session_id,
                request=asked,
                command_id=form.cleaned_data["command_id"],
                by=by,
                now=timezone.now(),
            )
            messages.info(request, _("The order is placed. A second person checks it before it is given."))
            return redirect("dose_order", planned_session_id)
    except InvalidInput as error:
        form.take_problems(error)
    return _draw(request, page, order_form=form, worked_out=found)


@allow(Permission.VERIFY_ORDER)
@require_POST
def verify(request: ActingRequest, order_id: UUID) -> HttpResponse:
    """Check an order with numbers of one's own."""
    by = cast(Actor, request.actor)
    session_id = session_of_order(order_id=order_id, by=by)
    if is_portioned(request, session_id):
        return verify_portions(request, _page(request, session_id), order_id)
    form = VerifyForm(request.POST, auto_id="verify_%s")
    if form.is_valid():
        try:
            verify_dose_order(order_id=order_id, by=by, now=timezone.now(), **form.cleaned_data)
            messages.info(request, _("The order is checked."))
            return redirect("dose_order", session_id)
        except InvalidInput as error:
            form.take_problems(error)
        except NotAllowed as error:
            form.add_error(None, str(error))
    return _draw(request, _page(request, session_id), verify_form=form)


@allow(Permission.PLACE_ORDER)
@require_POST
def withdraw(request: ActingRequest, order_id: UUID) -> HttpResponse:
    """Withdraw an order; it stays readable."""
    by = cast(Actor, request.actor)
    session_id = session_of_order(order_id=order_id, by=by)
    form = WithdrawOrderForm(request.POST, auto_id="withdraw_%s")
    if form.is_valid():
        try:
            invalidate_dose_order(order_id=order_id, by=by, now=timezone.now(), **form.cleaned_data)
            messages.info(request, _("The order is withdrawn. It stays readable."))
            return redirect("dose_order", session_id)
        except NotAllowed as error:
            form.add_error(None, str(error))
    if is_portioned(request, session_id):
        return draw_portions(request, _page(request, session_id), withdraw_form=form)
    return _draw(request, _page(request, session_id), withdraw_form=form)
