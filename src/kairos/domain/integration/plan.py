"""The plan for the days after a session: what is offered when, what was done, left out or is next.

Nothing here is owed. A step that was left out is no fault, and the next one comes all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from kairos.domain.instruments.safety_plan import SafetyLevel
from kairos.domain.protocols.limits import LimitsInForce
from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.instants import check_aware


class StepState(StrEnum):
    """Where a step stands. Skipped is as good an end as done."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One thing offered. Its words are the text ``integration.step.<id>``; ``due`` names a parameter."""

    id: str
    due: str


@dataclass(frozen=True, slots=True)
class VisitField:
    """One heading of a check-in visit. Its words are the text ``visit.field.<id>``."""

    id: str
    is_required: bool


@dataclass(frozen=True, slots=True)
class HandOverReason:
    """Why something goes to a clinician. Its words are the text ``integration.reason.<id>``."""

    id: str
    level: SafetyLevel


@dataclass(frozen=True, slots=True)
class DaysAfter:
    """What the content offers for the days after a session, and on which claims it rests."""

    id: str
    version: int
    steps: tuple[PlanStep, ...]
    opens: str
    closes: str
    claims: tuple[str, ...]
    practices: tuple[str, ...]
    visit_fields: tuple[VisitField, ...]
    reasons: tuple[HandOverReason, ...]
    sources: tuple[str, ...]

    @property
    def name(self) -> str:
        """What a plan made of this version is called in the record."""
        return f"{self.id}:{self.version}"

    def reason(self, name: str) -> HandOverReason:
        """Return why something is handed over.

        Raises
        ------
        InvalidInput    not a reason of the content
        """
        for reason in self.reasons:
            if reason.id == name:
                return reason
        raise InvalidInput(Problem("reason", "choose what a clinician is to look at"))


@dataclass(frozen=True, slots=True)
class DatedStep:
    """A step with its time, in UTC, and where it stands."""

    id: str
    due_at: datetime
    state: StepState


@dataclass(frozen=True, slots=True)
class Window:
    """The days after one dose: when they began, the hours drawn, and when the last step is due.

    That learning is easier between ``opens_at`` and ``closes_at`` is a hypothesis.
    """

    anchored_at: datetime
    opens_at: datetime
    closes_at: datetime
    ends_at: datetime

    def is_open(self, now: datetime) -> bool:
        """Whether now lies in the hours of which more is hoped."""
        return self.opens_at <= now < self.closes_at

    def is_over(self, now: datetime) -> bool:
        """Whether the last step was due before now."""
        return now > self.ends_at


def dated_steps(
    days: DaysAfter, anchored_at: datetime, states: Mapping[str, StepState], *, limits: LimitsInForce
) -> tuple[DatedStep, ...]:
    """Return the steps of a plan in order of time.

    Parameters
    ----------
    anchored_at : datetime    when the dose began, aware
    states : mapping          what was said last of each step; one nobody spoke of is open

    Raises
    ------
    ValueError    an instant without a time zone
    """
    start = check_aware(anchored_at, name="anchored_at").astimezone(UTC)
    dated = [
        DatedStep(step.id, start + limits.span(step.due), states.get(step.id, StepState.OPEN))
        for step in days.steps
    ]
    return tuple(sorted(dated, key=lambda step: step.due_at))


def next_step(steps: tuple[DatedStep, ...]) -> DatedStep | None:
    """Return the step that is next: the first that is open; nothing where none is."""
    return next((step for step in steps if step.state is StepState.OPEN), None)


def window_of(days: DaysAfter, anchored_at: datetime, *, limits: LimitsInForce) -> Window:
    """Return the hours that are drawn of a plan.

    Raises
    ------
    ValueError    an instant without a time zone
    """
    start = check_aware(anchored_at, name="anchored_at").astimezone(UTC)
    last = max((limits.span(step.due) for step in days.steps), default=timedelta())
    ends = start + max(last, limits.span(days.closes))
    return Window(start, start + limits.span(days.opens), start + limits.span(days.closes), ends)


def check_settles(days: DaysAfter, step: str, state: str) -> StepState:
    """Return the state that a step is given.

    Raises
    ------
    InvalidInput    a step that this plan does not have, or no state of a step
    """
    problems = []
    if step not in {each.id for each in days.steps}:
        problems.append(Problem("step", "is not a step of this plan; choose one on the page"))
    if state not in set(StepState):
        problems.append(Problem("state", f"must be one of {', '.join(StepState)}"))
    if problems:
        raise InvalidInput(*problems)
    return StepState(state)


def check_may_accompany(*, has_trauma_flag: bool, is_trained: bool) -> None:
    """Refuse a coach who is to accompany somebody with the trauma-care flag.

    Raises
    ------
    NotAllowed
    """
    if has_trauma_flag and not is_trained:
        raise NotAllowed(
            "a therapist or a prescriber accompanies somebody with the trauma-care flag; hand over to one"
        )
