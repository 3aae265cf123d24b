"""Counts over alarms of a time, by rule, level and protocol; and how many sessions they come from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q

from kairos.store.records.streams import SessionSummary as SummaryRecord
from kairos.store.records.work import Alarm as AlarmRecord
from kairos.store.scope import within
from kairos.vocab.people import Scope


@dataclass(frozen=True, slots=True)
class AlarmCount:
    """What became of the alarms of one rule and protocol. Open ones are in ``raised`` alone."""

    rule: str
    protocol: str
    raised: int
    closed: int
    taken: int
    escalated: int
    acted_on: int


def count_alarms(scope: Scope, *, since: datetime, until: datetime) -> tuple[AlarmCount, ...]:
    """Return the counts of alarms raised from one moment until before another."""
    rows = within(AlarmRecord.objects.filter(raised_at__gte=since, raised_at__lt=until), scope)
    closed = Q(closed_at__isnull=False)
    found = rows.values("rule", "details__protocol").annotate(
        raised=Count("id"),
        closed=Count("id", filter=closed),
        taken=Count("id", filter=Q(taken_by__isnull=False)),
        escalated=Count("id", filter=Q(escalated_at__isnull=False)),
        acted_on=Count("id", filter=closed & Q(details__acted_on=True)),
    )
    return tuple(_count(dict(row)) for row in found.order_by("rule", "details__protocol"))


def _count(row: dict[str, Any]) -> AlarmCount:
    return AlarmCount(protocol=row.pop("details__protocol") or "", **row)


def count_sessions(scope: Scope, *, since: datetime, until: datetime) -> Mapping[str, int]:
    """Return how many sessions were opened in a time, by protocol; an empty one where none is noted."""
    rows = within(SummaryRecord.objects.filter(recorded_at__gte=since, recorded_at__lt=until), scope)
    found = rows.values_list("details__protocol").annotate(Count("id"))
    return {protocol or "": count for protocol, count in found}
