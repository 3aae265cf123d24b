"""The ways between the pages of one person: ``{% person_nav person_id "chart" %}``."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import template
from django.template.context import Context
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.queries.open_sessions import open_session_of
from kairos.vocab.people import Actor, Permission

register = template.Library()


@dataclass(frozen=True, slots=True)
class _Way:
    word: Promise
    route: str
    permission: Permission


_WAYS = (
    _Way(gettext_lazy("Chart"), "chart", Permission.SEE_CHART),
    _Way(gettext_lazy("May this person start?"), "eligibility", Permission.SEE_CHART),
    _Way(gettext_lazy("Medicines"), "medicines", Permission.SEE_CHART),
    _Way(gettext_lazy("Consent"), "consent_person", Permission.TAKE_CONSENT),
    _Way(gettext_lazy("Course and orders"), "course", Permission.SEE_PEOPLE),
    _Way(gettext_lazy("Therapy"), "therapy", Permission.HOLD_THERAPY),
    _Way(gettext_lazy("Days after"), "days_after", Permission.HOLD_THERAPY),
    _Way(gettext_lazy("Check-ins"), "visits", Permission.HOLD_CHECK_IN),
    _Way(gettext_lazy("At home"), "person_home", Permission.PREPARE_HOME),
    _Way(gettext_lazy("Progress"), "progress", Permission.SEE_CHART),
    _Way(gettext_lazy("Insurance"), "insurance", Permission.SEE_CHART),
    _Way(gettext_lazy("Shared journal"), "shared_journal", Permission.SEE_CHART),
)


_ABOVE = {"order": "course", "uses": "eligibility", "preparation": "course"}


@register.inclusion_tag("clinic/people/_person_nav.html", takes_context=True)
def person_nav(context: Context, person_id: UUID, here: str) -> dict[str, Any]:
    """Draw the pages of a person that the actor may open; ``here`` is the route that is open.

    Of a page below another, such as ``order``, the upper one is marked as where one is, not as the page.
    """
    actor: Actor = context["request"].actor
    ways = [_item(way, person_id, here) for way in _WAYS if actor.may(way.permission)]
    stream = open_session_of(person_id=person_id, by=actor) if actor.may(Permission.SEE_CHART) else None
    if stream is not None:
        word = _("Session running now")
        ways.append({"word": word, "url": reverse("session_console", args=[stream]), "is_live": True})
    return {"ways": ways}


def _item(way: _Way, person_id: UUID, here: str) -> dict[str, Any]:
    is_above = _ABOVE.get(here) == way.route
    current = "page" if way.route == here else "true" if is_above else ""
    return {"word": way.word, "url": reverse(way.route, args=[person_id]), "current": current}
