"""Hours for talking that the coach of the demonstration offers in the next days."""

from datetime import datetime, time, timedelta
from uuid import uuid4

from kairos.actions.offer_talk_hour import offer_talk_hour
from kairos.cli.demo_clinic.house import House
from kairos.domain.integration.hours import TalkWay
from kairos.vocab.people import Role

_AT = time(15, 0)
_OFFERS = (
    (1, TalkWay.ROOM, 1, "Room 2"),
    (2, TalkWay.VIDEO, 1, "https://talk.example.org/nia"),
    (3, TalkWay.ROOM, 4, "Room 3"),
)


def offer_hours(house: House, *, now: datetime) -> None:
    """Offer an hour on each of the next days: alone, by video, in a group."""
    today = now.astimezone(house.zone).date()
    for days, way, seats, where in _OFFERS:
        starts_at = datetime.combine(today + timedelta(days=days), _AT, tzinfo=house.zone)
        offer_talk_hour(
            programme_id=house.programme_id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=1),
            way=way.value,
            seats=seats,
            where=where,
            command_id=uuid4(),
            by=house.staff[Role.COACH],
            now=now,
        )
