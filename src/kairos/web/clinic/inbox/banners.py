"""An alarming task as a banner: who must do what by when, and who does."""

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kairos.queries.inbox import InboxTask
from kairos.vocab.people import Role
from kairos.web.clinic.inbox.words import promise_of
from kairos.web.design.parts import AlarmBanner
from kairos.web.forms import new_id
from kairos.web.frames import ROLE_WORDS


def banner_of(entry: InboxTask, zone: tzinfo) -> AlarmBanner:
    """Return the banner of one task; only somebody it is for gets the button."""
    task = entry.task
    return AlarmBanner(
        key=str(task.id),
        level=entry.level,
        what=f"{entry.name}. {entry.what}",
        then=_then(entry, zone),
        action_url=reverse("task_take", args=[task.id]),
        command_id=new_id(),
        promise=promise_of(task.kind),
        is_new=not entry.is_taken,
        is_taken=entry.is_taken or not entry.is_for_me,
        open_url=reverse("task", args=[task.id]),
        open_words=_("Open the task"),
    )


def rows_of(entries: Iterable[InboxTask], zone: tzinfo) -> list[dict[str, Any]]:
    """Return the rows of a list, each with its due time in words."""
    return [{"entry": entry, "due": by_when(entry.task.due_at, zone)} for entry in entries]


def by_when(due_at: datetime | None, zone: tzinfo) -> str:
    """Return a due time in words of the site's clock; midnight is the end of the day before it."""
    if due_at is None:
        return ""
    local, today = due_at.astimezone(zone), timezone.now().astimezone(zone)
    if (local - today).days < 1 and not (local.hour or local.minute):
        return _("the end of today")
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return _("{day} {month}, {time}").format(day=local.day, month=f"{local:%B}", time=f"{local:%H:%M}")


def _then(entry: InboxTask, zone: tzinfo) -> str:
    task = entry.task
    due = by_when(task.due_at, zone)
    if entry.is_taken:
        return _("{name} has it. By {due}.").format(name=entry.owner_name, due=due)
    role = str(ROLE_WORDS[Role(task.owner_role)]).lower() if task.owner_role else _("somebody")
    words = _("Nobody has it yet. For a {role}, by {due}.").format(role=role, due=due)
    return f"{words} {_('It went to the medical director as well.')}" if entry.is_escalated else words
