"""Write for P11 what happens on its floors: a vital a session every so often, one alarm a second."""

import json
import sys
import time
from datetime import timedelta
from typing import Any
from uuid import UUID

from kairos.cli.database_session import database_session

STANDING = 3
"""As many alarms of a site stand at a time; the strip shows four."""


def main(seconds: float, every: float) -> int:
    """Append readings to the streams named on standard input; print each alarm once it is committed."""
    sites = json.loads(sys.stdin.readline())
    with database_session(only_reads=True):
        _write(sites, seconds, every)
    return 0


def _write(sites: list[dict[str, Any]], seconds: float, every: float) -> None:
    from kairos.vocab.people import Scope

    scopes = [Scope(UUID(s["organisation"]), frozenset({UUID(s["programme"])})) for s in sites]
    flat = [(n, UUID(s), UUID(p)) for n, site in enumerate(sites) for s, p in site["streams"]]
    pause = every / len(flat)
    seqs = {stream: 8 for _, stream, _ in flat}
    began = time.perf_counter()
    standing: dict[int, list[UUID]] = {n: [] for n in range(len(sites))}
    count = alarms = 0
    while (gone := time.perf_counter() - began) < seconds:
        number, stream, person = flat[count * 37 % len(flat)]
        seqs[stream] += _read(scopes[number], sites[number], stream, person, seqs[stream])
        count += 1
        if gone > alarms:
            place = alarms % len(sites) * (len(flat) // len(sites)) + alarms // len(sites)
            number, stream, person = flat[place]
            ended = standing[number].pop(0) if len(standing[number]) == STANDING else None
            given = (scopes[number], sites[number], stream, person, seqs[stream], ended)
            alarm, seqs[stream] = _raise(*given)
            standing[number].append(alarm)
            print(json.dumps({"alarm": str(alarm), "at": time.time(), "site": number}), flush=True)
            alarms += 1
        time.sleep(max(0.0, began + count * pause - time.perf_counter()))
    print(json.dumps({"written": count}), flush=True)
    sys.stderr.write(f"written: {count} readings, {alarms} alarms in {seconds:g} s\n")


def _read(scope: Any, site: dict[str, Any], stream: UUID, person: UUID, seq: int) -> int:
    from kairos.domain.sessions import events as e

    well = {"systolic": 120, "diastolic": 80, "heart_rate": 70, "oxygen": 98, "breathing": 14}
    return _append(scope, site, stream, person, seq, [e.VitalsRecorded(source=e.Source.DEVICE, **well)])


def _raise(
    scope: Any, site: dict[str, Any], stream: UUID, person: UUID, seq: int, ended: UUID | None
) -> tuple[UUID, int]:
    """Raise an alarm as the actions do: event, row and word in one transaction; the site's oldest ends."""
    from django.db import transaction
    from django.utils import timezone

    from kairos.domain.sessions import events as e
    from kairos.store import notify
    from kairos.store.ids import new_id
    from kairos.store.repositories import alarms
    from kairos.store.scope import scoped

    now, alarm = timezone.now(), new_id()
    raised = e.AlarmRaised(
        alarm_id=alarm,
        rule="monitoring.distress",
        ref="5.1",
        level="caution",
        message="monitoring.distress.not_met",
        facts=(),
        answer_by=now + timedelta(hours=1),
        call=("nurse", "clinician"),
        card="distress",
        card_version=1,
        promise="alarm.promise",
    )
    programme = UUID(site["programme"])
    with transaction.atomic(), scoped(scope):
        seq += _append(scope, site, stream, person, seq, [raised])
        row = alarms.Alarm(alarm, programme, person, stream, raised.rule, raised.level, now, raised.answer_by)
        alarms.raise_alarm(scope, row)
        if ended is not None:
            alarms.close_alarm(scope, ended)
        notify.changed(programme_id=programme, topic="alarm", subject=stream, urgent=True)
    return alarm, seq


def _append(scope: Any, site: dict[str, Any], stream: UUID, person: UUID, seq: int, events: list[Any]) -> int:
    from django.utils import timezone

    from kairos.store import streams
    from kairos.store.ids import new_id
    from kairos.store.repositories import session_entries
    from kairos.store.scope import scoped

    at = timezone.now()
    said = [session_entries.as_new_event(event, at, {}, new_id()) for event in events]
    kept = streams.Stream(stream, session_entries.SESSION, UUID(site["programme"]), person)
    with scoped(scope):
        streams.append(scope, kept, seq, said, by=UUID(site["user"]))
    return len(said)


if __name__ == "__main__":
    sys.exit(main(*map(float, sys.argv[1:3])))
