"""Who watches a session, as its page says it; and the sign of life of whoever's page is open."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kairos.actions.signs_of_life import show_watcher
from kairos.domain.sessions.watchers import may_take
from kairos.queries.dosing_sessions import SessionPage
from kairos.vocab.people import Actor
from kairos.web.access import ActingRequest, allow
from kairos.web.clinic.sessions.acting import actor
from kairos.web.clinic.sessions.words import clock, who
from kairos.web.lock import mark_of


@allow(signed_in=True, while_locked=True, reason="a page says that it is open, so that silence is seen")
@require_POST
def show_life(request: ActingRequest) -> HttpResponse:
    """Take note that a page of somebody is alive; a locked one shows its board still."""
    note_life(request)
    return HttpResponse(status=204)


def note_life(request: ActingRequest) -> None:
    """Take the request as a sign of life of whoever made it."""
    show_watcher(screen=mark_of(request.session), by=actor(request), now=timezone.now())


def watch_context(page: SessionPage, by: Actor) -> dict[str, Any]:
    """Return who watches, who is asked to, and whether this person may take the watch."""
    state = page.picture.state
    if state.is_over or state.watched_by is None:
        return {}
    return {
        "watcher": who(state.watched_by, page.names),
        "is_mine": state.watched_by == by.id,
        "is_offered_to_me": state.offer is not None and state.offer.to == by.id,
        "may_take": may_take(state, by.id),
        "lines": _lines(page),
    }


def _lines(page: SessionPage) -> list[str]:
    """Return what else is to be said of the watch: an offer that waits, a break and its end."""
    state, said = page.picture.state, []
    if state.offer is not None:
        told = {"name": who(state.offer.to, page.names)}
        said.append(_("Offered to %(name)s. Until it is taken, nothing changes.") % told)
    if state.cover is not None:
        told = {"name": who(state.cover.first, page.names), "time": clock(state.cover.until, page.zone)}
        said.append(_("Covers the break of %(name)s until %(time)s. Then the watch is offered back.") % told)
    return said
