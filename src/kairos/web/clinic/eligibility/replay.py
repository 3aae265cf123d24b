"""What was decided, and what would be decided by the content in force now."""

from typing import cast
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kairos.actions.record_access import record_access
from kairos.queries.replayed_decisions import replayed_decision
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic import words
from kairos.web.forms import new_id


@allow(Permission.SEE_CHART)
@require_GET
def show_replay(request: ActingRequest, person_id: UUID, decision_id: UUID) -> HttpResponse:
    """Show a signed decision asked again: by its own content, and by what is in force."""
    by, now = cast(Actor, request.actor), timezone.now()
    record_access(person_id=person_id, what="eligibility", command_id=new_id(), by=by, now=now)
    found = replayed_decision(person_id=person_id, decision_id=decision_id, by=by, now=now)
    shown = {
        "found": found,
        "person_id": person_id,
        "name": found.identity.shown_name or _("Name unknown"),
        "word": words.DECISION_WORDS.get(found.decision.decision, found.decision.decision),
        "before": words.ADVICE_WORDS[found.kept.advice],
        "now": words.ADVICE_WORDS[found.advice_now],
        "others": [
            (each.title, words.VERDICT_WORDS[each.before], words.VERDICT_WORDS[each.after])
            for each in found.others
        ],
    }
    return render(request, "clinic/eligibility/replay.html", shown)
