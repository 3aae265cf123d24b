"""What a course takes of somebody's time: at the clinic or at home, on the way, and of who comes along."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class TimeAsked:
    """What somebody filled in, in hours; None is not known. ``way_h`` is there and back, for one visit.

    ``rest_h`` is the time afterwards in which they do nothing else.
    """

    first_visits: int | None = None
    later_a_month: Decimal | None = None
    way_h: Decimal | None = None
    rest_h: Decimal | None = None


@dataclass(frozen=True, slots=True)
class TimeTaken:
    """Hours over some months, at least: None where something needed is not known."""

    visits: Decimal | None
    own_h: Decimal | None
    escort_h: Decimal | None


def time_over(asked: TimeAsked, *, least_h: Decimal, is_at_home: bool, months: int) -> TimeTaken:
    """Return the hours that a way of giving takes.

    Parameters
    ----------
    least_h : Decimal     hours of one visit from the dose to the release, at least
    is_at_home : bool     whether there is no way to go
    months : int          0 for the first visits alone
    """
    visits = _visits(asked, months)
    way_h = Decimal(0) if is_at_home else asked.way_h
    if visits is None or way_h is None:
        return TimeTaken(visits, None, None)
    with_escort = visits * (least_h + way_h)
    own = None if asked.rest_h is None else with_escort + visits * asked.rest_h
    return TimeTaken(visits, own, with_escort)


def _visits(asked: TimeAsked, months: int) -> Decimal | None:
    if asked.first_visits is None or (months and asked.later_a_month is None):
        return None
    return asked.first_visits + (asked.later_a_month or Decimal(0)) * months
