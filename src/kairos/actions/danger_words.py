"""Words of danger in what a person wrote: a clinician reads it in time, and whoever is on call is told.

Whoever writes sees nothing of it: the reading brings somebody to look, it judges nothing.
"""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kairos.actions.content_in_force import content_of
from kairos.actions.on_call_notices import call_for_task
from kairos.actions.safety_tasks import INBOX, watch_task
from kairos.content.release import load_release
from kairos.domain.instruments.safety_plan import DueRule, SafetyLevel, SafetyTask
from kairos.domain.safety.danger_words import DangerFound, DangerPlace, danger_in, level_of, told_to_team
from kairos.store import notify
from kairos.store.ids import new_id
from kairos.store.repositories import tasks
from kairos.store.repositories.site_clock import zone_for
from kairos.store.repositories.tasks import Task
from kairos.vocab.people import Actor, Role
from kairos.vocab.quantities import MINUTE

DANGER, ELSEWHERE = "danger_words", "danger_elsewhere"
"""The kinds of task: words that the team may read, and words that are kept from it."""


def look_for_danger(
    text: str,
    *,
    place: DangerPlace,
    subject: UUID,
    programme_id: UUID,
    person_id: UUID,
    by: Actor,
    now: datetime,
) -> SafetyLevel | None:
    """Open a clinician's task where a text signals danger, and return its level; None where it does not.

    Called within the action that keeps the text; a second call for one subject does nothing.

    Parameters
    ----------
    subject : UUID    what was written: a message, an entry, an answer; the task links to it
    """
    found = told_to_team(danger_in(text, load_release().danger_words.values()), place)
    level = level_of(found)
    kind = ELSEWHERE if place.is_kept_from_team else DANGER
    if level is None or _is_open(by, person_id, kind, subject):
        return level
    about = new_id() if place.is_kept_from_team else subject
    details = {"level": level} | ({} if place.is_kept_from_team else _told(found, place))
    task = Task(
        id=new_id(),
        programme_id=programme_id,
        person_id=person_id,
        kind=kind,
        subject=about,
        owner_role=Role.CLINICIAN,
        due_at=_due_at(level, person_id, by, now),
        details=details,
    )
    tasks.add_task(by.scope, task)
    _tell(task, level, by, now)
    return level


def _told(found: tuple[DangerFound, ...], place: DangerPlace) -> dict[str, Any]:
    concerns = list(dict.fromkeys(each.concern.value for each in found))
    return {"place": place.value, "concerns": concerns, "signs": [each.sign for each in found]}


def _is_open(by: Actor, person_id: UUID, kind: str, subject: UUID) -> bool:
    return any(t.kind == kind and t.subject == subject for t in tasks.tasks_of(by.scope, person_id))


def _due_at(level: SafetyLevel, person_id: UUID, by: Actor, now: datetime) -> datetime:
    due = DueRule.NOW if level is SafetyLevel.EMERGENCY else DueRule.SAME_DAY
    planned = SafetyTask(DANGER, level, Role.CLINICIAN, due)
    return planned.due_at(now=now, zone=zone_for(by.scope, person_id))


def _tell(task: Task, level: SafetyLevel, by: Actor, now: datetime) -> None:
    """Watch the task, show it on every open screen, and call whoever is on call where it is urgent."""
    book = content_of(by.scope, task.programme_id).parameters
    within = book.quantity(f"tasks.{level}.take_within", on=now.date()).value_in(MINUTE)
    is_urgent = level.weight >= SafetyLevel.URGENT.weight
    watch_task(by.scope, task, take_by=now + timedelta(minutes=within))
    notify.changed(programme_id=task.programme_id, topic=INBOX, subject=task.person_id, urgent=is_urgent)
    if is_urgent:
        call_for_task(task, role=Role.CLINICIAN, at=now, by=by)
