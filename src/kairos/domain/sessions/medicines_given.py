"""Medicines given in a session: what, when, on whose word, and what they did."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from kairos.domain.sessions.events import MedicineEffect, MedicineEffectNoted, MedicineGiven
from kairos.domain.sessions.state import DosingSessionState
from kairos.vocab.errors import InvalidInput, Problem


@dataclass(frozen=True, slots=True)
class Given:
    """One medicine given, with the newest word about its effect."""

    event: MedicineGiven
    at: datetime
    by: UUID
    ref: str
    effect: MedicineEffect | None = None
    asked_at: datetime | None = None

    @property
    def wants_effect(self) -> bool:
        """Whether its effect is still to be asked for."""
        return self.event.effect_due_at is not None and self.effect is None


def medicines_given(state: DosingSessionState) -> tuple[Given, ...]:
    """Return what was given, in the order in which it was true."""
    effects = {
        str(seen.event.given): (seen.event.effect, seen.true_at)
        for seen in state.observed
        if isinstance(seen.event, MedicineEffectNoted)
    }
    return tuple(
        Given(seen.event, seen.true_at, seen.by, seen.ref, *effects.get(seen.ref, (None, None)))
        for seen in state.observed
        if isinstance(seen.event, MedicineGiven)
    )


def effects_due(state: DosingSessionState) -> tuple[datetime, ...]:
    """Return when the effects that nobody asked for yet are due."""
    due = [each.event.effect_due_at for each in medicines_given(state) if each.wants_effect]
    return tuple(sorted(at for at in due if at is not None))


def given_before(state: DosingSessionState, drug: str, unit: str) -> Decimal | None:
    """Return how much of a drug this session had, in a unit.

    None where it is not known: some of it was given in another unit, or without an amount, or an entry of
    an earlier release has it in words only.
    """
    total = Decimal(0)
    for event in (each.event for each in medicines_given(state)):
        if drug not in (event.drug, event.medicine.casefold()):
            continue
        if event.drug != drug or event.unit != unit or event.dose is None:
            return None
        total += event.dose
    return total


def there_now(state: DosingSessionState, now: datetime) -> frozenset[str]:
    """Return the codes of symptoms and alarms that stand: what something may be given for."""
    rules = (alarm.raised.rule for alarm in state.open_alarms)
    return frozenset((*state.symptoms_at(now), *rules))


def check_effect(state: DosingSessionState, given: int) -> None:
    """Refuse the effect of something that was not given. Raises InvalidInput."""
    if str(given) not in {each.ref for each in medicines_given(state)}:
        raise InvalidInput(Problem("given", "names no medicine of this session; load the page again"))
