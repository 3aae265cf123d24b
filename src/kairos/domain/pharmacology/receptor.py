"""A receptor as content states it: affinities, unbound fractions, and the caveat. Nothing here computes."""

from collections.abc import Mapping
from dataclasses import dataclass

from kairos.domain.evidence.citations import Certainty


@dataclass(frozen=True, slots=True)
class Affinity:
    """How tightly one compound binds: its inhibition constant, umol/L."""

    compound: str
    ki_umol_l: float
    certainty: Certainty
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnboundFraction:
    """The part of a substance in plasma not bound to protein (unit 1), and how wide it is reported."""

    typical: float
    low: float
    high: float
    certainty: Certainty
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Receptor:
    """A receptor: affinities, of which compounds each analyte is made, and what the formula leaves out.

    ``made_of`` gives the part of each compound by analyte: a racemate is half one and half the other.
    ``caveat`` is the id of the text that stands wherever an occupancy does.
    """

    name: str
    title: str
    caveat: str
    affinities: Mapping[str, Affinity]
    made_of: Mapping[str, Mapping[str, float]]
    unbound: Mapping[str, UnboundFraction]
