"""Insight cards: what came up, what it means, one thing to do, when, and when to look again."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kairos.actions.keep_insight import keep_insight
from kairos.actions.settle_insight import settle_insight
from kairos.domain.integration.insights import Insight, InsightState
from kairos.queries.integration import own_integration
from kairos.vocab.people import Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm
from kairos.web.portal.integration.acting import actor, at_once, kept


class CardForm(CommandForm):
    """One card."""

    insight = forms.CharField(
        label=gettext_lazy("What came up"), widget=forms.Textarea(attrs={"rows": 3}), required=False
    )
    meaning = forms.CharField(
        label=gettext_lazy("What it means to me (may stay empty)"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
    action = forms.CharField(label=gettext_lazy("One thing I want to do"), required=False)
    do_on = forms.DateField(
        label=gettext_lazy("By which day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    review_on = forms.DateField(
        label=gettext_lazy("When I look at it again"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    is_shared = forms.BooleanField(
        label=gettext_lazy("My coach, my therapist and my clinicians may read this card"), required=False
    )


class StateForm(CommandForm):
    """How a card ends."""

    state = forms.ChoiceField(choices=[(state.value, state.value) for state in InsightState])


@allow(Permission.INTEGRATE)
@require_GET
def show_cards(request: ActingRequest) -> HttpResponse:
    """Show the cards: open ones first, those whose day has passed with a question and no reproach."""
    now = timezone.now()
    page = own_integration(by=actor(request), now=now)
    today = page.today(now)
    shown = {
        "open": [
            {"card": card, "has_passed": card.is_overdue(today), "asks": card.wants_review(today)}
            for card in page.insights
            if card.state is InsightState.OPEN
        ],
        "ended": [card for card in page.insights if card.state is not InsightState.OPEN],
    }
    return render(request, "portal/integration/cards.html", shown)


@allow(Permission.INTEGRATE)
@require_http_methods(["GET", "POST"])
def write_card(request: ActingRequest, insight_id: UUID | None = None) -> HttpResponse:
    """Write a card, or change one."""
    by, now = actor(request), timezone.now()
    page = own_integration(by=by, now=now)
    card = next((each for each in page.insights if each.id == insight_id), None)
    if insight_id is not None and card is None:
        raise Http404
    form = CardForm(request.POST or None, initial=_started(card, page.today(now) + timedelta(days=1)))

    def act() -> None:
        keep_insight(insight_id=insight_id, by=by, now=timezone.now(), **form.cleaned_data)

    return kept(
        request, form, act, _("Saved."), "portal_cards", ("portal/integration/card.html", {"card": card})
    )


@allow(Permission.INTEGRATE)
@require_POST
def settle_card(request: ActingRequest, insight_id: UUID) -> HttpResponse:
    """End a card, or open it again."""
    form = StateForm(request.POST)

    def act() -> None:
        settle_insight(insight_id=insight_id, by=actor(request), now=timezone.now(), **form.cleaned_data)

    return at_once(request, form, act, _("Saved."), "portal_cards")


def _started(card: Insight | None, tomorrow: Any) -> dict[str, Any]:
    if card is None:
        return {"do_on": tomorrow, "review_on": tomorrow + timedelta(days=1)}
    names = ("insight", "meaning", "action", "do_on", "review_on", "is_shared")
    return {name: getattr(card, name) for name in names}
