"""Entries of the ledger of treatments: what somebody tells of a treatment becomes a fact."""

from dataclasses import dataclass
from datetime import datetime

from kairos.domain.eligibility.ledger import PER_DAY, TRIAL
from kairos.vocab.codes import Code
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.facts import Fact, FactId, FactKind, Origin
from kairos.vocab.instants import PartialDate
from kairos.vocab.quantities import PERCENT, Quantity


@dataclass(frozen=True, slots=True)
class ToldTrial:
    """One treatment as it was told. What is empty or ``None`` was not known.

    ``about`` is the entry of the record that this stands in place of, ``replaces`` the entry of the
    ledger that it corrects. Doses are in mg a day, improvement in percent of the score before.
    """

    treatment: str
    is_talk_therapy: bool = False
    daily_dose_mg: float | None = None
    started: PartialDate | None = None
    ended: PartialDate | None = None
    is_ongoing: bool = False
    improvement_percent: float | None = None
    in_episode: bool | None = None
    is_completed: bool | None = None
    about: FactId = ""
    replaces: FactId = ""


def fact_of_trial(told: ToldTrial, *, fact_id: FactId, origin: Origin, now: datetime) -> Fact:
    """Return the entry of the ledger.

    Raises
    ------
    InvalidInput    an end before the start, or in a treatment that goes on
    """
    _check(told)
    return Fact(
        id=fact_id,
        kind=FactKind.ANSWER,
        concept=TRIAL,
        origin=origin,
        status="active" if told.is_ongoing else "completed",
        true_from=told.started,
        true_until=told.ended,
        recorded_at=now,
        details=_details(told),
    )


def _check(told: ToldTrial) -> None:
    if not told.treatment:
        raise InvalidInput(Problem("treatment", "no treatment was named; choose or write one"))
    if told.is_ongoing and told.ended is not None:
        raise InvalidInput(Problem("ended", "a treatment that goes on has no end; clear one of the two"))
    if told.started and told.ended and told.ended.last < told.started.first:
        raise InvalidInput(Problem("ended", "the end lies before the start; check the two dates"))


def _details(told: ToldTrial) -> dict[str, Quantity | Code | str]:
    details: dict[str, Quantity | Code | str] = {"treatment": told.treatment}
    if told.is_talk_therapy:
        details["type"] = "talk_therapy"
    if told.daily_dose_mg is not None:
        details["daily_dose"] = Quantity(told.daily_dose_mg, PER_DAY)
    if told.improvement_percent is not None:
        details["improvement"] = Quantity(told.improvement_percent, PERCENT)
    if told.in_episode is not None:
        details["episode"] = "current" if told.in_episode else "earlier"
    if told.is_completed is not None:
        details["completed"] = "yes" if told.is_completed else "no"
    links = {"about": told.about, "refutes": told.replaces}
    return details | {name: value for name, value in links.items() if value}
