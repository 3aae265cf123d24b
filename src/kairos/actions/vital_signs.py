"""Vital signs as an entrance hands them in."""

from dataclasses import asdict, dataclass

from kairos.domain.sessions.events import Source, VitalsRecorded


@dataclass(frozen=True, slots=True, kw_only=True)
class VitalSigns:
    """One taking: mmHg, beats a minute, %, breaths a minute; what was not taken is None.

    ``oxygen_low_s`` and ``heart_rate_high_s`` say for how many seconds the monitor showed the value.
    """

    systolic: float | None = None
    diastolic: float | None = None
    heart_rate: float | None = None
    oxygen: float | None = None
    breathing: float | None = None
    oxygen_low_s: float | None = None
    heart_rate_high_s: float | None = None
    source: Source = Source.TYPED
    device: str = ""

    def as_event(self) -> VitalsRecorded:
        """Return the event they become."""
        return VitalsRecorded(**asdict(self))
