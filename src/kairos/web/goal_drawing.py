"""Goals over time: each drawn as a line from 0 to 10, with a table beside, and what they come to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kairos.domain.integration.goals import Goal, Rating
from kairos.domain.protocols.therapy import HIGHEST
from kairos.queries.goals import GoalsPage
from kairos.web.design.dates import dated
from kairos.web.design.drawings.svg import element, horizontal

LEVEL_WORDS = {
    -2: gettext_lazy("Much less than I hoped"),
    -1: gettext_lazy("Less than I hoped"),
    0: gettext_lazy("As I hoped"),
    1: gettext_lazy("More than I hoped"),
    2: gettext_lazy("Much more than I hoped"),
}
_WIDTH, _TOP, _BOTTOM = 120, 5, 45


@dataclass(frozen=True, slots=True)
class GoalShown:
    """One goal with its line and the rows of its table: day, 0 to 10, step."""

    goal: Goal
    drawing: SafeString
    rows: tuple[tuple[datetime, int | None, Any], ...]
    is_due: bool
    habits: tuple[tuple[str, tuple[tuple[Any, int], ...]], ...] = ()


def goals_context(page: GoalsPage | None, now: datetime) -> dict[str, Any]:
    """Return what the pages about goals show."""
    if page is None:
        return {}
    return {
        "goals": [_shown(each, page, now) for each in page.standing],
        "aside": page.aside,
        "attained": [
            (each.at.astimezone(page.zone), each.goals, f"{each.t_score:.0f}") for each in page.attained
        ],
        "are_due": page.are_due(now),
        "every_days": page.every.days,
    }


def _shown(goal: Goal, page: GoalsPage, now: datetime) -> GoalShown:
    rows = tuple((each.at.astimezone(page.zone), each.near, _level(each)) for each in goal.ratings)
    line = mark_safe(_line(goal, rows))  # nosec B308 B703 - escaped as drawn
    habits = tuple((each.words, each.weeks) for each in page.habits.get(goal.id, ()))
    return GoalShown(goal, line, rows, goal.is_due(now, page.every), habits)


def _level(rating: Rating) -> Any:
    return "" if rating.level is None else LEVEL_WORDS[rating.level]


def _line(goal: Goal, rows: tuple[tuple[datetime, int | None, Any], ...]) -> str:
    """Draw the ratings in even steps between the ends of the scale; one alone is a dot."""
    rated = [(at, near) for at, near, _level in rows if near is not None]
    if not rated:
        return ""
    step = (_WIDTH - 10) / max(len(rated) - 1, 1)
    up = (_BOTTOM - _TOP) / HIGHEST
    dots = [(5 + n * step, _BOTTOM - up * near) for n, (_at, near) in enumerate(rated)]
    content = horizontal(0, _WIDTH, _TOP, "end") + horizontal(0, _WIDTH, _BOTTOM, "end")
    content += element("polyline", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in dots))
    content += "".join(element("circle", cx=x, cy=y, r=4) for x, y in dots)
    said = ", ".join(
        _("%(day)s: %(near)s of 10") % {"day": dated(at, "j F"), "near": near} for at, near in rated
    )
    box = f"0 0 {_WIDTH} {_BOTTOM + _TOP}"
    return element(
        "svg",
        content,
        class_="spark",
        viewBox=box,
        width=_WIDTH,
        height=_BOTTOM + _TOP,
        role="img",
        aria_label=f"{goal.what}: {said}",
    )
