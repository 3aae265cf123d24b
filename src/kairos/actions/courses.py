"""What the actions about a course share: its protocol, its site, its spacing, and whether a chair is free."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from kairos.content.in_force import ContentInForce
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.protocols.course import PlannedStatus, check_course, check_hours
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.treatment_protocol import TreatmentProtocol
from kairos.domain.rules.target import Setting
from kairos.store.repositories import courses, organisations
from kairos.store.repositories.courses import PlannedSession
from kairos.vocab.errors import InvalidInput, Missing, NotAllowed, Problem
from kairos.vocab.people import Scope


def protocol_of(content: ContentInForce, protocol_id: str) -> TreatmentProtocol:
    """Return a protocol of the content. Raises Missing where there is none of this id."""
    found = content.release.protocols.get(protocol_id)
    if found is None:
        raise Missing(f"the content has no treatment protocol {protocol_id}")
    return found


def zone_of(scope: Scope, site_id: UUID | None) -> ZoneInfo:
    """Return the time zone of a site. Raises Missing where the scope has no such site."""
    for site in organisations.list_sites(scope):
        if site.id == site_id:
            return ZoneInfo(site.time_zone)
    raise Missing("the site is not there, or not within your programmes")


def check_times(
    protocol: TreatmentProtocol,
    starts: Sequence[datetime],
    *,
    book: ParameterBook,
    zone: ZoneInfo,
    now: datetime,
    already: int = 0,
    hours_of: slice = slice(None),
    steps_back: bool = False,
) -> timedelta:
    """Return the length of a visit, or refuse starts that break spacing, span or the site's hours.

    Parameters
    ----------
    starts : sequence of datetime    aware, in the order of the sessions, given ones included
    book : ParameterBook             the numbers in force for the programme
    already : int                    how many of them lie in the past by right
    hours_of : slice                 which of them are planned now, and so must keep the site's hours
    steps_back : bool                whether the more frequent schedule before holds again

    Raises
    ------
    InvalidInput                     naming each session by its number and the limit it breaks
    """
    limits = LimitsInForce(book, now.astimezone(zone).date(), protocol.limits_named)
    local = [start.astimezone(zone) for start in starts]
    check_course(protocol.course, [start.date() for start in local], limits=limits, steps_back=steps_back)
    late = [number for number, at in enumerate(starts, start=1) if number > already and at < now]
    if late:
        raise InvalidInput(*(Problem(f"dates.{n}", "is in the past; choose a later day") for n in late))
    numbers = range(1, len(starts) + 1)[hours_of]
    return check_hours(local[hours_of], limits=limits, numbers=numbers)


def place_for(protocol: TreatmentProtocol, place_id: UUID | None) -> UUID | None:
    """Return the chair of a session; a session at home takes none."""
    return None if protocol.setting == Setting.HOME else place_id


def check_place_is_free(scope: Scope, wanted: Sequence[PlannedSession]) -> None:
    """Refuse sessions at a place that somebody else has at that time. Raises InvalidInput."""
    if not wanted:
        return
    span = wanted[0].ends_at - wanted[0].starts_at
    first, last = min(s.starts_at for s in wanted), max(s.ends_at for s in wanted)
    ours = {s.id for s in wanted}
    others = [
        s
        for s in courses.sessions_between(scope, first - 2 * span, last)
        if s.id not in ours and s.status != PlannedStatus.CANCELLED and s.place_id is not None
    ]
    problems = [
        Problem(f"dates.{s.number}", "the place is taken at that time; choose another time or place")
        for s in wanted
        if any(_meet(s, other) for other in others)
    ]
    if problems:
        raise InvalidInput(*problems)


def _meet(one: PlannedSession, other: PlannedSession) -> bool:
    is_same_place = one.place_id is not None and one.place_id == other.place_id
    return is_same_place and one.starts_at < other.ends_at and other.starts_at < one.ends_at


def check_planned(session: PlannedSession) -> None:
    """Refuse to change a session that was opened, held or cancelled. Raises NotAllowed."""
    if session.status != PlannedStatus.PLANNED:
        raise NotAllowed(f"this session is {session.status}; only a planned one can be changed")
