"""Alarms: raised from findings, taken by a promise, passed on when no answer comes, closed when it is over.

A promise about a missing reading holds only as long as an answer may take: where nothing is recorded by
then, the alarm comes back and calls the next person.

One alarm a rule and episode. Later readings of the same episode change what the screen shows, not the
number of alarms. Deadlines are compared with the database's clock; the caller hands it in as ``now``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kairos.domain.protocols.limits import LimitsInForce
from kairos.domain.protocols.treatment_protocol import AlarmLevel, DoNowCard, TreatmentProtocol
from kairos.domain.sessions.events import (
    AlarmClosed,
    AlarmEnd,
    AlarmEscalated,
    AlarmRaised,
    AlarmTaken,
    Event,
)
from kairos.domain.sessions.state import AlarmRecord, DosingSessionState
from kairos.domain.sessions.watch_rules import RULES as WATCH_RULES
from kairos.vocab.errors import Missing, NotAllowed
from kairos.vocab.finding import Finding
from kairos.vocab.people import Role
from kairos.vocab.verdict import Verdict

OVERDUE = "monitoring.reading_overdue"
CHECK_IN_MISSED = "monitoring.check_in_missed"
CONTACT_LOST = "monitoring.contact_lost"
ABSENCES = frozenset({OVERDUE, CHECK_IN_MISSED, CONTACT_LOST, *WATCH_RULES})
"""The rules about something missing, a reading or a watcher: a promise alone does not answer them."""


@dataclass(frozen=True, slots=True)
class Alarm:
    """One standing alarm, as a banner shows it: what, who is called, by when, and what comes next."""

    id: UUID
    rule: str
    level: AlarmLevel
    finding: Finding | None
    raised_at: datetime
    answer_by: datetime
    called: Role
    then: Role | None
    promise: str
    card: DoNowCard
    taken_by: UUID | None
    taken_at: datetime | None
    comes_back_at: datetime | None = None
    deed: str = ""


def alarms_to_raise(
    state: DosingSessionState,
    firing: tuple[Finding, ...],
    protocol: TreatmentProtocol,
    *,
    now: datetime,
    limits: LimitsInForce,
    new_ids: Iterator[UUID],
) -> tuple[Event, ...]:
    """Return the events to append: an alarm for each rule that fires and has none, and the lesser closed.

    Parameters
    ----------
    firing : findings       not met and not outranked, as ``Watch.firing`` or ``Picture.firing`` gives them
    new_ids : iterator      one fresh UUIDv7 for each alarm that may be raised
    """
    standing = {alarm.raised.rule: alarm for alarm in state.open_alarms}
    events: list[Event] = []
    for finding in firing:
        rule = protocol.alarm_rule(finding.rule)
        if finding.rule not in standing:
            events.append(_raised(finding, protocol, now, limits, next(new_ids)))
        events.extend(
            AlarmClosed(alarm_id=standing[lesser].raised.alarm_id, end=AlarmEnd.OUTRANKED)
            for lesser in rule.outranks
            if lesser in standing
        )
    return tuple(dict.fromkeys(events))


def take(state: DosingSessionState, alarm_id: UUID) -> AlarmTaken:
    """Return the promise to be at the chair.

    Raises
    ------
    Missing       no such alarm in this session
    NotAllowed    it is closed, or somebody has promised already
    """
    alarm = _standing(state, alarm_id)
    if not alarm.waits:
        raise NotAllowed("this alarm is taken already; the banner names who is coming")
    return AlarmTaken(alarm_id=alarm_id)


def escalate(
    alarm: AlarmRecord, protocol: TreatmentProtocol, *, now: datetime, limits: LimitsInForce
) -> AlarmEscalated | None:
    """Return the call to the next person when no answer came in time; None where none is due.

    Each step happens once: the event carries its number, and (alarm, step) is unique. After the last
    person the alarm stands until somebody takes it.
    """
    return _to_next(alarm, protocol, now, limits) if now >= alarm.answer_by else None


def go_past(
    alarm: AlarmRecord, step: int, protocol: TreatmentProtocol, *, now: datetime, limits: LimitsInForce
) -> AlarmEscalated | None:
    """Return the call to the next person where nobody was reached at this step; None once it moved on."""
    return _to_next(alarm, protocol, now, limits) if alarm.step == step else None


def _to_next(
    alarm: AlarmRecord, protocol: TreatmentProtocol, now: datetime, limits: LimitsInForce
) -> AlarmEscalated | None:
    rule = protocol.alarm_rule(alarm.raised.rule)
    step = alarm.step + 1
    if not alarm.waits or step >= len(alarm.raised.call):
        return None
    return AlarmEscalated(
        alarm_id=alarm.raised.alarm_id,
        step=step,
        to=alarm.raised.call[step],
        answer_by=now + limits.span(rule.answer_at(step)),
        deed=rule.deed_at(step),
    )


def comes_back_at(
    alarm: AlarmRecord, protocol: TreatmentProtocol, *, limits: LimitsInForce
) -> datetime | None:
    """Return when a taken alarm about a missing reading calls again if nothing is recorded; else None."""
    if alarm.raised.rule not in ABSENCES or not alarm.is_open or alarm.taken_at is None:
        return None
    return alarm.taken_at + limits.span(protocol.alarm_rule(alarm.raised.rule).answer_at(alarm.step))


def call_again(
    alarm: AlarmRecord,
    protocol: TreatmentProtocol,
    *,
    overdue: Finding,
    now: datetime,
    limits: LimitsInForce,
) -> AlarmEscalated | None:
    """Return the call to the next person where somebody promised to come and nothing was recorded.

    The promise lapses and the alarm waits once more. After the last person the last is called again,
    for as long as the reading is missing.

    Parameters
    ----------
    overdue : Finding    what ``Picture.absence(rule)`` says now; only a reading still missing calls again
    """
    back_at = comes_back_at(alarm, protocol, limits=limits)
    if back_at is None or now < back_at or overdue.verdict is not Verdict.NOT_MET:
        return None
    step, rule = alarm.step + 1, protocol.alarm_rule(alarm.raised.rule)
    return AlarmEscalated(
        alarm_id=alarm.raised.alarm_id,
        step=step,
        to=alarm.raised.call[min(step, len(alarm.raised.call) - 1)],
        answer_by=now + limits.span(rule.answer_at(step)),
        deed=rule.deed_at(step),
    )


def close(state: DosingSessionState, alarm_id: UUID, findings: tuple[Finding, ...]) -> AlarmClosed:
    """Return the end of an alarm whose condition no longer holds.

    Raises
    ------
    Missing       no such alarm in this session
    NotAllowed    nobody took it, or the rule does not say that it is over; unknown is not over
    """
    alarm = _standing(state, alarm_id)
    if alarm.taken_at is None:
        raise NotAllowed("this alarm was taken by nobody; press 'I am at the chair' first")
    if state.is_over:
        return AlarmClosed(alarm_id=alarm_id, end=AlarmEnd.SESSION_ENDED)
    finding = next((each for each in findings if each.rule == alarm.raised.rule), None)
    if finding is None or finding.verdict is not Verdict.MET:
        raise NotAllowed(
            f"{alarm.raised.rule} still holds or is not known; record a reading that shows it is over"
        )
    return AlarmClosed(alarm_id=alarm_id, end=AlarmEnd.SETTLED)


def standing_alarms(
    state: DosingSessionState,
    protocol: TreatmentProtocol,
    findings: tuple[Finding, ...],
    *,
    limits: LimitsInForce,
) -> tuple[Alarm, ...]:
    """Return the open alarms for the screens, the gravest first, each with its rule's present finding."""
    by_rule = {each.rule: each for each in findings}
    shown = [_shown(each, protocol, by_rule.get(each.raised.rule), limits) for each in state.open_alarms]
    return tuple(sorted(shown, key=lambda alarm: (-alarm.level, alarm.raised_at)))


def _raised(
    finding: Finding, protocol: TreatmentProtocol, now: datetime, limits: LimitsInForce, alarm_id: UUID
) -> AlarmRaised:
    rule = protocol.alarm_rule(finding.rule)
    return AlarmRaised(
        alarm_id=alarm_id,
        rule=finding.rule,
        ref=finding.ref,
        level=rule.level.word,
        message=finding.message,
        facts=finding.facts,
        answer_by=now + limits.span(rule.answer_at(0)),
        call=tuple(rule.call),
        card=rule.card,
        card_version=protocol.cards[rule.card].version,
        promise=rule.promise,
    )


def _standing(state: DosingSessionState, alarm_id: UUID) -> AlarmRecord:
    alarm = state.alarms.get(alarm_id)
    if alarm is None:
        raise Missing("no such alarm in this session")
    if not alarm.is_open:
        raise NotAllowed("this alarm is closed; nothing is left to do for it")
    return alarm


def _shown(
    alarm: AlarmRecord, protocol: TreatmentProtocol, finding: Finding | None, limits: LimitsInForce
) -> Alarm:
    call = alarm.raised.call
    step = min(alarm.step, len(call) - 1)
    return Alarm(
        id=alarm.raised.alarm_id,
        rule=alarm.raised.rule,
        level=AlarmLevel[alarm.raised.level.upper()],
        finding=finding,
        raised_at=alarm.raised_at,
        answer_by=alarm.answer_by,
        called=Role(call[step]),
        then=Role(call[step + 1]) if step + 1 < len(call) else None,
        promise=alarm.raised.promise,
        card=protocol.cards[alarm.raised.card],
        taken_by=alarm.taken_by,
        taken_at=alarm.taken_at,
        comes_back_at=comes_back_at(alarm, protocol, limits=limits),
        deed=protocol.alarm_rule(alarm.raised.rule).deed_at(alarm.step),
    )
