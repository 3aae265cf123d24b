"""Habits for one's goals, and the library of small exercises. Only what was done is shown."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from kairos.actions.keep_habit import keep_habit
from kairos.actions.log_practice import log_practice
from kairos.actions.note_habit_day import note_habit_day
from kairos.domain.evidence.texts import Audience
from kairos.domain.integration.goals import Goal
from kairos.domain.integration.habits import Habit, HabitState, days_in_a_row, last_days
from kairos.queries.integration import IntegrationPage, own_integration
from kairos.vocab.people import Permission
from kairos.web.access import ActingRequest, allow
from kairos.web.forms import CommandForm
from kairos.web.portal.integration.acting import actor, at_once, kept
from kairos.web.therapy_words import said

ROW_FROM = 2
"""From how many days in a row on that is said; one day alone is no row."""


class HabitForm(CommandForm):
    """A habit, and who may read it."""

    habit = forms.CharField(label=gettext_lazy("What I want to do, most days"), required=False)
    goal_id = forms.TypedChoiceField(
        label=gettext_lazy("For which goal"), coerce=UUID, empty_value=None, required=False
    )
    is_shared = forms.BooleanField(
        label=gettext_lazy("My coach, my therapist and my clinicians may see this habit"), required=False
    )

    def __init__(self, *args: Any, goals: Iterable[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = [(str(goal.id), goal.what) for goal in goals if goal.is_on]
        self.fields["goal_id"].choices = [("", _("No goal")), *standing]  # type: ignore[attr-defined]
        if not standing:
            del self.fields["goal_id"]


class DayForm(CommandForm):
    """A day on which a habit was done, or was not."""

    day = forms.DateField()
    is_done = forms.BooleanField(required=False)


class PracticeForm(CommandForm):
    """Which exercise was done."""

    practice = forms.CharField()


@allow(Permission.INTEGRATE)
@require_http_methods(["GET", "POST"])
def show_habits(request: ActingRequest) -> HttpResponse:
    """Show the habits with the days on which they were done, and begin a new one."""
    by, now = actor(request), timezone.now()
    page = own_integration(by=by, now=now)
    form = HabitForm(request.POST or None, goals=page.goals)

    def act() -> None:
        keep_habit(by=by, now=now, **form.cleaned_data)

    found = {"habits": [_shown(each, page, now) for each in page.habits if each.state is HabitState.KEPT]}
    return kept(request, form, act, _("Saved."), "portal_habits", ("portal/integration/habits.html", found))


@allow(Permission.INTEGRATE)
@require_POST
def note_day(request: ActingRequest, habit_id: UUID) -> HttpResponse:
    """Note a day, or take it back."""
    form = DayForm(request.POST)

    def act() -> None:
        note_habit_day(habit_id=habit_id, by=actor(request), now=timezone.now(), **form.cleaned_data)

    return at_once(request, form, act, _("Saved."), "portal_habits")


@allow(Permission.INTEGRATE)
@require_POST
def end_habit(request: ActingRequest, habit_id: UUID) -> HttpResponse:
    """End a habit; its days stay."""
    by, now, form = actor(request), timezone.now(), CommandForm(request.POST)
    page = own_integration(by=by, now=now)
    habit = next((each for each in page.habits if each.id == habit_id), None)
    if habit is None:
        raise Http404

    def act() -> None:
        keep_habit(
            habit=habit.words,
            goal_id=habit.goal_id,
            is_shared=habit.is_shared,
            is_ended=True,
            habit_id=habit_id,
            by=by,
            now=now,
            **form.cleaned_data,
        )

    return at_once(request, form, act, _("Put away. Its days stay."), "portal_habits")


@allow(Permission.INTEGRATE)
@require_http_methods(["GET", "POST"])
def show_practices(request: ActingRequest) -> HttpResponse:
    """Show the library, and when each exercise was done."""
    by, now, form = actor(request), timezone.now(), PracticeForm(request.POST or None)
    page = own_integration(by=by, now=now)

    def act() -> None:
        log_practice(by=by, now=now, **form.cleaned_data)

    found = {
        "practices": [_practice(name, page) for name in page.content.practices],
        "note": said("integration.practice_note", Audience.PATIENT),
    }
    shown = ("portal/integration/practices.html", found)
    return kept(request, form, act, _("Written down."), "portal_practices", shown)


def _shown(habit: Habit, page: IntegrationPage, now: Any) -> dict[str, Any]:
    today = page.today(now)
    days = last_days(today, page.habit_days)
    row = days_in_a_row(habit.days, today)
    return {
        "habit": habit,
        "goal": next((goal.what for goal in page.goals if goal.id == habit.goal_id), ""),
        "days": [{"day": day, "is_done": day in habit.days} for day in days],
        "done": sum(day in habit.days for day in days),
        "row": row if row >= ROW_FROM else 0,
        "today": today,
        "is_done_today": today in habit.days,
    }


def _practice(name: str, page: IntegrationPage) -> dict[str, Any]:
    times = page.practised.get(name, ())
    return {
        "id": name,
        "words": said(f"integration.practice.{name}", Audience.PATIENT),
        "how": said(f"integration.practice.{name}_how", Audience.PATIENT),
        "count": len(times),
        "last": times[0].astimezone(page.zone) if times else None,
    }
