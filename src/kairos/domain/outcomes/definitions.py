"""Definitions of response, remission and change in force on a day, with where each comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kairos.domain.evidence.parameters import ParameterBook, ParameterValue
from kairos.vocab.quantities import ONE

_SHARED = {
    "response_fraction": "outcomes.response_fraction",
    "response_baseline_minimum": "outcomes.response_baseline_minimum",
    "deterioration_rise": "outcomes.deterioration_rise",
}
_OWN = ("remission_below", "reliable_change", "noticeable_points", "noticeable_fraction", "classic_points")


@dataclass(frozen=True, slots=True)
class OutcomeDefinitions:
    """The definitions for one scale. ``entries`` holds each with its source, basis and certainty."""

    scale: str
    entries: Mapping[str, ParameterValue]

    def value(self, name: str) -> float:
        """Return the number of a definition, such as ``remission_below``."""
        return self.entries[name].quantity.value_in(ONE)

    def sources(self, *names: str) -> tuple[str, ...]:
        """Return the citation keys behind some definitions, each once."""
        return tuple(dict.fromkeys(key for name in names for key in self.entries[name].sources))


def definitions_for(scale: str, *, book: ParameterBook, on: date) -> OutcomeDefinitions:
    """Return the definitions in force for a scale (``phq9``, ``gad7``) on a day.

    Raises
    ------
    NotInForce    the content does not define outcomes for this scale on that day
    """
    ids = _SHARED | {name: f"outcomes.{scale}.{name}" for name in _OWN}
    return OutcomeDefinitions(scale, {name: book.entry(path, on=on) for name, path in ids.items()})
