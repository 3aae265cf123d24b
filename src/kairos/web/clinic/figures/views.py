"""See the programme's figures as the records stand, and publish them."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kairos.actions.publish_transparency import publish_transparency
from kairos.domain.outcomes.disclosure import Shown
from kairos.domain.outcomes.transparency import FigureTable, Table
from kairos.queries.transparency import FiguresNow, figures_now
from kairos.vocab.errors import NotAllowed
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm
from kairos.web.public.transparency.shown import tables_shown, version_shown


@allow(Permission.SEE_PROGRAMME)
@require_safe
def show_own_figures(request: ActingRequest) -> HttpResponse:
    """Show what would be published now, beside what is public."""
    by = cast(Actor, request.actor)
    found = [_shown(each) for each in figures_now(by=by, now=timezone.now())]
    shown = {"programmes": found, "may_publish": by.may(Permission.KEEP_READINESS)}
    return render(request, "clinic/figures/figures.html", shown)


def _shown(each: FiguresNow) -> dict[str, Any]:
    return {
        "id": each.published.programme_id,
        "name": each.published.name,
        "smallest": each.smallest,
        "shown": tables_shown(each.shown),
        "whole": tables_shown(_in_full(each.whole)) if each.whole else [],
        "newest": version_shown(each.published.versions[0]) if each.published.versions else None,
    }


def _in_full(tables: Mapping[FigureTable, Table]) -> Mapping[FigureTable, Shown]:
    """Return tables with nothing hidden, for those who may see the people themselves."""
    return {
        table: Shown(rows, tuple(map(sum, zip(*rows.values(), strict=True))))
        for table, rows in tables.items()
    }


@allow(Permission.KEEP_READINESS)
@require_POST
def publish_figures(request: ActingRequest, programme_id: UUID) -> HttpResponse:
    """Publish the figures as they stand; where that would tell a few people, say so."""
    form = CommandForm(request.POST)
    if form.is_valid():
        given = {"command_id": form.cleaned_data["command_id"], "by": cast(Actor, request.actor)}
        try:
            publish_transparency(programme_id=programme_id, now=timezone.now(), **given)
            messages.info(request, _("Published. Earlier versions stay to be read."))
        except NotAllowed as error:
            words = str(error)
            messages.warning(request, f"{words[:1].upper()}{words[1:]}.")
    return redirect("own_figures")
