"""The day at a site for tests: a whole check of the room, with a rescue box in date."""

from datetime import date
from uuid import UUID

from kairos.content.release import load_release
from kairos.domain.protocols.clinic_day import RoomCheck, RoomItem

IN_DATE = date(2099, 12, 31)
BOX = {line.id: IN_DATE for line in load_release().standards.rescue}
ON_FORM = {f"rescue.{line}": until.isoformat() for line, until in BOX.items()}


def whole_check(prescriber: UUID, resuscitator: UUID) -> RoomCheck:
    """Return a check in which everything is there."""
    return RoomCheck(dict.fromkeys(RoomItem, True), prescriber, resuscitator, BOX)
