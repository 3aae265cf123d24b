"""Help now: numbers of people who answer at any hour, and when the team reads."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kairos.domain.evidence.texts import Audience
from kairos.domain.instruments.crisis import ContactKind, CrisisContact
from kairos.domain.safety.red_flags import Band, RedFlags
from kairos.web.access import allow
from kairos.web.design.parts import CrisisCard, Way
from kairos.web.languages import spoken_release

CARD = "crisis.card_now"
BAND_ICONS = {Band.EMERGENCY: "emergency", Band.CALL: "caution", Band.EXPECTED: "info"}


def way_to(contact: CrisisContact) -> Way:
    """Return a contact as a button that calls or texts."""
    is_emergency = contact.kind is ContactKind.EMERGENCY
    return Way(contact.label, contact.href, contact.kind is ContactKind.CALL, is_emergency)


def crisis_ways() -> list[Way]:
    """Return the ways to reach a human being at any hour, the fastest first."""
    return [way_to(contact) for contact in spoken_release().crisis[settings.KAIROS_COUNTRY].card(CARD)]


@allow(public=True, reason="help is never behind a log-in; shows nothing about anyone")
@require_GET
def show_help(request: HttpRequest) -> HttpResponse:
    """Show the ways to reach a human being, the fastest first."""
    card = CrisisCard(
        lead=_("You can reach a person now."),
        ways=crisis_ways(),
        who_was_told=_("Opening this page tells nobody. Call or text, and someone answers at any hour."),
    )
    return render(request, "portal/help/help.html", {"card": card})


@allow(public=True, reason="when to call is never behind a log-in; shows nothing about anyone")
@require_GET
def show_red_flags(request: HttpRequest) -> HttpResponse:
    """Show the red-flag card; the browser keeps it for when there is no network."""
    release = spoken_release()
    keys = dict.fromkeys(key for band in release.red_flags for key in band.sources)
    sources = [release.citations[key].title for key in keys]
    bands = [_band(band) for band in release.red_flags]
    return render(request, "portal/help/red_flags.html", {"bands": bands, "sources": sources})


def _band(band: RedFlags) -> dict[str, Any]:
    contacts = spoken_release().crisis[settings.KAIROS_COUNTRY].card(CARD)
    emergency = [way_to(each) for each in contacts if each.kind is ContactKind.EMERGENCY]
    return {
        "name": band.band.value,
        "icon": BAND_ICONS[band.band],
        "title": _words(band.title),
        "to_do": _words(band.to_do),
        "lines": [_words(line) for line in band.lines],
        "ways": emergency if band.band is Band.EMERGENCY else [],
    }


def _words(message: str) -> str:
    return spoken_release().texts.template(message, audience=Audience.PATIENT)
