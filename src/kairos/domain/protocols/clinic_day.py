"""The clinic's day at one site: opened by a check of room and rescue, closed with nothing left open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from kairos.vocab.errors import InvalidInput, NotAllowed, Problem
from kairos.vocab.people import GRANTS, Permission, Role


class RoomItem(StrEnum):
    """What is looked at before the first dose of a day."""

    OXYGEN = "oxygen"
    SUCTION = "suction"
    AIRWAY = "airway"
    DEFIBRILLATOR = "defibrillator"
    OXIMETER = "oximeter"
    RESCUE_MEDICINES = "rescue_medicines"


class DayState(StrEnum):
    """Where a site's day stands; one that was closed may be opened again by a new check."""

    NOT_OPENED = "not_opened"
    OPEN = "open"
    CLOSED = "closed"


class Arrival(StrEnum):
    """What became of somebody who was expected."""

    ARRIVED = "arrived"
    LATE = "late"
    NO_SHOW = "no_show"


class Duty(StrEnum):
    """Who is there for one appointment."""

    WATCHER = "watcher"
    PRESCRIBER = "prescriber"
    THERAPIST = "therapist"


_MAY = {
    Duty.WATCHER: Permission.RUN_SESSION,
    Duty.PRESCRIBER: Permission.PLACE_ORDER,
    Duty.THERAPIST: Permission.TAKE_TASK,
}


def permission_for(duty: Duty) -> Permission:
    """Return what somebody must be allowed to do who takes a duty."""
    return _MAY[duty]


def check_may_do(duty: Duty, roles: frozenset[Role]) -> None:
    """Refuse to give a duty to somebody whose roles do not allow it. Raises InvalidInput."""
    granted = GRANTS[permission_for(duty)]
    if roles.isdisjoint(granted):
        holders = ", ".join(sorted(role.replace("_", " ") for role in granted))
        raise InvalidInput(Problem(duty.value, f"must be one of: {holders}; choose somebody else"))


@dataclass(frozen=True, slots=True)
class RescueLine:
    """One line of the rescue box: what it is for, which medicines do, its text and where it comes from."""

    id: str
    any_of: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoomCheck:
    """What was found in the room, and who answers for the day: both are on site.

    ``rescue`` are the last days on which the medicines of each line of the rescue box may be used.
    """

    found: Mapping[RoomItem, bool]
    prescriber: UUID | None
    resuscitator: UUID | None
    rescue: Mapping[str, date] = field(default_factory=dict)


def check_room(check: RoomCheck, *, box: Sequence[RescueLine] = (), on: date | None = None) -> None:
    """Refuse to open a day on a check that is not complete.

    Parameters
    ----------
    box : sequence of RescueLine    what the content wants in the rescue box
    on : date                       the day at the site; a medicine may be used to the end of its last day

    Raises
    ------
    InvalidInput    every item that is not there, or was not looked at, every medicine whose date is not
                    known or has passed, and every person who is not named
    """
    problems = [
        Problem(item.value, _said(item, check.found.get(item)))
        for item in RoomItem
        if not check.found.get(item)
    ]
    problems += [problem for line in box for problem in _rescue_problems(line, check.rescue.get(line.id), on)]
    if check.prescriber is None:
        problems.append(Problem("prescriber", "nobody is named; name the prescriber who is on site"))
    if check.resuscitator is None:
        problems.append(
            Problem("resuscitator", "nobody is named; name somebody on site who is trained in resuscitation")
        )
    if problems:
        raise InvalidInput(*problems)


def _rescue_problems(line: RescueLine, until: date | None, on: date | None) -> tuple[Problem, ...]:
    name = line.id.replace("_", " ")
    if until is None:
        medicines = " or ".join(line.any_of)
        said = f"The date of the medicine for {name} is missing; read it off the box ({medicines})"
        return (Problem(f"rescue.{line.id}", said),)
    if on is not None and until < on:
        said = f"The medicine for {name} could be used until {until}; replace it before the day opens"
        return (Problem(f"rescue.{line.id}", said),)
    return ()


def _said(item: RoomItem, found: bool | None) -> str:
    name = item.value.replace("_", " ")
    if found is None:
        return f"{name} was not looked at; look, and say what you found"
    return f"{name} is not ready; the day opens once it is"


def check_may_dose_today(state: DayState) -> None:
    """Refuse a dose at a site whose day is not open. Raises NotAllowed."""
    if state is DayState.NOT_OPENED:
        raise NotAllowed("the day is not opened at this site; check room and rescue on the Day page first")
    if state is DayState.CLOSED:
        raise NotAllowed("the day is closed at this site; open it again with a new check of the room")


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What still stands open at a site, counted."""

    sessions: int
    expected: int
    doses: int
    forms: int = 0
    handovers: int = 0


def check_may_close(state: DayState, left: LeftOpen) -> None:
    """Refuse to close a day that is not open, or with something open.

    Raises
    ------
    NotAllowed    names each kind and how many
    """
    if state is not DayState.OPEN:
        raise NotAllowed("the day is not open at this site; there is nothing to close")
    named = {
        "sessions still open": left.sessions,
        "expected patients neither arrived nor noted as not come": left.expected,
        "doses not accounted for in the stock": left.doses,
        "monitoring forms of today not signed": left.forms,
        "hand-overs offered and not taken": left.handovers,
    }
    open_ones = [f"{count} {what}" for what, count in named.items() if count]
    if open_ones:
        raise NotAllowed(f"the day cannot close: {'; '.join(open_ones)}")
