"""A medicine given in the session: what, on whose word, with the check before it; and what it did."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from kairos.actions.give_medicine import give_medicine
from kairos.actions.note_medicine_effect import note_medicine_effect
from kairos.domain.safety.rescue import GivingRoute, RescueMedicines
from kairos.domain.safety.wanted import WantedMedicine
from kairos.domain.sessions.events import MedicineEffect
from kairos.domain.sessions.medicines_given import Given, medicines_given
from kairos.queries.care_team import people_who_may
from kairos.queries.dosing_sessions import SessionPage, session_page
from kairos.queries.giving import StandingOrders, before_giving, standing_orders
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.finding import Finding
from kairos.vocab.people import Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.giving_words import order_words, remembered
from kairos.web.clinic.sessions.acting import actor, in_zone, saved, sentence_of, take_refusal
from kairos.web.clinic.sessions.forms import SessionForm, TimedForm
from kairos.web.clinic.sessions.patient_strip import strip_of
from kairos.web.clinic.sessions.words import clock, text, who

EMERGENCY = "emergency"


class MedicineForm(TimedForm):
    """A medicine, its amount and route, and on whose word; what the check found is confirmed by name."""

    medicine = forms.CharField(
        label=gettext_lazy("Medicine"), widget=forms.TextInput(attrs={"list": "at-hand"})
    )
    dose = forms.DecimalField(
        label=gettext_lazy("Amount"), widget=forms.NumberInput(attrs={"inputmode": "decimal"})
    )
    unit = forms.CharField(label=gettext_lazy("Unit, as on the ampoule or the pack"))
    route = forms.TypedChoiceField(label=gettext_lazy("How it is given"), coerce=GivingRoute)
    word = forms.ChoiceField(label=gettext_lazy("On whose word"))
    reason = forms.CharField(
        label=gettext_lazy("If it is an emergency: what it is"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    acknowledged = forms.MultipleChoiceField(
        label=gettext_lazy("Read this first, and confirm each"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, orders: StandingOrders, prescribers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        routes = [(each.value, text(f"giving.route.{each.value}")) for each in GivingRoute]
        choose = ("", _("Choose"))
        self.fields["route"].choices = [choose, *routes]  # type: ignore[attr-defined]
        self.fields["word"].choices = [  # type: ignore[attr-defined]
            choose,
            (_("A prescriber's order"), [(f"by:{key}", name) for key, name in prescribers]),
            (
                _("A standing order"),
                [(f"order:{each.order.id}", order_words(each.order)) for each in orders.holding],
            ),
            (_("Neither, and no time"), [(EMERGENCY, _("Emergency: given at once, looked at afterwards"))]),
        ]
        self.findings: tuple[Finding, ...] = ()
        self.show(())

    def show(self, findings: tuple[Finding, ...]) -> None:
        """Offer findings to be confirmed."""
        self.findings = findings
        choices = [(each.rule, text(each.message)) for each in findings]
        self.fields["acknowledged"].choices = choices  # type: ignore[attr-defined]

    def given(self) -> dict[str, Any]:
        """Return what the action is given."""
        told = super().given()
        kind, __, key = told.pop("word").partition(":")
        wanted = WantedMedicine(
            medicine=told.pop("medicine"),
            dose=told.pop("dose"),
            unit=told.pop("unit"),
            route=told.pop("route"),
            ordered_by=UUID(key) if kind == "by" else None,
            standing_order=UUID(key) if kind == "order" else None,
            emergency=kind == EMERGENCY,
            reason=told.pop("reason"),
            acknowledged=tuple(told.pop("acknowledged")),
        )
        return told | {"wanted": wanted}


class EffectForm(SessionForm):
    """What a medicine did."""

    effect = forms.TypedChoiceField(coerce=MedicineEffect, choices=[(each, each) for each in MedicineEffect])


@allow(Permission.RUN_SESSION)
@require_http_methods(["GET", "POST"])
def show_medicine(request: ActingRequest, session_id: UUID) -> HttpResponse:
    """Ask what is given, show what the check says, and keep it."""
    by, now = actor(request), timezone.now()
    page = session_page(session_id=session_id, by=by, now=now)
    orders = standing_orders(by=by, now=now)
    prescribers = people_who_may(permission=Permission.PLACE_ORDER, by=by)
    form = MedicineForm(request.POST or None, page=page, orders=orders, prescribers=prescribers)
    if request.method == "POST":
        form.show(_asked(request, page))
        if form.is_valid():
            try:
                entered = give_medicine(session_id=session_id, by=by, now=now, **form.given())
                return saved(request, page, entered, "session_console")
            except (InvalidInput, NotAllowed) as error:
                take_refusal(form, error)
    status = 400 if form.errors else 200
    found = {"page": page, "form": form, "strip": strip_of(page), "known": known_doses(orders.rescue)}
    return in_zone(request, page, "clinic/sessions/medicine.html", found, status=status)


@allow(Permission.RUN_SESSION)
@require_POST
def note_effect(request: ActingRequest, session_id: UUID, given: int) -> HttpResponse:
    """Keep what a medicine did."""
    by, now = actor(request), timezone.now()
    page = session_page(session_id=session_id, by=by, now=now)
    form = EffectForm(request.POST, page=page)
    if form.is_valid():
        try:
            entered = note_medicine_effect(session_id=session_id, given=given, by=by, now=now, **form.given())
            return saved(request, page, entered, "session_console")
        except (InvalidInput, NotAllowed) as error:
            messages.warning(request, sentence_of(error))
    return redirect("session_console", session_id)


def _asked(request: ActingRequest, page: SessionPage) -> tuple[Finding, ...]:
    """Return what the check says of the medicine and route that were typed, if they were."""
    route, medicine = request.POST.get("route", ""), request.POST.get("medicine", "")
    if route not in list(GivingRoute) or not medicine.strip():
        return ()
    return before_giving(
        session_id=page.id,
        state=page.picture.state,
        medicine=medicine,
        route=GivingRoute(route),
        by=actor(request),
        now=page.picture.now,
    )


def known_doses(rescue: RescueMedicines) -> list[dict[str, Any]]:
    """Return the medicines at hand with what is remembered of their doses, for the eye only."""
    return [
        {
            "drug": each.drug,
            "name": text(each.name),
            "note": text(each.note),
            "doses": [remembered(dose) for dose in each.doses],
        }
        for each in rescue.values()
    ]


def medicines_shown(page: SessionPage) -> list[dict[str, Any]]:
    """Return what was given in the session, each with its effect or the question for it."""
    return [_shown(page, each) for each in medicines_given(page.picture.state)]


EFFECTS = [each.value for each in MedicineEffect]


def _shown(page: SessionPage, given: Given) -> dict[str, Any]:
    event = given.event
    due_at = event.effect_due_at
    return {
        "ref": given.ref,
        "what": f"{event.medicine} {event.amount}",
        "at": clock(given.at, page.zone),
        "by": who(given.by, page.names),
        "emergency": event.emergency,
        "asks": given.wants_effect,
        "due": clock(due_at, page.zone) if due_at is not None else "",
        "effect": text(f"giving.effect.{given.effect}") if given.effect else "",
        "effects": [(each, text(f"giving.effect.{each}")) for each in EFFECTS],
    }
