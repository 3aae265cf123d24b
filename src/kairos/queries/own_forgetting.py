"""The wish to be forgotten: who answers it, within what time, and where it stands."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from kairos.queries.consents import own_person_id
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import account_keeping, accounts, people, tasks
from kairos.store.repositories.site_clock import zone_for
from kairos.store.repositories.tasks import Task
from kairos.vocab.people import GRANTS, Actor, Permission, Role, Scope
from kairos.vocab.quantities import DAY

_TASK, _ANSWER_WITHIN = "erasure_asked", "tasks.erasure.answer_within"


@dataclass(frozen=True, slots=True)
class OwnForgetting:
    """``task`` is the newest wish; ``answered_by`` who ended it; ``names`` are those who may do it."""

    task: Task | None
    answered_by: str
    names: tuple[str, ...]
    days: int
    zone: ZoneInfo

    @property
    def is_open(self) -> bool:
        """Whether somebody has the wish and has not answered it."""
        return self.task is not None and self.task.done_at is None


@reading(Permission.SEE_OWN_RECORD)
def own_forgetting(*, by: Actor, now: datetime) -> OwnForgetting:
    """Return where the wish of whoever is logged in stands.

    Raises
    ------
    Missing    the log-in is nobody's own
    """
    person_id = own_person_id(by)
    programme_id = people.find_person(by.scope, person_id).enrolments[0].programme_id
    task = next((one for one in tasks.tasks_of(by.scope, person_id) if one.kind == _TASK), None)
    ended = accounts.names_of({task.done_by}).get(task.done_by, "") if task and task.done_by else ""
    book = content_of(by.scope, programme_id).parameters
    days = ceil(book.quantity(_ANSWER_WITHIN, on=now.date()).value_in(DAY))
    return OwnForgetting(task, ended, _names(by.scope), days, zone_for(by.scope, person_id))


def _names(scope: Scope) -> tuple[str, ...]:
    """Return the medical directors of the programmes: the task is theirs, and they may erase."""
    assert Role.MEDICAL_DIRECTOR in GRANTS[Permission.ERASE_PERSON]
    held = account_keeping.staff_memberships(scope)
    ids = {
        one.user_id
        for one in held
        if one.role == Role.MEDICAL_DIRECTOR and one.programme_id in scope.programme_ids
    }
    return tuple(sorted(accounts.names_of(ids).values()))
