"""Help now: numbers of people who answer at any hour, and when the team reads."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kairos.content.release import load_release
from kairos.domain.instruments.crisis import ContactKind, CrisisContact
from kairos.web.access import allow
from kairos.web.design.parts import CrisisCard, Way

CARD = "crisis.card_now"


def way_to(contact: CrisisContact) -> Way:
    """Return a contact as a button that calls or texts."""
    is_emergency = contact.kind is ContactKind.EMERGENCY
    return Way(contact.label, contact.href, contact.kind is ContactKind.CALL, is_emergency)


@allow(public=True, reason="help is never behind a log-in; shows nothing about anyone")
@require_GET
def show_help(request: HttpRequest) -> HttpResponse:
    """Show the ways to reach a human being, the fastest first."""
    contacts = load_release().crisis[settings.KAIROS_COUNTRY].card(CARD)
    card = CrisisCard(
        lead=_("You can reach a person now."),
        ways=[way_to(contact) for contact in contacts],
        who_was_told=_("Opening this page tells nobody. Call or text, and someone answers at any hour."),
    )
    return render(request, "portal/help/help.html", {"card": card})
