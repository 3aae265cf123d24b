"""The days of the demonstration: each is opened by a check of the room before its first dose."""

from datetime import datetime, timedelta
from uuid import uuid4

from kairos.actions.open_clinic_day import open_clinic_day
from kairos.cli.demo_clinic.house import House
from kairos.content.release import load_release
from kairos.domain.protocols.clinic_day import DayState, RoomCheck, RoomItem
from kairos.queries.clinic_day import day_state

_A_YEAR = timedelta(days=365)


def be_open(house: House, *, now: datetime) -> None:
    """Open the day of a moment, where nobody has."""
    if day_state(site_id=house.site_id, by=house.floor_nurse, now=now) is DayState.OPEN:
        return
    in_date = {line.id: now.date() + _A_YEAR for line in load_release().standards.rescue}
    check = RoomCheck(dict.fromkeys(RoomItem, True), house.clinician.id, house.floor_nurse.id, in_date)
    open_clinic_day(site_id=house.site_id, check=check, command_id=uuid4(), by=house.floor_nurse, now=now)
