"""What a worsening starts: a clinician sees the person within the time set for it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from kairos.domain.evidence.parameters import ParameterBook
from kairos.vocab.finding import Finding
from kairos.vocab.instants import check_aware
from kairos.vocab.people import Role
from kairos.vocab.quantities import HOUR
from kairos.vocab.verdict import Verdict

KIND = "outcome_worsening"
_WITHIN = "outcomes.deterioration_review_within"


@dataclass(frozen=True, slots=True)
class WorseningTask:
    """A task with an owner and an instant, in UTC, by which it is done. ``task.<kind>`` is its text."""

    kind: str
    owner: Role
    due_at: datetime
    sources: tuple[str, ...]


def task_for(worsening: Finding, *, now: datetime, book: ParameterBook) -> WorseningTask | None:
    """Return the task that a worsening opens, or None where the score is not known to be worse.

    Parameters
    ----------
    worsening : Finding     from ``change.deterioration``
    now : datetime          aware, when the score arrived
    book : ParameterBook    holds how long the team has

    Raises
    ------
    ValueError              ``now`` without a time zone
    """
    if worsening.verdict is not Verdict.MET:
        return None
    start = check_aware(now, name="now").astimezone(UTC)
    entry = book.entry(_WITHIN, on=start.date())
    due_at = start + timedelta(hours=entry.quantity.value_in(HOUR))
    return WorseningTask(KIND, Role.CLINICIAN, due_at, entry.sources)
