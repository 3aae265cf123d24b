"""How much of a dose arrives by a route, and how fast: first-order input for a disposition to take."""

from collections.abc import Mapping
from dataclasses import dataclass

from kairos.domain.pharmacology.pk_model import Parameter


@dataclass(frozen=True, slots=True)
class RouteAbsorption:
    """One route: the fraction that arrives (unit 1), first-order rate (1/min) and lag (min).

    ``bioavailability.low`` and ``.high`` bound what studies report. Without ``rate`` the table only says
    how much arrives, and nothing can be simulated from it.
    """

    route: str
    bioavailability: Parameter
    rate: Parameter | None = None
    lag: Parameter | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AbsorptionTable:
    """The routes of one substance in one kind of people."""

    name: str
    substance: str
    routes: Mapping[str, RouteAbsorption]
