"""All entries of a session that may wait on a device, as one page that the device keeps."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from kairos.domain.sessions.phases import Phase
from kairos.queries.dosing_sessions import SessionPage, session_page
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.sessions import entries
from kairos.web.clinic.sessions.acting import EntryPage, actor, in_zone, may_wait
from kairos.web.clinic.sessions.patient_strip import strip_of

_ANY_TIME = (
    ("session_vitals", entries.vitals),
    ("session_sedation", entries.sedation),
    ("session_dissociation", entries.dissociation),
    ("session_symptoms", entries.symptoms),
    ("session_note", entries.note),
)
_IN_PHASE = {
    Phase.INFUSING: (("session_rate", entries.rate), ("session_stop", entries.stop)),
    Phase.PAUSED: (("session_stop", entries.stop),),
    Phase.DOSING: (("session_portion", entries.portion), ("session_stop_dosing", entries.stop_giving)),
    Phase.HOLDING: (("session_mouth", entries.mouth),),
}


@allow(Permission.RUN_SESSION)
@require_GET
def show_without_network(request: ActingRequest, session_id: Any) -> HttpResponse:
    """Show every form that may wait; the device keeps this page and shows the one that is asked for."""
    by = actor(request)
    page = session_page(session_id=session_id, by=by, now=timezone.now())
    found = {"page": page, "strip": strip_of(page), "forms": _forms(page, by)}
    return in_zone(request, page, "clinic/sessions/without_network.html", found)


def _forms(page: SessionPage, by: Actor) -> list[dict[str, Any]]:
    shown = (*_ANY_TIME, *_IN_PHASE.get(page.picture.state.phase, ()))
    return [_form(page, by, route, view.entry) for route, view in shown]  # type: ignore[attr-defined]


def _form(page: SessionPage, by: Actor, route: str, entry: EntryPage) -> dict[str, Any]:
    more = entry.more(page, by) if entry.more else {}
    form = entry.form(page=page, auto_id=f"{route}_%s", **more)
    url = reverse(route, args=[page.id])
    return {"id": route, "entry": entry, "form": form, "url": url, "waits": may_wait(entry, page)}
