"""Triads: a dosing session with the meetings before it and after it, and the gate that preparation is.

A dosing session of a course with psychotherapy opens only where the preparation it needs was held and its
notes are signed. A meeting whose time has passed without a signed note is not known to have been held.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from kairos.domain.protocols.therapy import SessionKind
from kairos.vocab.errors import InvalidInput, Problem
from kairos.vocab.verdict import Verdict


class MeetingStatus(StrEnum):
    """Where a meeting stands; held once its note is signed."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A preparatory or an integration session, and the dosing session it belongs to."""

    id: UUID
    kind: SessionKind
    dosing_id: UUID
    starts_at: datetime
    status: MeetingStatus


@dataclass(frozen=True, slots=True)
class Dosing:
    """A dosing session of the course."""

    id: UUID
    number: int
    starts_at: datetime
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Triad:
    """One unit: preparation, dose, integration. ``lacks`` names the sides nobody has planned."""

    dosing: Dosing
    preparation: tuple[Meeting, ...]
    integration: tuple[Meeting, ...]
    lacks: tuple[SessionKind, ...]

    @property
    def is_orphan(self) -> bool:
        """Whether the dosing session stands without one of its sides."""
        return bool(self.lacks)


@dataclass(frozen=True, slots=True)
class Preparation:
    """Whether the preparation of a dosing session is done: how many are needed, held, and not known."""

    verdict: Verdict
    needed: int
    held: int
    unsigned: int


def triads(dosings: Sequence[Dosing], meetings: Sequence[Meeting]) -> tuple[Triad, ...]:
    """Return each dosing session that was not cancelled with what belongs to it, in order."""
    standing = [each for each in meetings if each.status is not MeetingStatus.CANCELLED]
    return tuple(_triad(each, standing) for each in dosings if not each.is_cancelled)


def _triad(dosing: Dosing, standing: Sequence[Meeting]) -> Triad:
    sides = {
        kind: tuple(
            sorted(
                (each for each in standing if each.dosing_id == dosing.id and each.kind is kind),
                key=lambda each: each.starts_at,
            )
        )
        for kind in (SessionKind.PREPARATORY, SessionKind.INTEGRATION)
    }
    lacks = tuple(kind for kind, found in sides.items() if not found)
    return Triad(dosing, sides[SessionKind.PREPARATORY], sides[SessionKind.INTEGRATION], lacks)


def preparation_of(triad: Triad, *, needed: int, now: datetime) -> Preparation:
    """Return whether a dosing session may open, as far as preparation goes.

    Parameters
    ----------
    needed : int    how many preparatory sessions of this dose must be held and signed
    """
    held = sum(each.status is MeetingStatus.HELD for each in triad.preparation)
    unsigned = sum(
        each.status is MeetingStatus.PLANNED and each.starts_at <= now for each in triad.preparation
    )
    if held >= needed:
        return Preparation(Verdict.MET, needed, held, unsigned)
    may_be_enough = held + unsigned >= needed
    return Preparation(Verdict.UNKNOWN if may_be_enough else Verdict.NOT_MET, needed, held, unsigned)


def check_preparation_planned(
    preparation: Sequence[datetime], *, first_dose: datetime, needed: int, now: datetime
) -> None:
    """Refuse to plan a first dose before the preparation that its type of course asks for.

    Raises
    ------
    InvalidInput    too few meetings, or one that is not between now and the first dose
    """
    problems = [
        Problem(f"preparation.{number}", "must be before the first dosing session and not in the past")
        for number, at in enumerate(preparation, start=1)
        if not now <= at < first_dose
    ]
    if len(preparation) < needed:
        said = (
            f"{len(preparation)} planned; this course needs {needed} before the first dose; plan the others"
        )
        problems.append(Problem("preparation.1", said))
    if problems:
        raise InvalidInput(*problems)


def check_meeting_time(kind: SessionKind, starts_at: datetime, *, dose_at: datetime, now: datetime) -> None:
    """Refuse a preparatory session after its dose, an integration session before it, and one in the past.

    Raises
    ------
    InvalidInput
    """
    is_before = starts_at < dose_at
    if starts_at < now:
        raise InvalidInput(Problem("starts_at", "is in the past; choose a later time"))
    if kind is SessionKind.PREPARATORY and not is_before:
        raise InvalidInput(Problem("starts_at", "is after the dosing session; preparation comes before it"))
    if kind is SessionKind.INTEGRATION and is_before:
        raise InvalidInput(Problem("starts_at", "is before the dosing session; integration comes after it"))
