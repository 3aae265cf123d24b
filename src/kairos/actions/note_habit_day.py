"""Note that a habit was done on a day, or take that back."""

from datetime import date, datetime
from uuid import UUID

from kairos.actions.integration import (
    HABIT,
    HABIT_DAY,
    check_state,
    find_own,
    limits_of,
    say_as_shared,
    statement,
    tell_screens,
)
from kairos.domain.integration.habits import HabitState, check_day
from kairos.store.audit import AuditNote
from kairos.store.command import command
from kairos.store.repositories import integration
from kairos.store.repositories.site_clock import zone_for
from kairos.vocab.people import Actor, Permission
from kairos.vocab.quantities import DAY


@command("note_habit_day", Permission.INTEGRATE)
def note_habit_day(
    *, habit_id: UUID, day: date, is_done: bool = True, command_id: UUID, by: Actor, now: datetime
) -> tuple[UUID, AuditNote]:
    """Keep one day of a habit; the newest word about a day holds.

    Raises
    ------
    InvalidInput    a day to come, or longer ago than is drawn
    NotAllowed      the habit was ended
    Missing         no such habit of one's own
    """
    habit = find_own(by, habit_id, HABIT)
    check_state(habit, HabitState.KEPT)
    today = now.astimezone(zone_for(by.scope, habit.person_id)).date()
    shown = int(limits_of(by.scope, habit.programme_id, now).number("integration.habit_days", DAY))
    check_day(day, today=today, shown=shown)
    said = statement(
        *(HABIT_DAY, habit_id, "done" if is_done else "not_done"),
        person_id=habit.person_id,
        details={"day": day.isoformat(), "is_shared": habit.details["is_shared"]},
        by=by,
        now=now,
    )
    integration.say(by.scope, say_as_shared(said))
    tell_screens(habit.programme_id, habit.person_id)
    return habit_id, AuditNote(f"habit:{habit_id}", habit.programme_id, habit.person_id, why=said.state)
