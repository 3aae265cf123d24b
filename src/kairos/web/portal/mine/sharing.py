"""Consents, sharing and support persons in one place, each ended by one tap; and the wish to be forgotten."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from kairos.actions.ask_to_be_forgotten import ask_to_be_forgotten
from kairos.actions.close_own_link import close_own_link
from kairos.actions.end_contact_way import end_contact_way
from kairos.actions.end_support_access import end_support_access
from kairos.actions.withdraw_consent import withdraw_consent
from kairos.domain.evidence.keeping import KeepingLine
from kairos.domain.evidence.texts import Audience
from kairos.domain.protocols.reaching import Channel
from kairos.queries.consents import own_person_id
from kairos.queries.integration import own_integration
from kairos.queries.own_forgetting import own_forgetting
from kairos.queries.own_sharing import own_sharing
from kairos.vocab.errors import KairosError
from kairos.vocab.people import Actor, Permission
from kairos.vocab.quantities import DAY, Quantity
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm
from kairos.web.frames import address_of
from kairos.web.languages import spoken_release

CHANNEL_WORDS: dict[Channel, Promise] = {
    Channel.PUSH: gettext_lazy("Notices in a browser of yours"),
    Channel.MAIL: gettext_lazy("E-mail"),
    Channel.OTHER: gettext_lazy("Another way"),
}


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def show_sharing(request: ActingRequest) -> HttpResponse:
    """Show what I share now, and with whom."""
    by, now = cast(Actor, request.actor), timezone.now()
    shared = own_sharing(by=by, now=now)
    found = {
        "shared": shared,
        "ways": [{"id": way.id, "name": CHANNEL_WORDS[way.channel]} for way in shared.ways],
        "outside": [one for one in own_integration(by=by, now=now).shares if one.is_open(now)],
        "journal": address_of("portal_journal_all"),
    }
    return render(request, "portal/mine/sharing.html", found)


@allow(Permission.GIVE_CONSENT)
@require_POST
def end_consent(request: ActingRequest) -> HttpResponse:
    """Take my consent back, at once."""
    person_id = own_person_id(cast(Actor, request.actor))
    return _end(
        request, withdraw_consent, _("Taken back. No session starts without a new one."), person_id=person_id
    )


@allow(Permission.SEE_OWN_RECORD)
@require_POST
def end_support(request: ActingRequest, support_id: UUID) -> HttpResponse:
    """End a support person's access, at once."""
    about = {"person_id": own_person_id(cast(Actor, request.actor)), "subject": support_id}
    return _end(request, end_support_access, _("Ended. Their links open nothing now."), **about)


@allow(Permission.SEE_OWN_RECORD)
@require_POST
def end_link(request: ActingRequest, link_id: UUID) -> HttpResponse:
    """Close a link that was sent to me, at once."""
    return _end(request, close_own_link, _("Closed. It opens nothing now."), link_id=link_id)


@allow(Permission.SEE_OWN_RECORD)
@require_POST
def end_way(request: ActingRequest, way_id: UUID) -> HttpResponse:
    """Be reached by one way no more."""
    return _end(request, end_contact_way, _("Ended. Nothing is sent there any more."), way_id=way_id)


def _end(request: ActingRequest, act: Callable[..., object], said: str, **about: object) -> HttpResponse:
    form = CommandForm(request.POST)
    if form.is_valid():
        try:
            act(by=cast(Actor, request.actor), now=timezone.now(), **about, **form.cleaned_data)
            messages.success(request, said)
        except KairosError:
            messages.info(request, _("It has ended already."))
    return redirect("portal_sharing")


@allow(Permission.SEE_OWN_RECORD)
@require_GET
def show_forgetting(request: ActingRequest) -> HttpResponse:
    """Show what happens when I ask to be forgotten, what the law makes the clinic keep, and who answers."""
    wish = own_forgetting(by=cast(Actor, request.actor), now=timezone.now())
    lines = [_line(one) for one in spoken_release().keeping.get(settings.KAIROS_COUNTRY, ())]
    return render(request, "portal/mine/forgetting.html", {"wish": wish, "lines": lines})


@allow(Permission.SEE_OWN_RECORD)
@require_POST
def ask_forgetting(request: ActingRequest) -> HttpResponse:
    """Ask to be forgotten."""
    form = CommandForm(request.POST)
    if form.is_valid():
        try:
            ask_to_be_forgotten(by=cast(Actor, request.actor), now=timezone.now(), **form.cleaned_data)
        except KairosError:
            messages.info(request, _("Somebody has your wish already. Nothing more is needed from you."))
    return redirect("portal_forgetting")


def _line(line: KeepingLine) -> dict[str, Any]:
    release = spoken_release()
    values = {"time": _time(line.time)} if line.time else {}
    return {
        "text": release.texts.render(line.text, values, audience=Audience.PATIENT),
        "sources": [release.citations[key].title for key in line.sources],
        "is_checked": line.certainty.value == "verified",
    }


def _time(time: Quantity) -> str:
    count = int(time.value)
    if time.unit == DAY:
        return ngettext("%(n)d day", "%(n)d days", count) % {"n": count}
    return ngettext("%(n)d year", "%(n)d years", count) % {"n": count}
