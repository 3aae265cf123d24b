"""Dosing sessions for tests: a stream grows entry by entry, at minutes from ten o'clock."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from kairos.content.release import load_release
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.predose import Call
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.sessions.events import (
    CheckAnswered,
    DissociationRated,
    DissociationScale,
    Event,
    GoDecided,
    IdentityConfirmed,
    InfusionCompleted,
    InfusionStarted,
    Opened,
    OrderBound,
    ReleaseCriterionRecorded,
    SedationRated,
    SessionEntry,
    Source,
    SymptomNoted,
    SymptomState,
    VitalsRecorded,
)
from kairos.domain.sessions.picture import Picture, look
from kairos.domain.sessions.state import DosingSessionState, replay

TEN = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
NURSE = UUID("00000000-0000-7000-8000-00000000000a")
PRESCRIBER = UUID("00000000-0000-7000-8000-00000000000b")
PATIENT = UUID("00000000-0000-7000-8000-00000000000c")
ORDER = UUID("00000000-0000-7000-8000-00000000000d")
ORDERED_MG = Decimal(34)
ORDERED_RATE = Decimal(51)
WELL = {"systolic": 120, "diastolic": 80, "heart_rate": 70, "oxygen": 98, "breathing": 14}
RELEASE_ANSWERS = {
    "orthostatic": "none",
    "orientation": "four_of_four",
    "mobility": "steady",
    "nausea": "none",
    "suicidality": "none",
    "escort": "present_and_agreed",
}
CHECK_ANSWERS = {
    "consent_current": "current",
    "site_ready": "ready",
    "intoxicated": "no",
    "drug_screen": "as_expected",
    "new_medicines": "none",
    "medicine_plan": "in_place",
    "medicines_held": "as_agreed",
    "health_change": "none",
    "sleep": "rested",
    "mood": "as_before",
    "suicidality": "none",
    "pregnancy": "test_negative",
    "escort": "confirmed",
}
LOOKED_UP = frozenset({"medicine_plan"})
"""Items of the check that nobody answers by hand."""
LAST_TAKEN = {"fasting_solids": -8 * 60, "fasting_liquids": -3 * 60, "alcohol": -48 * 60}


def at(minute: float) -> datetime:
    """Return an instant so many minutes after ten."""
    return TEN + timedelta(minutes=minute)


def limits() -> LimitsInForce:
    """Return the shipped limits, on the day of the session."""
    return LimitsInForce(load_release().parameters, TEN.date())


def protocol() -> TreatmentProtocol:
    """Return the shipped protocol."""
    return load_release().protocols["iv_racemic_clinic"]


def a_day() -> date:
    """Return the day of the session."""
    return TEN.date()


def ids(start: int = 1000) -> Iterator[UUID]:
    """Return fresh ids, always the same ones."""
    number = start
    while True:
        yield UUID(int=number)
        number += 1


class Stream:
    """A growing stream of entries."""

    def __init__(self) -> None:
        self.entries: list[SessionEntry] = []

    def add(self, event: Event, minute: float, *, by: UUID = NURSE, late: float = 0) -> "Stream":
        """Append an event that was true at a minute, recorded ``late`` minutes later."""
        entry = SessionEntry(len(self.entries) + 1, event, at(minute), at(minute + late), by)
        self.entries.append(entry)
        return self

    def vitals(self, minute: float, **values: float) -> "Stream":
        """Append vital signs."""
        return self.add(VitalsRecorded(source=Source.TYPED, **values), minute)

    def pressure(self, minute: float, systolic: float, diastolic: float) -> "Stream":
        """Append vital signs that are well but for the pressure."""
        return self.vitals(minute, **{**WELL, "systolic": systolic, "diastolic": diastolic})

    def sedation(self, minute: float, score: int) -> "Stream":
        """Append a sedation rating."""
        return self.add(SedationRated(score=score), minute)

    def detachment(self, minute: float, score: int, scale: str = "nrs10") -> "Stream":
        """Append a rating of detachment."""
        return self.add(DissociationRated(scale=DissociationScale(scale), score=score), minute)

    def symptom(self, minute: float, *codes: str, state: str = "present") -> "Stream":
        """Append a symptom."""
        return self.add(SymptomNoted(codes=codes, state=SymptomState(state)), minute)

    @property
    def state(self) -> DosingSessionState:
        """What the stream amounts to."""
        return replay(self.entries)

    def look(self, minute: float) -> Picture:
        """Look at the session at a minute."""
        return look(self.state, protocol(), now=at(minute), limits=limits())


def opened() -> Stream:
    """Return a session just opened, at five to ten."""
    event = Opened(
        patient_id=PATIENT, protocol="iv_racemic_clinic", protocol_version=1, content_version="test"
    )
    return Stream().add(event, -20)


def checked(baseline: dict[str, float] | None = None, **answers: str) -> Stream:
    """Return a session with every item answered, identity confirmed, a baseline, and the order bound."""
    stream = opened().add(IdentityConfirmed(identifiers=("name", "born_on")), -19)
    for item, answer in {**CHECK_ANSWERS, **answers}.items():
        stream.add(CheckAnswered(item=item, answer=answer), -18)
    for item, minute in LAST_TAKEN.items():
        stream.add(CheckAnswered(item=item, answered_at=at(minute)), -18)
    stream.sedation(-11, 5).detachment(-11, 1).detachment(-11, 1, "cadss6").detachment(-11, 2, "cadss")
    stream.vitals(-10, **(baseline or WELL))
    return stream.add(an_order(), -9)


def an_order() -> OrderBound:
    """Return the order that test sessions run on: 34 mg over 40 minutes."""
    return OrderBound(
        order_id=ORDER,
        dose_mg=ORDERED_MG,
        rate_mg_per_h=ORDERED_RATE,
        concentration_mg_per_mL=Decimal(1),
        placed_by=PRESCRIBER,
        verified_by=NURSE,
    )


def infusing(baseline: dict[str, float] | None = None) -> Stream:
    """Return a session whose infusion started at ten sharp, on a baseline."""
    stream = checked(baseline)
    entry = next(each.ref for each in stream.entries if isinstance(each.event, VitalsRecorded))
    stream.add(GoDecided(call=Call.GO, baseline_entry=entry), -2)
    return stream.add(InfusionStarted(rate_mg_per_h=ORDERED_RATE), 0)


def observing(baseline: dict[str, float] | None = None) -> Stream:
    """Return a session whose infusion ended at forty minutes past ten."""
    return infusing(baseline).add(InfusionCompleted(), 40)


def releasable(minute: float = 98, baseline: dict[str, float] | None = None) -> Stream:
    """Return a session in which every criterion was seen to be met at a minute."""
    stream = observing(baseline).vitals(minute, **(baseline or WELL))
    stream.sedation(minute, 5).detachment(minute, 1)
    for criterion, answer in RELEASE_ANSWERS.items():
        stream.add(ReleaseCriterionRecorded(criterion=criterion, answer=answer), minute)
    return stream


def with_changed(entry: SessionEntry, **changes: object) -> SessionEntry:
    """Return an entry with parts changed."""
    return replace(entry, **changes)
