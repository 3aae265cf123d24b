"""Parameters: clinical numbers with unit, source and the day from which they hold."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kairos.domain.evidence.citations import Basis, Certainty
from kairos.vocab.errors import NotInForce
from kairos.vocab.quantities import Quantity


@dataclass(frozen=True, slots=True)
class AllowedRange:
    """Between which values, both included and in the parameter's unit, a programme may set its own."""

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse a range that is upside down."""
        if self.low > self.high:
            raise ValueError(f"the lowest value {self.low:g} is above the highest {self.high:g}")

    def __contains__(self, value: float) -> bool:
        """Whether a value lies inside."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class ParameterValue:
    """The value of one parameter from one day on. ``sources`` are citation keys, never empty.

    ``range`` is where a programme's own value may lie. Without one there is no choice: values of a label have
    none, nor have values whose safe direction nobody has stated.
    """

    id: str
    quantity: Quantity
    from_day: date
    sources: tuple[str, ...]
    basis: Basis
    certainty: Certainty
    description: str = ""
    reviewed_by: str = ""
    reviewed_on: date | None = None
    range: AllowedRange | None = None

    def __post_init__(self) -> None:
        """Refuse a value that names no source."""
        if not self.sources:
            raise ValueError(f"parameter {self.id} names no source")


class ParameterBook:
    """All parameters of a release, asked by id and day.

    Values are frozen; ``with_overlay`` returns a new book in which a programme's own dated values
    stand over those of the release.
    """

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, tuple[ParameterValue, ...]]) -> None:
        self._values = {
            name: tuple(sorted(dated, key=lambda v: v.from_day)) for name, dated in values.items() if dated
        }

    def __contains__(self, name: object) -> bool:
        """Whether the book has a parameter of this id, in force or not."""
        return name in self._values

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids, sorted."""
        return iter(sorted(self._values))

    def entry(self, name: str, *, on: date) -> ParameterValue:
        """Return value, source and basis in force on a day.

        Raises
        ------
        NotInForce    no such parameter, or none of its values holds on that day
        """
        dated = self._values.get(name, ())
        if not dated:
            raise NotInForce(f"{name} is not a parameter of this content")
        at = bisect_right([value.from_day for value in dated], on)
        if at == 0:
            raise NotInForce(f"{name} has no value in force on {on}; earliest is {dated[0].from_day}")
        return dated[at - 1]

    def quantity(self, name: str, *, on: date) -> Quantity:
        """Return the value in force on a day, with its unit.

        Raises
        ------
        NotInForce
        """
        return self.entry(name, on=on).quantity

    def dated(self, name: str) -> tuple[ParameterValue, ...]:
        """Return every dated value of a parameter, oldest first; empty where there is none."""
        return self._values.get(name, ())

    def with_overlay(self, *own: ParameterValue) -> "ParameterBook":
        """Return a book in which a programme's own values replace the release's from their day on.

        Raises
        ------
        NotInForce    a value for a parameter that the release does not have
        ValueError    another unit than the release's
        """
        values = dict(self._values)
        for value in own:
            if value.id not in values:
                raise NotInForce(f"{value.id} is not a parameter of this content")
            value.quantity.value_in(values[value.id][0].quantity.unit)
            kept = [v for v in values[value.id] if v.from_day < value.from_day]
            values[value.id] = (*kept, value)
        return ParameterBook(values)
