"""How I am reached when I am called and do not look at Kairos: my own ways, added and ended by me."""

from typing import Any, cast
from urllib.parse import urlsplit
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from kairos.actions.end_contact_way import end_contact_way
from kairos.actions.keep_contact_way import keep_contact_way
from kairos.domain.protocols.reaching import Channel, ContactWay
from kairos.queries.contact_ways import own_contact_ways
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Actor
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm, new_id

CHANNEL_WORDS = {
    Channel.PUSH: gettext_lazy("This or another browser"),
    Channel.MAIL: gettext_lazy("E-mail"),
    Channel.OTHER: gettext_lazy("Another service"),
}


class WayForm(CommandForm):
    """One way to be reached; the two keys come from the browser, for its own messages only."""

    channel = forms.TypedChoiceField(
        label=gettext_lazy("By"),
        coerce=Channel,
        choices=list(CHANNEL_WORDS.items()),
        widget=forms.HiddenInput,
    )
    address = forms.CharField(label=gettext_lazy("Address"), max_length=4000)
    p256dh = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    auth = forms.CharField(required=False, max_length=100, widget=forms.HiddenInput)
    is_private = forms.BooleanField(
        label=gettext_lazy("Only I read what arrives there"),
        error_messages={"required": gettext_lazy("Choose a way that nobody else reads")},
    )

    def way(self) -> ContactWay:
        """Return the way that was entered."""
        told = self.cleaned_data
        keys = (told["p256dh"], told["auth"])
        return ContactWay(
            new_id(), told["channel"], told["address"].strip(), True, keys if all(keys) else None
        )


@allow(signed_in=True, reason="people say themselves how they are reached")
@require_http_methods(["GET", "POST"])
def show_notices(request: ActingRequest) -> HttpResponse:
    """Show my ways, and take in another one."""
    by = cast(Actor, request.actor)
    form = WayForm(request.POST or None)
    if form.is_valid():
        given = {"command_id": form.cleaned_data["command_id"], "way": form.way()}
        try:
            keep_contact_way(by=by, now=timezone.now(), **given)
            messages.info(request, _("Kept. You are told there when you are called."))
            return redirect("account_notices")
        except InvalidInput as error:
            form.take_problems(error)
    return render(request, "accounts/notices.html", _shown(by, form), status=400 if form.errors else 200)


@allow(signed_in=True, reason="people say themselves how they are reached")
@require_POST
def end_way(request: ActingRequest, way_id: UUID) -> HttpResponse:
    """End one of my ways."""
    form = CommandForm(request.POST)
    if form.is_valid():
        command_id = form.cleaned_data["command_id"]
        end_contact_way(
            way_id=way_id, command_id=command_id, by=cast(Actor, request.actor), now=timezone.now()
        )
        messages.info(request, _("Ended. Nothing is sent there any more."))
    return redirect("account_notices")


def _shown(by: Actor, form: WayForm) -> dict[str, Any]:
    ways = [(way, CHANNEL_WORDS[way.channel], _where(way)) for way in own_contact_ways(by=by)]
    chosen = form.data.get("channel", "") if form.is_bound else ""
    return {
        "ways": ways,
        "mail": form if chosen == Channel.MAIL else WayForm(initial={"channel": Channel.MAIL}),
        "other": form if chosen == Channel.OTHER else WayForm(initial={"channel": Channel.OTHER}),
        "push": form if chosen == Channel.PUSH else WayForm(initial={"channel": Channel.PUSH}),
        "push_key": settings.KAIROS_PUSH_PUBLIC_KEY,
        "form": form,
    }


def _where(way: ContactWay) -> str:
    """Return as much of an address as tells one's own ways apart: some of them are secrets."""
    if way.channel is Channel.MAIL:
        return way.address
    parts = urlsplit(way.address)
    return f"{parts.hostname or ''}" if way.channel is Channel.PUSH else f"{parts.scheme}://"
