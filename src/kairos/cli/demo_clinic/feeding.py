"""What goes on at the chairs while the demonstration runs: monitors show, and a second nurse keeps up.

Every chair has a monitor that lays readings into its tray. At two of them a nurse of the demonstration takes
readings as they fall due, so that something happens on the board; the others wait for whoever looks on.
"""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from kairos.actions.complete_infusion import complete_infusion
from kairos.actions.offer_device_reading import offer_device_reading
from kairos.actions.rate_dissociation import rate_dissociation
from kairos.actions.record_vitals import record_vitals
from kairos.cli.demo_clinic.house import House, found_house
from kairos.cli.demo_clinic.invented import Invented, invent, stock
from kairos.cli.demo_clinic.sittings import Sitting, as_shown, rate_awake
from kairos.domain.sessions.events import DissociationScale
from kairos.domain.sessions.phases import Phase
from kairos.domain.sessions.timetable import Due, DueKind
from kairos.queries.board import Seat, board
from kairos.vocab.errors import KairosError

ATTENDED = frozenset({"running", "to_release"})
_WATCHED = (Phase.INFUSING, Phase.PAUSED, Phase.OBSERVING)
_A_LOOK = timedelta(seconds=60)
_AHEAD = timedelta(seconds=90)


@dataclass(slots=True)
class Feeder:
    """The monitors and the second nurse of one clinic."""

    house: House
    sittings: Mapping[UUID, tuple[str, Sitting]]
    shown_at: dict[UUID, datetime] = field(default_factory=dict)

    def turn(self, now: datetime) -> None:
        """Let every monitor show, and do what is due where the nurse sits."""
        for seat in board(by=self.house.floor_nurse, now=now).seats:
            known = self.sittings.get(seat.session_id)
            if known is None or seat.picture.state.phase not in _WATCHED:
                continue
            part, sitting = known
            with contextlib.suppress(KairosError):
                self._show(part, sitting, now)
                if part in ATTENDED:
                    self._attend(part, sitting, seat, now)

    def _show(self, part: str, sitting: Sitting, now: datetime) -> None:
        if now - self.shown_at.get(sitting.session_id, datetime.min.replace(tzinfo=now.tzinfo)) < _A_LOOK:
            return
        self.shown_at[sitting.session_id] = now
        offer_device_reading(
            session_id=sitting.session_id,
            values=as_shown(sitting, values_at(part, sitting, now)),
            true_at=now,
            command_id=uuid4(),
            by=self.house.ours,
            now=now,
        )

    def _attend(self, part: str, sitting: Sitting, seat: Seat, now: datetime) -> None:
        for due in seat.picture.dues:
            act = _ACTS.get(due.kind)
            if act is not None and due.due_at - _lead(due) <= now:
                act(part, sitting, now)


def feeder_of(told: dict[str, Any]) -> Feeder:
    """Return the feeder of a clinic, as ``demo.json`` tells of it."""
    house, began_on = found_house(told), date.fromisoformat(told["began_on"])
    sittings = {
        UUID(each["session"]): (
            part,
            Sitting(
                house,
                invent(each["number"], today=began_on),
                UUID(each["session"]),
                each["chair"],
                datetime.fromisoformat(each["starts_at"]),
            ),
        )
        for part, each in told["today"].items()
    }
    return Feeder(house, sittings)


def values_at(part: str, sitting: Sitting, now: datetime) -> dict[str, float]:
    """Return what the monitor shows now: as the session usually goes, or as high as it was."""
    minute = (now - sitting.starts_at) / timedelta(minutes=1)
    known, dice = stock()["sitting"], Random(f"{sitting.session_id} {minute:.0f}")
    shake = {name: dice.randint(-2, 2) for name in known["rises"] if name != "oxygen"}
    if part == "alarm":
        last = known["alarm"][max(known["alarm"])]
        return {name: value + shake[name] for name, value in last.items()}
    return {name: _value(sitting.person, name, minute) + shake.get(name, 0) for name in known["rises"]}


def _value(person: Invented, name: str, minute: float) -> float:
    rise = stock()["sitting"]["rises"][name]
    nearest = min(rise, key=lambda each: abs(each - minute))
    return float(person.vitals[name] + rise[nearest])


def _lead(due: Due) -> timedelta:
    """Return how long before it is due something is done; a pump is never empty before its time."""
    return timedelta(0) if due.kind is DueKind.INFUSION_END else _AHEAD


def _take(part: str, sitting: Sitting, now: datetime) -> None:
    sitting.do(record_vitals, now, values=as_shown(sitting, values_at(part, sitting, now)))


def _rate_awake(part: str, sitting: Sitting, now: datetime) -> None:
    rate_awake(sitting, now)


def _rate_detached(part: str, sitting: Sitting, now: datetime) -> None:
    minute = (now - sitting.starts_at) / timedelta(minutes=1)
    known = stock()["sitting"]["detachment"]
    score = known[min(known, key=lambda each: abs(each - minute))]
    sitting.do(rate_dissociation, now, scale=DissociationScale.NOUGHT_TO_TEN, score=score)


def _end_infusion(part: str, sitting: Sitting, now: datetime) -> None:
    sitting.do(complete_infusion, now)


_ACTS: dict[DueKind, Callable[[str, Sitting, datetime], None]] = {
    DueKind.VITALS: _take,
    DueKind.PRESSURE_REPEAT: _take,
    DueKind.OXYGEN_REPEAT: _take,
    DueKind.SEDATION: _rate_awake,
    DueKind.DISSOCIATION: _rate_detached,
    DueKind.INFUSION_END: _end_infusion,
}
