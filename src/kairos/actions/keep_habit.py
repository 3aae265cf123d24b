"""Keep a habit, tied to a goal where there is one; change or end it."""

from datetime import datetime
from uuid import UUID

from kairos.actions.integration import HABIT, find_own, keep_own, look_for_danger_in, own_person, statement
from kairos.domain.integration.habits import HabitState, check_habit
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.ids import new_id
from kairos.store.repositories import goals
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.people import Actor, Permission, Scope


@command("keep_habit", Permission.INTEGRATE)
def keep_habit(
    *,
    habit: str,
    goal_id: UUID | None = None,
    is_shared: bool = False,
    is_ended: bool = False,
    habit_id: UUID | None = None,
    command_id: UUID,
    by: Actor,
    now: datetime,
) -> tuple[UUID, AuditNote]:
    """Keep a habit under the person's key and return its id; only a shared one is read by the team.

    Raises
    ------
    InvalidInput    nothing was written, or too much, or a goal that is not one's own
    Missing         no such habit of one's own
    """
    person_id, words = own_person(by), check_habit(habit)
    before = find_own(by, habit_id, HABIT) if habit_id else None
    _check_goal(by.scope, person_id, goal_id)
    state = HabitState.ENDED if is_ended else HabitState.KEPT
    said = statement(
        *(HABIT, habit_id or new_id(), state.value),
        person_id=person_id,
        details={"goal": str(goal_id) if goal_id else None, "is_shared": is_shared},
        words={"habit": words},
        by=by,
        now=now,
    )
    look_for_danger_in(keep_own(by.scope, said, before), by=by, now=now)
    return said.subject, AuditNote(f"habit:{said.subject}", said.programme_id, person_id, why=state.value)


def _check_goal(scope: Scope, person_id: UUID, goal_id: UUID | None) -> None:
    if goal_id is not None and goal_id not in {goal.id for goal in goals.goals_of(scope, person_id)}:
        raise InvalidInput(Problem("goal_id", "is not one of your goals; choose one on the page"))
