"""How many alarms there were by rule and protocol, how many were acted on, which limits raised them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kairos.content.release import ContentRelease
from kairos.domain.evidence.parameters import ParameterBook
from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.sessions.alarms import CHECK_IN_MISSED, OVERDUE
from kairos.domain.sessions.monitoring import watch
from kairos.domain.sessions.state import DosingSessionState
from kairos.queries.content_in_force import content_of
from kairos.queries.reading import reading
from kairos.store.repositories import alarm_figures
from kairos.store.repositories.alarm_figures import AlarmCount as AlarmCount
from kairos.vocab.people import Actor, Permission
from kairos.vocab.quantities import Quantity


@dataclass(frozen=True, slots=True)
class Limit:
    """One number that a rule reads: its parameter, and its value in force."""

    parameter: str
    value: Quantity


@dataclass(frozen=True, slots=True)
class AlarmFigures:
    """The counts of a time, the sessions they come from, and the limits of each rule by protocol."""

    since: datetime
    until: datetime
    counts: tuple[AlarmCount, ...]
    sessions: Mapping[str, int]
    limits: Mapping[tuple[str, str], tuple[Limit, ...]]


@reading(Permission.SEE_BOARD)
def alarm_figure_page(*, since: datetime, until: datetime, by: Actor) -> AlarmFigures:
    """Return what the alarms of a time amount to. Figures are about rules; they name nobody."""
    counts = alarm_figures.count_alarms(by.scope, since=since, until=until)
    sessions = alarm_figures.count_sessions(by.scope, since=since, until=until)
    limits: dict[tuple[str, str], tuple[Limit, ...]] = {}
    for programme_id in sorted(by.scope.programme_ids)[:1]:
        content = content_of(by.scope, programme_id)
        for each in counts:
            found = limits_of(content.release, content.parameters, each, until)
            limits[each.protocol, each.rule] = found
    return AlarmFigures(since, until, counts, sessions, limits)


def limits_of(
    release: ContentRelease, book: ParameterBook, count: AlarmCount, on: datetime
) -> tuple[Limit, ...]:
    """Return the numbers that a rule reads in a protocol; none where this content does not know them."""
    protocol = release.protocols.get(count.protocol)
    if protocol is None or count.rule not in protocol.alarms:
        return ()
    limits = LimitsInForce(book, on.date()).under(protocol.limits_named)
    if count.rule in (OVERDUE, CHECK_IN_MISSED):
        names: tuple[str, ...] = ("monitoring.overdue",)
    else:
        values = watch(DosingSessionState(), protocol, at=on, limits=limits).finding(count.rule).values
        names = tuple(f"{count.rule.partition('.')[0]}.{name}" for name in values)
    return tuple(Limit(limits.name_of(name), limits.quantity(name)) for name in names)
