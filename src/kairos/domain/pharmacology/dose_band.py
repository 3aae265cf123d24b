"""Whether the part of a dose that reaches the blood lies in the range that studies speak of."""

from dataclasses import dataclass
from enum import StrEnum


class Place(StrEnum):
    """Where a dose lies, by the part of it that typically arrives."""

    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"


@dataclass(frozen=True, slots=True)
class DoseBand:
    """A dose by weight as it reaches the blood, mg/kg, beside the published range.

    ``low_per_kg`` and ``high_per_kg`` follow from what studies report to arrive; equal to
    ``typical_per_kg`` where no range is reported. ``is_sure``: the whole of it lies on one side.
    """

    place: Place
    is_sure: bool
    typical_per_kg: float
    low_per_kg: float
    high_per_kg: float

    @property
    def is_flagged(self) -> bool:
        """Whether it lies outside the published range, or may."""
        return self.place is not Place.WITHIN or not self.is_sure


def place_in_band(
    mg_per_kg: float,
    *,
    arrives: float,
    arrives_low: float | None = None,
    arrives_high: float | None = None,
    lowest_per_kg: float,
    highest_per_kg: float,
) -> DoseBand:
    """Return where a dose lies; the ends of the range are inside it.

    Parameters
    ----------
    mg_per_kg : float                          mg of base per kg of dosing weight
    arrives, arrives_low, arrives_high : float part that reaches the blood, unit 1; None for no range
    lowest_per_kg, highest_per_kg : float      the published range, mg/kg into a vein

    Source
    ------
    requirements S-055; the range is content
    """
    typical = mg_per_kg * arrives
    low = mg_per_kg * (arrives if arrives_low is None else arrives_low)
    high = mg_per_kg * (arrives if arrives_high is None else arrives_high)
    places = {_place(each, lowest_per_kg, highest_per_kg) for each in (low, typical, high)}
    return DoseBand(_place(typical, lowest_per_kg, highest_per_kg), len(places) == 1, typical, low, high)


def _place(per_kg: float, lowest: float, highest: float) -> Place:
    if per_kg < lowest:
        return Place.BELOW
    return Place.ABOVE if per_kg > highest else Place.WITHIN
