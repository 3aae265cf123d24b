"""Entries that disagree, side by side, and the ways to settle it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kairos.actions.correct_event import correct_event
from kairos.domain.sessions.conflicts import Conflict, ConflictKind, open_conflicts
from kairos.domain.sessions.events import CheckAnswered, SessionEntry
from kairos.queries.dosing_sessions import SessionPage, session_page
from kairos.vocab.errors import InvalidInput, NotAllowed
from kairos.vocab.people import Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.sessions.acting import actor, saved, sentence_of
from kairos.web.clinic.sessions.check_page import answer_words
from kairos.web.clinic.sessions.record_page import entry_words
from kairos.web.clinic.sessions.words import text, who
from kairos.web.forms import CommandForm, new_id


def shown_conflicts(page: SessionPage) -> list[dict[str, Any]]:
    """Return what two people entered without sight of one another, for a person to settle."""
    same_due = page.picture.limits.span("monitoring.overdue")
    return [_shown(page, each) for each in open_conflicts(page.entries, same_due=same_due)]


def _shown(page: SessionPage, conflict: Conflict) -> dict[str, Any]:
    item = conflict.second.event.item if isinstance(conflict.second.event, CheckAnswered) else ""
    words = {
        ConflictKind.CHECK: _("The same question was answered differently. It counts as not answered."),
        ConflictKind.READING: _(
            "Two readings were taken for one time. Both count until somebody has looked."
        ),
        ConflictKind.PUMP: _("The pump was told twice. Both count, in the order of their times."),
    }
    return {
        "words": words[conflict.kind],
        "question": text(f"check.{item}") if item else "",
        "sides": [_side(page, each) for each in (conflict.first, conflict.second)],
        "answer_url": f"{reverse('session_check', args=[page.id])}#item-{item}" if item else "",
        "both_url": reverse("session_both_stand", args=[page.id, conflict.second.seq]),
        "command_id": new_id(page.picture.now),
    }


def _side(page: SessionPage, entry: SessionEntry) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": entry.true_at,
        "arrived_at": entry.recorded_at,
        "by": who(entry.by, page.names),
        "what": _what(page, entry),
        "url": reverse("session_correct", args=[page.id, entry.seq]),
    }


def _what(page: SessionPage, entry: SessionEntry) -> str:
    if isinstance(entry.event, CheckAnswered):
        return answer_words(page, entry.event)
    return entry_words(page, entry.event)


@allow(Permission.RUN_SESSION)
@require_POST
def let_both_stand(request: ActingRequest, session_id: UUID, seq: int) -> HttpResponse:
    """Settle that two entries are both right: the second is amended to say what it said."""
    by, now = actor(request), timezone.now()
    page = session_page(session_id=session_id, by=by, now=now)
    form = CommandForm(request.POST)
    entry = next((each for each in page.entries if each.seq == seq), None)
    if form.is_valid() and entry is not None:
        try:
            entered = correct_event(
                session_id=session_id,
                amends=seq,
                true_at=entry.true_at,
                reason=_("Both entries are right."),
                command_id=form.cleaned_data["command_id"],
                by=by,
                now=now,
            )
            return saved(request, page, entered, "session_console")
        except (InvalidInput, NotAllowed) as error:
            messages.warning(request, sentence_of(error))
    return redirect("session_console", session_id)
