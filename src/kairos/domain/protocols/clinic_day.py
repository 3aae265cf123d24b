"""The clinic's day at one site: opened by a check of room and rescue, closed with nothing left open."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from kairos.vocab.errors import InvalidInput, NotAllowed, Problem


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


@dataclass(frozen=True, slots=True)
class RoomCheck:
    """What was found in the room, and who answers for the day: both are on site."""

    found: Mapping[RoomItem, bool]
    prescriber: UUID | None
    resuscitator: UUID | None


def check_room(check: RoomCheck) -> None:
    """Refuse to open a day on a check that is not complete.

    Raises
    ------
    InvalidInput    every item that is not there, or was not looked at, and every person who is not named
    """
    problems = [
        Problem(item.value, _said(item, check.found.get(item)))
        for item in RoomItem
        if not check.found.get(item)
    ]
    if check.prescriber is None:
        problems.append(Problem("prescriber", "nobody is named; name the prescriber who is on site"))
    if check.resuscitator is None:
        problems.append(
            Problem("resuscitator", "nobody is named; name somebody on site who is trained in resuscitation")
        )
    if problems:
        raise InvalidInput(*problems)


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
    }
    open_ones = [f"{count} {what}" for what, count in named.items() if count]
    if open_ones:
        raise NotAllowed(f"the day cannot close: {'; '.join(open_ones)}")
