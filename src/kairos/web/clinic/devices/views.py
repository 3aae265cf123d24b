"""Where devices stand, and the readings that wait for a person to say whose they are."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from kairos.actions.assign_device_reading import assign_device_reading
from kairos.actions.put_device import put_device
from kairos.actions.set_aside_device_reading import set_aside_device_reading
from kairos.queries.devices import devices_page
from kairos.vocab.errors import InvalidInput, KairosError
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.devices.forms import ASIDE_WORDS, AsideForm, AssignForm, PutForm
from kairos.web.forms import CommandForm

VALUE_WORDS = {
    "systolic": gettext_lazy("Systolic, mmHg"),
    "diastolic": gettext_lazy("Diastolic, mmHg"),
    "heart_rate": gettext_lazy("Heart rate, /min"),
    "oxygen": gettext_lazy("Saturation, %"),
    "breathing": gettext_lazy("Breathing, /min"),
}


@allow(Permission.RUN_SESSION)
@require_GET
def show_devices(request: ActingRequest) -> HttpResponse:
    """Show the devices and the tray."""
    page = devices_page(by=cast(Actor, request.actor))
    waiting = [
        {"kept": each, "device": page.names[each.device], "values": _shown(each)} for each in page.waiting
    ]
    reasons = [(reason.value, words) for reason, words in ASIDE_WORDS.items()]
    found = {"page": page, "waiting": waiting, "reasons": reasons}
    return render(request, "clinic/devices/devices.html", found)


@allow(Permission.RUN_SESSION)
@require_POST
def put(request: ActingRequest, device_id: UUID) -> HttpResponse:
    """Put a device at a place."""
    return _act(request, PutForm, put_device, _("Noted where it stands."), device_id=device_id)


@allow(Permission.RUN_SESSION)
@require_POST
def assign(request: ActingRequest, reading_id: UUID) -> HttpResponse:
    """Lay a reading before whoever sits with the person named."""
    said = _("It lies on that session's screen now.")
    return _act(request, AssignForm, assign_device_reading, said, reading_id=reading_id)


@allow(Permission.RUN_SESSION)
@require_POST
def set_aside(request: ActingRequest, reading_id: UUID) -> HttpResponse:
    """Set a reading aside."""
    return _act(request, AsideForm, set_aside_device_reading, _("Set aside."), reading_id=reading_id)


def _act(
    request: ActingRequest, form: type[CommandForm], do: Callable[..., Any], said: str, **about: UUID
) -> HttpResponse:
    filled = form(request.POST)
    if not filled.is_valid():
        messages.warning(request, _("Choose one, and send it again."))
        return redirect("devices")
    try:
        do(**filled.cleaned_data, **about, by=cast(Actor, request.actor), now=timezone.now())
        messages.info(request, said)
    except InvalidInput as error:
        messages.warning(request, "; ".join(str(problem.message) for problem in error.problems))
    except KairosError as error:
        messages.warning(request, f"{str(error)[:1].upper()}{str(error)[1:]}.")
    return redirect("devices")


def _shown(kept: Any) -> list[tuple[str, str]]:
    return [
        (str(words), f"{kept.values[name]:g}") for name, words in VALUE_WORDS.items() if name in kept.values
    ]
