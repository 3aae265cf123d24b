"""Incidents and near misses: reported in a minute, closed only by a review (S-136).

An incident is about the work, never about who is to blame: it names no patient and no culprit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kairos.vocab.errors import InvalidInput, NotAllowed, Problem


class IncidentKind(StrEnum):
    """Whether it reached somebody, or was caught before."""

    INCIDENT = "incident"
    NEAR_MISS = "near_miss"


class IncidentArea(StrEnum):
    """What part of the work it happened in."""

    MEDICINE = "medicine"
    MONITORING = "monitoring"
    IDENTITY = "identity"
    FALL = "fall"
    STOCK = "stock"
    EQUIPMENT = "equipment"
    GOING_HOME = "going_home"
    AT_HOME = "at_home"
    RECORDS = "records"
    CONDUCT = "conduct"
    OTHER = "other"


class Cause(StrEnum):
    """What contributed: kinds of causes that can be changed. None of them is a person."""

    STEPS_UNCLEAR = "steps_unclear"
    HANDOVER = "handover"
    STAFFING = "staffing"
    TRAINING = "training"
    EQUIPMENT = "equipment"
    SURROUNDINGS = "surroundings"
    SOFTWARE = "software"
    PATIENT_CONDITION = "patient_condition"
    OUTSIDE = "outside"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """What somebody saw: kind, area, when, and in their own words, without a patient's name."""

    kind: IncidentKind
    area: IncidentArea
    happened_at: datetime
    told: str


@dataclass(frozen=True, slots=True)
class IncidentReview:
    """How an incident is closed: what happened, why, what is changed, what was learned, who heard of it."""

    happened: str
    causes: tuple[Cause, ...]
    changed: str
    learned: str
    shared_with: str


_ASKED: Mapping[str, str] = {
    "happened": "say what happened, step by step",
    "changed": "say what is changed so that it does not come again, or why nothing is",
    "learned": "say what was learned",
    "shared_with": "say with whom it was shared",
}


def check_report(report: IncidentReport, *, now: datetime) -> None:
    """Refuse a report that says nothing, or of something that lies ahead.

    Raises
    ------
    InvalidInput
    """
    problems = []
    if not report.told.strip():
        problems.append(Problem("told", "is empty; say in a sentence what happened"))
    if report.happened_at > now:
        problems.append(Problem("happened_at", "lies ahead of now; check date and time"))
    if problems:
        raise InvalidInput(*problems)


def check_review(review: IncidentReview, *, is_closed: bool) -> None:
    """Refuse a review that leaves anything out, and a second one: an incident closes only with all of it.

    Raises
    ------
    InvalidInput, NotAllowed
    """
    if is_closed:
        raise NotAllowed("this incident is closed; its review stands")
    problems = [
        Problem(name, f"is empty; {asked}")
        for name, asked in _ASKED.items()
        if not getattr(review, name).strip()
    ]
    if not review.causes:
        problems.append(Problem("causes", "name at least one, or say that none was found"))
    if Cause.NOT_FOUND in review.causes and len(review.causes) > 1:
        problems.append(Problem("causes", "none was found and some were found cannot both be so"))
    if problems:
        raise InvalidInput(*problems)
