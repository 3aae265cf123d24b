"""A coach's caseload: who had a session, who is due, who is silent, what needs the clinician.

It ranks what to look at first. It judges no symptom: whatever needs a clinician is handed to one.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kairos.domain.integration.plan import DatedStep, StepState, Window
from kairos.domain.protocols.limits import LimitsInForce


class Sign(StrEnum):
    """Why somebody stands where they stand; the most pressing first."""

    WITH_CLINICIAN = "with_clinician"
    VISIT_OVERDUE = "visit_overdue"
    STEP_OVERDUE = "step_overdue"
    NOT_AGREED = "not_agreed"
    DUE = "due"
    SILENT = "silent"
    IN_WINDOW = "in_window"


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one person after a session; ``heard_at`` is their own last sign."""

    person_id: UUID
    window: Window
    steps: tuple[DatedStep, ...]
    heard_at: datetime | None
    next_meeting_at: datetime | None = None
    met_at: datetime | None = None
    handed_over: int = 0
    insights_overdue: int = 0
    summaries_open: int = 0
    visit_overdue: bool = False
    signs: tuple[Sign, ...] = field(default=())


def signs_of(case: Case, *, limits: LimitsInForce, now: datetime) -> tuple[Sign, ...]:
    """Return what there is to look at with one person, the most pressing first.

    Due: nobody talked with them since the session and nothing is arranged, and the hours of the window have
    begun. Silent: no sign of their own for the time the content says, while the plan runs.
    """
    runs = not case.window.is_over(now)
    has_talked = case.met_at is not None and case.met_at >= case.window.anchored_at
    quiet_since = case.heard_at if case.heard_at is not None else case.window.anchored_at
    held = {
        Sign.WITH_CLINICIAN: case.handed_over > 0,
        Sign.VISIT_OVERDUE: case.visit_overdue,
        Sign.STEP_OVERDUE: case.insights_overdue > 0,
        Sign.NOT_AGREED: case.summaries_open > 0,
        Sign.DUE: runs and now >= case.window.opens_at and not has_talked and case.next_meeting_at is None,
        Sign.SILENT: runs and now - quiet_since >= limits.span("integration.silent_after"),
        Sign.IN_WINDOW: case.window.is_open(now),
    }
    return tuple(sign for sign, holds in held.items() if holds)


def rank(case: Case) -> tuple[int, float]:
    """Return the place of somebody in the list: the most pressing sign, then the newest session."""
    order = list(Sign)
    first = order.index(case.signs[0]) if case.signs else len(order)
    return first, -case.window.anchored_at.timestamp()


def steps_done(case: Case) -> tuple[int, int]:
    """Return how many steps were done, and how many there are; those left out count as neither."""
    standing = [step for step in case.steps if step.state is not StepState.SKIPPED]
    return sum(step.state is StepState.DONE for step in standing), len(standing)
