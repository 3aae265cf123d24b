"""Dosing sessions of the demonstration, step by step as a nurse enters them.

A sitting is a list of steps, each with its minute from the start of the infusion. Steps are done up to a
moment and can be carried on later, so that the same list serves yesterday's session and one that runs.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from kairos.actions.answer_check import answer_check
from kairos.actions.bind_order import bind_order
from kairos.actions.complete_infusion import complete_infusion
from kairos.actions.confirm_identity import confirm_identity
from kairos.actions.decide_go import decide_go
from kairos.actions.open_session import open_session
from kairos.actions.rate_dissociation import rate_dissociation
from kairos.actions.rate_sedation import rate_sedation
from kairos.actions.record_release_criterion import record_release_criterion
from kairos.actions.record_vitals import record_vitals
from kairos.actions.release_patient import release_patient
from kairos.actions.start_infusion import start_infusion
from kairos.actions.vital_signs import VitalSigns
from kairos.cli.demo_clinic import day_book, stock_room
from kairos.cli.demo_clinic.house import House
from kairos.cli.demo_clinic.invented import Invented, stock
from kairos.domain.sessions.events import DissociationScale, Source

Step = tuple[float, Callable[[datetime], object]]


@dataclass(frozen=True, slots=True)
class Sitting:
    """One session as it goes: whose, where, and when its infusion starts."""

    house: House
    person: Invented
    session_id: UUID
    chair: int
    starts_at: datetime

    def at(self, minute: float) -> datetime:
        """Return an instant so many minutes after the start of the infusion."""
        return self.starts_at + timedelta(minutes=minute)

    def do(self, action: Callable[..., Any], now: datetime, **content: Any) -> Any:
        """Do an action as the nurse."""
        by = self.house.floor_nurse
        return action(session_id=self.session_id, command_id=uuid4(), by=by, now=now, **content)


def open_sitting(
    house: House, person: Invented, planned_id: UUID, *, chair: int, starts_at: datetime
) -> Sitting:
    """Open a session for a planned appointment, in time for an infusion that starts at a moment."""
    session_id = open_session(
        planned_session_id=planned_id,
        place_id=house.place_ids[chair - 1],
        command_id=uuid4(),
        by=house.floor_nurse,
        now=starts_at + timedelta(minutes=stock()["sitting"]["arrival"]),
    )
    return Sitting(house, person, session_id, chair, starts_at)


def carry_on(sitting: Sitting, steps: Iterator[Step], *, until: datetime) -> None:
    """Do the steps that lie before a moment, each at its own time."""
    for minute, step in steps:
        if sitting.at(minute) > until:
            return
        step(sitting.at(minute))


def usual(sitting: Sitting, order_id: UUID) -> Iterator[Step]:
    """Return a session without incident, from the first question to the way home."""
    known = stock()["sitting"]
    yield from before(sitting)
    yield from seen(sitting, known["baseline"])
    yield known["baseline"] + 1, partial(_bind, sitting, order_id)
    yield known["baseline"] + 2, lambda now: sitting.do(decide_go, now)
    yield 0, lambda now: sitting.do(start_infusion, now)
    yield from watching(sitting)
    yield from leaving(sitting)
    yield known["leaves"] + 1, partial(stock_room.account_for, sitting.house, order_id)


def _bind(sitting: Sitting, order_id: UUID, now: datetime) -> None:
    day_book.be_open(sitting.house, now=now)
    lot_id = stock_room.lot_for(sitting.house, order_id, now=now)
    sitting.do(bind_order, now, order_id=order_id, lot_id=lot_id)


def before(sitting: Sitting) -> Iterator[Step]:
    """Return who it is, and the questions of the same day."""
    known, person = stock()["sitting"], sitting.person
    begins = known["arrival"] + 1
    said = {"name": person.name, "born_on": person.born_on.isoformat()}
    yield begins, lambda now: sitting.do(confirm_identity, now, said=said)
    answers = known["check"] | {"pregnancy": known["pregnancy"][person.sex]}
    for item, answer in answers.items():
        yield begins + 2, partial(_answer, sitting, item, answer)
    for item, hours in known["last_taken_h"].items():
        yield begins + 3, partial(_answer_since, sitting, item, timedelta(hours=hours))


def _answer(sitting: Sitting, item: str, answer: str, now: datetime) -> None:
    sitting.do(answer_check, now, item=item, answer=answer)


def _answer_since(sitting: Sitting, item: str, ago: timedelta, now: datetime) -> None:
    sitting.do(answer_check, now, item=item, answered_at=now - ago)


def watching(sitting: Sitting) -> Iterator[Step]:
    """Return the readings while the infusion runs and after it, and its end."""
    known = stock()["sitting"]
    ends = known["infusion_ends"]
    for minute in (each for each in known["seen"] if 0 < each < ends):
        yield from seen(sitting, minute)
    yield ends, lambda now: sitting.do(complete_infusion, now)
    for minute in (each for each in known["seen"] if each > ends):
        yield from seen(sitting, minute)


def seen(sitting: Sitting, minute: int) -> Iterator[Step]:
    """Return what is looked at together: vital signs, wakefulness, and detachment where it is due."""
    known = stock()["sitting"]
    yield from seen_at(sitting, minute, usual_values(sitting.person, minute))
    yield minute, lambda now: sitting.do(rate_sedation, now, score=known["sedation"][minute])
    if minute in known["detachment"]:
        scale, score = DissociationScale.NOUGHT_TO_TEN, known["detachment"][minute]
        yield minute, lambda now: sitting.do(rate_dissociation, now, scale=scale, score=score)


def rate_awake(sitting: Sitting, now: datetime) -> None:
    """See somebody fully awake."""
    sitting.do(rate_sedation, now, score=max(stock()["sitting"]["sedation"].values()))


def seen_at(sitting: Sitting, minute: float, values: Mapping[str, float]) -> Iterator[Step]:
    """Return one reading off the monitor, as it is entered."""
    taken = as_shown(sitting, values)
    yield minute, lambda now: sitting.do(record_vitals, now, values=taken)


def as_shown(sitting: Sitting, values: Mapping[str, float]) -> VitalSigns:
    """Return what the monitor of the chair shows: these values, the person's own for the rest."""
    own = {name: sitting.person.vitals[name] for name in stock()["sitting"]["rises"]}
    return VitalSigns(**(own | dict(values)), source=Source.DEVICE, device=f"Monitor {sitting.chair}")


def usual_values(person: Invented, minute: int) -> dict[str, float]:
    """Return somebody's vital signs at a minute of a session that goes well."""
    dice = person.dice(f"minute {minute}")
    rises = stock()["sitting"]["rises"]
    values = {name: person.vitals[name] + rise[minute] for name, rise in rises.items()}
    return values | {name: values[name] + dice.randint(-2, 2) for name in sorted(values) if name != "oxygen"}


def leaving(sitting: Sitting) -> Iterator[Step]:
    """Return the criteria, seen one after the other, and the way home."""
    known = stock()["sitting"]
    for criterion, answer in known["release"].items():
        yield known["criteria"], partial(_see, sitting, criterion, answer)
    yield known["leaves"], lambda now: sitting.do(release_patient, now)


def _see(sitting: Sitting, criterion: str, answer: str, now: datetime) -> None:
    sitting.do(record_release_criterion, now, criterion=criterion, answer=answer)
