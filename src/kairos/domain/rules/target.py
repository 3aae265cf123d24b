"""What is asked for: which drug by which route, where, for what, under whose law; and where a rule holds."""

from dataclasses import dataclass
from enum import StrEnum


class Indication(StrEnum):
    """What a course is meant to treat. ``MDSI``: major depression with acute suicidality."""

    TRD = "trd"
    MDSI = "mdsi"
    ANXIETY = "anxiety"
    BIPOLAR = "bipolar"
    PTSD = "ptsd"
    OCD = "ocd"
    PAIN = "pain"


class Route(StrEnum):
    """How the drug is given. All are racemic ketamine but for ``ESKETAMINE``, the licensed nasal spray."""

    IV = "iv"
    IM = "im"
    NASAL = "in"
    ESKETAMINE = "esketamine"
    ORAL = "oral"
    SUBLINGUAL = "sl"


class Setting(StrEnum):
    """Where a session takes place: at a clinic under observation, or at home."""

    CLINIC = "clinic"
    HOME = "home"


class Moment(StrEnum):
    """When a rule is asked: at screening for a course, or on the day of each session."""

    SCREENING = "screening"
    SAME_DAY = "same_day"


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """What a question of eligibility is about. ``jurisdiction`` is a country, or ``country-state``."""

    route: Route = Route.IV
    setting: Setting = Setting.CLINIC
    indication: Indication = Indication.TRD
    jurisdiction: str = "us"

    @property
    def countries(self) -> tuple[str, ...]:
        """The jurisdiction, and the country it lies in where it is a part of one."""
        country = self.jurisdiction.partition("-")[0]
        return tuple(dict.fromkeys((self.jurisdiction, country)))


DEFAULT_TARGET = Target()


@dataclass(frozen=True, slots=True)
class Reach:
    """For which targets a rule, or one severity of it, holds. What is empty holds for all."""

    routes: frozenset[Route] = frozenset()
    settings: frozenset[Setting] = frozenset()
    indications: frozenset[Indication] = frozenset()
    jurisdictions: frozenset[str] = frozenset()

    def holds_for(self, target: Target) -> bool:
        """Whether the target lies within the reach."""
        return (
            (not self.routes or target.route in self.routes)
            and (not self.settings or target.setting in self.settings)
            and (not self.indications or target.indication in self.indications)
            and (not self.jurisdictions or not self.jurisdictions.isdisjoint(target.countries))
        )


EVERYWHERE = Reach()
