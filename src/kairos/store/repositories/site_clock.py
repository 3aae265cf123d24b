"""The time of day where a person is treated."""

from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.store.repositories import organisations, people
from kairos.vocab.people import Scope


def zone_for(scope: Scope, person_id: UUID) -> ZoneInfo:
    """Return the time zone of a person's site; of the programme's first site where none is named."""
    enrolments = people.enrolments_of(scope, person_id)
    wanted = {enrolment.site_id for enrolment in enrolments}
    sites = organisations.list_sites(scope)
    named = [site for site in sites if site.id in wanted] or list(sites)
    return ZoneInfo(named[0].time_zone if named else "UTC")
