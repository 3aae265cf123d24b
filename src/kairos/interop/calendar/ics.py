"""A course's appointments as an iCalendar file that any calendar opens.

A calendar is seen by others (a shared family calendar, a work phone), so no word says what the
appointment is for; the caller gives a neutral title, such as the site's own name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from kairos.vocab.instants import check_aware

PRODUCT = "-//Kairos//Appointments//EN"
DEFAULT_TITLE = "Appointment"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment. ``id`` is the planned session's own; ``revision`` grows when it is moved."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    revision: int = 0
    is_cancelled: bool = False


def to_ics(
    appointments: Sequence[Appointment],
    *,
    zone: ZoneInfo,
    now: datetime,
    title: str = DEFAULT_TITLE,
    place: str = "",
) -> bytes:
    """Return the appointments as iCalendar bytes.

    Parameters
    ----------
    appointments : sequence of Appointment    aware instants
    zone : ZoneInfo                           the site's zone; the file carries its rules
    now : datetime                            aware, when the file is made
    title : str                               neutral words, shown in other people's calendars
    place : str                               address, where the person wants it in the calendar

    Returns
    -------
    bytes                                     UTF-8; the same appointment keeps its UID for good

    Raises
    ------
    ValueError                                an instant without a zone, or an end not after its start

    Source
    ------
    RFC 5545.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for appointment in sorted(appointments, key=lambda a: a.starts_at):
        calendar.add_component(_event(appointment, zone=zone, now=now, title=title, place=place))
    if appointments:
        calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(appointment: Appointment, *, zone: ZoneInfo, now: datetime, title: str, place: str) -> Event:
    starts = check_aware(appointment.starts_at, name="starts_at")
    ends = check_aware(appointment.ends_at, name="ends_at")
    if ends <= starts:
        raise ValueError("an appointment ends after it starts; check the two instants")
    event = Event()
    event.add("uid", f"{appointment.id}@kairos")
    event.add("dtstamp", check_aware(now, name="now"))
    event.add("dtstart", starts.astimezone(zone))
    event.add("dtend", ends.astimezone(zone))
    event.add("summary", title)
    event.add("sequence", appointment.revision)
    event.add("status", "CANCELLED" if appointment.is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if place:
        event.add("location", place)
    return event
