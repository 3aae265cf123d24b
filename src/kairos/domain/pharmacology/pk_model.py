"""A published pharmacokinetic model as content states it: parameters, compartments, routes, population.

Nothing here computes. Every number has been brought to minutes, litres and milligrams when it was
read; ``printed`` keeps the value and unit of the paper. Rates are not formulas but one of three
forms: a rate constant, a clearance over a volume, or steps over a mean transit time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kairos.domain.evidence.citations import Certainty
from kairos.vocab.quantities import Quantity


class Spread(StrEnum):
    """How a parameter differs between people: around its typical value on the log or the logit scale."""

    LOG_NORMAL = "log-normal"
    LOGIT_NORMAL = "logit-normal"


class EffectForm(StrEnum):
    """The forms in which a covariate may act on a parameter."""

    POWER = "power"
    PROPORTIONAL = "proportional"
    LINEAR_ABOVE = "linear-above"
    BY_CATEGORY = "by-category"


@dataclass(frozen=True, slots=True)
class Effect:
    """One covariate acting on one parameter.

    ``power``: times (covariate / reference) ** exponent. ``proportional``: times the covariate.
    ``linear-above``: plus slope * (covariate - reference) where the covariate is above the reference.
    ``by-category``: times the factor of the category; a category without one leaves it as it is.
    """

    covariate: str
    form: EffectForm
    reference: float = 1.0
    exponent: float = 1.0
    slope: float = 0.0
    factors: Mapping[str, float] = field(default_factory=dict)
    note: str = ""

    @property
    def adds(self) -> bool:
        """Whether it adds to the typical value; else it multiplies."""
        return self.form is EffectForm.LINEAR_ABOVE


@dataclass(frozen=True, slots=True)
class Variability:
    """Between people (and between occasions, where ``occasion`` says so): variance on its scale, unit 1."""

    spread: Spread
    variance: float
    occasion: bool = False
    is_placeholder: bool = False


@dataclass(frozen=True, slots=True)
class Parameter:
    """A typical value in min, L and 1 per min; ``printed`` is what the source prints.

    ``low`` and ``high`` (same units as ``typical``) bound what others report, where the content says so.
    ``changes_per_min``: the part of the value by which it grows each minute; 0 for a constant.
    """

    name: str
    typical: float
    printed: Quantity
    certainty: Certainty
    sources: tuple[str, ...]
    low: float | None = None
    high: float | None = None
    effects: tuple[Effect, ...] = ()
    varies: tuple[Variability, ...] = ()
    highest: float | None = None
    changes_per_min: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Covariance:
    """What two parameters share on the scale of their variability, unit 1."""

    between: tuple[str, str]
    value: float


@dataclass(frozen=True, slots=True)
class Transfer:
    """What leaves one state; into nothing, where ``into`` is empty.

    Exactly one of the forms: ``rate``; ``clearance`` over ``volume``; ``steps`` over ``mean_time``.
    ``share`` (or what it leaves over, ``rest_of``) is the part of it that goes this way.
    """

    leaves: str
    into: str = ""
    rate: str = ""
    clearance: str = ""
    volume: str = ""
    mean_time: str = ""
    steps: int = 1
    share: str = ""
    rest_of: str = ""


@dataclass(frozen=True, slots=True)
class AnalyteReading:
    """Where an analyte is read, and the molar mass (g/mol) of it; ``converts``: from the parent's mass."""

    analyte: str
    state: str
    volume: str
    molar_mass: float
    converts: bool = False


@dataclass(frozen=True, slots=True)
class InputRule:
    """How a part of a dose enters one state.

    The part is the product of the parameters in ``times`` and of one minus each in ``rest_of``. It enters
    at constant rate over the parameter ``over`` (empty: all at once; ``INFUSION``: over the minutes the dose
    is given in), after the parameter ``lag``.
    """

    into: str
    times: tuple[str, ...] = ()
    rest_of: tuple[str, ...] = ()
    over: str = ""
    lag: str = ""


INFUSION = "infusion"
"""The name for "over the minutes the dose is given in", in ``InputRule.over``."""


@dataclass(frozen=True, slots=True)
class DeviceRule:
    """Doses come in devices of one size, some minutes apart, ``most`` of them at a time.

    ``later``: parameters that are multiplied by another one for every device after the first.
    """

    amount_mg: float
    apart_min: float
    most: int
    later: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RouteRule:
    """One way to give the drug in a model: what enters where, and what to know about it."""

    route: str
    inputs: tuple[InputRule, ...]
    device: DeviceRule | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """A covariate that is a number: its unit and the people studied.

    ``typical`` is meant where nothing is said. ``otherwise`` is taken in its place in a model without a
    typical person, and only in an answer outside the population.
    """

    unit: str
    lowest: float | None = None
    highest: float | None = None
    typical: float | None = None
    otherwise: float | None = None


@dataclass(frozen=True, slots=True)
class Categories:
    """A covariate that is one of a few words."""

    words: tuple[str, ...]
    typical: str


@dataclass(frozen=True, slots=True)
class Population:
    """Whom a model was made from, and which covariates it speaks about."""

    description: str
    numbers: Mapping[str, Range]
    categories: Mapping[str, Categories]


@dataclass(frozen=True, slots=True)
class EffectSite:
    """A place of effect that lags behind an analyte in blood by one rate and draws nothing from it."""

    analyte: str
    rate: str


@dataclass(frozen=True, slots=True)
class PKModel:
    """A linear pharmacokinetic model: its source, its population, and what is known to be wrong with it."""

    name: str
    title: str
    substance: str
    molar_mass: float
    sources: tuple[str, ...]
    citation: str
    certainty: Certainty
    population: Population
    parameters: Mapping[str, Parameter]
    states: tuple[str, ...]
    transfers: tuple[Transfer, ...]
    readings: tuple[AnalyteReading, ...]
    routes: Mapping[str, RouteRule]
    steady_volumes: tuple[str, ...] = ()
    covariances: tuple[Covariance, ...] = ()
    known_faults: tuple[str, ...] = ()
    effect_site: EffectSite | None = None
    shows_effect_site: bool = False

    @property
    def changing(self) -> tuple[str, ...]:
        """The parameters that change with time; none in a model whose rates are constant."""
        return tuple(name for name, each in self.parameters.items() if each.changes_per_min)
