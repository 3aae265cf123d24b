"""How somebody is after a session: asked three times by one tap, and silence is an answer too. Row S-079.

It is not the check-in within a session at home. What may be answered says no drug and no illness; not so well
and a call for help each bring somebody of the team, and so does no answer at all.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from kairos.domain.protocols.limits import LimitsInForce
from kairos.vocab.errors import InvalidInput, Problem

PURPOSE = "check_in_after"
OPEN_AFTERWARDS = timedelta(days=1)
"""How long a link still takes an answer after the team was told of its silence."""


class CheckInMoment(StrEnum):
    """Which of the three it is; the hours stand under ``check_ins.`` in the content."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"


class HowIAm(StrEnum):
    """What may be answered."""

    ALL_WELL = "all_well"
    NOT_SO_WELL = "not_so_well"
    HELP = "help"


@dataclass(frozen=True, slots=True)
class CheckInPlanned:
    """When somebody is asked, and when their silence is told to the team."""

    moment: CheckInMoment
    asks_at: datetime
    closes_at: datetime


def check_ins_after(ended_at: datetime, limits: LimitsInForce) -> tuple[CheckInPlanned, ...]:
    """Return the check-ins after a session that ended at an aware instant, in their order."""
    return tuple(_planned(moment, ended_at, limits) for moment in CheckInMoment)


def _planned(moment: CheckInMoment, ended_at: datetime, limits: LimitsInForce) -> CheckInPlanned:
    asks_at = ended_at + limits.span(f"check_ins.{moment}_after")
    return CheckInPlanned(moment, asks_at, asks_at + limits.span(f"check_ins.{moment}_answer"))


def check_answer(answer: str) -> HowIAm:
    """Return what was answered.

    Raises
    ------
    InvalidInput    none of the three
    """
    if answer not in list(HowIAm):
        raise InvalidInput(Problem("answer", "choose one of the three"))
    return HowIAm(answer)
