"""A patient's goals: set, changed, set aside, rated."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from kairos.actions.keep_goal import keep_goal
from kairos.actions.rate_goals import rate_goals
from kairos.domain.integration.goals import Goal, Rated
from kairos.domain.protocols.therapy import HIGHEST, LOWEST
from kairos.queries.goals import own_goals
from kairos.vocab.errors import InvalidInput
from kairos.vocab.people import Actor, Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm
from kairos.web.goal_drawing import LEVEL_WORDS, goals_context

_NEAR = [("", gettext_lazy("No answer")), *((str(n), str(n)) for n in range(LOWEST, HIGHEST + 1))]
_LEVELS = [("", gettext_lazy("No answer")), *((str(n), words) for n, words in LEVEL_WORDS.items())]


class GoalForm(CommandForm):
    """A goal, why it matters, and how others would see progress."""

    what = forms.CharField(label=gettext_lazy("What I want more of in my life"), required=False)
    why = forms.CharField(label=gettext_lazy("Why it matters to me"), required=False)
    sign = forms.CharField(
        label=gettext_lazy("How I will see that it goes as I hoped"),
        help_text=gettext_lazy("Something you can see or count. For example: I call a friend once a week."),
        required=False,
    )


class RateForm(CommandForm):
    """How near each goal is, and the step it has reached; any may be left out."""

    def __init__(self, *args: Any, goals: tuple[Goal, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = goals
        for goal in goals:
            for name, label, choices in (
                (f"near_{goal.id}", _("How near are you now? The highest is: I am there."), _NEAR),
                (f"level_{goal.id}", _("Compared with what you hoped for"), _LEVELS),
            ):
                self.fields[name] = forms.TypedChoiceField(
                    label=label, choices=choices, coerce=int, empty_value=None, required=False
                )

    @property
    def rows(self) -> list[tuple[Goal, forms.BoundField, forms.BoundField]]:
        """Each goal with its two fields."""
        return [(each, self[f"near_{each.id}"], self[f"level_{each.id}"]) for each in self.goals]

    def given(self) -> dict[str, Any]:
        """Return what the action is given."""
        told = self.cleaned_data
        ratings = [Rated(each.id, told[f"near_{each.id}"], told[f"level_{each.id}"]) for each in self.goals]
        return {"command_id": told["command_id"], "ratings": ratings}


@allow(Permission.PREPARE_SESSION)
@require_http_methods(["GET", "POST"])
def show_goals(request: ActingRequest) -> HttpResponse:
    """Show the goals with how near they came, and take in how near they are now."""
    by, now = cast(Actor, request.actor), timezone.now()
    page = own_goals(by=by, now=now)
    form = RateForm(request.POST or None, goals=page.standing)
    if request.method == "POST" and form.is_valid():
        try:
            rate_goals(by=by, now=now, **form.given())
            messages.info(request, _("Saved."))
            return redirect("portal_goals")
        except InvalidInput as error:
            form.take_problems(error)
    found = {"form": form, **goals_context(page, now)}
    return render(request, "portal/preparation/goals.html", found, status=400 if form.errors else 200)


@allow(Permission.PREPARE_SESSION)
@require_http_methods(["GET", "POST"])
def write_goal(request: ActingRequest, goal_id: UUID | None = None) -> HttpResponse:
    """Set a goal, or change its words."""
    by, now = cast(Actor, request.actor), timezone.now()
    goal = _find(by, goal_id) if goal_id else None
    initial = {"what": goal.what, "why": goal.why, "sign": goal.sign} if goal else {}
    form = GoalForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            keep_goal(goal_id=goal_id, by=by, now=now, **form.cleaned_data)
            messages.info(request, _("Saved."))
            return redirect("portal_goals")
        except InvalidInput as error:
            form.take_problems(error)
    found = {"form": form, "goal": goal}
    return render(request, "portal/preparation/goal.html", found, status=400 if form.errors else 200)


@allow(Permission.PREPARE_SESSION)
@require_POST
def set_aside(request: ActingRequest, goal_id: UUID) -> HttpResponse:
    """Set a goal aside; its ratings stay."""
    by, now = cast(Actor, request.actor), timezone.now()
    goal, form = _find(by, goal_id), CommandForm(request.POST)
    if form.is_valid():
        keep_goal(
            goal_id=goal_id,
            what=goal.what,
            why=goal.why,
            sign=goal.sign,
            is_on=False,
            command_id=form.cleaned_data["command_id"],
            by=by,
            now=now,
        )
        messages.info(request, _("Set aside. Its ratings stay."))
    return redirect("portal_goals")


def _find(by: Actor, goal_id: UUID) -> Goal:
    page = own_goals(by=by, now=timezone.now())
    found = next((each for each in page.standing if each.id == goal_id), None)
    if found is None:
        raise Http404
    return found
