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
    def places(self) -> tuple[str, ...]:
        """The jurisdiction, and after it the country where it is a part of one."""
        country = self.jurisdiction.partition("-")[0]
        return tuple(dict.fromkeys((self.jurisdiction, country)))


DEFAULT_TARGET = Target()


class Telehealth(StrEnum):
    """Whether the law of a place lets the drug be prescribed without a visit; silence allows nothing."""

    ALLOWED = "allowed"
    FORBIDDEN = "forbidden"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Standing:
    """How the law sees a target on a day: the status of the use, and prescribing from a distance."""

    status: str = ""
    telehealth: Telehealth = Telehealth.NOT_KNOWN


UNREGULATED = Standing()


@dataclass(frozen=True, slots=True)
class Reach:
    """For which targets a rule, or one severity of it, holds. What is empty holds for all.

    ``statuses`` and ``telehealth`` are words of the law of the place; see ``Standing``.
    """

    routes: frozenset[Route] = frozenset()
    settings: frozenset[Setting] = frozenset()
    indications: frozenset[Indication] = frozenset()
    jurisdictions: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    telehealth: frozenset[Telehealth] = frozenset()

    def holds_for(self, target: Target, standing: Standing = UNREGULATED) -> bool:
        """Whether the target lies within the reach."""
        return (
            (not self.routes or target.route in self.routes)
            and (not self.settings or target.setting in self.settings)
            and (not self.indications or target.indication in self.indications)
            and (not self.jurisdictions or not self.jurisdictions.isdisjoint(target.places))
            and (not self.statuses or standing.status in self.statuses)
            and (not self.telehealth or standing.telehealth in self.telehealth)
        )


EVERYWHERE = Reach()
