"""Every route and place side by side for one person, and what changed since somebody signed."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kairos.actions.acknowledge_changes import acknowledge_changes
from kairos.actions.record_access import record_access
from kairos.domain.rules.target import Indication, Route, Setting
from kairos.queries.eligibility import EligibilityPage, eligibility
from kairos.queries.screened_uses import ScreenedUses, changes_since_signed, screened_uses
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic import words
from kairos.web.clinic.eligibility.cards import Reader
from kairos.web.clinic.eligibility.changed import changed_shown
from kairos.web.clinic.eligibility.uses import Chosen, uses_shown
from kairos.web.forms import CommandForm, new_id


@allow(Permission.SEE_CHART)
@require_GET
def show_uses(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Show what every route and place answers, with its status and its evidence."""
    by, now = cast(Actor, request.actor), timezone.now()
    record_access(person_id=person_id, what="eligibility", command_id=new_id(), by=by, now=now)
    page = eligibility(person_id=person_id, now=now, by=by)
    uses = screened_uses(person_id=person_id, now=now, by=by, **_asked_for(request, page))
    reader, chosen = Reader.of(page), _chosen(request)
    found = {"page": page, **_head(page), "shown": uses_shown(uses, reader, chosen)}
    found |= {"choices": _choices(uses, reader, chosen), **_narrowed(page, uses, chosen)}
    found |= {"changed": _changed(page, reader, by), "may_sign": by.may(Permission.SIGN_ELIGIBILITY)}
    return render(request, "clinic/eligibility/uses.html", found)


def _asked_for(request: ActingRequest, page: EligibilityPage) -> dict[str, Any]:
    """Return indication and law as chosen; what is no choice is left to what was asked last."""
    indication, place = request.GET.get("indication", ""), request.GET.get("jurisdiction", "")
    is_known = place in page.content.release.regulation.jurisdictions
    return {
        "indication": Indication(indication) if indication in list(Indication) else None,
        "jurisdiction": place if is_known else "",
    }


def _changed(page: EligibilityPage, reader: Reader, by: Actor) -> dict[str, Any]:
    now = timezone.now()
    found = changes_since_signed(person_id=page.person_id, now=now, by=by)
    signer = page.signers.get(found.decision.signed_by, "") if found else ""
    return changed_shown(found, reader, signer, now.date())


@allow(Permission.SIGN_ELIGIBILITY)
@require_POST
def acknowledge(request: ActingRequest, person_id: UUID) -> HttpResponse:
    """Keep that a prescriber saw what changed; findings that moved since are shown again first."""
    form = CommandForm(request.POST)
    if form.is_valid():
        given: dict[str, Any] = {"command_id": form.cleaned_data["command_id"], "person_id": person_id}
        given |= {"by": request.actor, "now": timezone.now(), "seen": request.POST.get("seen", "")}
        try:
            acknowledge_changes(**given)
            messages.success(request, _("Kept that you have seen what changed."))
        except NotAllowed:
            messages.error(
                request, _("New answers came in since you opened the page. Look again, then confirm.")
            )
    return redirect("uses", person_id)


def _chosen(request: ActingRequest) -> Chosen:
    route, setting = request.GET.get("route", ""), request.GET.get("setting", "")
    return Chosen(route if route in list(Route) else "", setting if setting in list(Setting) else "")


def _head(page: EligibilityPage) -> dict[str, Any]:
    born = page.identity.born_on
    return {
        "name": page.identity.shown_name or _("Name unknown"),
        "age": words.age_on(born, page.screening.as_of.on),
        "born": words.day_words(born),
    }


def _choices(uses: ScreenedUses, reader: Reader, chosen: Chosen) -> list[dict[str, Any]]:
    """Return the fields of the question: for what, under whose law, by which route, where."""
    target = uses.answers[0].target
    places = dict.fromkeys((*uses.content.release.regulation.jurisdictions, target.jurisdiction))
    return [
        _field("indication", _("For"), target.indication, words.INDICATION_WORDS.items()),
        _field("jurisdiction", _("Law of"), target.jurisdiction, _places(reader, places)),
        _field("route", _("Route"), chosen.route, [("", _("Every route")), *words.ROUTE_WORDS.items()]),
        _field("setting", _("Place"), chosen.setting, [("", _("Clinic and home")), *_SETTINGS]),
    ]


_SETTINGS = words.SETTING_WORDS.items()


def _field(name: str, label: str, value: str, options: Any) -> dict[str, Any]:
    return {"id": name, "label": label, "value": value, "options": list(options)}


def _places(reader: Reader, places: Any) -> list[tuple[str, str]]:
    texts = reader.release.texts
    named = [(place, f"jurisdiction.{place}") for place in places]
    return [(p, texts.template(name) if name in texts else p.upper()) for p, name in named]


def _narrowed(page: EligibilityPage, uses: ScreenedUses, chosen: Chosen) -> dict[str, Any]:
    target = uses.answers[0].target
    query = f"?indication={target.indication}&jurisdiction={target.jurisdiction}"
    return {
        "is_narrowed": bool(chosen.route or chosen.setting),
        "all_url": reverse("uses", args=[page.person_id]) + query,
    }
