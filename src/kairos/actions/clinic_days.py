"""What the actions of the clinic's day share: which day it is at a site, and whether it is open."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.actions.courses import zone_of
from kairos.domain.protocols.clinic_day import check_may_dose_today
from kairos.store.repositories import alarms, days, people
from kairos.vocab.people import Scope


def today_at(scope: Scope, site_id: UUID, now: datetime) -> date:
    """Return the day at a site. Raises Missing where the scope has no such site."""
    return now.astimezone(zone_of(scope, site_id)).date()


def check_day_is_open(scope: Scope, session_id: UUID, *, now: datetime) -> None:
    """Refuse a dose at a site whose day is not open; a session at no site of ours has no room to check.

    Raises
    ------
    NotAllowed
    """
    site_id = alarms.find_summary(scope, session_id).site_id
    if site_id is not None:
        check_may_dose_today(days.state_of(scope, site_id, today_at(scope, site_id, now)))


def in_site_time(scope: Scope, session_id: UUID, moment: datetime) -> datetime:
    """Return the same moment in the time zone where the dose is taken: the date of a label holds by its days.

    That is the site's clock; at home, with no place of ours, the person's own, where it is known.
    """
    summary = alarms.find_summary(scope, session_id)
    if summary.place_id is None:
        identity = people.find_person(scope, summary.person_id).identity
        if identity is not None and identity.time_zone:
            return moment.astimezone(ZoneInfo(identity.time_zone))
    site_id = summary.site_id
    return moment if site_id is None else moment.astimezone(zone_of(scope, site_id))
