"""What every rule of watching reads, and the shape in which it answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.readings import Reading
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.sessions.events import DissociationRated, SedationRated, SymptomNoted
from kairos.domain.sessions.state import DosingSessionState, Seen
from kairos.vocab.finding import FindingValue
from kairos.vocab.quantities import Quantity
from kairos.vocab.verdict import Verdict

_UNITS = {
    "systolic": "mm[Hg]",
    "diastolic": "mm[Hg]",
    "heart_rate": "/min",
    "oxygen": "%",
    "breathing": "/min",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule answers before it is dressed as a finding; ``limits`` are the parameters it used."""

    verdict: Verdict
    limits: tuple[str, ...]
    facts: tuple[str, ...] = ()
    values: Mapping[str, FindingValue] | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    """What is known of one session at one moment, and the limits in force."""

    state: DosingSessionState
    protocol: TreatmentProtocol
    limits: LimitsInForce
    at: datetime

    @property
    def baseline(self) -> Reading | None:
        """The reading before the dose that later ones are compared with."""
        return self.state.baseline

    @property
    def measures_oxygen(self) -> bool:
        """Whether oxygen is measured in this session: everywhere but at home where it was not called for."""
        words = {item: str(given.answer) for item, given in self.state.answers.items()}
        return self.protocol.baseline.asks("oxygen", words)

    def readings_with(self, *components: str) -> tuple[Reading, ...]:
        """Return readings since the baseline, up to the moment, that hold any of the components."""
        since = self.baseline.true_at if self.baseline is not None else None
        return tuple(
            reading
            for reading in self.state.readings
            if any(getattr(reading, name) is not None for name in components)
            and reading.true_at <= self.at
            and (since is None or reading.true_at >= since)
        )

    @property
    def pressures(self) -> tuple[Reading, ...]:
        """The readings that hold a pressure, oldest first."""
        return self.readings_with("systolic", "diastolic")

    def number(self, parameter: str) -> float:
        """Return the bare number of a limit; its unit is checked when content is loaded."""
        return self.limits.quantity(parameter).value

    def symptoms_that(self, quality: str) -> Mapping[str, Seen]:
        """Return the symptoms present now whose definition has a quality."""
        codes = self.protocol.symptoms_that(quality)
        present = self.state.symptoms_at(self.at)
        return {code: seen for code, seen in present.items() if code in codes}

    def was_asked(self, quality: str, *, since: datetime | None = None) -> bool:
        """Whether somebody asked for, or saw, any symptom with a quality, since a moment."""
        codes = self.protocol.symptoms_that(quality)
        return any(
            isinstance(seen.event, SymptomNoted)
            and not codes.isdisjoint(seen.event.codes)
            and seen.true_at <= self.at
            and (since is None or seen.true_at >= since)
            for seen in self.state.seen(SymptomNoted)
        )

    def newest_sedation(self) -> tuple[SedationRated, Seen] | None:
        """Return the newest sedation rating up to the moment."""
        rated = [
            (seen.event, seen)
            for seen in self.state.seen(SedationRated)
            if isinstance(seen.event, SedationRated) and seen.true_at <= self.at
        ]
        return rated[-1] if rated else None

    def newest_dissociation(self) -> tuple[DissociationRated, Seen] | None:
        """Return the newest dissociation rating up to the moment."""
        rated = [
            (seen.event, seen)
            for seen in self.state.seen(DissociationRated)
            if isinstance(seen.event, DissociationRated) and seen.true_at <= self.at
        ]
        return rated[-1] if rated else None

    def pair_before(self, newest: Reading, against: tuple[Reading, ...]) -> Reading | None:
        """Return the earlier reading that makes a pair with the newest, at the distance stated."""
        least = self.limits.span("monitoring.repeat_apart_least")
        most = self.limits.span("monitoring.repeat_apart_most")
        return next((each for each in against if least <= newest.true_at - each.true_at <= most), None)


def values_of(reading: Reading) -> dict[str, FindingValue]:
    """Return the measured components of a reading with their units, and when it was taken."""
    values: dict[str, FindingValue] = {
        name: Quantity(getattr(reading, name), unit)
        for name, unit in _UNITS.items()
        if getattr(reading, name) is not None
    }
    values["taken_at"] = reading.true_at
    if reading.has_pressure:
        values["pressure"] = f"{_shown(reading.systolic)}/{_shown(reading.diastolic)}"
    return values


def _shown(value: float | None) -> str:
    return "?" if value is None else f"{value:g}"


def unbroken_run(readings: tuple[Reading, ...], against: tuple[Reading, ...]) -> timedelta:
    """Return how long the newest readings have been on the wrong side without a break; nought if not."""
    wrong = {reading.id for reading in against}
    if not readings or readings[-1].id not in wrong:
        return timedelta(0)
    first = readings[-1]
    for reading in reversed(readings):
        if reading.id not in wrong:
            break
        first = reading
    return readings[-1].true_at - first.true_at
