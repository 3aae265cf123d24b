"""Definitions of response, remission and change in force on a day, with where each comes from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kairos.domain.evidence.parameters import ParameterBook, ParameterValue
from kairos.vocab.errors import NotInForce
from kairos.vocab.quantities import ONE

_SHARED = {
    "response_fraction": "outcomes.response_fraction",
    "response_baseline_minimum": "outcomes.response_baseline_minimum",
    "deterioration_rise": "outcomes.deterioration_rise",
}
_SHARING = ("phq9", "gad7")
"""The scales for which the shared definitions were made; no other scale borrows them."""
_OWN = (
    *("response_fraction", "remission_below", "reliable_change", "deterioration_rise"),
    *("noticeable_points", "noticeable_fraction", "classic_points"),
)


@dataclass(frozen=True, slots=True)
class OutcomeDefinitions:
    """The definitions for one scale. ``entries`` holds each with its source, basis and certainty.

    A scale has those that were published for it; ``has`` tells which.
    """

    scale: str
    entries: Mapping[str, ParameterValue]
    higher_is_better: bool = False

    def has(self, name: str) -> bool:
        """Whether the scale has this definition."""
        return name in self.entries

    def value(self, name: str) -> float:
        """Return the number of a definition, such as ``remission_below``."""
        return self.entries[name].quantity.value_in(ONE)

    def sources(self, *names: str) -> tuple[str, ...]:
        """Return the citation keys behind some definitions, each once."""
        return tuple(dict.fromkeys(key for name in names for key in self.entries[name].sources))


def definitions_for(
    scale: str, *, book: ParameterBook, on: date, higher_is_better: bool = False
) -> OutcomeDefinitions:
    """Return the definitions in force for a scale (``phq9``, ``gad7``, ``madrs``) on a day.

    Raises
    ------
    NotInForce    the content does not define outcomes for this scale on that day
    """
    shared = _SHARED if scale in _SHARING else {}
    ids = shared | {name: f"outcomes.{scale}.{name}" for name in _OWN if f"outcomes.{scale}.{name}" in book}
    if not ids:
        raise NotInForce(f"outcomes.{scale} has no definition in this content")
    entries = {name: book.entry(path, on=on) for name, path in ids.items()}
    return OutcomeDefinitions(scale, entries, higher_is_better)
