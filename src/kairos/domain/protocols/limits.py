"""The limits in force on one day: numbers of the content, asked for by id, with their sources."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from kairos.domain.evidence.parameters import ParameterBook, ParameterValue
from kairos.vocab.quantities import DAY, HOUR, MINUTE, ONE, Quantity

SECOND = "s"
_SPANS = {SECOND: "seconds", MINUTE: "minutes", HOUR: "hours", DAY: "days"}


def exact(number: float | int | str) -> Decimal:
    """Return the decimal a person reads on the page, not the nearest binary fraction."""
    return Decimal(str(number))


@dataclass(frozen=True, slots=True)
class LimitsInForce:
    """A parameter book opened at one day; every number keeps its unit and its source.

    ``named`` says which parameter holds in place of the one a rule asks for, as a protocol states it.
    """

    book: ParameterBook
    on: date
    named: Mapping[str, str] = field(default_factory=dict, hash=False)

    def under(self, named: Mapping[str, str]) -> "LimitsInForce":
        """Return the same limits as a protocol names them."""
        return self if self.named == named else replace(self, named=named)

    def entry(self, parameter: str) -> ParameterValue:
        """Return the value with everything that is known of it. Raises NotInForce where there is none."""
        return self.book.entry(self.name_of(parameter), on=self.on)

    def name_of(self, parameter: str) -> str:
        """Return the parameter that holds in place of the one asked for."""
        return self.named.get(parameter, parameter)

    def quantity(self, parameter: str) -> Quantity:
        """Return the value with its unit. Raises NotInForce where the content has none."""
        return self.entry(parameter).quantity

    def number(self, parameter: str, unit: str) -> Decimal:
        """Return the exact number, if the content states it in the unit expected."""
        return exact(self.quantity(parameter).value_in(unit))

    def count(self, parameter: str) -> int:
        """Return a whole number without a unit."""
        return int(self.number(parameter, ONE))

    def span(self, parameter: str) -> timedelta:
        """Return a length of time stated in s, min, h or d."""
        value = self.quantity(parameter)
        if value.unit not in _SPANS:
            raise ValueError(f"{parameter} is in {value.unit}; expected one of {', '.join(_SPANS)}")
        return timedelta(**{_SPANS[value.unit]: value.value})

    def sources(self, *parameters: str) -> tuple[str, ...]:
        """Return the citation keys behind the parameters, each once, in order."""
        found = (key for each in parameters for key in self.entry(each).sources)
        return tuple(dict.fromkeys(found))
