"""Numbers with units. A unit is a UCUM code; nothing converts in silence."""

from dataclasses import dataclass
from math import isfinite

MMHG = "mm[Hg]"
PER_MINUTE = "/min"
PERCENT = "%"
KILOGRAM = "kg"
CENTIMETRE = "cm"
MILLIGRAM = "mg"
MILLIGRAM_PER_KG = "mg/kg"
MINUTE = "min"
HOUR = "h"
DAY = "d"
WEEK = "wk"
YEAR = "a"
ONE = "1"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A finite number and its UCUM unit ("1" for ratios, scores and counts)."""

    value: float
    unit: str

    def __post_init__(self) -> None:
        """Refuse values that are not finite, and a missing unit."""
        if not isfinite(self.value):
            raise ValueError("a quantity must be a finite number")
        if not self.unit:
            raise ValueError('a quantity needs its unit; write "1" where it has none')

    def value_in(self, unit: str) -> float:
        """Return the bare number, if the unit is the one expected.

        Raises
        ------
        ValueError    names both units; the caller converts on purpose or not at all
        """
        if unit != self.unit:
            raise ValueError(f"expected a quantity in {unit}, got one in {self.unit}")
        return self.value

    def __str__(self) -> str:
        """Return number and unit as text, without a trailing ``.0``."""
        number = f"{self.value:g}"
        return number if self.unit == ONE else f"{number} {self.unit}"
