"""The demonstration's programme goes live: every item of its readiness is looked at, with a paper."""

from datetime import datetime, timedelta
from uuid import uuid4

from kairos.actions.check_readiness_item import Evidence, check_readiness_item
from kairos.actions.go_live import go_live
from kairos.cli.demo_clinic.house import House
from kairos.domain.protocols.readiness import ItemState
from kairos.queries.readiness import readiness_page
from kairos.vocab.people import Role

_HOLDS = timedelta(days=365)
_PAPER = "Invented for the demonstration: nobody has looked at anything.\n"


def be_live(house: House, *, now: datetime) -> None:
    """Look at every item that does not hold, and go live, where the programme is not."""
    director = house.staff[Role.MEDICAL_DIRECTOR]
    found = next(each for each in readiness_page(by=director, now=now) if each.id == house.programme_id)
    for item in found.standing.lacking:
        check_readiness_item(
            programme_id=house.programme_id,
            item=item,
            state=ItemState.HOLDS,
            until=now.date() + _HOLDS,
            evidence=Evidence(f"{item}.txt", "text/plain", _PAPER.encode()),
            command_id=uuid4(),
            by=director,
            now=now,
        )
    if not found.standing.went_live:
        go_live(programme_id=house.programme_id, is_live=True, command_id=uuid4(), by=director, now=now)
