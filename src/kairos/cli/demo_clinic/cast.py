"""Who is in the demonstration: people come by their letters and are told apart by a running number."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from kairos.cli.demo_clinic.house import House
from kairos.cli.demo_clinic.invented import invent
from kairos.cli.demo_clinic.letters import letter
from kairos.cli.demo_clinic.records import import_contents
from kairos.cli.demo_clinic.stages import Somebody


@dataclass(slots=True)
class Cast:
    """People who were imported and wait for their part. ``began_on`` fixes their birthdays."""

    house: House
    began_on: date
    next_number: int = 1
    waiting: list[Somebody] = field(default_factory=list)
    by_stage: dict[str, list[UUID]] = field(default_factory=dict)

    def bring(self, count: int, *, now: datetime, full: bool = True) -> None:
        """Import the letters of the next people."""
        numbers = range(self.next_number, self.next_number + count)
        people = [invent(number, today=self.began_on) for number in numbers]
        ids = import_contents(self.house, [letter(each, now=now, full=full) for each in people], now=now)
        self.waiting += [Somebody(self.house, *pair) for pair in zip(people, ids, strict=True)]
        self.next_number += count

    def take(self, stage: str) -> Somebody:
        """Give somebody who waits a part, and remember it."""
        who = self.waiting.pop(0)
        self.by_stage.setdefault(stage, []).append(who.id)
        return who

    def several(self, stage: str, count: int) -> Iterator[Somebody]:
        """Give several people the same part."""
        return (self.take(stage) for _ in range(count))
