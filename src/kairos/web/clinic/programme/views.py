"""The programme: small honest numbers, and what is not measured."""

from typing import cast

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from kairos.domain.protocols.course import PlannedStatus
from kairos.queries.programme import SMALLEST_SHOWN, Programme, programme
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.words import STAGE_WORDS

STATUS_WORDS = {
    PlannedStatus.PLANNED: _("Still to come, or not opened"),
    PlannedStatus.OPEN: _("Opened"),
    PlannedStatus.DONE: _("Held"),
    PlannedStatus.CANCELLED: _("Cancelled"),
}
BAR = 200


@allow(Permission.SEE_PROGRAMME)
@require_GET
def show_programme(request: ActingRequest) -> HttpResponse:
    """Show the numbers of the programmes this person answers for."""
    found = programme(by=cast(Actor, request.actor), now=timezone.now())
    shown = {
        "programme": found,
        "may_keep_rems": cast(Actor, request.actor).may(Permission.KEEP_REMS),
        "stages": _stages(found),
        "sessions": [(word, found.sessions.get(status, 0)) for status, word in STATUS_WORDS.items()],
        "planned": sum(found.sessions.values()),
        "smallest": SMALLEST_SHOWN,
        "hides": any(each.count is None for each in found.stages),
    }
    return render(request, "clinic/programme/programme.html", shown)


def _stages(found: Programme) -> list[dict[str, object]]:
    """Return each stage with its word and the length of its bar."""
    largest = max((each.count or 0 for each in found.stages), default=0) or 1
    return [
        {
            "word": STAGE_WORDS.get(each.stage, each.stage),
            "count": each.count,
            "is_small": each.is_small,
            "width": round(BAR * (each.count or 0) / largest, 1),
        }
        for each in found.stages
        if each.count != 0
    ]
