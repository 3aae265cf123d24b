"""How a protocol's dose is given: in which form, how far apart, how long held, and which doses there are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kairos.vocab.verdict import Severity


class DoseForm(StrEnum):
    """What a nurse or a patient handles. All but the infusion are given in whole portions."""

    INFUSION = "infusion"
    INJECTION = "injection"
    DEVICE = "device"
    TABLET = "tablet"
    LOZENGE = "lozenge"


class MouthEnd(StrEnum):
    """What becomes of saliva and drug after a lozenge was held."""

    SPAT = "spat"
    SWALLOWED = "swallowed"


@dataclass(frozen=True, slots=True)
class DoseSchedule:
    """Which doses there are for one indication, in mg: at the first session, and after it.

    ``places`` are jurisdictions, none for everywhere; the schedule of a place comes before the general one.
    ``reduced_mg`` are the doses that need a reason. Ages are whole years; ``age_from`` is included,
    ``age_under`` is not.
    """

    indication: str
    first_mg: tuple[Decimal, ...]
    later_mg: tuple[Decimal, ...]
    reduced_mg: tuple[Decimal, ...] = ()
    places: frozenset[str] = frozenset()
    age_from: int | None = None
    age_under: int | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DoseRules:
    """The rules of one protocol for what is given. All but form, lots and ends are ids of parameters.

    ``gap`` is the least time between portions, ``portion_mg`` what one device holds, ``caps`` the beginning
    of the ids of the caps. ``hold_least`` and ``hold_most`` say how long a lozenge is held.
    """

    form: DoseForm = DoseForm.INFUSION
    caps: str = ""
    gap: str = ""
    portion_mg: str = ""
    hold_least: str = ""
    hold_most: str = ""
    ends: tuple[MouthEnd, ...] = ()
    needs_lot: bool = False
    schedules: tuple[DoseSchedule, ...] = ()


AN_INFUSION = DoseRules()


@dataclass(frozen=True, slots=True)
class TimedReading:
    """What is due how often: every so long (a parameter), or at minutes from the first of the dose.

    ``phases`` are those in which it holds. After the last of ``at_minutes``, ``every`` goes on. ``early`` is
    how long before its time an answer still counts for it.
    """

    what: str
    phases: frozenset[str]
    every: str
    at_minutes: tuple[int, ...] = ()
    early: str = "monitoring.slot_early"
    sources: tuple[str, ...] = ()


class CountsFrom(StrEnum):
    """From when the least time before release is counted."""

    END = "end"
    FIRST = "first"


@dataclass(frozen=True, slots=True)
class Baseline:
    """Which vital signs are asked for before a dose, and how grave each is when it is not met.

    ``unless`` names, for a sign, the answer (``item.word``) under which it is not asked for. ``readings`` is
    how many pressures are taken at least.
    """

    severities: Mapping[str, Severity] = field(default_factory=dict)
    unless: Mapping[str, str] = field(default_factory=dict)
    readings: int = 1

    def asks(self, sign: str, answers: Mapping[str, str]) -> bool:
        """Whether a sign is asked for, given the answers so far."""
        item, _, word = self.unless.get(sign, "").partition(".")
        return sign in self.severities and not (item and answers.get(item) == word)


USUAL_BASELINE = Baseline(
    {
        "blood_pressure_caution": Severity.CAUTION,
        "blood_pressure_hard": Severity.ABSOLUTE,
        "heart_rate": Severity.RELATIVE,
        "oxygen": Severity.RELATIVE,
        "breathing": Severity.RELATIVE,
    }
)
"""What is asked where a protocol says nothing else: everything, as for an infusion in the clinic."""
