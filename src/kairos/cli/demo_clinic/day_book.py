"""The days of the demonstration: each is opened by a check of the room before its first dose."""

from datetime import datetime
from uuid import uuid4

from kairos.actions.open_clinic_day import open_clinic_day
from kairos.cli.demo_clinic.house import House
from kairos.domain.protocols.clinic_day import DayState, RoomCheck, RoomItem
from kairos.queries.clinic_day import day_state


def be_open(house: House, *, now: datetime) -> None:
    """Open the day of a moment, where nobody has."""
    if day_state(site_id=house.site_id, by=house.floor_nurse, now=now) is DayState.OPEN:
        return
    check = RoomCheck(dict.fromkeys(RoomItem, True), house.clinician.id, house.floor_nurse.id)
    open_clinic_day(site_id=house.site_id, check=check, command_id=uuid4(), by=house.floor_nurse, now=now)
