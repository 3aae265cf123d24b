"""Nothing to eat or drink before a dose: how long, by route, and what too short a time does.

Rows of the label and of clinic practice. Where nobody said when it was, it is asked and never passes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.rules.target import Reach, Target
from kairos.vocab.finding import Finding, FindingValue
from kairos.vocab.verdict import Severity, Verdict

NEVER = "never"


class Intake(StrEnum):
    """What was taken by mouth."""

    FOOD = "food"
    DRINK = "drink"


@dataclass(frozen=True, slots=True)
class FastingStep:
    """What less than ``least`` (a parameter) amounts to: ``RELATIVE`` holds, ``CAUTION`` warns."""

    least: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class FastingRow:
    """How long before a dose by these routes; ``steps`` go from the most severe down."""

    id: str
    ref: str
    intake: Intake
    reach: Reach
    steps: tuple[FastingStep, ...]
    sources: tuple[str, ...]


def fasting_findings(
    rows: Iterable[FastingRow],
    last: Mapping[Intake, datetime | str],
    *,
    target: Target,
    dose_at: datetime,
    limits: LimitsInForce,
) -> tuple[Finding, ...]:
    """Return what eating and drinking before a dose amounts to, for food and for drink.

    Parameters
    ----------
    last : mapping        when each was last taken, or ``never`` today; what is missing was not asked
    dose_at : datetime    the moment of the dose; exactly the least time before it passes

    Returns
    -------
    tuple of Finding    a relative finding holds the dose until a clinician goes on with a reason
    """
    asked = [row for row in rows if row.reach.holds_for(target)]
    return tuple(_finding(row, last.get(row.intake), dose_at, limits) for row in asked)


def _finding(
    row: FastingRow, last: datetime | str | None, dose_at: datetime, limits: LimitsInForce
) -> Finding:
    verdict, step = _judged(row, last, dose_at, limits)
    values: dict[str, FindingValue] = {"least": limits.quantity(step.least)}
    if isinstance(last, datetime):
        values["answer"] = last
    return Finding(
        rule=row.id,
        ref=row.ref,
        verdict=verdict,
        severity=step.severity,
        message=f"fasting.{row.intake}.{verdict}",
        values=values,
        facts=(),
        sources=row.sources,
    )


def _judged(
    row: FastingRow, last: datetime | str | None, dose_at: datetime, limits: LimitsInForce
) -> tuple[Verdict, FastingStep]:
    if last == NEVER:
        return Verdict.MET, row.steps[-1]
    if not isinstance(last, datetime) or last > dose_at:
        return Verdict.UNKNOWN, row.steps[0]
    for step in row.steps:
        if dose_at - last < limits.span(step.least):
            return Verdict.NOT_MET, step
    return Verdict.MET, row.steps[-1]
